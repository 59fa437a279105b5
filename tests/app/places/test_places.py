"""Places by name: areas and the reference map in one list, best first."""

import psycopg
import pytest

from tests.app.world import CITY, CITY_ID, Spot, spot_point

FEATURES = (
    # kind, subkind, name, from, to (columns and rows of the small city)
    ("road", "main", "Jalan Slamet Riyadi", (0.1, 0.5), (1.9, 0.5)),
    ("road", "main", "Jalan Slamet Riyadi", (1.9, 0.5), (3.9, 0.5)),
    ("road", "lane", "Gang Slamet", (2.1, 1.5), (2.2, 1.5)),
    ("road", "lane", "Ke Gang", (3.1, 1.5), (3.2, 1.5)),
    ("landmark", "pasar", "Pasar 100%_Baru", (0.5, 0.5), None),
    ("river", "", "Kali Anyar", (0.2, 0.2), (0.8, 0.3)),
)


@pytest.fixture(scope="module", autouse=True)
def features(town):
    with psycopg.connect(town.staff) as connection:
        for kind, subkind, name, start, end in FEATURES:
            first = spot_point(*start)
            last = spot_point(*(end or start))
            shape = first.wkt if end is None else f"LINESTRING({first.wkt[7:-1]}, {last.wkt[7:-1]})"
            connection.execute(
                "INSERT INTO peta.base_feature (city_id, feature_id, kind, subkind, name, geom)"
                " VALUES (%s, gen_random_uuid(), %s, %s, %s, ST_GeomFromText(%s, 4326))",
                [CITY_ID, kind, subkind, name, shape],
            )


def places(http, q: str, **more: object) -> list[dict]:
    answer = http.get("/api/v1/places", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["places"]


def test_a_street_in_pieces_is_one_place_with_the_bounds_of_all(http):
    [street] = places(http, "slamet riyadi")

    west, _ = spot_point(0.1, 0.5).coords[0]
    east, _ = spot_point(3.9, 0.5).coords[0]
    assert (street["kind"], street["name"]) == ("road", "Jalan Slamet Riyadi")
    assert street["bounds"][0] == pytest.approx(west, abs=2e-6)
    assert street["bounds"][2] == pytest.approx(east, abs=2e-6)


def test_every_word_must_occur_in_any_order(http):
    assert [place["name"] for place in places(http, "riyadi jalan")] == ["Jalan Slamet Riyadi"]
    assert places(http, "riyadi gang") == []


def test_names_that_begin_with_the_words_come_first(http):
    names = [place["name"] for place in places(http, "gang")]

    assert names[0] == "Gang Slamet"


def test_a_place_tells_its_kelurahan(http):
    [market] = places(http, "pasar")

    assert market["area"]["code"] == Spot(0, 0).kelurahan
    assert market["code"] is None


def test_areas_down_to_kelurahan_are_places_too(http):
    found = places(http, "kelurahan", limit=20)

    assert Spot(0, 0).kelurahan in [place["code"] for place in found]
    assert {place["subkind"] for place in found} == {"kelurahan"}


def test_a_kelurahan_tells_its_kecamatan_for_another_may_have_its_name(http):
    areas = {place["code"]: place["area"] for place in places(http, "kelurahan", limit=20)}
    [kecamatan] = [found for found in places(http, "kecamatan") if found["code"] == f"{CITY}.01"]

    assert areas[Spot(0, 0).kelurahan]["code"] == Spot(0, 0).kecamatan
    assert areas[Spot(0, 0).kelurahan]["level"] == "kecamatan"
    assert areas[Spot(9, 0).kelurahan]["code"] == Spot(9, 0).kecamatan
    assert kecamatan["area"] is None


@pytest.mark.parametrize("q", ["100%", "100%_", "0%_b"])
def test_signs_of_patterns_stand_for_themselves(http, q):
    assert [place["name"] for place in places(http, q)] == ["Pasar 100%_Baru"]


@pytest.mark.parametrize("q", ["%%", "__", "\\\\"])
def test_a_sign_of_patterns_alone_finds_no_other_name(http, q):
    assert places(http, q) == []


@pytest.mark.parametrize("q", ["", "a", " a ", "\u200b\u200b", "x" * 101, "a\x00b"])
def test_too_little_or_too_much_is_refused_by_name(http, q):
    answer = http.get("/api/v1/places", params={"q": q})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["q"]


def test_no_more_places_come_than_asked_for(http):
    assert len(places(http, "an", limit=2)) == 2


def test_another_city_has_none_of_these_places(http, town):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name) VALUES (3372, '33.72', 'Kota Surakarta')"
        )

    assert places(http, "slamet", city="33.72") == []
