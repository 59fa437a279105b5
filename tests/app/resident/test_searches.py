"""Searches for words: what they find, and how they follow what is changed."""

import asyncio

import psycopg
import pytest

from app.cities.queries import find_city
from app.database import open_database
from app.resident.queries import find_words
from app.resident.searches import MOST_AT_ONCE, Searches, like
from app.resident.shelf import Shelf
from app.usulan.filters import Filters
from app.usulan.matched import count_chosen
from app.usulan.selection import choose
from tests.app.resident.telling import tell
from tests.app.world import CITY, RW_ONLY, Spot, add, proposed


@pytest.mark.parametrize(
    ("words", "pattern"),
    [("jalan", "%jalan%"), ("100%", r"%100\%%"), ("a_b", r"%a\_b%"), ("\\", r"%\\%")],
)
def test_words_are_found_as_they_are(words, pattern):
    assert like(words) == pattern


def with_shelf(town, act) -> None:
    async def run() -> None:
        database = open_database(town.staff, town.public)
        shelf = Shelf(database)
        try:
            await act(database, shelf)
        finally:
            await shelf.close()
            await database.close()

    asyncio.run(run())


def rename(town, number: str, title: str) -> None:
    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute(
            "UPDATE peta.usulan SET title = %s WHERE number = %s RETURNING usulan_id",
            [title, number],
        ).fetchall()
        tell(connection, [row[0] for row in rows])


def test_what_came_after_a_search_is_found_without_another(town, monkeypatch):
    well = [proposed(Spot(1, 1), title="Sumur bor kering"), proposed(Spot(1, 2))]
    _, other = add(town, well)
    searched = []

    async def noted(connection, city_id, pattern, *, among=None):
        searched.append(among)
        return await find_words(connection, city_id, pattern, among=among)

    monkeypatch.setattr("app.resident.searches.find_words", noted)

    async def counted(database, shelf: Shelf) -> int:
        for _ in range(20):
            async with database.public_session() as connection:
                city = await find_city(connection, CITY)
                chosen = await choose(connection, city, Filters(q="sumur BOR"), shelf)
                if chosen.indexed is not None:
                    return (await count_chosen(connection, chosen)).number
        raise AssertionError("never answered by the index")

    async def ask(database, shelf: Shelf) -> None:
        assert await counted(database, shelf) == 1
        for turn in range(20):  # a transaction elsewhere in the cluster may hold a horizon back
            searched.clear()
            rename(town, other, f"Perbaikan sumur bor {turn}")
            assert await counted(database, shelf) == 2
            if searched == [[other]]:
                return
        raise AssertionError("always searched anew")

    with_shelf(town, ask)


def test_private_needs_are_found_by_their_category_and_never_by_their_words(town):
    add(town, [proposed(Spot(8, 0), category=RW_ONLY, title="Canary Pak Budi")])

    async def ask(database, shelf: Shelf) -> None:
        async with database.public_session() as connection:
            city = await find_city(connection, CITY)
            chosen = await choose(connection, city, Filters(q="canary"), shelf)

            assert (await count_chosen(connection, chosen)).number == 0

    with_shelf(town, ask)


def test_no_more_than_a_few_searches_are_made_at_once(town, monkeypatch):
    async def never_found(*_args, **_values):
        await asyncio.sleep(3600)

    monkeypatch.setattr("app.resident.searches.find_words", never_found)
    monkeypatch.setattr("app.resident.searches.WAIT_S", 0.01)

    async def ask(database, _shelf: Shelf) -> None:
        searches = Searches(database)
        async with database.public_session() as connection:
            city = await find_city(connection, CITY)
            index = object()
            for words in "abcd":
                assert await searches.part_of(connection, city, index, words) is None
        assert len(searches._flights) == MOST_AT_ONCE
        await searches.close()

    with_shelf(town, ask)
