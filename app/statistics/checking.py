"""Every number that is answered, from the index and from SQL over the views, against a recount."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City, get_city
from app.database import Database
from app.resident.ground import Ground, Grounds
from app.resident.kept import read_whole
from app.statistics.adding import add_up
from app.statistics.counting import SUMS
from app.statistics.recount import USUAL, Recounted, recount_beside, recounted_sums
from app.statistics.schemas import StatsQuery
from app.statistics.trend import EVERY_YEAR
from app.stored_words import LEVELS, STATUSES
from app.usulan.filters import Filters
from app.usulan.indexed import Indexed, choice_of
from app.usulan.selection import Chosen
from spatial.index.index import Index

MOST_NAMED = 20
_FINE = ("rw", "rt")
"""Levels with so many areas that years alone are told apart in them."""
_SETS = tuple(map(Filters.model_validate, ({}, {"status": STATUSES, "year": EVERY_YEAR})))
"""What is shown to whoever asks for nothing, and everything that is public."""
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""No number depends on when it is asked for."""

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Findings:
    """How many numbers were compared, and which were wrong."""

    compared: int = 0
    wrong: int = 0
    named: list[str] = field(default_factory=list)

    def compare(self, where: str, told: Mapping[Key, Any], recount: Mapping[Key, Any]) -> None:
        """Take in what an answer told and what a recount found."""
        for key in told.keys() | recount.keys():
            self.compared += 1
            if told.get(key) != recount.get(key):
                self.wrong += 1
                if len(self.named) < MOST_NAMED:
                    place = " ".join(str(part) for part in key)
                    self.named.append(f"{where} {place}: {told.get(key)} != {recount.get(key)}")


async def check_numbers(
    database: Database, city_code: str, *, progress: Callable[[int], None]
) -> Findings:
    """Compare the totals of a city by area of every level; `progress` is given levels done.

    Its public side must be let read the tables. Each level is read in one snapshot, so that
    nobody needs to stop writing.
    """
    findings = Findings()
    for done, level in enumerate(LEVELS, 1):
        async with database.public_loading() as connection:
            city = await get_city(connection, city_code)
            if city.edition_id is not None:
                await _check_level(connection, city, level, findings)
        progress(done)
    return findings


async def _check_level(
    connection: AsyncConnection, city: City, level: str, findings: Findings
) -> None:
    by = ("year",) if level in _FINE else USUAL
    apart = tuple({*by, "status"})
    recount = await recount_beside(connection, city.city_id, level, by=apart)
    index = (await read_whole(connection, city)).index
    ground = await Grounds().of(connection, city)
    for filters in _SETS:
        expected = _of_recount(recount, filters, by)
        for where, chosen in _ways(city, filters, index, ground):
            query = StatsQuery.model_validate({"level": level, "by": by})
            stats = await add_up(connection, chosen, query, now=_NEVER)
            findings.compare(f"{where} {level}", _of_answer(stats, by), expected)


def _ways(city: City, filters: Filters, index: Index, ground: Ground) -> list[tuple[str, Chosen]]:
    choice = choice_of(filters)
    indexed = None if choice is None else Indexed(index, choice, ground)
    return [("indeks", Chosen(city, filters, indexed)), ("SQL", Chosen(city, filters))]


def _of_answer(stats: Mapping[str, Any], by: Sequence[str]) -> dict[Key, Any]:
    rows = {
        (row["area"], *(row[name] for name in by)): [row[name] for name in SUMS]
        for row in stats["rows"]
        if row["count"]
    }
    return {**rows, **{(name,): stats[name] for name in _WHOLE}}


_WHOLE = ("unassigned", "unlocated", "numberMatched")


def _of_recount(rows: Sequence[Recounted], filters: Filters, by: Sequence[str]) -> dict[Key, Any]:
    sums = recounted_sums(rows, filters, by)
    whole = (
        sum(found["count"] for (area, *_), found in sums.items() if area is None),
        sum(found["unlocated"] for found in sums.values()),
        sum(found["count"] for found in sums.values()),
    )
    of_areas = {
        key: [found[name] for name in SUMS] for key, found in sums.items() if key[0] is not None
    }
    return {**of_areas, **{(name,): number for name, number in zip(_WHOLE, whole, strict=True)}}
