"""Write docs/settings.md from .env.example, so that settings are described in one place only."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

_SETTING = re.compile(r"(?:# )?([A-Z_]+)=(.*)")

HEAD = """\
# Settings

Athar reads its settings from environment variables and from a `.env` file beside `manage.py`;
the environment wins. `make install` writes a `.env` with a fresh `SECRET_KEY`. A value that
cannot be used stops the program with a message that names the setting.

Lists are separated by commas. Yes and no are `True` and `False`.

<!-- Written by `make docs` from .env.example: edit that file. -->
"""

TAIL = """
## A site for others

Behind a proxy that serves HTTPS, for PostgreSQL and a host name of its own:

```
DEMO=False
HTTPS=True
ALLOWED_HOSTS=athar.example.org
CSRF_TRUSTED_ORIGINS=https://athar.example.org
DATABASE_URL=postgres://athar:password@localhost:5432/athar
```

Then `make install`, and with `.venv/bin/python`: `manage.py migrate`, `manage.py collectstatic`,
`manage.py createsuperuser`, `manage.py check --deploy`; start
`.venv/bin/gunicorn --config config/gunicorn.py` under your service manager and let the proxy set
`X-Forwarded-Proto`. `/healthz` answers 200 while the database can be reached and 503 otherwise.
"""


class Setting(NamedTuple):
    """One setting as .env.example describes it."""

    section: str
    name: str
    value: str
    text: str
    required: bool


def settings(example: str) -> list[Setting]:
    """Read .env.example: `## section`, comment lines, then `NAME=` or `# NAME=default`."""
    found = []
    section = ""
    comment: list[str] = []
    for line in example.splitlines():
        if line.startswith("## "):
            section, comment = line[3:], []
        elif match := _SETTING.fullmatch(line):
            name, value = match.groups()
            found.append(Setting(section, name, value, " ".join(comment), line[0] != "#"))
            comment = []
        elif line.startswith("# "):
            comment.append(line[2:])
        else:
            comment = []
    return found


def render(example: str) -> str:
    """Return the text of docs/settings.md."""
    lines = [HEAD]
    section = ""
    for setting in settings(example):
        if setting.section != section:
            section = setting.section
            lines += [f"## {section}\n", "| setting | default | meaning |", "| --- | --- | --- |"]
        default = "must be set" if setting.required else f"`{setting.value}`" * bool(setting.value)
        lines.append(f"| `{setting.name}` | {default or 'empty'} | {setting.text} |")
    text = "\n".join(lines)
    # A blank line between a table and the next heading.
    return re.sub(r"\|\n## ", "|\n\n## ", text) + "\n" + TAIL


def main() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    (ROOT / "docs" / "settings.md").write_text(render(example), "utf-8")


if __name__ == "__main__":
    main()
