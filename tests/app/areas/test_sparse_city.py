"""A city as boundary files leave it: RT without RW, and kelurahan with nothing beneath."""

from collections.abc import Iterator

import httpx
import mapbox_vector_tile
import pytest

from app.cluster.server import Server
from app.settings import Settings
from spatial.tiles import tile_at
from tests.app import world
from tests.app.serving import serving
from tests.app.world import CITY, RW_ONLY, spot_point
from tests.databases import temporary_database

WITH_RW, WITHOUT_RW, BARE = (f"{CITY}.01.100{number}" for number in (1, 2, 3))
RT_WITHOUT_RW = f"{WITHOUT_RW}-000-001"
PLACES = {f"{WITH_RW}-001-001": (1, 1), RT_WITHOUT_RW: (6, 1), BARE: (10, 2)}
"""A square in the middle of each lowest area."""


@pytest.fixture(scope="module")
def http(
    settings: Settings, server: Server, worker_id: str, database_numbers: Iterator[int]
) -> Iterator[httpx.Client]:
    name = f"sparse_{worker_id}_{next(database_numbers)}"
    with temporary_database(server, name) as urls:
        world.settle(urls, world.sparse_areas())
        with serving(settings, urls) as client:
            yield client


def sent(http, column: float, row: float, **more: object) -> dict:
    at = spot_point(column, row)
    body = {
        "title": "Jalan rusak di gang",
        "problem": "Jalan berlubang dan becek saat hujan sepanjang gang.",
        "category": "SP01",
        "geometry": {"type": "Point", "coordinates": [at.x, at.y]},
        **more,
    }
    answer = http.post("/api/v1/usulan", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def codes(http, **query: str) -> list[str]:
    return [one["id"] for one in http.get("/api/v1/areas", params=query).json()["features"]]


@pytest.fixture(scope="module")
def usulan(http) -> None:
    for column, row in PLACES.values():
        sent(http, column, row)
    sent(http, 6, 1, category=RW_ONLY)


def test_an_rt_without_rw_hangs_on_its_kelurahan(http):
    at = spot_point(6, 1)

    told = http.get("/api/v1/areas/at", params={"longitude": at.x, "latitude": at.y}).json()

    chain = [area["code"] for area in told["areas"]]
    assert chain == [CITY, f"{CITY}.01", WITHOUT_RW, RT_WITHOUT_RW]
    assert told["doubts"] == []


def test_in_a_kelurahan_with_nothing_beneath_the_missing_rt_is_told(http):
    at = spot_point(10, 2)

    told = http.get("/api/v1/areas/at", params={"longitude": at.x, "latitude": at.y}).json()

    assert told["areas"][-1]["code"] == BARE
    assert told["doubts"] == ["tanpa_rt"]


def test_a_parent_brings_whatever_lies_directly_beneath(http):
    assert codes(http, parent=WITH_RW) == [f"{WITH_RW}-001"]
    assert codes(http, parent=WITHOUT_RW) == [RT_WITHOUT_RW, f"{WITHOUT_RW}-000-002"]
    assert codes(http, parent=BARE) == []


@pytest.mark.parametrize(
    ("level", "unassigned"), [("kecamatan", 0), ("kelurahan", 0), ("rw", 3), ("rt", 2)]
)
def test_what_has_no_area_at_a_level_is_counted_as_unassigned(http, usulan, level, unassigned):
    stats = http.get("/api/v1/stats", params={"level": level}).json()

    assert stats["unassigned"] == unassigned
    assert sum(row["count"] for row in stats["rows"]) + unassigned == stats["numberMatched"] == 4


@pytest.mark.parametrize("area", list(PLACES))
def test_the_lowest_area_of_each_kind_counts_its_own(http, usulan, area):
    totals = http.get(f"/api/v1/areas/{area}").json()["totals"]
    level = "kelurahan" if area == BARE else "rt"

    rows = http.get("/api/v1/stats", params={"level": level, "area": area}).json()["rows"]

    assert totals["count"] == 1
    assert [row["count"] for row in rows if row["area"] == area] == [1]


def test_a_private_need_where_no_rw_is_is_seen_in_its_kelurahan(http, usulan):
    listed = http.get("/api/v1/usulan", params={"category": RW_ONLY}).json()["features"]

    [areas] = [one["properties"]["areas"] for one in listed]
    assert areas[-1]["code"] == WITHOUT_RW


@pytest.mark.parametrize("z", [12, 14, 16, 18])
def test_the_tiles_count_all_that_have_a_place(http, usulan, z):
    tiles = {tile_at(at.x, at.y, z) for at in (spot_point(*place) for place in PLACES.values())}
    label = spot_point(6, 2)  # of the kelurahan of the private need
    tiles.add(tile_at(label.x, label.y, z))

    bodies = [http.get(f"/tiles/usulan/{z}/{one.x}/{one.y}.mvt").content for one in tiles]
    layers = [mapbox_vector_tile.decode(body) for body in bodies if body]

    cells = [one for layer in layers for one in layer.get("cells", {}).get("features", [])]
    singles = [one for layer in layers for one in layer.get("usulan", {}).get("features", [])]
    assert sum(cell["properties"]["count"] for cell in cells) + len(singles) == 4


def test_a_tile_of_rt_holds_those_without_rw_too(http):
    tile = tile_at(spot_point(6, 2).x, spot_point(6, 2).y, 14)

    answer = http.get(f"/tiles/areas/14/{tile.x}/{tile.y}.mvt?level=rt")

    features = mapbox_vector_tile.decode(answer.content)["areas"]["features"]
    assert RT_WITHOUT_RW in {one["properties"]["code"] for one in features}


def test_where_only_kelurahan_are_known_they_stand_in_at_street_zoom(settings, fresh_urls):
    land = [one for one in world.sparse_areas() if one.level not in ("rw", "rt")]
    world.settle(fresh_urls, land)
    tile = tile_at(spot_point(10, 2).x, spot_point(10, 2).y, 17)

    with serving(settings, fresh_urls) as http:
        answer = http.get(f"/tiles/areas/17/{tile.x}/{tile.y}.mvt")

    [feature] = mapbox_vector_tile.decode(answer.content)["areas"]["features"]
    assert feature["properties"]["code"] == BARE
