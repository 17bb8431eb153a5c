"""Write .env from .env.example with a fresh SECRET_KEY, where there is no .env yet."""

import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def render(example: str) -> str:
    """Return the text of a new .env: a key of its own, and the demonstration switched on."""
    return example.replace(
        "\nSECRET_KEY=\n", f"\nSECRET_KEY={secrets.token_urlsafe(50)}\n"
    ).replace("\n# DEMO=False\n", "\nDEMO=True\n")


def main() -> None:
    target = ROOT / ".env"
    if not target.exists():
        # Others on the machine need not read the key.
        target.touch(mode=0o600)
        target.write_text(render((ROOT / ".env.example").read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
