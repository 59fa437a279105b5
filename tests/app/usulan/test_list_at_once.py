"""Pages that were told before: by one sending to the database, and the same as SQL makes them."""

import random

import pytest

from app.cities.queries import find_city
from app.lines import Lines
from app.resident.shelf import Shelf
from app.usulan.filters import Filters
from app.usulan.listing import Asked, Places, list_page, read_list
from app.usulan.schemas import ListQuery
from app.usulan.selection import Chosen
from app.web.answers import json_bytes
from tests.app.usulan.test_list_twin import READER, drawn_box, edited, exact_places, run, see_built
from tests.app.world import CITY, add, random_usulan

pytestmark = pytest.mark.usefixtures("patient")


@pytest.fixture(scope="module")
def crowd(town) -> list[str]:
    return add(town, random_usulan(random.Random(20261124), 300))


def test_what_was_told_before_is_told_again_by_one_sending_until_the_city_moves_on(
    town, crowd, monkeypatch
):
    rng, ground = random.Random(14), exact_places(town)
    sought = [Filters.model_validate({"bbox": drawn_box(rng, ground)}) for _ in range(25)]
    begun: list[Lines] = []
    transaction = Lines.transaction

    def noted(lines: Lines):
        begun.append(lines)
        return transaction(lines)

    async def ask(database, shelf: Shelf) -> None:
        places = Places(database, shelf)

        async def listed(filters: Filters) -> bytes:
            page = await read_list(places, Asked(CITY, filters), ListQuery(limit=1000), READER)
            return json_bytes(page)

        async def by_sql(filters: Filters) -> bytes:
            async with database.public_session() as connection:
                chosen = Chosen(await find_city(connection, CITY), filters)
                told = await list_page(connection, chosen, ListQuery(limit=1000), READER)
            return json_bytes(told)

        await see_built(database, shelf)
        await listed(Filters())
        monkeypatch.setattr(Lines, "transaction", noted)
        pages = [await listed(filters) for filters in sought]
        # What others commit here at the same time moves the city on too.
        assert len(begun) < len(sought)
        assert pages == [await by_sql(filters) for filters in sought]

        edited(town, crowd, rng)()
        begun.clear()
        assert await listed(sought[0]) == await by_sql(sought[0])
        assert database.reading in begun

    run(town, ask)
