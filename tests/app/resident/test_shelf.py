"""Which state of a city the kept index shows, and that each answer says so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from structlog.testing import capture_logs

from app.cities.queries import City, find_city
from app.database import is_busy, open_database
from app.resident import shelf as shelves
from app.resident.shelf import IndexAt, Shelf
from app.statistics.comparing import compare
from app.statistics.schemas import CompareQuery, TrendQuery
from app.statistics.trend import follow
from app.usulan import listing
from app.usulan.filters import Filters
from app.usulan.matched import count_chosen
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen, choose
from spatial.index.choice import Choice
from tests.app.resident.telling import tell
from tests.app.world import CITY, CITY_ID, Spot, add, proposed

pytestmark = pytest.mark.usefixtures("patient")
NEVER = 2.0**60


class Reader:
    """Transactions of the public role, in a process with indexes of its own."""

    def __init__(self, database) -> None:
        self.database = database
        self.shelf = Shelf(database)

    @asynccontextmanager
    async def seeing(self) -> AsyncIterator[tuple[object, City]]:
        async with self.database.public_loading() as connection:
            city = await find_city(connection, CITY)
            assert city is not None
            yield connection, city

    async def found(self) -> IndexAt:
        async with self.seeing() as (connection, city):
            found = await self.shelf.index_of(connection, city)
        assert found is not None
        return found

    async def chosen(self) -> tuple[Chosen, int, int]:
        """Everything, as sums say it and as the list does."""
        async with self.seeing() as (connection, city):
            chosen = await choose(connection, city, Filters(), self.shelf)
            summed = await count_chosen(connection, chosen)
            listed = await number_listed(connection, chosen)
        return chosen, summed.number, listed

    def hold_building(self) -> None:
        self.shelf._places[CITY_ID].not_before = NEVER

    async def build_now(self) -> None:
        self.shelf._places[CITY_ID].not_before = 0.0
        await self.found()
        await self.shelf.built(CITY_ID)


async def found_together(one: Reader, other: Reader) -> tuple[IndexAt, IndexAt]:
    """What two processes have of one state; others write into the same cluster between them."""
    for _ in range(20):
        both = await one.found(), await other.found()
        if both[0].position == both[1].position:
            break
    return both


async def number_listed(connection, chosen: Chosen) -> int:
    """How many a list says there are; it shows all of them."""
    reader = listing.Reader("id", "http://127.0.0.1", b"k" * 32)
    page = await listing.list_page(connection, chosen, ListQuery(limit=1000), reader)
    assert page["numberReturned"] == page["numberMatched"]
    assert page["next"] is None
    return page["numberMatched"]


@pytest.fixture
def run(town) -> Callable[[Callable[..., Awaitable[None]]], None]:
    """Do something with readers of the town, each a process of its own."""
    with psycopg.connect(town.superuser) as connection:
        connection.execute("TRUNCATE peta.usulan, peta.change CASCADE")
    add(town, [proposed(Spot(2, 2)) for _ in range(5)])

    async def with_readers(act, number: int) -> None:
        databases = [open_database(town.staff, town.public) for _ in range(number)]
        readers = [Reader(database) for database in databases]
        try:
            await act(*readers)
        finally:
            for reader in readers:
                await reader.shelf.close()
                await reader.database.close()

    return lambda act, number=1: asyncio.run(with_readers(act, number))


def post_one(town) -> None:
    """One usulan as a form sends it: told of by its name."""
    with psycopg.connect(town.superuser) as connection:
        before = {row[0] for row in connection.execute("SELECT usulan_id FROM peta.usulan")}
    add(town, [proposed(Spot(4, 4))])
    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute("SELECT usulan_id FROM peta.usulan").fetchall()
        new = [row[0] for row in rows if row[0] not in before]
        connection.execute(
            "DELETE FROM peta.change WHERE txid = (SELECT max(txid) FROM peta.change)"
        )
        tell(connection, new)


def load_many(town) -> None:
    """Usulan as a file brings them: all may have changed."""
    add(town, [proposed(Spot(5, 5)) for _ in range(7)])


def total(found: IndexAt) -> int:
    return found.index.totals(Choice(), level="kota").matched


def test_the_first_who_asks_waits_until_there_is_an_index(run):
    async def ask(reader: Reader) -> None:
        found = await reader.found()

        assert found.as_of is None
        assert total(found) == 5

    run(ask)


def test_after_a_load_of_few_nothing_old_is_shown(town, run):
    async def ask(reader: Reader) -> None:
        await reader.found()

        load_many(town)
        chosen, summed, _ = await reader.chosen()

        assert chosen.indexed is None or chosen.indexed.as_of is None
        assert summed == 12

    run(ask)


def test_after_a_load_the_old_index_answers_under_another_tag_and_follows_pins(
    town, run, monkeypatch
):
    monkeypatch.setattr(shelves, "MANY", 0)

    async def ask(reader: Reader) -> None:
        before = await reader.found()
        reader.hold_building()

        load_many(town)
        lacking = await reader.found()
        post_one(town)
        chosen, summed, listed = await reader.chosen()
        await reader.build_now()
        after = await reader.found()

        assert total(lacking) == 5
        assert lacking.as_of is not None
        assert (summed, listed) == (6, 6)
        assert chosen.indexed is not None
        assert chosen.indexed.as_of == lacking.as_of
        assert total(after) == 13
        assert after.is_exact
        assert after.as_of is None
        seen = [before.position, lacking.position, chosen.city.position, after.position]
        assert len(set(seen)) == 4

    run(ask)


def test_a_small_city_that_grows_large_is_told_by_its_old_index_while_it_is_read(
    town, run, monkeypatch
):
    """The database would need as long for each answer as for any city of many."""

    async def ask(reader: Reader) -> None:
        await reader.found()
        may_go_on = asyncio.Event()
        read_whole = shelves.read_whole

        async def read_long(*asked):
            await may_go_on.wait()
            return await read_whole(*asked)

        monkeypatch.setattr(shelves, "read_whole", read_long)
        monkeypatch.setattr(shelves, "SLOW_S", 0.01)
        monkeypatch.setattr(shelves, "WAIT_S", 0.1)
        load_many(town)
        lacking = await reader.found()
        post_one(town)
        following = await reader.found()
        may_go_on.set()
        await reader.shelf.built(CITY_ID)
        after = await reader.found()

        assert [total(found) for found in (lacking, following, after)] == [5, 6, 13]
        assert lacking.as_of is not None
        assert following.as_of == lacking.as_of
        assert after.as_of is None

    run(ask)


def test_who_asks_for_a_state_that_was_replaced_meanwhile_gets_what_replaced_it(
    town, run, monkeypatch
):
    """While the database is away: the state that stood was one of this process alone."""
    monkeypatch.setattr(shelves, "MANY", 0)

    async def ask(reader: Reader) -> None:
        await reader.found()
        reader.hold_building()
        load_many(town)
        await reader.found()
        standing = reader.shelf.standing(CITY)
        await reader.build_now()

        found = await reader.shelf.index_of(None, standing.city)

        assert total(found) == 12
        assert found.as_of is None

    run(ask)


def test_processes_share_a_tag_unless_they_lack_something(town, run, monkeypatch):
    monkeypatch.setattr(shelves, "MANY", 0)

    async def ask(one: Reader, other: Reader) -> None:
        first, second = await found_together(one, other)
        load_many(town)
        one.hold_building()
        other.hold_building()
        lacking = await one.found(), await other.found()
        for reader in (one, other):
            await reader.build_now()
        last = await found_together(one, other)

        assert first.position == second.position
        assert lacking[0].position != lacking[1].position
        assert last[0].position == last[1].position

    run(ask, 2)


def test_a_transaction_that_was_overtaken_counts_what_it_sees(town, run):
    async def ask(reader: Reader) -> None:
        await reader.found()
        async with reader.seeing() as (connection, city):
            post_one(town)
            newer = await reader.found()

            older = await reader.shelf.index_of(connection, city)

            assert older is not None
            assert older.is_exact
            assert (total(older), total(newer)) == (5, 6)
        assert total(await reader.found()) == 6

    run(ask)


def test_one_from_before_the_index_was_made_is_told_that_it_is_later(town, run):
    async def ask(reader: Reader) -> None:
        async with reader.seeing() as (connection, city):
            post_one(town)
            newer = await reader.found()

            found = await reader.shelf.index_of(connection, city)
            chosen = await choose(connection, city, Filters(), reader.shelf)
            listed = await number_listed(connection, chosen)

            assert found is not None
            assert not found.is_exact
            assert found.as_of is None
            assert found.position not in (newer.position, city.position)
            assert (total(found), listed) == (6, 5)

    run(ask)


def test_the_index_of_the_default_city_is_there_before_anybody_asks(run):
    async def ask(reader: Reader) -> None:
        again_s = await reader.shelf._brought_up(CITY)

        assert again_s < shelves.IDLE_S
        assert reader.shelf._places[CITY_ID].kept is not None
        assert await reader.shelf._brought_up("99.99") < 5

    run(ask)


def test_a_copy_that_waits_too_long_for_a_lock_is_told_as_busy(town, run):
    async def ask(reader: Reader) -> None:
        await reader.found()
        post_one(town)
        with psycopg.connect(town.superuser) as holder:
            holder.execute("LOCK TABLE peta.area_counterpart")

            with pytest.raises(psycopg.errors.LockNotAvailable) as locked:
                await reader.found()

        assert is_busy(locked.value)
        assert total(await reader.found()) == 6

    run(ask)


def test_an_index_is_kept_up_after_a_copy_that_waited_too_long(town, run):
    async def ask(reader: Reader) -> None:
        await reader.found()
        post_one(town)
        with psycopg.connect(town.superuser) as holder:
            holder.execute("LOCK TABLE peta.area_counterpart")
            during_s = await reader.shelf._brought_up(CITY)
        after_s = await reader.shelf._brought_up(CITY)

        assert (during_s, after_s) == (shelves.LOOK_AGAIN_S, shelves.KEEP_S)

    run(ask)


def test_trends_and_comparisons_of_an_index_that_lacks_a_load_say_as_of_when(
    town, run, monkeypatch
):
    monkeypatch.setattr(shelves, "MANY", 0)
    told = {"now": datetime(2100, 1, 1, tzinfo=UTC), "language": "id"}
    years = CompareQuery(years=(2026, 2027), by="category")

    async def ask(reader: Reader) -> None:
        await reader.found()
        reader.hold_building()
        load_many(town)
        async with reader.seeing() as (connection, city):
            chosen = await choose(connection, city, Filters(), reader.shelf)
            by_year = await follow(connection, chosen, TrendQuery(by="year"), **told)
            by_month = await follow(connection, chosen, TrendQuery(by="month"), **told)
            compared = await compare(connection, chosen, years, **told)

        assert chosen.indexed is not None
        lacking_since = chosen.indexed.as_of.isoformat(timespec="milliseconds")
        assert (by_year["as_of"], by_year["numberMatched"]) == (lacking_since, 5)
        assert (by_month["as_of"], by_month["numberMatched"]) == (lacking_since, 5)
        assert compared["as_of"] == lacking_since

    run(ask)


async def test_a_failure_that_nobody_waits_for_is_told_with_its_place_and_without_its_words():
    async def fail() -> None:
        raise ValueError("Budi, 0812")

    with capture_logs() as told:
        await asyncio.wait([shelves._begun(fail())])

    [line] = told
    assert (line["event"], line["error"]) == ("index_failed", "ValueError")
    assert line["at"][-1].startswith("test_shelf.py:")
    assert "Budi" not in str(told)
