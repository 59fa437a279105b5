"""Judged rows to areas: points of a block at once, shapes one by one, others by code or words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from psycopg import Connection

from app.lists.judge import Judged
from app.lists.reasons import Reason, RowRejected
from app.lists.words import WordPlace, WordPlacer
from app.statements import load_statement
from app.stored_words import LEVELS
from spatial.areas import AreaRecord
from spatial.assign import AreaIndex
from spatial.errors import NearestArea, OutsideAreas

Numbers = npt.NDArray[np.intp]
_TITLES = {
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "rw": "RW",
    "rt": "RT",
}


@dataclass(frozen=True)
class CityAreas:
    """The active edition of a city, ready for placing."""

    edition_id: int
    index: AreaIndex
    levels: Mapping[str, str]
    """Code to level."""
    top: str
    """The area of a record of which no place is known."""

    @cached_property
    def chains(self) -> Mapping[str, tuple[str | None, ...]]:
        """Of each area its code at every level from kota down."""
        return {code: self._chain(code) for code in self.levels}

    @cached_property
    def codes(self) -> Sequence[str]:
        """In the order in which the index counts the areas."""
        return [record.code for record in self.index.records]

    @cached_property
    def undoubted(self) -> Sequence["Place"]:
        """The place of a point of which nothing but its area is to be told, for each area."""
        return [Place(code) for code in self.codes]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code to name with the level before it: `Kelurahan Kauman`, `RW 004`."""
        return {record.code: _full_name(record) for record in self.index.records}

    def called(self, code: str) -> str:
        """An area as people call it, up to its kelurahan: `RT 002, RW 004, Kelurahan Kauman`."""
        kota, kecamatan, *inner = self.chains[code]
        told = [each for each in reversed(inner) if each is not None] or [kecamatan or kota or code]
        return ", ".join(self.names.get(each, each) for each in told)

    def _chain(self, code: str) -> tuple[str | None, ...]:
        levels = {self.levels[member]: member for member in self.index.chain(code)}
        return (levels.get("kota", self.top), *(levels.get(level) for level in LEVELS[1:]))


def _full_name(record: AreaRecord) -> str:
    name, title = record.name, _TITLES[record.level]
    if (record.level == "kota" and name) or name.casefold().startswith(title.casefold()):
        return name
    return f"{title} {name or record.code}"


def read_city_areas(connection: Connection, city_id: int) -> CityAreas | None:
    """Areas of the active edition; None when the city has no boundaries yet."""
    rows = connection.execute(
        load_statement("lists", "read_areas"), {"city_id": city_id}
    ).fetchall()
    if not rows:
        return None
    records = [
        AreaRecord(code, level, parent, name, shapely.from_wkb(bytes(shape)))
        for _, _, code, level, parent, name, shape in rows
    ]
    levels = {record.code: record.level for record in records}
    return CityAreas(
        edition_id=rows[0][0],
        index=AreaIndex(records, metric_srid=rows[0][1]),
        levels=levels,
        top=min(levels, key=lambda code: (LEVELS.index(levels[code]), code)),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where one row is."""

    code: str
    doubts: tuple[str, ...] = ()
    words: WordPlace | None = None
    shares: tuple[Mapping[str, Any], ...] | None = None
    position: shapely.Point | None = None
    """Of a line or surface."""
    declared: str | None = None


def place_rows(
    judged: Judged, rows: Sequence[int], areas: CityAreas, placer: WordPlacer
) -> list[Place | RowRejected]:
    """Of each row its place, or why it has none."""
    words: Sequence[WordPlace | None] = placer.places(judged, rows)
    declared, coded = _told_codes(judged, rows, words)
    wanted = np.array(rows, dtype=np.intp)
    spots = np.flatnonzero(judged.positions.is_point[wanted])
    placed = _spots(judged, wanted[spots], spots, (declared, words, areas))
    if len(placed) == len(rows):
        return placed
    found = dict(zip(spots.tolist(), placed, strict=True))
    return [
        found[number]
        if number in found
        else _one(judged, row, areas, (declared[number], coded[number], words[number]))
        for number, row in enumerate(rows)
    ]


def _told_codes(
    judged: Judged, rows: Sequence[int], words: Sequence[WordPlace | None]
) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """Of each row the area that it declares in any way, and the one that it gives as its place."""
    blank = [None] * len(judged.at)
    coded = judged.values.get("area", blank)
    named = judged.values.get("declared_area", blank)
    if named is coded and not any(words):
        return [None] * len(rows), [None] * len(rows)
    declared = [
        named[row] or coded[row] or (word.code if word else None)
        for row, word in zip(rows, words, strict=True)
    ]
    return declared, [coded[row] for row in rows]


def _spots(
    judged: Judged,
    rows: Numbers,
    at: Numbers,
    told: tuple[Sequence[str | None], Sequence[WordPlace | None], CityAreas],
) -> list[Place | RowRejected]:
    if not len(rows):
        return []
    all_declared, words, areas = told
    positions = judged.positions
    placed = areas.index.place_points(positions.longitudes[rows], positions.latitudes[rows])
    declared = [all_declared[number] for number in at.tolist()]
    accuracies = None
    if "accuracy_m" in judged.values:
        known = [judged.values["accuracy_m"][row] for row in rows.tolist()]
        accuracies = np.array([np.nan if each is None else each for each in known])
    doubts = areas.index.doubts(
        placed, accuracy_m=accuracies, declared=declared if any(declared) else None
    )
    codes, undoubted = areas.codes, areas.undoubted
    found: list[Place | RowRejected] = []
    for number, area, doubt in zip(at.tolist(), placed.numbers.tolist(), doubts, strict=True):
        if area < 0:
            spot = len(found)
            near = areas.index.nearest(placed.longitudes[spot], placed.latitudes[spot])
            found.append(_outside(near))
        elif not doubt and words[number] is None and all_declared[number] is None:
            found.append(undoubted[area])
        else:
            found.append(Place(codes[area], doubt, words[number], declared=all_declared[number]))
    return found


def _one(
    judged: Judged,
    row: int,
    areas: CityAreas,
    said: tuple[str | None, str | None, WordPlace | None],
) -> Place | RowRejected:
    declared, code, words = said
    shape = judged.positions.shapes.get(row)
    if shape is None:
        return _by_code(code, words, areas, judged.value("declared_area", row))
    try:
        placement = areas.index.place(
            shape, accuracy_m=judged.value("accuracy_m", row), declared=declared
        )
    except OutsideAreas as outside:
        return _outside(outside.nearest)
    return Place(
        placement.area.code,
        tuple(placement.doubts),
        words,
        tuple({"code": part.code, "share": part.share} for part in placement.shares),
        placement.position,
        declared,
    )


def _by_code(
    code: str | None, words: WordPlace | None, areas: CityAreas, declared: str | None
) -> Place | RowRejected:
    if code is None:
        return Place((words.code if words else None) or areas.top, (), words, declared=declared)
    if code not in areas.levels:
        return RowRejected(Reason.AREA, f"wilayah {code[:40]!r} tidak ada dalam edisi aktif")
    return Place(code, (), words, declared=declared)


def _outside(nearest: NearestArea | None) -> RowRejected:
    if nearest is None:
        return RowRejected(Reason.OUTSIDE, "di luar wilayah kota")
    return RowRejected(
        Reason.OUTSIDE,
        f"di luar wilayah kota; terdekat {nearest.level} {nearest.name}"
        f" ({nearest.code}), {_distance(nearest.distance_m)}",
    )


def _distance(metres: float) -> str:
    """Whole metres below a kilometre, tenths of kilometres from there on."""
    if metres < 999.5:
        return f"{metres:.0f} m"
    return f"{metres / 1000:,.1f} km".translate(str.maketrans(",.", ".,"))
