"""Loading lists with the command, and what it answers."""

import csv
from pathlib import Path

from tests.app.command import Installation, Outcome

HEADER = "source_id,title,problem,category,longitude,latitude"
PROBLEM = "Jalan berlubang di depan sekolah"
INSIDE = "110.805,-7.565"


def load(place: Installation, *lines: str, header: str = HEADER, more: tuple[str, ...] = ()):
    path = place.file("daftar.csv", "\n".join((header, *lines)) + "\n")
    return load_path(place, path, *more)


def load_path(place: Installation, path: Path, *more: str) -> Outcome:
    outcome = place.peta("usulan", "load", path, "--city", "33.72", "--json", *more)
    if outcome.stdout:
        found = outcome.report
        kept = found["created"] + found["updated"] + found["unchanged"]
        assert found["read"] == kept + found["rejected"]
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    found = outcome.report
    return found["created"], found["updated"], found["unchanged"], found["rejected"]


def rejects(place: Installation, name: str = "daftar.csv") -> list[dict[str, str]]:
    path = place.folder / f"{name}.rejected.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
