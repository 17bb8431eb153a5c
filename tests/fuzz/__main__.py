"""`make fuzz`: atheris turns the target, led by which lines of the rules it reaches, for a while.

What it finds is written to artefacts/ as bytes; `python -m tests.fuzz FILE` reads one again and
prints the article it spells. Needs requirements-fuzz.txt.
"""

import sys
from pathlib import Path

import atheris

from tests.project import ROOT

with atheris.instrument_imports(include=["extraction", "gazetteer"]):
    from tests.fuzz.target import article_of, run

ARTEFACTS = ROOT / "artefacts"
# No article of this size may take longer than so many seconds: super-linear work shows here.
LIMITS = ["-max_total_time=120", "-max_len=1200", "-len_control=0", "-timeout=20"]


def main(arguments: list[str]) -> None:
    found = [Path(argument) for argument in arguments if Path(argument).is_file()]
    for file in found:
        data = file.read_bytes()
        sys.stdout.write(f"{file}: {article_of(data)!r}\n")
        run(data)
    if found:
        return
    corpus = ARTEFACTS / "fuzz"
    corpus.mkdir(parents=True, exist_ok=True)
    prefix = f"-artifact_prefix={ARTEFACTS}/"
    atheris.Setup([sys.argv[0], *LIMITS, prefix, *arguments, str(corpus)], run)
    atheris.Fuzz()


main(sys.argv[1:])
