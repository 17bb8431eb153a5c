"""The server that `make run` starts, as a process of its own with DEBUG off."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from tests.project import ROOT, environment, manage

GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server on a free port with a database of its own; give its address."""
    database = f"sqlite:///{tmp_path_factory.mktemp('server') / 'athar.sqlite3'}"
    for command in ("migrate", "collectstatic"):
        done = manage(command, "--noinput", DATABASE_URL=database)
        assert done.returncode == 0, done.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        GUNICORN,
        cwd=ROOT,
        env=environment(DATABASE_URL=database, PORT=str(port)),
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        try:
            ready = server.stdout.readline()
            assert ready == f"Athar is ready at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
    assert server.returncode == 0


def test_health_check_answers(address: str) -> None:
    with urlopen(f"{address}/healthz") as answer:
        assert json.load(answer)["status"] == "ok"


def test_pages_name_static_files_that_browsers_may_keep_for_ever(address: str) -> None:
    with urlopen(f"{address}/admin/login/") as answer:
        page = answer.read().decode()
    [path] = re.findall(r'"(/static/admin/css/base\.[0-9a-f]{12}\.css)"', page)
    with urlopen(address + path) as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
        assert "immutable" in answer.headers["Cache-Control"]


def test_taken_port_is_named_and_another_proposed(address: str) -> None:
    port = int(address.rpartition(":")[2])
    done = subprocess.run(
        GUNICORN,
        cwd=ROOT,
        env=environment(PORT=str(port)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"Port {port} is taken. Choose another: make run PORT={port + 1}" in done.stderr


@pytest.mark.parametrize("port", ["", "http", "0", "65536"])
def test_port_that_is_none_is_refused(port: str) -> None:
    done = subprocess.run(
        GUNICORN,
        cwd=ROOT,
        env=environment(PORT=port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"PORT={port} is no port" in done.stderr
