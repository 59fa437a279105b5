"""Sums by hexagon: nothing is lost, nothing is doubled, nothing private is shown nearer."""

import asyncio
import random
from dataclasses import replace

import httpx
import pytest
import shapely
from pyproj import Geod

from app.cities.queries import find_city
from app.database import open_database
from app.heat.hexagons import HexagonReader
from app.heat.land import Lands
from app.resident.shelf import Shelf
from app.usulan.filters import Filters
from app.usulan.selection import choose
from tests.app import world
from tests.app.serving import asked_twice
from tests.app.world import CITY, CITY_ID, RW_ONLY, Spot, add, proposed

WEIGHTS = ("count", "cost", "beneficiaries", "supporters")
BOX = f"{world.WEST + 0.003},{world.NORTH - 0.005},{world.WEST + 0.011},{world.NORTH - 0.001}"
SETS = [
    {},
    {"year": "2026"},
    {"category": "KP07", "year": "2025,2026"},
    {"area": f"{CITY}.01", "group": "SP"},
    {"status": "digabung"},
    {"q": "berlubang"},
    {"bbox": BOX},
    {"category": "SB02", "bbox": BOX},
    {"year": "2019"},
]


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    add(town, world.random_usulan(random.Random(11), 400))
    add(town, [proposed(Spot(c % 16, 3), category=RW_ONLY) for c in range(40)])


def hexagons(http: httpx.Client, **asked: str) -> dict:
    answer = http.get("/api/v1/hexagons", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    return answer.json()


def sums(found: dict) -> dict[str, float]:
    rows = [feature["properties"] for feature in found["features"]]
    return {name: round(sum(row[name] for row in rows), 6) for name in WEIGHTS}


@pytest.mark.parametrize("edge_m", ["100", "333.3", "2000"])
def test_hexagons_hold_every_set_to_the_last_rupiah(http, edge_m):
    for asked in SETS:
        found = hexagons(http, edge_m=edge_m, **asked)

        listed = http.get("/api/v1/usulan", params={**asked, "limit": 1000}).json()
        located = [one["properties"] for one in listed["features"] if one["geometry"]]
        assert (found["numberMatched"], found["unlocated"]) == (
            listed["numberMatched"],
            listed["unlocated"],
        )
        assert sums(found) == {
            "count": found["numberMatched"] - found["unlocated"],
            "cost": sum(one["estimated_cost"] or 0 for one in located),
            "beneficiaries": sum(one["beneficiaries"] or 0 for one in located),
            "supporters": sum(one["supporters"] for one in located),
        }
        assert found["spread"] == sum(one["precision"] == "rw" for one in located)


def test_exact_places_are_counted_in_the_hexagon_that_holds_them(http):
    found = hexagons(http, category="SB02", edge_m="150")

    listed = http.get("/api/v1/usulan", params={"category": "SB02", "limit": 1000}).json()
    points = [
        shapely.Point(f["geometry"]["coordinates"]) for f in listed["features"] if f["geometry"]
    ]
    for feature in found["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        # Corners and positions are rounded to a tenth of a metre.
        surely = sum(shape.buffer(-3e-6).covers(point) for point in points)
        perhaps = sum(shape.buffer(3e-6).covers(point) for point in points)
        assert surely <= feature["properties"]["count"] <= perhaps


def test_a_hexagon_is_as_large_as_asked_and_where_it_is_for_every_filter(http):
    every = hexagons(http, edge_m="200")
    some = hexagons(http, edge_m="200", category="SP01", year="2026")

    rings = {str(feature["geometry"]) for feature in every["features"]}
    assert {str(feature["geometry"]) for feature in some["features"]} <= rings
    ring = every["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    _, _, sides = Geod(ellps="WGS84").inv(
        *zip(*ring[:-1], strict=True), *zip(*ring[1:], strict=True)
    )
    assert sides == pytest.approx([200] * 6, abs=0.5)


@pytest.mark.parametrize(("edge_m", "words"), [("99", "100"), ("2001", "2000"), ("wide", "angka")])
def test_a_size_that_is_not_offered_is_refused(http, edge_m, words):
    answer = http.get("/api/v1/hexagons", params={"edge_m": edge_m})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "edge_m"
    assert words in error["detail"]


def test_hexagons_are_not_sent_again_until_an_usulan_comes(http, town):
    first, again = asked_twice(http, "/api/v1/hexagons")
    tag = first.headers["etag"]
    assert again.status_code == 304

    add(town, [proposed(Spot(1, 1))])

    answer = http.get("/api/v1/hexagons", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.headers["etag"] == tag) == (200, False)


def test_index_and_sql_give_the_same_hexagons(town):
    asyncio.run(compare_hexagons(town))


async def compare_hexagons(urls) -> None:
    database = open_database(urls.staff, urls.public)
    shelf, reader = Shelf(database), HexagonReader(Lands())
    try:
        for filters in (Filters(), Filters(year=(2026,), group=("SP", "KP"))):
            async with database.public_session() as connection:
                city = await find_city(connection, CITY)
                assert city is not None
                await choose(connection, city, filters, shelf)
                await shelf.built(CITY_ID)
                quick = await choose(connection, city, filters, shelf)
            assert quick.indexed is not None
            plain = replace(quick, indexed=None)
            session = database.public_session
            by_index, by_sql = [
                await reader.features(one, city, 120, session) for one in (quick, plain)
            ]
            assert by_index == by_sql
            assert by_index[0]
    finally:
        await shelf.close()
        await database.close()
