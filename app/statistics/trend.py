"""How a set goes through the years or months."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.language import Language
from app.statistics.adding import per_1000
from app.statistics.measures import UNITS
from app.statistics.months import sums_by_month
from app.statistics.schemas import TrendQuery
from app.statistics.whole import NOTHING, Sums, people_of, sums_by, together
from app.usulan.selection import Chosen

EVERY_YEAR = tuple(range(2000, 2101))
"""All that a planning year can be: a filter by them leaves none out, and no earlier record."""
_MONTHS = 12


async def follow(
    connection: AsyncConnection,
    chosen: Chosen,
    query: TrendQuery,
    *,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """Sums by planning year, or by the month in which usulan were made; zeros between the ends.

    A year is what the totals of that year are, so what is carried over counts once per year.
    With a filter by year its years alone have a point.
    """
    found, told_by = await _found(connection, chosen, query)
    people = await people_of(connection, chosen)
    return {
        "by": query.by,
        "points": [
            {"period": period, **found.get(period, NOTHING), "per_1000": rate}
            for period in _periods(found, chosen, query)
            for rate in [per_1000(found.get(period, NOTHING)["count"], people)]
        ],
        "measure": query.measure,
        "unit": UNITS[query.measure].in_language(language),
        "population": people,
        "numberMatched": together(found)["count"],
        "as_of": told_by.as_of(now).isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
    }


async def _found(
    connection: AsyncConnection, chosen: Chosen, query: TrendQuery
) -> tuple[dict[str, Sums], Chosen]:
    """Sums by period, and the set as what told them knows it."""
    if query.by == "month":
        months, told_by = await sums_by_month(connection, chosen)
        return {**months}, told_by
    every = chosen if chosen.filters.year else chosen.with_filters(year=EVERY_YEAR)
    by_year = await sums_by(connection, every, "year")
    return {str(year): sums for year, sums in by_year.items()}, chosen


def _periods(found: Mapping[str, Sums], chosen: Chosen, query: TrendQuery) -> list[str]:
    if query.by == "year" and chosen.filters.year:
        return [str(year) for year in sorted(set(chosen.filters.year))]
    if not found:
        return []
    first, last = min(found), max(found)
    if query.by == "year":
        return [str(year) for year in range(int(first), int(last) + 1)]
    return list(_months(first, last))


def _months(first: str, last: str) -> Iterator[str]:
    """Months from the first to the last, both as `2026-03`."""
    start, end = (int(month[:4]) * _MONTHS + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, end + 1):
        yield f"{number // _MONTHS:04d}-{number % _MONTHS + 1:02d}"
