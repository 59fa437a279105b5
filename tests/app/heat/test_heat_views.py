"""What a heat map is made from: all of a set that has a position, from index and from SQL."""

import asyncio
import random
from dataclasses import replace
from typing import Self

import numpy as np
import pytest

from app.cities.queries import find_city
from app.database import open_database
from app.heat import views
from app.heat.asking import HeatQuery
from app.heat.land import Lands
from app.heat.tiles import HeatTiles
from app.heat.views import HeatViews
from app.resident.shelf import Shelf
from app.statistics.queries import read_totals
from app.usulan.filters import Filters
from app.usulan.matched import count_chosen
from app.usulan.selection import Chosen, choose
from app.views import point
from spatial.heatimage import Theme
from spatial.tiles import tiles_covering
from tests.app import world
from tests.app.world import CITY, CITY_ID, RW_ONLY, Spot, proposed
from tests.pictures import decoded

pytestmark = pytest.mark.usefixtures("patient")
BOUNDS = (world.WEST - 0.001, world.NORTH - 0.012, world.WEST + 0.018, world.NORTH + 0.001)
WEIGHTS = ("count", "cost", "beneficiaries", "supporters")
SETS = 24
VALUES = {
    "area": [f"{CITY}.01", f"{CITY}.02.1004", f"{CITY}.01.1001-002", Spot(1, 2).rt],
    "category": ["SP01", "SP03", "KP01", "KP07", "KP09"],
    "group": ["SP", "KP", "EK"],
    "status": ["diajukan", "selesai", "digabung"],
    "year": [2024, 2025, 2026],
    "funding": ["apbd_kota", "swadaya"],
}


@pytest.fixture(scope="module")
def stocked(town):
    world.add(town, world.random_usulan(random.Random(5), 500))
    world.add(town, [proposed(Spot(c % 16, 3), category=RW_ONLY) for c in range(40)])
    return town


def random_filters(chance: random.Random) -> Filters:
    names = chance.sample(list(VALUES), chance.choice([0, 1, 1, 2]))
    return Filters(**{name: tuple(chance.sample(VALUES[name], 2)) for name in names})


class Looking:
    """A process that looks at heat maps, once its index stands."""

    def __init__(self, urls) -> None:
        self.database = open_database(urls.staff, urls.public)
        self.shelf = Shelf(self.database)
        self.lands = Lands()
        self.views = HeatViews(self.database, self.lands)

    async def __aenter__(self) -> Self:
        for _ in range(20):
            if (await self.choose(Filters()))[0].indexed is not None:
                return self
            await self.shelf.built(CITY_ID)
        raise AssertionError("no index")

    async def __aexit__(self, *_: object) -> None:
        await self.views.close()
        await self.shelf.close()
        await self.database.close()

    async def choose(self, filters: Filters) -> tuple[Chosen, Chosen]:
        """A set as the index has it, and as SQL has it."""
        async with self.database.public_session() as connection:
            city = await find_city(connection, CITY)
            return await choose(connection, city, filters, self.shelf), Chosen(city, filters)


def test_a_map_weighs_all_of_its_set_that_has_a_position(stocked):
    asyncio.run(weigh_random_sets(stocked, random.Random(20261124)))


async def weigh_random_sets(urls, chance: random.Random) -> None:
    seen = 0
    async with Looking(urls) as looking:
        for _ in range(SETS):
            filters = random_filters(chance)
            query = HeatQuery(
                weight=chance.choice(WEIGHTS), bandwidth_m=chance.choice([50, 200, 900])
            )
            expected = await located_total(looking, filters, query.weight)
            quick, plain = await looking.choose(filters)
            assert quick.indexed is not None
            for chosen in (quick, plain):
                view = await HeatViews(looking.database, looking.lands).view(chosen, query)
                assert view.source.total == pytest.approx(expected, rel=1e-9)
            seen += expected > 0
    assert seen > SETS / 2


async def located_total(looking: Looking, filters: Filters, weight: str) -> float:
    chosen = (await looking.choose(filters))[1]
    async with looking.database.public_session() as connection:
        if weight == "count":
            matched = await count_chosen(connection, chosen)
            return matched.number - matched.unlocated
        located = [*chosen.conditions, point.c.position.is_not(None)]
        return float(getattr(await read_totals(connection, located), weight))


def test_index_and_sql_draw_the_same_picture(stocked):
    asyncio.run(compare_pictures(stocked))


async def compare_pictures(urls) -> None:
    async with Looking(urls) as looking:
        for query in (HeatQuery(), HeatQuery(weight="cost", bandwidth_m=80)):
            quick, plain = await looking.choose(Filters(year=(2025, 2026)))
            drawn = await looking.views.view(quick, query)
            by_sql = await HeatViews(looking.database, looking.lands).view(plain, query)
            assert drawn.scale == by_sql.scale
            for tile in tiles_covering(BOUNDS, 14):
                ours, theirs = (decoded(view.tile(tile, Theme.LIGHT)) for view in (drawn, by_sql))
                # A centimetre to the side; here and there a value stands so near to the next
                # step of colour that this decides.
                assert (ours != theirs).any(axis=2).mean() < 0.01
                assert np.abs(ours.astype(int) - theirs).max() <= 24


@pytest.mark.parametrize(("most", "in_threads"), [(50_000, set()), (0, {"_composed", "tile"})])
def test_a_small_map_waits_for_no_thread_and_a_large_one_blocks_nobody(
    stocked, monkeypatch, most, in_threads
):
    works = []

    def noted(work, *rest):
        works.append(getattr(work, "func", work).__name__)
        return to_thread(work, *rest)

    to_thread = asyncio.to_thread
    monkeypatch.setattr(views, "SHORT_WORK", most)
    tile = next(iter(tiles_covering(BOUNDS, 14)))

    async def look() -> None:
        async with Looking(stocked) as looking:
            chosen, query = (await looking.choose(Filters()))[0], HeatQuery()
            monkeypatch.setattr(asyncio, "to_thread", noted)
            picture = await HeatTiles(chosen.city, chosen, query, looking.views).paint(tile)
            view = await looking.views.view(chosen, query)
            assert picture == view.tile(tile, Theme.LIGHT)

    asyncio.run(look())

    assert set(works) & {"_composed", "tile"} == in_threads


def test_a_map_is_made_once_for_all_who_ask_and_anew_after_a_change(stocked):
    asyncio.run(look_before_and_after_a_change(stocked))


async def look_before_and_after_a_change(urls) -> None:
    async with Looking(urls) as looking:
        chosen = (await looking.choose(Filters()))[0]
        asked = [looking.views.view(chosen, HeatQuery()) for _ in range(5)]
        first, *others = await asyncio.gather(*asked)
        assert all(view is first for view in others)
        assert await looking.views.view((await looking.choose(Filters()))[0], HeatQuery()) is first

        world.add(urls, [proposed(Spot(8, 4))])
        chosen = (await looking.choose(Filters()))[1]
        after = await looking.views.view(chosen, HeatQuery())

        assert after.source.total == pytest.approx(first.source.total + 1)


def test_other_maps_of_a_set_see_what_was_changed_since_the_first(stocked):
    asyncio.run(look_with_another_width_after_a_change(stocked))


async def look_with_another_width_after_a_change(urls) -> None:
    async with Looking(urls) as looking:
        first = await looking.views.view((await looking.choose(Filters()))[0], HeatQuery())

        world.add(urls, [proposed(Spot(9, 4)), proposed(Spot(9, 3), category=RW_ONLY)])
        for bandwidth_m in (205, 210):  # of the same cells as 200
            chosen = (await looking.choose(Filters()))[0]
            assert chosen.indexed is not None
            after = await looking.views.view(chosen, HeatQuery(bandwidth_m=bandwidth_m))
            assert after.source.total == pytest.approx(first.source.total + 2)


def test_maps_that_nobody_asks_for_give_way(stocked):
    asyncio.run(look_at_more_than_there_is_room_for(stocked))


async def look_at_more_than_there_is_room_for(urls) -> None:
    async with Looking(urls) as looking:
        chosen = (await looking.choose(Filters()))[0]
        await looking.views.view(chosen, HeatQuery())
        one = looking.views.used_bytes
        narrow = HeatViews(looking.database, looking.lands, max_bytes=3 * one)
        for bandwidth_m in range(200, 220):
            await narrow.view(chosen, HeatQuery(bandwidth_m=bandwidth_m))
            assert 0 < narrow.used_bytes <= 3 * one


def test_cut_areas_that_nobody_asks_for_give_way(stocked):
    asyncio.run(bound_cuts(stocked))


async def bound_cuts(urls) -> None:
    async with Looking(urls) as looking:
        city = (await looking.choose(Filters()))[0].city
        codes, session = [Spot(1, 2).rt, f"{CITY}.02.1004"], looking.database.public_session
        await looking.lands.cut(city, codes, 19, session)
        one = looking.lands.used_bytes
        narrow, none = Lands(max_bytes=one + 1_000), Lands(max_bytes=10)
        for level in (17, 18, 19, 18, 19):
            wide = await looking.lands.cut(city, codes, level, session)
            for lands in (narrow, none):
                assert (await lands.cut(city, codes, level, session)).nbytes == wide.nbytes

        assert one < looking.lands.used_bytes
        assert 0 < narrow.used_bytes <= one + 1_000
        assert none.used_bytes == 0


def test_a_city_of_another_database_lies_on_ground_of_its_own(stocked):
    asyncio.run(look_at_the_same_numbers_in_another_database(stocked))


async def look_at_the_same_numbers_in_another_database(urls) -> None:
    async with Looking(urls) as looking:
        city = (await looking.choose(Filters()))[1].city
        restored = replace(city, position=f"1{city.position}")
        lands = [
            await looking.lands.land(one, looking.database.public_session)
            for one in (city, restored, replace(city))
        ]

        assert lands[1] is not lands[0]
        assert lands[2] is lands[0]
