"""Drafts to places: points of a batch at once, everything else one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from psycopg import Connection
from shapely import Point

from app.lists.cells import Reason, RowRejected
from app.lists.rows import Draft
from app.models.area import LEVELS
from app.statements import load_statement
from spatial.assign import AreaIndex, AreaRecord
from spatial.errors import NearestArea, OutsideAreas


@dataclass(frozen=True, slots=True)
class CityAreas:
    """The active edition of a city, ready for placing."""

    edition_id: int
    index: AreaIndex
    levels: dict[str, str]
    """Code to level."""
    top: str
    """The area of a record of which no place is known."""


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


Place = dict[str, Any]
"""The columns of a record that say where it is."""


def place_drafts(drafts: Sequence[Draft], areas: CityAreas) -> list[Place | RowRejected]:
    """Of each draft its place, or why it has none."""
    found: list[Place | RowRejected | None] = [None] * len(drafts)
    spots = [number for number, draft in enumerate(drafts) if isinstance(draft.geometry, Point)]
    for number, place in zip(spots, _spots([drafts[n] for n in spots], areas), strict=True):
        found[number] = place
    return [
        place if place is not None else _one(draft, areas)
        for draft, place in zip(drafts, found, strict=True)
    ]


def _spots(drafts: Sequence[Draft], areas: CityAreas) -> list[Place | RowRejected]:
    if not drafts:
        return []
    points = np.array([draft.geometry for draft in drafts], dtype=object)
    placed = areas.index.place_points(shapely.get_x(points), shapely.get_y(points))
    accuracies = [np.nan if d.accuracy_m is None else d.accuracy_m for d in drafts]
    declared = [draft.declared for draft in drafts]
    doubts = areas.index.doubts(placed, accuracy_m=accuracies, declared=declared)
    places: list[Place | RowRejected] = []
    for number, doubt, point in zip(placed.numbers.tolist(), doubts, points, strict=True):
        if number < 0:
            places.append(_outside(areas.index.nearest(point.x, point.y)))
        else:
            code = areas.index.records[number].code
            places.append(_columns(code, areas) | {"doubts": [str(word) for word in doubt]})
    return places


def _one(draft: Draft, areas: CityAreas) -> Place | RowRejected:
    if draft.geometry is None:
        return _by_code(draft, areas)
    try:
        placement = areas.index.place(
            draft.geometry, accuracy_m=draft.accuracy_m, declared=draft.declared
        )
    except OutsideAreas as outside:
        return _outside(outside.nearest)
    return _columns(placement.area.code, areas) | {
        "doubts": [str(word) for word in placement.doubts],
        "area_shares": [{"code": part.code, "share": part.share} for part in placement.shares],
        "position": placement.position,
    }


def _by_code(draft: Draft, areas: CityAreas) -> Place | RowRejected:
    code = draft.area or areas.top
    if code not in areas.levels:
        return RowRejected(Reason.AREA, f"wilayah {code[:40]!r} tidak ada dalam edisi aktif")
    return _columns(code, areas)


def _columns(code: str, areas: CityAreas) -> Place:
    levels = {areas.levels[member]: member for member in areas.index.chain(code)}
    return {
        "edition_id": areas.edition_id,
        "area_code": code,
        "kota": levels.get("kota", areas.top),
        **{level: levels.get(level) for level in LEVELS[1:]},
    }


def _outside(nearest: NearestArea | None) -> RowRejected:
    if nearest is None:
        return RowRejected(Reason.OUTSIDE, "di luar wilayah kota")
    return RowRejected(
        Reason.OUTSIDE,
        f"di luar wilayah kota; terdekat {nearest.level} {nearest.name}"
        f" ({nearest.code}), {nearest.distance_m:.0f} m",
    )
