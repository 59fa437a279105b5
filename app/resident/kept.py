"""One city's index, and how it comes to what a transaction sees."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City
from app.lines import AnyConnection
from app.resident.following import BEYOND_ALL, Delivered
from app.resident.gathered import Gathered
from app.resident.queries import read_area_codes, read_changes, read_rows, read_words
from app.resident.rows import ids_of
from app.resident.tellings import Tellings
from app.resident.words import Words, coded_rows, empty_vocabulary
from spatial.index.block import UsulanRows
from spatial.index.index import Index
from spatial.index.vocabulary import Vocabulary

MOST_READ_AGAIN = 5_000
"""More changed usulan than that are not read while somebody waits."""


class Step(NamedTuple):
    """One change of an index: usulan read again."""

    rows: UsulanRows
    looked_at: list[int]
    vocabulary: Vocabulary

    def on(self, index: Index) -> Index:
        """The index with it; of the same city, and with no words that this one has not."""
        return index.applied(self.rows, self.looked_at, self.vocabulary)


@dataclass(frozen=True, slots=True)
class Kept:
    """An index, and up to where it has followed the city."""

    city_id: int
    edition_id: int
    areas_version: str | None
    position: str
    """The committed position that it was last brought to."""
    whole_at: datetime
    """When it was last known to lack nothing."""
    lacks: bool
    """Whether there have been changes that it was not given: it follows single ones, and waits to
    be replaced."""
    delivered: Delivered
    words: Words
    index: Index
    tellings: Tellings
    """What lists told of it, while it lacks nothing."""
    step: Step | None = None
    """What made it of the one before."""

    def is_of(self, city: City) -> bool:
        """Whether it counts by the areas that the city has here, and follows this database."""
        same_areas = (self.edition_id, self.areas_version) == (city.edition_id, city.areas_version)
        return same_areas and _database_of(self.position) == _database_of(city.position)


def _database_of(position: str) -> str:
    return position.partition("/")[0]


async def read_whole(connection: AsyncConnection, city: City) -> Kept:
    """Build a city's index under the snapshot of a transaction; it must have an edition."""
    where = (city.city_id, city.edition_id or 0)
    began = datetime.now(UTC)
    horizon = (await read_changes(connection, city.city_id, BEYOND_ALL)).horizon
    delivered = Delivered.all_of(await read_changes(connection, city.city_id, horizon))
    vocabulary = empty_vocabulary(await read_area_codes(connection, *where))
    gathered, words = await _gathered(connection, where), Words()
    await _learn(connection, where, gathered, words)
    index = await asyncio.to_thread(_built, gathered, words, vocabulary)
    return Kept(
        city_id=city.city_id,
        edition_id=city.edition_id or 0,
        areas_version=city.areas_version,
        position=city.position,
        whole_at=began,
        lacks=False,
        delivered=delivered,
        words=words,
        index=index,
        tellings=Tellings(),
    )


async def _gathered(connection: AsyncConnection, where: tuple[int, int]) -> Gathered:
    """All rows of a city; each block is taken apart while the next one comes."""
    gathered, under_way = Gathered(), None
    async for rows in read_rows(connection, *where, None):
        if under_way is not None:
            await under_way
        under_way = asyncio.create_task(asyncio.to_thread(gathered.take, rows))
    if under_way is not None:
        await under_way
    return gathered


def _built(gathered: Gathered, words: Words, vocabulary: Vocabulary) -> Index:
    return Index.of(*coded_rows(gathered, words, vocabulary))


async def brought_to(connection: AnyConnection, kept: Kept, city: City) -> Kept:
    """The index as this transaction sees the city; it must not be later than the transaction.

    After changes of everything, or of too many, it lacks them.
    """
    began = datetime.now(UTC)
    # Where the last look found nothing the next one seldom does.
    is_quiet = kept.step is None
    mark = kept.delivered.mark
    reading = await read_changes(connection, kept.city_id, mark, looks_first=is_quiet)
    delivered, fresh = kept.delivered.take(reading)
    numbers = list(dict.fromkeys(change.number for change in fresh if change.number is not None))
    few = numbers if len(numbers) <= MOST_READ_AGAIN else []
    lacks = kept.lacks or len(few) < len(numbers) or any(change.number is None for change in fresh)
    step = await _read_again(connection, kept, few) if few else None
    return replace(
        kept,
        index=kept.index if step is None else step.on(kept.index),
        step=step,
        tellings=kept.tellings if step is None else kept.tellings.after(step.looked_at),
        delivered=delivered,
        position=city.position,
        lacks=lacks,
        whole_at=kept.whole_at if lacks else began,
    )


async def _read_again(connection: AnyConnection, kept: Kept, numbers: Sequence[str]) -> Step:
    where, gathered = (kept.city_id, kept.edition_id), Gathered(piece_rows=len(numbers))
    async for rows in read_rows(connection, *where, numbers):
        gathered.take(rows)
    await _learn(connection, where, gathered, kept.words)
    coded, vocabulary = coded_rows(gathered, kept.words, kept.index.vocabulary)
    looked_at = ids_of(np.array([number.encode() for number in numbers]))
    return Step(coded, looked_at.tolist(), vocabulary)


async def _learn(
    connection: AnyConnection, where: tuple[int, int], gathered: Gathered, words: Words
) -> None:
    unknown = words.unknown(gathered.examples())
    if len(unknown):
        numbers = [number.decode() for number in unknown["number"].tolist()]
        words.learn(unknown, await read_words(connection, *where, numbers))
