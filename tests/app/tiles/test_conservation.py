"""Counts agree: over the tiles of every zoom, and over the rows of every level and grouping."""

import random
import time
from itertools import chain, combinations

import httpx
import mapbox_vector_tile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point

from spatial.tiles import tile_at, tiles_covering
from tests.app import world
from tests.app.submission.sending import draft

BOUNDS = (world.WEST - 0.001, world.NORTH - 0.012, world.WEST + 0.018, world.NORTH + 0.001)
LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
GROUPINGS = ("category", "group", "status", "year", "funding")
SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters")
EXAMPLES = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

areas = st.sampled_from(["99.71", "99.71.01", "99.71.02.1004", "99.71.01.1001-002"])
choices = {
    "category": st.sampled_from(["SP01", "SP03", "KP01", "KP07", "KP09", "EK02"]),
    "group": st.sampled_from(["SP", "KP", "SB", "EK"]),
    "status": st.sampled_from(["diajukan", "selesai", "ditolak", "digabung", "dibatalkan"]),
    "year": st.sampled_from(["2024", "2025", "2026"]),
    "funding": st.sampled_from(["apbd_kota", "swadaya"]),
    "channel": st.sampled_from(["rembug", "pokir"]),
    "area": areas,
}
lists = {
    name: st.lists(values, min_size=1, max_size=3, unique=True).map(",".join)
    for name, values in choices.items()
}
words = {"q": st.sampled_from(["jalan", "RUSAK", "tidak ada"])}
boxes = {
    "bbox": st.sampled_from(["110.8,-7.564,110.808,-7.56", "110.8035,-7.5641,110.8122,-7.5602"])
}
filter_sets = st.fixed_dictionaries({}, optional=lists | words | boxes)


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    rng = random.Random(20261122)
    world.add(town, world.random_usulan(rng, 500))
    world.add(town, [world.proposed(geometry=corner) for corner in tile_corners()])


def tile_corners() -> list[Point]:
    """Points exactly on corners between tiles of several zooms, inside the city."""
    corners = []
    for z in (15, 16, 18):
        tile = tile_at(world.WEST + 0.008, world.NORTH - 0.004, z)
        west, _, _, north = tile.bounds_4326
        corners.append(Point(west, north))
    return [corner for corner in corners if corner.within(world.square(0, 0, 16, 10))]


def patiently(http: httpx.Client, path: str, filters: dict[str, str]) -> httpx.Response:
    """The answer; a busy server is asked again when it says so, as any client should."""
    for _ in range(5):
        answer = http.get(path, params=filters)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(float(answer.headers["Retry-After"]))
    return answer


def counted(http: httpx.Client, z: int, filters: dict[str, str]) -> int:
    total = 0
    for tile in tiles_covering(BOUNDS, z):
        answer = patiently(http, f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt", filters)
        assert answer.status_code in (200, 204)
        layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
        cells = layers.get("cells", {"features": []})["features"]
        singles = layers.get("usulan", {"features": []})["features"]
        total += sum(cell["properties"]["count"] for cell in cells) + len(singles)
    return total


@EXAMPLES
@given(z=st.integers(8, 18), filters=filter_sets)
def test_counts_over_the_tiles_of_a_zoom_make_the_whole_set(http, z, filters):
    page = http.get("/api/v1/usulan", params={**filters, "limit": "1"}).json()

    assert counted(http, z, filters) == page["numberMatched"] - page["unlocated"]


@pytest.mark.parametrize("z", range(8, 19))
def test_the_unfiltered_counts_agree_at_every_zoom(http, z):
    stats = http.get("/api/v1/stats", params={"level": "kota"}).json()

    found = counted(http, z, {})

    assert found == stats["numberMatched"] - stats["unlocated"]
    assert found > 100


@EXAMPLES
@given(
    level=st.sampled_from(LEVELS),
    by=st.lists(st.sampled_from(GROUPINGS), max_size=3, unique=True),
    filters=filter_sets,
)
def test_rows_and_what_is_unassigned_make_the_whole_set(http, level, by, filters):
    query = {**filters, "level": level, "by": ",".join(by)}

    stats = http.get("/api/v1/stats", params=query).json()
    page = http.get("/api/v1/usulan", params={**filters, "limit": "1"}).json()

    assert sum(row["count"] for row in stats["rows"]) + stats["unassigned"] == page["numberMatched"]
    assert stats["numberMatched"] == page["numberMatched"]
    assert stats["unlocated"] == page["unlocated"]


def test_every_level_and_grouping_sums_to_the_same_set(http):
    whole = http.get("/api/v1/stats", params={"level": "kota"}).json()
    groupings = chain.from_iterable(combinations(GROUPINGS, size) for size in (0, 1, 2))

    for by in groupings:
        for level in LEVELS:
            stats = http.get("/api/v1/stats", params={"level": level, "by": ",".join(by)}).json()
            total = sum(row["count"] for row in stats["rows"]) + stats["unassigned"]
            assert total == whole["numberMatched"], (level, by)


def test_sums_of_groups_equal_the_sums_of_their_area(http):
    plain = http.get("/api/v1/stats", params={"level": "kecamatan"}).json()["rows"]
    grouped = http.get("/api/v1/stats", params={"level": "kecamatan", "by": "category,status"})

    for row in plain:
        parts = [part for part in grouped.json()["rows"] if part["area"] == row["area"]]
        assert {name: sum(part[name] for part in parts) for name in SUMS} == {
            name: row[name] for name in SUMS
        }


def test_totals_of_an_area_equal_its_row(http):
    rows = http.get("/api/v1/stats", params={"level": "kelurahan", "year": "2026"}).json()["rows"]

    for row in rows:
        area = http.get(f"/api/v1/areas/{row['area']}", params={"year": "2026"}).json()
        assert {name: area["totals"][name] for name in (*SUMS, "per_1000")} == {
            name: row[name] for name in (*SUMS, "per_1000")
        }
        assert sum(area["totals"]["by_status"].values()) == row["count"]


def test_a_box_holds_nothing_without_a_position(http):
    stats = http.get("/api/v1/stats", params={"bbox": "110.7,-7.7,110.9,-7.5"}).json()

    assert stats["unlocated"] == 0
    assert stats["numberMatched"] > 100


def counted_within(http: httpx.Client, bounds: list[float], z: int, number: str) -> int:
    """How often an usulan shows in the tiles that cover some bounds."""
    found = 0
    for tile in tiles_covering(bounds, z):
        answer = http.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt")
        layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
        singles = layers.get("usulan", {"features": []})["features"]
        found += sum(single["properties"]["number"] == number for single in singles)
    return found


@pytest.mark.parametrize("z", [18, 22])
def test_a_pin_just_outside_the_border_is_in_a_tile_that_covers_the_city(http, z):
    # 25 m east of the easternmost border, where no RT is but one is within reach.
    east = world.spot_point(world.COLUMNS, 0.5)
    pin = {"type": "Point", "coordinates": [east.x + 25 / 110_350, east.y]}
    told = http.post("/api/v1/usulan", json=draft(geometry=pin)).json()

    bounds = http.get("/tiles/usulan.json").json()["bounds"]
    cities = http.get("/api/v1/cities").json()["cities"]

    assert told["doubts"] == ["perkiraan"]
    assert bounds == cities[0]["bounds"]
    narrow = [bounds[2] - 1e-4, east.y - 1e-4, bounds[2], east.y + 1e-4]
    assert counted_within(http, narrow, z, told["number"]) == 1


def test_a_line_that_leaves_the_city_and_returns_is_in_a_tile_of_the_city(http):
    path = [(12, 0.5), (16.8, 0.5), (16.8, 1.5), (13.4, 1.5)]
    corners = [world.spot_point(*place).coords[0] for place in path]
    line = {"type": "LineString", "coordinates": corners}
    told = http.post("/api/v1/usulan", json=draft(geometry=line)).json()

    # Half-way along the stretch before it leaves; half-way along the whole it is outside.
    middle = world.spot_point(14, 0.5)
    near = [middle.x - 1e-4, middle.y - 1e-4, middle.x + 1e-4, middle.y + 1e-4]
    assert counted_within(http, near, 18, told["number"]) == 1
