"""The project as seen from outside: its folder, its source files, its command line."""

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def imports(path: Path) -> set[str]:
    """Return the top-level names that a file imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def environment(**settings: str) -> dict[str, str]:
    """Return an operator's environment: our settings, nothing from .env, and `settings`."""
    ours = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | settings
    # Set in this process for the browser's sake.
    ours.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return ours


def manage(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )
