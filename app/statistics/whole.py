"""A chosen set added up as a whole, by the values of one grouping."""

from collections.abc import Hashable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.placing import active_edition
from app.statistics.counting import SUMS, values_of
from app.statistics.queries import read_people, read_sums_by
from app.usulan.indexed import Indexed
from app.usulan.selection import Chosen

Sums = Mapping[str, int]
NOTHING: Sums = dict.fromkeys(SUMS, 0)


async def sums_by(
    connection: AsyncConnection, chosen: Chosen, name: str
) -> dict[Any, dict[str, int]]:
    """Sums of a set by the values of one grouping, only what occurs; they make the whole set."""
    if chosen.indexed is None:
        return await read_sums_by(connection, chosen.conditions, name)
    return _sums_of_index(chosen.indexed, name)


def _sums_of_index(indexed: Indexed, name: str) -> dict[Any, dict[str, int]]:
    totals = indexed.totals("kota", (name,))
    values = values_of(indexed.vocabulary, name)
    found: dict[Hashable, dict[str, int]] = {}
    parts = ((totals.values, totals.sums), (totals.loose_values, totals.loose_sums))
    for (codes,), sums in parts:
        for code, *numbers in zip(codes.tolist(), *sums.tolist(), strict=True):
            total = found.setdefault(values[code], dict(NOTHING))
            for column, number in zip(SUMS, numbers, strict=True):
                total[column] += number
    return found


def together(parts: Mapping[Any, Sums]) -> dict[str, int]:
    """Sums of all parts."""
    return {name: sum(part[name] for part in parts.values()) for name in SUMS}


async def people_of(connection: AsyncConnection, chosen: Chosen) -> int | None:
    """Inhabitants of the areas that a set is filtered by, or of the city."""
    return await read_people(
        connection,
        city_id=chosen.city.city_id,
        edition_id=active_edition(chosen.city),
        codes=chosen.filters.area,
    )
