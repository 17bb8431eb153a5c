"""How `make run` serves Athar: one process and eight threads, on this machine only.

One process keeps the cache in memory common to all requests; SQLite in WAL mode lets the
threads read side by side. For another address: gunicorn -c config/gunicorn.py -b HOST:PORT.
"""

import gc
import os
import socket
import sys
from typing import Any

_port = os.environ.get("PORT", "8000")
if not _port.isdecimal() or not 0 < int(_port) < 65536:
    sys.exit(f"PORT={_port} is no port: write a number from 1 to 65535.")

wsgi_app = "config.wsgi"
bind = f"127.0.0.1:{_port}"
worker_class = "gthread"
workers = 1
threads = 8
# A long export or a large upload may take its time.
timeout = 120
accesslog = None
loglevel = "warning"
control_socket_disable = True


def _addresses(process: Any) -> list[tuple[str, int]]:
    """Return host and port of what the server listens to; sockets in the file system apart."""
    return [address for address in process.cfg.address if isinstance(address, tuple)]


def on_starting(server: Any) -> None:
    """Say what to do when the port is taken, before gunicorn tries it five times."""
    for host, port in _addresses(server):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            continue
        sys.exit(f"Port {port} is taken. Choose another: make run PORT={port + 1}")


def post_worker_init(worker: Any) -> None:
    """Print the address once all is read: the first visitor does not wait for it."""
    from incidents.readiness import prepare

    if problem := prepare():
        print(f"Athar starts, but {problem}", file=sys.stderr, flush=True)  # noqa: T201
    # What was read stays. Looking through it for garbage, every hundred requests or so, would
    # keep somebody waiting for a fifth of a second.
    gc.collect()
    gc.freeze()
    for host, port in _addresses(worker):
        print(f"Athar is ready at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)  # noqa: T201
