"""What is told while an index is folded, and afterwards."""

import threading

import pytest

from app.resident import shelf as shelves
from spatial.index.index import Index
from tests.app.resident import test_shelf
from tests.app.resident.test_shelf import Reader, load_many, post_one, total
from tests.app.world import CITY_ID

pytestmark = pytest.mark.usefixtures("patient")
run = test_shelf.run


def test_changes_while_the_index_is_folded_are_in_it_afterwards(town, run, monkeypatch):
    monkeypatch.setattr(shelves, "FOLD_AT", 0)

    async def ask(reader: Reader) -> None:
        await reader.found()
        posted = 5
        for _ in range(20):  # others write into the same cluster, too
            posted += 2
            post_one(town)
            await reader.found()  # begins to fold
            post_one(town)
            during = await reader.found()
            await reader.shelf.built(CITY_ID)
            after = await reader.found()
            if after.position == during.position:
                break

        assert (total(during), total(after)) == (posted, posted)
        assert after.position == during.position

    run(ask)


def test_folding_an_index_is_not_taken_for_a_city_that_is_slow_to_read(town, run, monkeypatch):
    monkeypatch.setattr(shelves, "FOLD_AT", 0)
    monkeypatch.setattr(shelves, "SLOW_S", 0.0)

    async def ask(reader: Reader) -> None:
        await reader.found()
        may_end = threading.Event()
        monkeypatch.setattr(Index, "folded", lambda index: may_end.wait(60) and index)
        post_one(town)
        await reader.found()  # begins to fold
        load_many(town)
        async with reader.seeing() as (connection, city):
            found = await reader.shelf.index_now(connection, city)
        may_end.set()
        await reader.shelf.built(CITY_ID)

        assert found is None

    run(ask)
