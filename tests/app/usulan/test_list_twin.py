"""The list chosen by the resident index is the list that SQL makes: count, order, pages, words."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import psycopg
import pytest

from app.cities.queries import find_city
from app.database import open_database
from app.lines import Lines
from app.resident.shelf import Shelf
from app.statistics.adding import add_up
from app.statistics.schemas import StatsQuery
from app.usulan import ahead, queries, telling
from app.usulan.ahead import Ahead
from app.usulan.filters import Filters
from app.usulan.listing import Asked, Places, Reader, list_page, read_list
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen, choose, choose_named
from app.web.answers import json_bytes
from tests.app.resident.telling import tell
from tests.app.world import CITY, NORTH, WEST, add, random_usulan

pytestmark = pytest.mark.usefixtures("patient")
SORTS = ("created", "updated", "supporters", "estimated_cost")
READER = Reader("id", "http://127.0.0.1", b"k" * 32)
VALUES = {
    "category": ["SP01", "SP03", "KP01", "KP07", "KP09"],
    "group": ["SP", "KP"],
    "status": ["diajukan", "selesai", "ditolak", "digabung"],
    "year": ["2024", "2025", "2026"],
    "funding": ["apbd_kota", "swadaya"],
    "channel": ["rembug", "pokir"],
    "area": [CITY, f"{CITY}.01", f"{CITY}.02.1004", f"{CITY}.01.1001-002"],
}


@dataclass(frozen=True)
class Ground:
    """Degrees at which usulan stand, for boxes whose edges run through them."""

    longitudes: list[float]
    latitudes: list[float]


@pytest.fixture(scope="module")
def crowd(town) -> list[str]:
    return add(town, random_usulan(random.Random(20261123), 500))


@pytest.fixture(scope="module")
def ground(town, crowd) -> Ground:
    return exact_places(town)


def exact_places(town) -> Ground:
    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute(
            "SELECT ST_X(position), ST_Y(position) FROM map.point WHERE position IS NOT NULL"
            " AND listed AND newest AND precision = 'exact'"
        ).fetchall()
    xs, ys = zip(*rows, strict=True)
    return Ground(list(xs), list(ys))


def drawn_filters(rng: random.Random, ground: Ground) -> Filters:
    found: dict[str, object] = {
        name: rng.sample(values, rng.randint(1, 2))
        for name, values in VALUES.items()
        if rng.random() < 0.2
    }
    if rng.random() < 0.25:
        found["q"] = rng.choice(["jalan", "JALAN rusak", "a", "rumah", "lampu_taman", "%"])
    if rng.random() < 0.8:
        found["bbox"] = ",".join(map(repr, drawn_box(rng, ground)))
    return Filters.model_validate(found)


def drawn_box(rng: random.Random, ground: Ground) -> tuple[float, float, float, float]:
    def edges(stood: list[float], least: float) -> list[float]:
        near = [rng.choice(stood), rng.choice(stood) + rng.choice([1e-9, -1e-9])]
        return sorted(rng.choice([*near, least + rng.random() * 0.018]) for _ in range(2))

    (west, east), (south, north) = (
        edges(ground.longitudes, WEST - 0.001),
        edges(ground.latitudes, NORTH - 0.011),
    )
    return (west, south, east, north) if rng.random() < 0.9 else (-180.0, -90.0, 180.0, 90.0)


def edited(town, crowd: list[str], rng: random.Random) -> Callable[[], None]:
    """Something that single acts do: other status, support, place, time, or gone from sight."""

    def act() -> None:
        numbers = rng.sample(crowd, 5)
        changes = rng.choice([
            "status = 'digabung'", "status = 'diajukan'", "supporters = supporters + 7",
            "updated = updated + interval '3 days'", "published = NOT published",
            "estimated_cost = NULL", "year = 2026", "title = 'Lampu_taman mati'",
        ])  # fmt: skip
        with psycopg.connect(town.superuser) as connection:
            rows = connection.execute(
                f"UPDATE peta.usulan SET {changes} WHERE number = ANY(%s)"
                " RETURNING usulan_id, category, year, rw",
                [numbers],
            ).fetchall()
            # The peers of a private need may have moved with it.
            peers = connection.execute(
                "SELECT usulan_id FROM peta.usulan WHERE category = 'KP07'"
            ).fetchall()
            tell(connection, [row[0] for row in rows] + [row[0] for row in peers])

    return act


def run(town, act) -> None:
    async def with_database() -> None:
        database = open_database(town.staff, town.public)
        shelf = Shelf(database)
        try:
            await act(database, shelf)
        finally:
            await shelf.close()
            await database.close()

    asyncio.run(with_database())


def test_pages_of_the_index_are_those_of_sql_whatever_is_asked_and_edited(town, crowd, ground):
    rng = random.Random(5)
    edit = edited(town, crowd, rng)
    seen = {
        "indexed": 0,
        "by fixed statements": 0,
        "searched": 0,
        "boxes": 0,
        "rows": 0,
        "pages": 0,
    }

    async def ask(database, shelf: Shelf) -> None:
        for turn in range(60):
            if turn % 5 == 4:
                edit()
            async with database.public_loading() as connection:
                await compare(connection, shelf)

    async def compare(connection, shelf: Shelf) -> None:
        city = await find_city(connection, CITY)
        chosen = await choose(connection, city, drawn_filters(rng, ground), shelf)
        by_sql = Chosen(chosen.city, chosen.filters)
        sort = rng.choice(["", "-"]) + rng.choice(SORTS)
        query = ListQuery.model_validate({"sort": sort, "limit": rng.choice([1, 7, 40, 1000])})
        seen["indexed"] += chosen.indexed is not None and chosen.indexed.is_exact
        seen["boxes"] += chosen.filters.bbox is not None
        line = (await connection.get_raw_connection()).driver_connection
        named = await choose_named(line, await find_city(line, CITY), chosen.filters, shelf)
        seen["by fixed statements"] += named is not None
        seen["searched"] += chosen.indexed is not None and chosen.filters.q is not None
        for _ in range(2):
            page = await list_page(connection, chosen, query, READER)

            said = json_bytes(page)
            assert said == json_bytes(await list_page(connection, by_sql, query, READER))
            if named is not None:
                assert said == json_bytes(await list_page(line, named, query, READER))

            seen["rows"] += page["numberReturned"]
            if page["next"] is None:
                break
            seen["pages"] += 1
            query = query.model_copy(update={"cursor": page["next"].split("cursor=")[1]})

    run(town, ask)

    assert seen["indexed"] > 45
    assert seen["by fixed statements"] > 35
    assert seen["searched"] > 8
    assert seen["boxes"] > 25
    assert seen["rows"] > 700
    assert seen["pages"] > 15


async def see_built(database, shelf: Shelf) -> None:
    """Have the index built; as others commit here, just then it is later than who asks."""
    async with database.public_loading() as connection:
        city = await find_city(connection, CITY)
        await choose(connection, city, Filters(), shelf)


def test_what_was_told_before_is_not_asked_again_unless_it_changed(town, crowd, monkeypatch):
    asked: list[str] = []

    async def noted(connection, city_id, named):
        asked.extend([*named.exact, *named.others])
        return await queries.read_named(connection, city_id, named)

    monkeypatch.setattr(telling, "read_named", noted)

    async def ask(database, shelf: Shelf) -> None:
        async def numbers_asked() -> set[str]:
            asked.clear()
            async with database.public_loading() as connection:
                city = await find_city(connection, CITY)
                chosen = await choose(connection, city, Filters(), shelf)
                assert chosen.indexed is not None
                assert chosen.indexed.is_exact
                page = await list_page(connection, chosen, ListQuery(limit=1000), READER)
                by_sql = Chosen(chosen.city, chosen.filters)
                told = await list_page(connection, by_sql, ListQuery(limit=1000), READER)
                assert json_bytes(page) == json_bytes(told)
            return set(asked)

        await see_built(database, shelf)
        every = await numbers_asked()
        again = await numbers_asked()
        with psycopg.connect(town.superuser) as connection:
            number, own = connection.execute(
                "UPDATE peta.usulan SET title = 'Diperbaiki sekarang juga' WHERE number = ("
                " SELECT number FROM map.point WHERE city_id = 9971 AND listed AND newest"
                " AND precision = 'exact' ORDER BY number LIMIT 1) RETURNING number, usulan_id"
            ).fetchone()
            tell(connection, [own])
        after = await numbers_asked()

        assert len(every) > 100
        assert again == set()
        assert after == {number}

    run(town, ask)


def test_after_one_list_of_the_newest_the_newest_of_other_parts_are_there(
    town, crowd, ground, monkeypatch
):
    asked: list[str] = []

    async def noted(connection, city_id, named):
        asked.extend([*named.exact, *named.others])
        return await queries.read_named(connection, city_id, named)

    monkeypatch.setattr(telling, "read_named", noted)
    monkeypatch.setattr(ahead, "PIECE", 30)
    monkeypatch.setattr(ahead, "PAUSE_S", 0)
    rng = random.Random(9)

    async def ask(database, shelf: Shelf) -> None:
        reading = Ahead(database, shelf, many=1)
        places = Places(database, shelf, reading)
        async with database.public_session() as connection:
            assert await shelf.index_of(connection, await find_city(connection, CITY))
        await read_list(places, Asked(CITY, Filters.model_validate({})), ListQuery(limit=1), READER)
        await reading.landed()
        read = len(asked)
        asked.clear()
        for _ in range(5):
            filters = Filters.model_validate({"bbox": drawn_box(rng, ground)})
            page = await read_list(places, Asked(CITY, filters), ListQuery(limit=1000), READER)
            async with database.public_session() as connection:
                city = await find_city(connection, CITY)
                told = await list_page(
                    connection, Chosen(city, filters), ListQuery(limit=1000), READER
                )
            assert json_bytes(page) == json_bytes(told)
        await reading.close()

        assert read > 100
        assert asked == []

    run(town, ask)


def test_reading_ahead_that_failed_is_begun_anew_by_the_next_who_asks(town, crowd, monkeypatch):
    pieces: list[int] = []

    async def failing_once(connection, city_id, named):
        pieces.append(len(named.exact) + len(named.others))
        if len(pieces) == 2:
            raise OSError("the connection is gone")
        return await queries.read_named(connection, city_id, named)

    monkeypatch.setattr(ahead, "PIECE", 30)
    monkeypatch.setattr(ahead, "PAUSE_S", 0)

    async def ask(database, shelf: Shelf) -> None:
        reading = Ahead(database, shelf, many=1)
        await see_built(database, shelf)
        async with database.public_loading() as connection:
            city = await find_city(connection, CITY)
            chosen = await choose(connection, city, Filters(), shelf)
        monkeypatch.setattr(telling, "read_named", failing_once)
        pieces_by_then = []
        for _ in range(3):
            reading.begin(chosen, "id")
            await reading.landed()
            pieces_by_then.append(len(pieces))
        await reading.close()

        failed, whole, later = pieces_by_then
        assert failed == 2
        assert whole > 4
        assert later == whole
        assert sum(pieces) - pieces[1] > 100

    run(town, ask)


@pytest.mark.parametrize("sought", [{"q": "jalan"}, {"updated_after": "2026-01-01T00:00:00Z"}])
def test_what_the_index_cannot_know_is_asked_on_one_connection(town, crowd, sought):
    async def ask(database, shelf: Shelf) -> None:
        nowhere = Lines("host=/tmp/there-is-no-such-folder", most=1, wait_s=1)
        asked = Asked(CITY, Filters.model_validate(sought))
        where = Places(replace(database, reading=nowhere), shelf)

        page = await read_list(where, asked, ListQuery(), READER)

        assert page["numberMatched"] > 0

    run(town, ask)


def test_a_box_has_one_number_in_list_and_totals(town, crowd, ground):
    rng = random.Random(6)

    async def ask(database, shelf: Shelf) -> None:
        async with database.public_loading() as connection:
            city = await find_city(connection, CITY)
            for _ in range(8):
                filters = Filters.model_validate({"bbox": drawn_box(rng, ground)})
                chosen = await choose(connection, city, filters, shelf)
                by_sql = Chosen(chosen.city, chosen.filters)

                page = await list_page(connection, chosen, ListQuery(limit=1), READER)
                for asked in (chosen, by_sql):
                    totals = await add_up(
                        connection, asked, StatsQuery(level="rw"), now=chosen.city.seen
                    )
                    inside = sum(row["count"] for row in totals["rows"])

                    assert totals["numberMatched"] == page["numberMatched"]
                    assert inside + totals["unassigned"] == page["numberMatched"]
                    assert totals["unlocated"] == page["unlocated"] == 0

    run(town, ask)


def test_places_along_an_edge_are_settled_by_their_degrees(town, crowd):
    """A box that begins at one of them, and the same moved by less than a place of the index."""

    async def ask(database, shelf: Shelf) -> None:
        async with database.public_loading() as connection:
            city = await find_city(connection, CITY)
            stood = exact_places(town)  # now, after what other tests did
            x, y = stood.longitudes[0], stood.latitudes[0]
            numbers = []
            for west in (x, x + 1e-9):
                bounds = (west, y - 1e-6, x + 1e-6, y + 1e-6)
                filters = Filters.model_validate({"bbox": bounds})
                chosen = await choose(connection, city, filters, shelf)
                assert chosen.indexed is not None
                page = await list_page(connection, chosen, ListQuery(), READER)
                numbers.append(page["numberMatched"])

        assert numbers[0] >= 1
        assert numbers[1] < numbers[0]

    run(town, ask)
