"""The tile server an operator may name: is the address usable, and which host does it stand for?"""

import re
from urllib.parse import urlsplit

# {s} and {a-d} are the two ways of writing "one of several host names".
_SUBDOMAIN = re.compile(r"(?<=://)\{(?:s|[a-z]-[a-z])\}(?=\.)")


def csp_sources(url: str) -> list[str]:
    """Return what a Content-Security-Policy must allow to load tiles from `url`: [] or one host."""
    parts = urlsplit(_SUBDOMAIN.sub("*", url))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
