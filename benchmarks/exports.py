"""``make bench-exports``: GeoJSON of 391,832 incidents, beside what GDAL's ogr2ogr takes for it.

    python -m benchmarks.exports [--incidents N] [--runs N]

``manage.py export`` and ``ogr2ogr`` (of the package gdal-bin) write the same layer from the same
SQLite file, in turn, so that whatever else the machine does disturbs both. Processor time counts;
memory is the most that a process had resident. ogr2ogr is given the layer's columns as one SQL
query, the related names joined by SQLite; "table only" is the bare table as it stands, with no
geometry and nothing of other tables, the least that it could write.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.stage import ROOT, arguments, database, environment

RATIO, MEMORY_MB = 2.0, 150
TABLES = {
    "incidents": "SELECT * FROM incidents_incident",
    "sites": "SELECT * FROM incidents_site",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process: processor seconds, and the most memory it had, in MB."""

    seconds: float
    memory: float


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(runs=3)
    options = parser.parse_args()
    if shutil.which("ogr2ogr") is None:
        sys.exit("There is no ogr2ogr on this machine: install gdal-bin.")
    path = database(options.incidents)
    print(f"{options.incidents:,} incidents, medians of {options.runs}\n")
    head = ("layer", "ours", "ogr2ogr", "ratio", "table only", "ratio", "memory")
    print("{:13}{:>9}{:>10}{:>8}{:>12}{:>8}{:>10}".format(*head))
    with tempfile.TemporaryDirectory() as folder:
        for layer in ("incidents", "sites"):
            print(_line(layer, path, Path(folder), options.runs))
    print(f"\nbars: {RATIO:g} times ogr2ogr, {MEMORY_MB} MB")


def _line(layer: str, path: Path, folder: Path, runs: int) -> str:
    out = folder / f"{layer}.geojson"
    ours, same, bare = [], [], []
    export = (
        str(ROOT / "manage.py"),
        "export",
        "--format",
        "geojson",
        "--layer",
        layer,
        "-o",
        str(out),
    )
    for _ in range(runs):
        ours.append(run([sys.executable, *export, "-o", str(out)], environment(path)))
        same.append(run(ogr2ogr(out, _source(folder, path, layer, SQL[layer], "lon", "lat"))))
        bare.append(run(ogr2ogr(out, _source(folder, path, layer, TABLES[layer]))))
    seconds = [statistics.median(cost.seconds for cost in costs) for costs in (ours, same, bare)]
    memory = max(cost.memory for cost in ours)
    return (
        f"{layer:13}{seconds[0]:>7.1f} s{seconds[1]:>8.1f} s{seconds[0] / seconds[1]:>8.2f}"
        f"{seconds[2]:>10.1f} s{seconds[0] / seconds[2]:>8.2f}{memory:>7.0f} MB"
    )


def run(command: Sequence[str], env: dict[str, str] | None = None) -> Cost:
    """Run a program to its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawnp(
        command[0],
        command,
        env or dict(os.environ),
        file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, number) for number in (1, 2)],
    )
    os.close(nowhere)
    _pid, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(status)}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def ogr2ogr(out: Path, source: Path) -> list[str]:
    out.unlink(missing_ok=True)
    return ["ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=YES", str(out), str(source)]


def _source(folder: Path, path: Path, layer: str, sql: str, *point: str) -> Path:
    """A description of the layer for GDAL: a query, and the columns of its points."""
    geometry = "<GeometryType>wkbNone</GeometryType>"
    if point:
        x, y = point
        geometry = (
            "<GeometryType>wkbPoint</GeometryType><LayerSRS>WGS84</LayerSRS>"
            f'<GeometryField encoding="PointFromColumns" x="{x}" y="{y}"/>'
        )
    described = folder / f"{layer}.vrt"
    described.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="{layer}"><SrcDataSource>{escape(str(path))}'
        f"</SrcDataSource><SrcSQL>{escape(sql)}</SrcSQL>{geometry}"
        "</OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    return described


def _names(table: str, condition: str, name: str) -> str:
    return f"(SELECT group_concat({name}, '; ') FROM {table} WHERE {condition}) AS "  # noqa: S608


def _parties(role: str) -> str:
    return (
        _names(
            "incidents_incidentactor p JOIN incidents_actor a ON a.id = p.actor_id",
            f"p.incident_id = i.id AND p.role = '{role}'",
            "coalesce(nullif(a.name_en, ''), a.name_ar)",
        )
        + role
    )


def _sites(role: str) -> str:
    return (
        _names(
            "incidents_site s",
            f"s.incident_id = i.id AND s.role = '{role}'",
            "coalesce(nullif(s.name_en, ''), s.name_ar)",
        )
        + f"{role}_sites"
    )


def _sources(column: str, name: str) -> str:
    table = "incidents_incidentarticle x JOIN incidents_article r ON r.id = x.article_id"
    return _names(table, "x.incident_id = i.id", f"r.{column}") + name


_FROM = "FROM incidents_incident i"
_SHOWN = "WHERE i.status = 'published' ORDER BY i.date_start, i.public_id"
_ABOUT = (
    "i.event_type, i.date_start, i.date_end, i.date_precision, i.daypart, i.weapon, "
    "i.killed_best, i.wounded_best, i.grade, i.is_demo"
)
SQL = {
    "incidents": ", ".join(
        (
            "SELECT i.public_id AS id",
            _names("incidents_incident m", "m.merged_into_id = i.id", "m.public_id") + "aliases",
            _ABOUT,
            "i.time_local, i.munitions_low, i.munitions_best, i.munitions_high",
            "i.killed_low, i.killed_high, i.killed_status",
            "i.wounded_low, i.wounded_high, i.wounded_status",
            *map(_parties, ("claimed_by", "attributed_to", "denied_by")),
            "i.place_en, i.place_ar, i.place_level, i.radius_m",
            "(SELECT count(*) FROM incidents_site s WHERE s.incident_id = i.id) AS sites",
            *map(_sites, ("launch", "impact", "target")),
            _sources("publisher", "sources"),
            "(SELECT count(*) FROM incidents_incidentarticle x WHERE x.incident_id = i.id) AS n",
            _sources("url", "source_urls"),
            _sources("language", "languages"),
            f"i.recalled_only, i.status, i.updated_at, i.lon, i.lat {_FROM} {_SHOWN}",
        )
    ),
    "sites": (
        "SELECT i.public_id || '/s' || s.number AS id, i.public_id AS incident, s.role, s.count, "
        "s.place_id, s.name_en, s.name_ar, s.surface, s.relation, s.level, s.radius_m, "
        f"s.confidence, {_ABOUT}, s.lon, s.lat {_FROM} JOIN incidents_site s "
        f"ON s.incident_id = i.id {_SHOWN}, s.number"
    ),
}


if __name__ == "__main__":
    main()
