"""Two editions of a city compared: what became of every area, with ground and people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from psycopg import Connection

from app.areas.service import StoredEdition, find_edition
from app.statements import load_statement
from spatial.areas import LEVELS, AreaRecord
from spatial.boundaries.changes import Change, Kind, find_changes
from spatial.boundaries.crosswalk import OUTSIDE, EditionAreas, Overlap, crosswalk


class UnknownEdition(ValueError):
    """The city has no edition of this name."""


@dataclass(frozen=True, slots=True)
class LoadedEdition:
    """An edition with all its areas in memory."""

    name: str
    stored: StoredEdition
    areas: EditionAreas


def read_edition(connection: Connection, city_id: int, name: str) -> LoadedEdition:
    """An edition by its name; UnknownEdition when there is none."""
    stored = find_edition(connection, city_id, name)
    if stored is None:
        raise UnknownEdition(f"edisi {name[:40]!r} tidak ada")
    values = {"city_id": city_id, "edition_id": stored.edition_id}
    records: list[AreaRecord] = []
    population: dict[str, int] = {}
    for code, level, parent, label, shape, people in connection.execute(
        load_statement("editions", "read_edition"), values
    ):
        records.append(AreaRecord(code, level, parent, label, shapely.from_wkb(bytes(shape))))
        if people is not None:
            population[code] = people
    return LoadedEdition(name, stored, EditionAreas(tuple(records), population))


def compare_editions(one: LoadedEdition, other: LoadedEdition) -> dict[str, Any]:
    """The report of `peta boundaries diff`."""
    zone = other.stored.metric_srid
    overlaps = crosswalk(one.areas, other.areas, metric_srid=zone)
    changes = find_changes(one.areas, other.areas, overlaps, metric_srid=zone)
    words = _Words(_names(one.areas), _names(other.areas))
    return {
        "from": one.name,
        "to": other.name,
        "metric_srid": zone,
        "levels": _counted(changes),
        "changes": [words.change(change) for change in changes],
        "crosswalk": [_row(overlap) for overlap in overlaps],
    }


def _names(areas: EditionAreas) -> dict[str, str]:
    return {record.code: record.name for record in areas.records}


def _counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many areas of each level met each fate; levels without areas are left out."""
    found = {level: Counter[Kind]() for level in LEVELS}
    for change in changes:
        found[change.level][change.kind] += 1
    return {
        level: {kind.value: counts[kind] for kind in Kind if counts[kind]}
        for level, counts in found.items()
        if counts
    }


@dataclass(frozen=True, slots=True)
class _Words:
    before: Mapping[str, str]
    after: Mapping[str, str]

    def change(self, change: Change) -> dict[str, Any]:
        is_new = change.kind is Kind.NEW
        return {
            "level": change.level,
            "kind": change.kind.value,
            "code": change.code,
            "name": (self.after if is_new else self.before)[change.code],
            "successors": [{"code": c, "name": self.after[c]} for c in change.successors],
            "renamed": change.is_renamed,
            "recoded": change.is_recoded,
            **_sizes(change),
            "into": [
                {**_row(overlap), "name": self._other_name(overlap, is_new=is_new)}
                for overlap in change.overlaps
            ],
        }

    def _other_name(self, overlap: Overlap, *, is_new: bool) -> str:
        """What the area at the other end of an overlap is called."""
        if is_new:
            return self.before.get(overlap.code, "")
        return self.after.get(overlap.into, "")


def _sizes(change: Change) -> dict[str, float | None]:
    """Ground and people of the area, and the part of both that its successors do not have."""
    went_on = [o for o in change.overlaps if o.into in change.successors]
    km2, people = _km2(change.overlaps), _people(change.overlaps)
    lost_people = None if people is None else round(people - (_people(went_on) or 0), 1)
    return {
        "km2": km2,
        "people": people,
        "lost_km2": 0.0 if change.kind is Kind.NEW else round(km2 - _km2(went_on), 6),
        "lost_people": 0.0 if change.kind is Kind.NEW and people is not None else lost_people,
    }


def _km2(overlaps: Iterable[Overlap]) -> float:
    return round(sum(overlap.m2 for overlap in overlaps) / 1_000_000, 6)


def _people(overlaps: Iterable[Overlap]) -> float | None:
    known = [overlap.people for overlap in overlaps if overlap.people is not None]
    return round(sum(known), 1) if known else None


def _row(overlap: Overlap) -> dict[str, Any]:
    return {
        "level": overlap.level,
        "from": overlap.code,
        "to": None if overlap.into == OUTSIDE else overlap.into,
        "km2": round(overlap.m2 / 1_000_000, 6),
        "area_share": round(overlap.area_share, 9),
        "people": None if overlap.people is None else round(overlap.people, 3),
        "population_share": round(overlap.population_share, 9),
        "by": overlap.by,
    }
