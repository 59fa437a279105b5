"""What is told while the index lacks a load and the database has moved on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import orjson
import psycopg

from app.resident import shelf as shelves
from app.statistics.schemas import TrendQuery
from app.statistics.trend import follow
from app.usulan import listing
from app.usulan.filters import Filters
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen, choose
from app.web.answers import json_bytes
from tests.app.resident import test_shelf
from tests.app.resident.test_shelf import Reader, load_many
from tests.app.world import START, add, at_status, proposed

run = test_shelf.run


def hide_first(town, number: int) -> list[str]:
    """Take so many from sight without a word; those that stay, as a list has them."""
    with psycopg.connect(town.superuser) as connection:
        rows = connection.execute("SELECT number FROM peta.usulan ORDER BY number").fetchall()
        numbers = [row[0] for row in rows]
        connection.execute(
            "UPDATE peta.usulan SET published = false WHERE number = ANY(%s)", [numbers[:number]]
        )
    return numbers[number:]


def test_months_told_by_the_database_are_of_now_though_the_index_lacks_a_load(
    town, run, monkeypatch
):
    monkeypatch.setattr(shelves, "MANY", 0)
    add(town, [proposed(events=at_status("diajukan", at=START + timedelta(days=60)))])
    now = datetime(2100, 1, 1, tzinfo=UTC)

    async def ask(reader: Reader) -> None:
        await reader.found()
        reader.hold_building()
        hide_first(town, 6)
        load_many(town)
        async with reader.seeing() as (connection, city):
            chosen = await choose(connection, city, Filters(), reader.shelf)
            trend = await follow(connection, chosen, TrendQuery(by="month"), now=now, language="id")

        assert chosen.indexed is not None
        assert (trend["numberMatched"], trend["as_of"][:4]) == (7, "2100")

    run(ask)


def test_a_list_goes_on_past_what_is_gone_though_the_index_lacks_a_load(town, run, monkeypatch):
    monkeypatch.setattr(shelves, "MANY", 0)

    async def ask(reader: Reader) -> None:
        await reader.found()
        reader.hold_building()
        stay = hide_first(town, 3)
        load_many(town)
        async with reader.seeing() as (connection, city):
            chosen = await choose(connection, city, Filters(), reader.shelf)
            told = [number async for number in every_number(connection, chosen)]

        assert chosen.indexed is not None
        assert told == stay

    run(ask)


async def every_number(connection, chosen: Chosen) -> AsyncIterator[str]:
    """Numbers as pages of one bring them."""
    reader = listing.Reader("id", "http://127.0.0.1", b"k" * 32)
    query = ListQuery(limit=1, sort="supporters")  # all alike: by number
    while True:
        page = await listing.list_page(connection, chosen, query, reader)
        for feature in orjson.loads(json_bytes(page))["features"]:
            yield feature["id"]
        if page["next"] is None:
            return
        query = query.model_copy(update={"cursor": page["next"].split("cursor=")[1]})
