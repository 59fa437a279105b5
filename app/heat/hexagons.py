"""Sums by hexagon: exact places one by one, private needs evenly over their public area."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.cities.queries import City
from app.database import Session
from app.heat.land import Cut, Lands, hexagon_level
from app.heat.parts import Crowds
from app.heat.queries import read_crowds, stream_places
from app.usulan.indexed import Indexed
from app.usulan.selection import Chosen
from spatial.apportion import apportioned
from spatial.grid import WORLD_BITS, CellRange, Integers, deinterleave
from spatial.hexagons import HexagonGrid, Hexagons, hexagon_rings, hexagon_sums, joined_hexagons
from spatial.index.sums import MEASURES

_DECIMALS = 6
# Of an usulan or a person a hexagon may have a part; a rupiah is not divided.
_STEPS = {"count": 100, "cost": 1, "beneficiaries": 100, "supporters": 100}
# A city is read in squares of 2 km, so that a million places are never in memory at once.
_READING_LEVEL = 14


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact places added up."""

    hexagons: Hexagons
    totals: Mapping[str, int]


class HexagonReader:
    """Adds up chosen sets over the hexagons of their city."""

    def __init__(self, lands: Lands) -> None:
        self._lands = lands

    async def features(
        self, chosen: Chosen, city: City, edge_m: float, session: Session
    ) -> tuple[list[Any], int]:
        """Hexagons that have something, as GeoJSON, and how many private needs lie in them.

        The grid is that of the city's active edition, whatever the set is seen under. Whoever
        asks must hold no connection, for it may begin a transaction.
        """
        land = await self._lands.land(city, session)
        grid = HexagonGrid(*land.middle, land.ground, edge_m)
        exact, crowds = await _parts(chosen, grid, session)
        cut = await self._lands.cut(chosen.city, crowds.codes, hexagon_level(edge_m), session)
        found = await asyncio.to_thread(_described, grid, exact, crowds, cut)
        return found, int(crowds.weight("count").sum())


async def _parts(chosen: Chosen, grid: HexagonGrid, session: Session) -> tuple[Exact, Crowds]:
    if chosen.indexed is not None:
        return await asyncio.to_thread(_indexed_parts, chosen.indexed, grid)
    parts = []
    async with session() as connection:
        async for cells, sums in stream_places(connection, chosen.conditions):
            parts.append(await asyncio.to_thread(_placed, grid, cells, sums))
        return _exact(parts), await read_crowds(connection, chosen.conditions)


def _indexed_parts(indexed: Indexed, grid: HexagonGrid) -> tuple[Exact, Crowds]:
    crowds = indexed.index.crowds(indexed.choice)
    names = indexed.vocabulary.public_areas
    return _exact(list(_indexed_places(indexed, grid))), Crowds.of_index(crowds, names)


def _indexed_places(indexed: Indexed, grid: HexagonGrid) -> Iterator[Hexagons]:
    index, choice = indexed.index, indexed.choice
    shift = 2 * (WORLD_BITS - _READING_LEVEL)
    for square in index.cells(choice, level=_READING_LEVEL).cells.tolist():
        within = CellRange(square << shift, (square + 1 << shift) - 1)
        found = index.cells(choice, level=WORLD_BITS, within=within)
        yield _placed(grid, found.cells, found.sums[: len(MEASURES)])


def _placed(grid: HexagonGrid, cells: Integers, sums: Integers) -> Hexagons:
    return hexagon_sums(grid, *deinterleave(cells), dict(zip(MEASURES, sums, strict=True)))


def _exact(parts: list[Hexagons]) -> Exact:
    hexagons = joined_hexagons(parts, MEASURES)
    return Exact(hexagons, {name: int(hexagons.sums[name].sum()) for name in MEASURES})


def _described(grid: HexagonGrid, exact: Exact, crowds: Crowds, cut: Cut) -> list[Any]:
    """Rounded so that the hexagons sum to the set."""
    found = joined_hexagons([exact.hexagons, *_spread(grid, crowds, cut)], MEASURES)
    numbers = {}
    for name, steps in _STEPS.items():
        total = exact.totals[name] + int(crowds.weight(name).sum())
        numbers[name] = apportioned(found.sums[name] * steps, total * steps)
    some = np.flatnonzero(np.any([column > 0 for column in numbers.values()], axis=0))
    rings = hexagon_rings(grid, found.columns[some], found.rows[some]).round(_DECIMALS).tolist()
    columns = [_numbers(numbers[name][some], steps) for name, steps in _STEPS.items()]
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": dict(zip(_STEPS, values, strict=True)),
        }
        for ring, *values in zip(rings, *columns, strict=True)
    ]


def _spread(grid: HexagonGrid, crowds: Crowds, cut: Cut) -> Iterator[Hexagons]:
    for name in MEASURES:
        source = cut.spread(crowds, name)
        nothing = dict.fromkeys(MEASURES, np.zeros_like(source.weights))
        yield hexagon_sums(grid, source.x, source.y, nothing | {name: source.weights})


def _numbers(units: Integers, steps: int) -> list[float]:
    """In ones; a whole number where it is one."""
    return [unit // steps if unit % steps == 0 else unit / steps for unit in units.tolist()]
