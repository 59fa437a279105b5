"""Areas by level, parent and box; the areas at a position; one area with its totals."""

import re

import pytest

from tests.app import world
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, add, at_status, proposed, spot_point


@pytest.fixture(scope="module", autouse=True)
def usulan(town):
    add(
        town,
        [
            proposed(Spot(0, 0), estimated_cost=100, beneficiaries=7, supporters=2),
            proposed(Spot(0, 0), events=at_status("selesai"), beneficiaries=3),
            proposed(Spot(0, 1), category=COUNT_ONLY),
            proposed(Spot(0, 0), year=2025, estimated_cost=1),
            proposed(Spot(0, 1), year=2031, category=RW_ONLY),
            proposed(Spot(0, 1), year=2027, events=at_status("digabung")),
            proposed(Spot(0, 1), year=2028, published=False),
        ],
    )


def features(http, **query: str) -> list[dict]:
    answer = http.get("/api/v1/areas", params=query)
    assert answer.headers["Content-Type"] == "application/geo+json"
    return answer.json()["features"]


def test_areas_of_a_level_come_sorted_by_code(http):
    codes = [feature["properties"]["code"] for feature in features(http, level="rw")]

    assert codes == sorted(codes)
    assert len(codes) == 8


def test_a_parent_brings_its_children(http):
    codes = [one["properties"]["code"] for one in features(http, parent=Spot(0, 0).rw)]

    assert codes == [f"{Spot(0, 0).rw}-{number:03d}" for number in range(1, 17)]


def test_a_box_brings_what_it_touches(http):
    west, north = spot_point(1.2, 0.2).coords[0]
    east, south = spot_point(2.8, 0.8).coords[0]

    codes = {
        one["properties"]["code"]
        for one in features(http, level="rt", bbox=f"{west},{south},{east},{north}")
    }

    assert codes == {Spot(1, 0).rt, Spot(2, 0).rt}


def test_an_area_carries_its_facts_and_six_decimals(http):
    [kota] = features(http, level="kota")

    assert kota["properties"] == {
        "code": "99.71",
        "name": "KOTA 9.71",
        "level": "kota",
        "kind": None,
        "parent": None,
        "population": 7000,
        "households": 1750,
        # 0.016 by 0.010 degrees: 1.7651 km by 1.1059 km at latitude 7.565 south (WGS 84).
        "area_km2": pytest.approx(1.9524, abs=0.001),
        "status": "resmi",
    }
    corners = kota["geometry"]["coordinates"][0][0]
    assert sorted(set(map(tuple, corners))) == [
        (110.8, -7.57),
        (110.8, -7.56),
        (110.816, -7.57),
        (110.816, -7.56),
    ]


def test_an_unchanged_collection_is_not_sent_again(http):
    first = http.get("/api/v1/areas?level=rt")

    again = http.get("/api/v1/areas?level=rt", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_areas_without_shapes_are_the_same_areas(http):
    with_shapes = features(http, level="kelurahan")

    without = features(http, level="kelurahan", shapes="none")

    assert [one["properties"] for one in without] == [one["properties"] for one in with_shapes]
    assert [one["geometry"] for one in without] == [None] * 4


def test_a_box_brings_what_it_touches_without_shapes_too(http):
    west, north = spot_point(1.2, 0.2).coords[0]
    east, south = spot_point(2.8, 0.8).coords[0]

    found = features(http, level="rt", bbox=f"{west},{south},{east},{north}", shapes="none")

    assert [one["id"] for one in found] == [Spot(1, 0).rt, Spot(2, 0).rt]


def test_simplified_areas_have_fewer_corners_and_the_same_codes(http):
    whole, coarse = (
        features(http, level="kecamatan"),
        features(http, level="kecamatan", simplify="8"),
    )

    assert [one["id"] for one in coarse] == [one["id"] for one in whole]
    assert all(one["geometry"]["type"] in ("Polygon", "MultiPolygon") for one in coarse)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("level=desa", "level"),
        ("bbox=1,2", "bbox"),
        ("edition=1850", "edition"),
        ("simplify=99", "simplify"),
        ("shapes=no", "shapes"),
    ],
)
def test_a_wrong_parameter_is_named(http, query, field):
    answer = http.get(f"/api/v1/areas?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_position_lies_in_a_chain_of_areas_from_kota_down(http):
    at = Spot(10, 5).middle

    told = http.get("/api/v1/areas/at", params={"longitude": at.x, "latitude": at.y}).json()

    assert [area["code"] for area in told["areas"]] == [
        "99.71",
        Spot(10, 5).kecamatan,
        Spot(10, 5).kelurahan,
        Spot(10, 5).rw,
        Spot(10, 5).rt,
    ]
    assert told["edition"] == world.EDITION
    # Half of 0.001 degrees of longitude at 7.565 south is 55.2 m.
    assert told["edge_distance_m"] == pytest.approx(55.2, abs=0.3)
    assert told["doubts"] == []


def test_a_shared_edge_belongs_to_the_smallest_code(http):
    at = spot_point(8, 1.5)

    told = http.get("/api/v1/areas/at", params={"longitude": at.x, "latitude": at.y}).json()

    assert told["areas"][-1]["code"] == Spot(7, 1).rt
    assert told["doubts"] == ["dekat_batas"]


def test_where_no_rt_reaches_the_kota_stands_in(http):
    at = spot_point(8.5, 9.5)

    told = http.get("/api/v1/areas/at", params={"longitude": at.x, "latitude": at.y}).json()

    assert [area["level"] for area in told["areas"]] == ["kota"]
    assert told["doubts"] == ["tanpa_rt"]


def test_a_position_outside_is_refused_with_who_is_near(http):
    answer = http.get("/api/v1/areas/at?longitude=110.9&latitude=-7.562")

    assert (answer.status_code, answer.json()["code"]) == (409, "LUAR_WILAYAH")
    assert answer.json()["nearest"]["level"] == "kelurahan"


@pytest.mark.parametrize(
    "query",
    [
        "longitude=1",
        "longitude=x&latitude=1",
        "longitude=181&latitude=0",
        "longitude=nan&latitude=0",
    ],
)
def test_what_is_no_position_is_refused(http, query):
    assert http.get(f"/api/v1/areas/at?{query}").status_code == 422


def test_an_area_has_the_totals_of_the_set_in_it(http):
    told = http.get(f"/api/v1/areas/{Spot(0, 0).kelurahan}", params={"year": "2026"}).json()

    assert [parent["level"] for parent in told["parents"]] == ["kota", "kecamatan"]
    assert told["totals"] == {
        "count": 3,
        "cost": 100,
        "cost_known": 1,
        "beneficiaries": 10,
        "supporters": 2,
        "per_1000": 1.88,  # 3 for 1,600 inhabitants
        "unlocated": 1,
        "by_status": {"diajukan": 2, "selesai": 1},
    }


def test_filters_apply_to_the_totals_of_an_area(http):
    told = http.get(f"/api/v1/areas/{Spot(0, 0).rt}", params={"status": "selesai"}).json()

    assert told["totals"]["count"] == 1


@pytest.mark.parametrize("code", ["99.99", "33.72", "x", "%20"])
def test_an_unknown_area_is_not_found(http, code):
    assert http.get(f"/api/v1/areas/{code}").status_code == 404


def test_cities_tell_bounds_edition_and_years(http):
    [city] = http.get("/api/v1/cities").json()["cities"]

    version = city.pop("areas_version")
    assert re.fullmatch(r"\d+-\d+", version)
    assert city == (
        {
            "code": "99.71",
            "name": "Kota Contoh",
            "bounds": [110.799727, -7.570272, 110.816273, -7.559728],
            "edition": world.EDITION,
            "years": [2025, 2026, 2031],
            "demo": True,
            "time_zone": "Asia/Jakarta",
            "attribution": [],
        }
    )


def test_who_holds_the_cities_is_sent_nothing(http):
    first = http.get("/api/v1/cities")

    again = http.get("/api/v1/cities", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(("level", "zoom"), [("kecamatan", "12"), ("rw", "15"), ("rt", "17")])
def test_the_word_zoom_simplifies_for_the_zoom_at_which_a_level_is_drawn(http, level, zoom):
    by_word = http.get("/api/v1/areas", params={"level": level, "simplify": "zoom"})
    by_number = http.get("/api/v1/areas", params={"level": level, "simplify": zoom})

    assert by_word.status_code == by_number.status_code == 200
    assert by_word.json() == by_number.json()


def test_areas_of_all_levels_are_simplified_level_by_level(http):
    every = http.get("/api/v1/areas", params={"simplify": "zoom"}).json()["features"]
    one = http.get("/api/v1/areas", params={"level": "kelurahan", "simplify": "zoom"}).json()

    assert [area for area in every if area["properties"]["level"] == "kelurahan"] == one["features"]
    assert len(every) == 143


@pytest.mark.parametrize("zoom", ["23", "-1", "1.5", "dekat", "Zoom"])
def test_what_is_no_zoom_is_refused_in_one_sentence(http, zoom):
    answer = http.get("/api/v1/areas", params={"simplify": zoom})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["simplify"]


@pytest.mark.parametrize("place", [(-7.5605, 110.8005), (5.55, 95.32)])
def test_swapped_axes_of_a_position_are_told_with_what_was_meant(http, place):
    asked = {"longitude": place[0], "latitude": place[1]}

    answer = http.get("/api/v1/areas/at", params=asked)

    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "GEOMETRI_TIDAK_SAH")
    assert told["hint"] == {"longitude": place[1], "latitude": place[0]}
    assert told["errors"][0]["code"] == "SUMBU_TERTUKAR"


def test_all_forty_categories_come_with_words_to_search_by(http):
    categories = http.get("/api/v1/categories").json()["categories"]

    assert len(categories) == 40
    assert [one["code"] for one in categories][:2] == ["SP01", "SP02"]
    assert all(one["synonyms"] and one["units"] for one in categories)
    assert {one["precision"] for one in categories} == {"exact", "rw", "count"}


def test_categories_are_named_in_the_language_of_the_reader(http):
    named = {
        language: http.get("/api/v1/categories", headers={"Accept-Language": language}).json()
        for language in ("id", "en")
    }

    assert named["id"]["categories"][0]["name"] == "Jalan lingkungan"
    assert named["en"]["categories"][0]["name"] == "Neighbourhood road"


def test_a_city_that_is_not_here_is_not_found(http):
    for path in ("/api/v1/areas", "/api/v1/usulan", "/api/v1/stats", "/tiles/usulan/0/0/0.mvt"):
        assert http.get(path, params={"city": "33.72"}).status_code == 404


def test_a_number_too_small_for_the_database_is_a_place_like_another(http):
    answer = http.get("/api/v1/areas/at?longitude=5e-324&latitude=5e-324")

    assert answer.status_code == 409
    assert answer.json()["code"] == "LUAR_WILAYAH"
