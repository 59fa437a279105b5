"""One look at what a web process tells, beside a recount: every number, by index and by SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
from hypothesis import strategies as st

from spatial.tiles import tiles_covering
from tests.app import world
from tests.app.recount.acts import CATEGORIES_USED, STATUSES
from tests.app.recount.recounting import LEVELS, SUMS, Filters, Recount
from tests.app.recount.web_process import WebProcess

GROUPINGS = ("category", "group", "status", "year", "funding")
BOUNDS = (world.WEST - 0.001, world.NORTH - 0.012, world.WEST + 0.018, world.NORTH + 0.001)
# Later than that all are; only the database knows instants, so that it must answer.
BY_SQL = {"updated_after": "2000-01-01T00:00:00Z"}
_VALUES = {
    "category": CATEGORIES_USED,
    "group": ("SP", "KP", "SB", "EK"),
    "status": STATUSES,
    "stage": ("rembug_rt", "musren_kel"),
    "year": (2024, 2025, 2026, 2027),
    "funding": ("apbd_kota", "swadaya"),
    "channel": ("rembug", "pokir"),
    # Places in the ordered codes of the city, for codes come and go with editions.
    "area": range(200),
}


def _some(values: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    wanted: Mapping[str, list[Any]]
    by: tuple[str, ...]
    zooms: tuple[int, ...]

    def filters(self, codes: Sequence[str]) -> dict[str, list[Any]]:
        found = dict(self.wanted)
        if "area" in found:
            found["area"] = sorted({codes[place % len(codes)] for place in found["area"]})
        return found


looks = st.builds(
    Look,
    st.fixed_dictionaries({}, optional={name: _some(values) for name, values in _VALUES.items()}),
    st.lists(st.sampled_from(GROUPINGS), max_size=3, unique=True).map(tuple),
    st.tuples(st.integers(6, 14), st.just(15)),
)
WHOLE = Look({}, (), (9, 13, 15))
NOW = {"Cache-Control": "no-cache"}
"""Another process may show a tile of a quarter of a second ago to all others (decision 0020)."""


def compare(process: WebProcess, recount: Recount, look: Look) -> int:
    """Compare all that a process tells of one set with the recount; how many numbers that were."""
    filters = look.filters(sorted(recount.areas))
    query = {name: ",".join(map(str, values)) for name, values in filters.items()}
    compared = sum(
        _compare_stats(process, recount, filters, query | way, (level, by))
        for level in LEVELS
        for by in {(), look.by}
        for way in ({}, BY_SQL)
    )
    compared += sum(_compare_tiles(process, recount, filters, (query, z)) for z in look.zooms)
    codes = filters.get("area") or sorted(recount.areas)[:2]
    for way in ({}, BY_SQL):
        compared += _compare_areas(process, recount, filters, (query | way, codes))
        compared += _compare_list(process, recount, filters, query | way)
    return compared


def glance(process: WebProcess, recount: Recount) -> None:
    """Compare the little that shows most mistakes, as the process answers at this moment."""
    by = ("category", "status", "year")
    for level in ("kelurahan", "rw"):
        _compare_stats(process, recount, {}, {}, (level, by))
    _compare_tiles(process, recount, {}, ({}, 12))


def _compare_stats(
    process: WebProcess,
    recount: Recount,
    filters: Filters,
    query: Mapping[str, str],
    shape: tuple[str, tuple[str, ...]],
) -> int:
    level, by = shape
    told = process.get("/api/v1/stats", {**query, "level": level, "by": ",".join(by)}).json()
    expected = recount.stats(filters, level, by)
    rows = {
        (row["area"], *(row[name] for name in by)): tuple(row[name] for name in SUMS)
        for row in told["rows"]
        if row["count"]
    }
    assert rows == expected["rows"] == recount.in_sql(filters, level, by), (query, level, by)
    for name in ("unassigned", "unlocated", "numberMatched"):
        assert told[name] == expected[name], (name, query, level, by)
    for row in told["rows"]:
        assert row["per_1000"] == _rate(recount, row, by, filters), (row, query)
    return len(SUMS) * max(len(rows), 1) + 3


def _rate(
    recount: Recount, row: Mapping[str, Any], by: Sequence[str], filters: Filters
) -> float | None:
    people = recount.areas[row["area"]]["population"]
    of_one_year = "year" in by or len(filters.get("year", ())) == 1
    return round(1000 * row["count"] / people, 2) if people and of_one_year else None


def _compare_tiles(
    process: WebProcess, recount: Recount, filters: Filters, where: tuple[Mapping[str, str], int]
) -> int:
    query, z = where
    located = [one for one in recount.chosen(filters) if one.located]
    cells, numbers = 0, []
    for tile in tiles_covering(BOUNDS, z):
        answer = process.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt", query, NOW)
        assert answer.status_code in (200, 204), answer.text
        layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
        cells += sum(cell["count"] for cell in _properties(layers, "cells"))
        numbers += [one["number"] for one in _properties(layers, "usulan")]
    alone = sorted(one.number for one in located if one.is_exact) if z > 14 else []
    assert sorted(numbers) == alone, (query, z)
    assert cells == len(located) - len(alone), (query, z)
    return 1 + len(alone)


def _properties(layers: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in layers.get(name, {"features": []})["features"]]


def _compare_areas(
    process: WebProcess,
    recount: Recount,
    filters: Filters,
    where: tuple[Mapping[str, str], Sequence[str]],
) -> int:
    query, codes = where
    for code in codes:
        told = process.get(f"/api/v1/areas/{code}", query).json()["totals"]
        told.pop("per_1000")
        assert told == recount.totals(filters, code), (code, query)
    return len(codes) * 7


def _compare_list(
    process: WebProcess, recount: Recount, filters: Filters, query: Mapping[str, str]
) -> int:
    page = process.get("/api/v1/usulan", {**query, "limit": "1000"}).json()
    expected = recount.chosen(filters)
    assert page["numberMatched"] == len(expected), query
    assert page["unlocated"] == sum(not one.located for one in expected), query
    assert sorted(one["id"] for one in page["features"]) == sorted(one.number for one in expected)
    return 2 + len(expected)
