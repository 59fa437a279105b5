"""What is inside a tile, what its headers say, and what is no tile at all."""

from urllib.parse import parse_qs, urlsplit

import mapbox_vector_tile
import psycopg
import pytest

from app.areas.load import BoundaryLoad, load_boundaries
from app.areas.service import NewEdition
from app.cities.service import KnownCity
from spatial.boundaries.check import BoundaryArea
from spatial.tiles import tile_at, tiles_covering
from tests.app import world
from tests.app.serving import asked_twice, serving
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, add, proposed, spot_point

CROWD = spot_point(12.5, 7.5)


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    add(
        town,
        [
            proposed(Spot(0, 0), supporters=1234, estimated_cost=98_765_432),
            proposed(Spot(0, 0), supporters=5, estimated_cost=1_000, severity=3),
            proposed(Spot(9, 1), category=RW_ONLY, year=2025),
            proposed(Spot(10, 2), category=RW_ONLY, year=2025),
            proposed(Spot(2, 5), category=COUNT_ONLY),
            proposed(Spot(3, 5), geometry=None),
        ],
    )
    add(town, [proposed(Spot(12, 7), geometry=CROWD, year=2024) for _ in range(5_003)])


def decoded(http, z: int, at, **filters: str) -> dict:
    tile = tile_at(at.x, at.y, z)
    answer = http.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt", params=filters)
    assert answer.status_code == 200
    return {
        name: layer["features"] for name, layer in mapbox_vector_tile.decode(answer.content).items()
    }


def test_below_zoom_15_usulan_of_a_place_are_one_cell_with_sums(http):
    layers = decoded(http, 14, Spot(0, 0).middle, year="2026", category="SP01")

    assert list(layers) == ["cells"]
    assert [cell["properties"] for cell in layers["cells"]] == [
        {"count": 2, "cost": 98_800_000, "beneficiaries": 0, "supporters": 1240}
    ]


def test_from_zoom_15_each_usulan_is_a_point_of_its_own(http):
    layers = decoded(http, 15, Spot(0, 0).middle, year="2026", category="SP01")

    assert list(layers) == ["usulan"]
    properties = [single["properties"] for single in layers["usulan"]]
    assert sorted(one["supporters"] for one in properties) == [5, 1234]
    assert {one["status"] for one in properties} == {"diajukan"}
    assert {one["category"] for one in properties} == {"SP01"}
    assert all(one["number"].startswith("99.71-2026-") for one in properties)


@pytest.mark.parametrize("z", [8, 12, 15, 18])
def test_private_needs_are_counted_at_the_label_point_of_their_area(http, z):
    label = Spot(9, 1).rw
    bounds = world.square(8, 0, 12, 4).bounds

    found = [
        cell["properties"]
        for tile in tiles_covering(bounds, z)
        if (
            answer := http.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt?category={RW_ONLY}")
        ).content
        for cell in mapbox_vector_tile.decode(answer.content)["cells"]["features"]
    ]

    assert [(one["precision"], one["area"], one["count"]) for one in found] == [("rw", label, 2)]


def test_a_tile_shows_5000_points_and_the_rest_as_cells(http):
    layers = decoded(http, 16, CROWD, year="2024")

    assert len(layers["usulan"]) == 5_000
    assert [cell["properties"]["count"] for cell in layers["cells"]] == [3]


def test_a_private_need_is_no_point_at_any_zoom(http):
    answer = http.get("/tiles/usulan.json", params={"category": COUNT_ONLY}).json()
    west, south, east, north = answer["bounds"]

    for z in (10, 15, 18):
        for tile in tiles_covering((west, south, east, north), z):
            path = f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt"
            assert http.get(path, params={"category": COUNT_ONLY}).status_code == 204


def test_a_known_tag_is_answered_without_a_body(http):
    tile = tile_at(CROWD.x, CROWD.y, 12)
    path = f"/tiles/usulan/12/{tile.x}/{tile.y}.mvt"

    first, again = asked_twice(http, path)

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_the_tag_changes_with_the_data_and_with_the_filters(http, town):
    tile = tile_at(CROWD.x, CROWD.y, 9)
    path = f"/tiles/usulan/9/{tile.x}/{tile.y}.mvt"
    before = http.get(path).headers["ETag"]

    filtered = http.get(path, params={"year": "2024"}).headers["ETag"]
    add(town, [proposed(Spot(15, 0), year=2023)])
    after = http.get(path).headers["ETag"]

    assert len({before, filtered, after}) == 3


def test_a_new_usulan_leaves_the_tag_of_areas_as_it_was(http, town):
    middle = Spot(4, 4).middle
    tile = tile_at(middle.x, middle.y, 14)
    path = f"/tiles/areas/14/{tile.x}/{tile.y}.mvt"
    before = http.get(path).headers["ETag"]

    add(town, [proposed(Spot(4, 4), year=2023)], seed=77)

    assert http.get(path).headers["ETag"] == before


def test_a_known_tag_does_not_excuse_a_wrong_level(http):
    answer = http.get("/tiles/areas/9/413/266.mvt?level=zz", headers={"If-None-Match": "*"})

    assert answer.status_code == 422


def test_filters_in_another_order_have_the_same_tag(http):
    tile = tile_at(CROWD.x, CROWD.y, 9)
    path = f"/tiles/usulan/9/{tile.x}/{tile.y}.mvt"

    # A write anywhere in the cluster, another worker's too, gives new tags: find a still moment.
    pairs = (
        (
            http.get(f"{path}?year=2024&category=SP01").headers["ETag"],
            http.get(f"{path}?category=SP01&year=2024&utm=1").headers["ETag"],
        )
        for _ in range(100)
    )

    assert any(one == other for one, other in pairs)


def areas_address(http, at, z: int = 14, **named: str) -> str:
    """The address of a tile of areas as TileJSON gives it."""
    tile = tile_at(at.x, at.y, z)
    [template] = http.get("/tiles/areas.json", params=named).json()["tiles"]
    return template.format(z=z, x=tile.x, y=tile.y)


def version_in(address: str) -> str:
    [version] = parse_qs(urlsplit(address).query)["v"]
    return version


def rename_rt(urls, spot: Spot, name: str) -> None:
    city = KnownCity(world.CITY_ID, world.CITY, "Kota Contoh", "Asia/Jakarta")
    edition = NewEdition(name=world.EDITION, status="resmi")
    shape = world.square(spot.column, spot.row, spot.column + 1, spot.row + 1)
    areas = (BoundaryArea(spot.rt, name, shape),)
    asked = BoundaryLoad(city=city, level="rt", edition=edition, areas=areas)
    with psycopg.connect(urls.staff) as connection:
        load_boundaries(connection, asked, progress=lambda *_: None)


def test_areas_live_a_year_under_the_address_that_tilejson_gives(http):
    tile = http.get(areas_address(http, Spot(4, 4).middle))

    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert tile.headers["ETag"]


def test_tilejson_and_the_cities_name_one_version_of_the_areas(http):
    [city] = http.get("/api/v1/cities").json()["cities"]

    assert version_in(areas_address(http, Spot(4, 4).middle)) == city["areas_version"]


def test_areas_live_a_year_under_the_name_of_their_edition_and_can_be_asked_for_again(http):
    tile = tile_at(Spot(4, 4).middle.x, Spot(4, 4).middle.y, 14)

    answer = http.get(f"/tiles/areas/14/{tile.x}/{tile.y}.mvt?edition={world.EDITION}")

    assert answer.headers["Cache-Control"] == "public, max-age=31536000"
    assert answer.headers["ETag"]


@pytest.mark.parametrize("query", [{}, {"v": "1-1"}, {"edition": world.EDITION, "v": "1-1"}])
def test_areas_of_no_or_another_version_are_asked_for_again(http, query):
    tile = tile_at(Spot(4, 4).middle.x, Spot(4, 4).middle.y, 14)

    answer = http.get(f"/tiles/areas/14/{tile.x}/{tile.y}.mvt", params=query)

    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["ETag"]


def test_an_empty_tile_of_areas_is_asked_for_again_also_when_its_tag_is_known(http):
    address = areas_address(http, spot_point(4000, 4000))

    first = http.get(address)
    again = http.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (204, 304)
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, no-cache"


def test_a_known_tile_of_areas_goes_on_living_a_year(http):
    address = areas_address(http, Spot(4, 4).middle)
    first = http.get(address)

    again = http.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_areas_loaded_later_into_an_edition_give_its_tiles_another_address(settings, fresh_urls):
    world.settle(fresh_urls)
    with serving(settings, fresh_urls) as fresh:
        before = fresh.get(areas_address(fresh, Spot(15, 7).middle, z=17))
        rename_rt(fresh_urls, Spot(15, 7), "RT 099")
        after = fresh.get(areas_address(fresh, Spot(15, 7).middle, z=17))
        stale = fresh.get(str(before.url))

    assert version_in(str(before.url)) != version_in(str(after.url))
    assert b"RT 099" not in before.content
    assert b"RT 099" in after.content
    assert stale.headers["Cache-Control"] == "public, no-cache"
    assert len({before.headers["ETag"], after.headers["ETag"]}) == 2


def test_tiles_of_areas_carry_no_numbers(http):
    tile = http.get(areas_address(http, Spot(4, 4).middle))

    features = mapbox_vector_tile.decode(tile.content)["areas"]["features"]
    assert {feature["properties"]["level"] for feature in features} == {"kelurahan"}
    assert all(set(feature["properties"]) == {"code", "name", "level"} for feature in features)


@pytest.mark.parametrize(
    ("z", "level"),
    [(11, "kecamatan"), (12, "kecamatan"), (13, "kelurahan"), (15, "rw"), (16, "rt")],
)
def test_the_level_of_areas_follows_the_zoom(http, z, level):
    middle = Spot(4, 4).middle
    tile = tile_at(middle.x, middle.y, z)

    answer = http.get(f"/tiles/areas/{z}/{tile.x}/{tile.y}.mvt")

    features = mapbox_vector_tile.decode(answer.content)["areas"]["features"]
    assert {feature["properties"]["level"] for feature in features} == {level}


@pytest.mark.parametrize(
    "path",
    [
        "/tiles/usulan/23/0/0.mvt",
        "/tiles/usulan/1/2/0.mvt",
        "/tiles/usulan/1/0/2.mvt",
        "/tiles/usulan/-1/0/0.mvt",
        "/tiles/usulan/01/0/0.mvt",
        "/tiles/usulan/1/0/0.5.mvt",
        "/tiles/usulan/1/0/0.png",
        "/tiles/usulan/99999999999999999999/0/0.mvt",
        "/tiles/usulan/0/0/%00.mvt",
        "/tiles/usulan/0/0/%D9%A0.mvt",
        "/tiles/nothing/0/0/0.mvt",
        "/tiles/nothing.json",
    ],
)
def test_what_is_no_tile_address_is_not_found(http, path):
    answer = http.get(path)

    assert answer.status_code == 404
    assert answer.json()["code"] == "TIDAK_DITEMUKAN"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=x", "status"),
        ("category=ZZ99", "category"),
        ("area=11.11", "area"),
        ("bbox=1", "bbox"),
    ],
)
def test_a_wrong_filter_of_a_tile_is_named(http, query, field):
    answer = http.get(f"/tiles/usulan/0/0/0.mvt?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_tilejson_names_tiles_that_carry_the_filters(http):
    document = http.get(
        "/tiles/usulan.json", params={"year": "2024", "category": "SP01,SP03"}
    ).json()

    carried = "category=SP01%2CSP03&year=2024"
    assert document["tilejson"] == "3.0.0"
    assert document["tiles"] == [
        f"{http.base_url}/tiles/usulan/{{z}}/{{x}}/{{y}}.mvt?city=99.71&{carried}"
    ]
    assert [layer["id"] for layer in document["vector_layers"]] == ["cells", "usulan"]
    assert document["bounds"] == [110.799727, -7.570272, 110.816273, -7.559728]


@pytest.mark.parametrize(
    "address",
    [
        "/tiles/areas/12/3309/2134.mvt?level=zz",
        "/tiles/areas/12/3309/2134.mvt?edition=1999",
        "/tiles/usulan/12/3309/2134.mvt?category=ZZ99",
        "/tiles/usulan/12/3309/2134.mvt?year=abc",
        "/tiles/areas.json?level=zz",
        "/tiles/usulan.json?category=ZZ99",
    ],
)
def test_a_wrong_request_is_refused_whatever_the_asker_holds(http, address):
    assert http.get(address, headers={"If-None-Match": "*"}).status_code == 422
    assert http.get(address).status_code == 422
