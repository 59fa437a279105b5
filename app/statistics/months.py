"""Sums by the month in which usulan were made, from the index as far as its instants tell it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from app.resident.rows import numbers_of
from app.statistics.counting import SUMS
from app.statistics.queries import read_months, read_sums_by_month
from app.usulan.indexed import INSTANTS_SINCE
from app.usulan.selection import Chosen
from spatial.grid import Integers
from spatial.index.moments import Moments
from spatial.index.periods import Periods

_MICROSECOND = timedelta(microseconds=1)
_MONTHS = 12
Months = dict[str, dict[str, int]]


async def sums_by_month(connection: AsyncConnection, chosen: Chosen) -> tuple[Months, Chosen]:
    """Sums of a set by month, as `2026-03`, by the clock of the city; only what occurs.

    With the set as what told them knows it: without the index where that was of no use.

    The index knows in which short stretch of time an usulan was made. The database is asked for
    the months of the few that share theirs with the end of a month, by their numbers.
    """
    zone, indexed = chosen.city.time_zone, chosen.indexed
    if indexed is not None:
        names, starts = _months_of(indexed.vocabulary.created, ZoneInfo(zone))
        found = indexed.periods(starts)
        numbers = [each.decode() for each in numbers_of(found.ids, chosen.city.code).tolist()]
        told = await read_months(connection, chosen.city.city_id, numbers, zone)
        if len(told) == len(numbers):
            return _together(names, found, [told[number] for number in numbers]), chosen
    # It knows usulan that this transaction cannot see.
    months = await read_sums_by_month(connection, chosen.conditions, zone)
    return months, replace(chosen, indexed=None)


def _together(names: list[str], found: Periods, told: list[str]) -> Months:
    sums = [(names[key], found.sums.sums[:, at]) for at, key in enumerate(found.sums.keys)]
    months: Months = {}
    for month, values in (*sums, *zip(told, found.measures.T, strict=True)):
        known: Mapping[str, int] = months.get(month, dict.fromkeys(SUMS, 0))
        more = zip(SUMS, values.tolist(), strict=True)
        months[month] = {name: known[name] + value for name, value in more}
    return months


def _months_of(moments: Moments, zone: ZoneInfo) -> tuple[list[str], Integers]:
    """Every month from that of the first instant known to that of the last, and when it begins."""
    if len(moments) == 1:
        return [], np.empty(0, dtype=np.int64)
    first, last = (
        at.year * _MONTHS + at.month - 1
        for at in (_instant(int(moments.edges[1]), zone), _instant(moments.latest, zone))
    )
    begun = [
        datetime(number // _MONTHS, number % _MONTHS + 1, 1, tzinfo=zone)
        for number in range(first, last + 1)
    ]
    names = [f"{start.year:04d}-{start.month:02d}" for start in begun]
    starts = [(start.astimezone(UTC) - INSTANTS_SINCE) // _MICROSECOND for start in begun]
    return names, np.array(starts, dtype=np.int64)


def _instant(microseconds: int, zone: ZoneInfo) -> datetime:
    return (INSTANTS_SINCE + timedelta(microseconds=microseconds)).astimezone(zone)
