"""The boundaries of a city examined: every stored place against a fresh placing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from psycopg import Connection
from shapely import Point

from app.areas.service import list_editions
from app.cities.service import KnownCity
from app.editions.comparing import LoadedEdition, read_edition
from app.statements import load_statement
from app.usulan.workflow import OPEN_STATUSES
from spatial.assign import AreaIndex
from spatial.errors import OutsideAreas

BATCH = 10_000
MOST_NAMED = 20


def check_boundaries(
    connection: Connection, city: KnownCity, *, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Editions of a city, and whatever in them is not as it must be; nothing is changed.

    `misplaced` are usulan that their own edition would place elsewhere today.
    """
    editions = list_editions(connection, city.city_id)
    active = [edition["edition"] for edition in editions if edition["active"]]
    misplaced: list[str] = []
    looked_at = 0
    for described in editions:
        edition = read_edition(connection, city.city_id, described["edition"])
        for batch in _placed(connection, city.city_id, edition, wrong=misplaced):
            looked_at += batch
            progress(looked_at)
    faults = {"strays": 0, "uncounted": 0, "chains": 0, "crosswalk": 0}
    if active:
        faults = _faults(connection, city.city_id, active[0])
    return {
        "city": city.code,
        "active": active,
        "editions": editions,
        "placed": looked_at,
        "misplaced": len(misplaced),
        "misplaced_numbers": misplaced[:MOST_NAMED],
        **faults,
        "sound": len(active) == 1 and not misplaced and not any(faults.values()),
    }


def _faults(connection: Connection, city_id: int, active: str) -> dict[str, int]:
    edition_id = read_edition(connection, city_id, active).stored.edition_id
    values = {"city_id": city_id, "edition_id": edition_id, "open": list(OPEN_STATUSES)}
    cursor = connection.execute(load_statement("editions", "count_faults"), values)
    names = [column.name for column in cursor.description or ()]
    return dict(zip(names, next(iter(cursor)), strict=True))


def _placed(
    connection: Connection, city_id: int, edition: LoadedEdition, *, wrong: list[str]
) -> Iterator[int]:
    """Sizes of the batches looked at; adds the numbers of misplaced usulan to `wrong`."""
    index = AreaIndex(edition.areas.records, metric_srid=edition.stored.metric_srid)
    values = {"city_id": city_id, "edition_id": edition.stored.edition_id, "most": BATCH}
    after = UUID(int=0)
    statement = load_statement("editions", "find_placed")
    while rows := connection.execute(statement, {**values, "after": after}).fetchall():
        shapes = shapely.from_wkb([bytes(row[2]) for row in rows])
        for row, code in zip(rows, _codes(shapes, index), strict=True):
            if code != row[3]:
                wrong.append(row[1])
        after = rows[-1][0]
        yield len(rows)


def _codes(shapes: Sequence[shapely.Geometry], index: AreaIndex) -> list[str | None]:
    spots = np.array([isinstance(shape, Point) for shape in shapes])
    points = np.asarray(shapes, dtype=object)[spots]
    placed = index.place_points(shapely.get_x(points), shapely.get_y(points))
    numbers = iter(placed.numbers.tolist())
    return [
        _code(index, next(numbers)) if is_spot else _code_of(index, shape)
        for shape, is_spot in zip(shapes, spots, strict=True)
    ]


def _code(index: AreaIndex, number: int) -> str | None:
    return None if number < 0 else index.records[number].code


def _code_of(index: AreaIndex, shape: shapely.Geometry) -> str | None:
    try:
        return index.place(shape).area.code
    except OutsideAreas:
        return None
