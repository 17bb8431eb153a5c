"""What the benchmarks of the desk and of the exports share: a full database, a server, a table.

The database holds synthetic incidents (``manage.py make_synthetic``), 391,832 unless said
otherwise: the number of reports in the Iraq War Logs. It is made once, in the system's folder for
temporary files, and taken again the next time; making it takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
INCIDENTS = 391_832


def arguments(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=(description or "").partition("\n")[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--incidents", type=int, default=INCIDENTS, help="how many there are")
    parser.add_argument("--runs", type=int, default=5, help="how often what takes long is done")
    return parser


def database(incidents: int) -> Path:
    """The file with that many incidents, up to date with the migrations."""
    path = Path(tempfile.gettempdir()) / f"athar-bench-{incidents}.sqlite3"
    if not path.exists():
        print(f"Making {incidents:,} synthetic incidents in {path} …", file=sys.stderr)
        unfinished = path.with_suffix(".unfinished")
        for left in path.parent.glob(f"{unfinished.name}*"):
            left.unlink()
        start = time.perf_counter()
        manage(unfinished, "migrate", "--verbosity", "0")
        manage(unfinished, "make_synthetic", "--incidents", str(incidents), "--progress")
        print(f"… in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        unfinished.rename(path)
    manage(path, "migrate", "--verbosity", "0")
    return path


def environment(path: Path) -> dict[str, str]:
    """The settings of a site on this database, whatever the machine's own are."""
    return {
        **os.environ,
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-their-sessions-with-this-and-nobody-else-does",
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "WARNING",
        "DEMO": "False",
    }


def manage(path: Path, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(path), check=True
    )


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int
    # Seconds from the command to the first answer.
    start: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def memory_mb(self) -> float:
        """Resident memory of the process that answers."""
        for line in Path(f"/proc/{self.worker}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
        return 0.0

    @property
    def worker(self) -> int:
        """The process that answers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        return int(children[0])

    def processor_ms(self, worker: int) -> float:
        """Processor time that the process has had, in all its threads."""
        return (
            sum(
                int(thread.read_text("ascii").split()[0])
                for thread in Path(f"/proc/{worker}/task").glob("*/schedstat")
            )
            / 1e6
        )


@contextmanager
def server(path: Path) -> Iterator[Server]:
    """Athar as ``make run`` starts it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"],
        cwd=ROOT,
        env=environment(path) | {"PORT": str(port), "MALLOC_ARENA_MAX": "2"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "ready" in line:
                break
        else:
            raise RuntimeError("the server did not start")
        yield Server(port, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(30)


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table. ``values`` in the unit of ``bar``, which the 95th percentile is held
    against; without a bar it is there to be compared with. ``processor`` are the milliseconds of
    the processor in it, which hang little on what else the machine does."""

    name: str
    values: Sequence[float]
    bar: float | None = None
    unit: str = "ms"
    processor: Sequence[float] = ()

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        return p95(self.values)

    @property
    def verdict(self) -> str:
        if self.bar is None:
            return ""
        return "ok" if self.p95 <= self.bar else "OVER"


def p95(values: Sequence[float]) -> float:
    """The 95th percentile; of few values, the largest."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def table(measures: Sequence[Measure]) -> str:
    rows = [["measure", "bar", "p50", "p95", "", "n"]]
    counted = any(each.processor for each in measures)
    if counted:
        rows[0] += ["processor p50", "p95"]
    for each in measures:
        values, spent = each.values, each.processor
        cells = [_figure(value, each.unit) for value in (each.median, p95(values))]
        bar = "" if each.bar is None else f"≤ {_figure(each.bar, each.unit)}"
        rows.append([each.name, bar, *cells, each.verdict, str(len(values))])
        if counted:
            rows[-1] += [_figure(value, "ms") for value in (statistics.median(spent), p95(spent))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if at in (0, 4) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def _figure(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
