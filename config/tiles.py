"""The tile server an operator may name: is the address usable, and which host does it stand for?"""

import re
from urllib.parse import urlsplit

# {s} and {a-d} are the two ways of writing "one of several host names".
_SUBDOMAIN = re.compile(r"(?<=://)\{(?:s|[a-z]-[a-z])\}(?=\.)")
# What may stand in the policy header: a host name or an address, and a port.
_HOST = re.compile(r"(?:\*\.)?(?:[\w-]+\.)*[\w-]+(?::\d+)?|\[[0-9a-fA-F:]+\](?::\d+)?", re.ASCII)


def _source(url: str) -> str:
    """Return scheme and host of a tile address, `*` for a changing host name; "" if it has none."""
    parts = urlsplit(_SUBDOMAIN.sub("*", url))
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def address(url: str) -> str:
    """Read a tile address such as `https://tiles.example.org/{z}/{x}/{y}.png`; "" is none."""
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in url]
    if url and missing:
        raise ValueError(f"{', '.join(missing)} is missing in the address")
    if url and not _source(url):
        raise ValueError("the address does not begin with http:// or https:// and a host name")
    return url


def csp_sources(url: str) -> list[str]:
    """Return what a Content-Security-Policy must allow so that tiles load from `url`."""
    return [_source(url)] if url else []
