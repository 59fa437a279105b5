"""A chosen set of usulan: a city and the filters, whose codes are known to exist."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import find_edition
from app.cities.queries import City as CityRecord
from app.cities.queries import asking_city, city_of_rows
from app.database import Database
from app.dependencies import City, Indexes, PublicSession
from app.errors import FieldError, InvalidFields
from app.field_words import field_words
from app.lines import AnyConnection, fetch_together
from app.resident.ground import Ground
from app.resident.shelf import IndexAt, Shelf
from app.usulan.boxes import Doubts, certain_box, settled_box
from app.usulan.filters import Filters, conditions, filter_query
from app.usulan.indexed import Indexed, choice_of, knows_codes, may_know
from app.usulan.queries import find_unknown_codes
from spatial.index.choice import Choice
from spatial.index.index import Index


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list, tile or total is about."""

    city: CityRecord
    """Seen under the edition that the filters name, under the active one without; its position is
    that of the state which answers."""
    filters: Filters
    indexed: Indexed | None = None
    """The same set in the resident index; None where only the database can tell."""

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        return conditions(self.filters, self.city.city_id, self.city.edition_id)

    @property
    def query(self) -> list[tuple[str, str]]:
        """City and filters as parameters, equal for equal sets."""
        return [("city", self.city.code), *filter_query(self.filters)]

    def as_of(self, now: datetime) -> datetime:
        """When nothing was lacking in what answers: now, unless the index lacks a load."""
        return (self.indexed and self.indexed.as_of) or now

    def within(self, area_code: str) -> "Chosen":
        """The part of the set that lies in one area."""
        return self.with_filters(area=(area_code,))

    def with_filters(self, **values: object) -> "Chosen":
        """The set that other values of some filters choose, seen as this one is."""
        filters = self.filters.model_copy(update=values)
        indexed = self.indexed and self.indexed.of(filters)
        return Chosen(self.city, filters, indexed)


async def choose(
    connection: AsyncConnection, city: CityRecord, filters: Filters, shelf: Shelf
) -> Chosen:
    """The set of these filters; InvalidFields for codes and editions that are not there."""
    unknown = await find_unknown_codes(
        connection, city.city_id, categories=filters.category, areas=filters.area
    )
    if unknown:
        raise InvalidFields(errors=[_unknown_value(name) for name, _ in sorted(unknown)])
    seen = await _seen_under(connection, city, filters.edition)
    if seen is not city or filters.updated_after:
        return Chosen(seen, filters)
    found = await shelf.index_of(connection, city)
    if found is not None and filters.q:
        found = await _searched(connection, city, filters.q, (shelf, found))
    choice = None if found is None else await _choice(connection, city, filters, found.index)
    if found is None or choice is None:
        return Chosen(city, filters)
    return _indexed(city, filters, found, (choice, await shelf.grounds.of(connection, city)))


async def _searched(
    connection: AnyConnection, city: CityRecord, words: str, kept: tuple[Shelf, IndexAt]
) -> IndexAt | None:
    shelf, found = kept
    part = await shelf.searches.part_of(connection, city, found.index, words)
    return None if part is None else replace(found, index=part)


async def _choice(
    connection: AnyConnection, city: CityRecord, filters: Filters, index: Index
) -> Choice | None:
    bounds = filters.bbox
    box = bounds and await settled_box(connection, city, index, bounds)
    return choice_of(filters, box, words=filters.q)


def _indexed(
    city: CityRecord, filters: Filters, found: IndexAt, meant: tuple[Choice, Ground]
) -> Chosen:
    indexed = Indexed(
        found.index,
        *meant,
        is_exact=found.is_exact,
        as_of=found.as_of,
        words=filters.q,
        tellings=found.tellings,
    )
    return Chosen(replace(city, position=found.position), filters, indexed)


def may_be_named(filters: Filters) -> bool:
    """Whether fixed statements may tell the rows; never where words or an edition are asked for."""
    return may_know(filters) and not filters.edition


async def choose_named(
    connection: AnyConnection, city: CityRecord, filters: Filters, shelf: Shelf
) -> Chosen | None:
    """The same by fixed statements alone, and without waiting.

    None unless the index is there and knows every code and row.
    """
    ground = shelf.grounds.at_hand(city)
    if ground is None or not may_be_named(filters):
        return None
    found = await shelf.index_now(connection, city)
    choice = None if found is None else await _choice(connection, city, filters, found.index)
    if found is None or choice is None or not knows_codes(found.index.vocabulary, choice):
        return None
    chosen = _indexed(city, filters, found, (choice, ground))
    return chosen if chosen.indexed and chosen.indexed.names_rows else None


async def choose_at_once(
    database: Database, city_code: str, filters: Filters, shelf: Shelf
) -> Chosen | None:
    """The same by a single sending, and a transaction that is over with its answer.

    What is asked along the edges of a box is known beforehand, of the index as it stands. None
    where the city has moved on meanwhile, and where anything else must be asked.
    """
    standing = shelf.standing(city_code)
    before = None if standing is None else shelf.exact_at(standing.city)
    if standing is None or before is None or not may_be_named(filters):
        return None
    bounds, asked = filters.bbox, [asking_city(city_code)]
    doubts = None if bounds is None else Doubts.of(before.index, city_code, bounds)
    if doubts is not None and doubts.numbers:
        asked.append(doubts.question(standing.city.city_id))
    async with database.reading_at_once() as line:
        rows, *inside = await fetch_together(line, *asked)
    city = city_of_rows(rows)
    ground = None if city is None else shelf.grounds.at_hand(city)
    found = None if city is None else shelf.exact_at(city)
    if city is None or ground is None or found is None or found.index is not before.index:
        return None
    box = None if doubts is None else doubts.settled(*inside)
    choice = choice_of(filters, box)
    if choice is None or not knows_codes(found.index.vocabulary, choice):
        return None
    return _indexed(city, filters, found, (choice, ground))


def choose_at_hand(city: CityRecord, filters: Filters, shelf: Shelf) -> Chosen | None:
    """The same where the resident index stands at the city's state and knows every code."""
    index = shelf.at_hand(city) if may_be_named(filters) else None
    ground = shelf.grounds.at_hand(city)
    if index is None or ground is None:
        return None
    choice = choice_of(filters, filters.bbox and certain_box(index, filters.bbox))
    if choice is None or not knows_codes(index.vocabulary, choice):
        return None
    return Chosen(city, filters, Indexed(index, choice, ground))


async def _seen_under(
    connection: AsyncConnection, city: CityRecord, name: str | None
) -> CityRecord:
    if name is None or name == city.edition:
        return city
    found = await find_edition(connection, city.city_id, name)
    if found is None:
        raise InvalidFields(errors=[_unknown_value("edition")])
    return replace(city, edition_id=found.edition_id, edition=name, areas_version=found.version)


def _unknown_value(name: str) -> FieldError:
    return FieldError(name, "TIDAK_DIKENAL", field_words("value_unknown", {}))


async def choose_anywhere(
    connection: AsyncConnection, city: CityRecord, filters: Filters, shelf: Shelf
) -> Chosen:
    """The set of these filters, asking the database only for what the index does not know."""
    found = choose_at_hand(city, filters, shelf)
    return found or await choose(connection, city, filters, shelf)


async def _selection(
    connection: PublicSession, city: City, filters: Annotated[Filters, Query()], shelf: Indexes
) -> Chosen:
    return await choose_anywhere(connection, city, filters, shelf)


Selection = Annotated[Chosen, Depends(_selection)]
