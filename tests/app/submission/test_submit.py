"""POST usulan: what is kept, where it is placed, what is refused."""

import json

import psycopg
import pytest

from tests.app.submission.sending import YEAR, count_stored, draft, point, stored
from tests.app.world import Spot, spot_point


def test_a_pin_becomes_a_usulan_counted_in_its_rt(http):
    before = http.get(f"/api/v1/areas/{Spot(5, 6).rt}").json()["totals"]["count"]

    answer = http.post("/api/v1/usulan", json=draft(Spot(5, 6)))

    told = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/usulan/{told['number']}"
    assert told["number"].startswith(f"99.71-{YEAR}-")
    assert (told["status"], told["year"], told["doubts"]) == ("diajukan", YEAR, [])
    assert [area["level"] for area in told["areas"]] == [
        "kota",
        "kecamatan",
        "kelurahan",
        "rw",
        "rt",
    ]
    assert told["areas"][-1]["code"] == Spot(5, 6).rt
    assert http.get(f"/api/v1/areas/{Spot(5, 6).rt}").json()["totals"]["count"] == before + 1
    assert http.get(answer.headers["Location"]).json()["id"] == told["number"]


def test_every_optional_field_is_kept(http, town):
    sent = draft(
        address="Gang  Mawar 3",
        landmark="musala",
        volume=120.5,
        unit="m",
        estimated_cost=45_000_000,
        beneficiaries=80,
        severity=3,
        funding_source="dana_kelurahan",
        inclusion=["lansia", "difabel", "lansia"],
        accuracy_m=7,
        declared_area=Spot(0, 0).rt,
    )

    row = stored(town, http.post("/api/v1/usulan", json=sent).json()["number"])

    assert row["address"] == "Gang Mawar 3"
    assert float(row["volume"]) == 120.5
    assert row["inclusion"] == ["lansia", "difabel"]
    assert (row["funding"], row["accuracy_m"], row["source"]) == ("dana_kelurahan", 7, "warga")
    assert (row["unit"], row["severity"], row["beneficiaries"]) == ("m", 3, 80)
    assert row["estimated_cost"] == 45_000_000


def test_a_place_outside_the_city_is_refused_with_who_is_near(http, town):
    before = count_stored(town)
    far = {"type": "Point", "coordinates": [110.9, -7.562]}

    answer = http.post("/api/v1/usulan", json=draft(geometry=far))

    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "LUAR_WILAYAH")
    assert told["nearest"]["code"] == Spot(15, 0).kelurahan
    # From the city's east edge at 110.816 to 110.9 is 0.084 degrees: 9.27 km at this latitude.
    assert told["nearest"]["distance_m"] == pytest.approx(9_270, rel=0.01)
    assert count_stored(town) == before


def test_swapped_axes_are_refused_with_what_was_meant(http):
    swapped = {"type": "Point", "coordinates": [-7.5605, 110.8005]}

    told = http.post("/api/v1/usulan", json=draft(geometry=swapped)).json()

    assert told["code"] == "GEOMETRI_TIDAK_SAH"
    assert told["hint"] == {"longitude": 110.8005, "latitude": -7.5605}


def test_a_line_is_taken_where_the_category_lists_it_and_lies_where_most_of_it_is(http):
    start, end = spot_point(0.5, 0.5), spot_point(2.9, 0.5)
    line = {"type": "LineString", "coordinates": [[start.x, start.y], [end.x, end.y]]}

    taken = http.post("/api/v1/usulan", json=draft(geometry=line))
    refused = http.post("/api/v1/usulan", json=draft(geometry=line, category="SP10"))

    assert taken.json()["areas"][-1]["code"] == Spot(1, 0).rt
    assert (refused.status_code, refused.json()["code"]) == (422, "GEOMETRI_TIDAK_SAH")


def test_a_line_more_than_half_outside_is_refused(http):
    start, end = spot_point(15.5, 0.5), spot_point(17.5, 0.5)
    line = {"type": "LineString", "coordinates": [[start.x, start.y], [end.x, end.y]]}

    answer = http.post("/api/v1/usulan", json=draft(geometry=line))

    assert (answer.status_code, answer.json()["code"]) == (409, "LUAR_WILAYAH")


def test_a_place_known_only_by_its_area_has_no_position(http):
    code = Spot(0, 0).kelurahan
    answer = http.post("/api/v1/usulan", json=draft(geometry=None, area=code)).json()

    feature = http.get(f"/api/v1/usulan/{answer['number']}").json()

    assert answer["areas"][-1]["code"] == code
    assert answer["doubts"] == ["tanpa_rt"]
    assert feature["geometry"] is None


def test_doubts_about_the_place_are_told_and_kept(http, town):
    near_edge = point(Spot(4, 4), east=0.49)
    sent = draft(geometry=near_edge, accuracy_m=80, declared_area=Spot(9, 0).rt)

    answer = http.post("/api/v1/usulan", json=sent).json()

    assert answer["doubts"] == ["dekat_batas", "akurasi_rendah", "beda_deklarasi"]
    assert stored(town, answer["number"])["doubts"] == answer["doubts"]
    assert stored(town, answer["number"])["rt"] == Spot(4, 4).rt


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"status": "selesai"}, "ISIAN_TIDAK_SAH", "/status"),
        ({"city_id": 3372}, "ISIAN_TIDAK_SAH", "/city_id"),
        ({"published": True}, "ISIAN_TIDAK_SAH", "/published"),
        ({"proposer": {"admin": True}}, "ISIAN_TIDAK_SAH", "/proposer/admin"),
        ({"title": "ab"}, "ISIAN_TIDAK_SAH", "/title"),
        ({"title": "  a  b  "[:4]}, "ISIAN_TIDAK_SAH", "/title"),
        ({"title": "x" * 101}, "ISIAN_TIDAK_SAH", "/title"),
        ({"problem": "terlalu pendek"}, "ISIAN_TIDAK_SAH", "/problem"),
        ({"problem": "x" * 501}, "ISIAN_TIDAK_SAH", "/problem"),
        ({"category": "ZZ99"}, "KATEGORI_TIDAK_DIKENAL", "/category"),
        ({"geometry": None}, "ISIAN_TIDAK_SAH", "/geometry"),
        ({"area": "99.71"}, "ISIAN_TIDAK_SAH", "/geometry"),
        ({"geometry": None, "area": "99.71.99"}, "ISIAN_TIDAK_SAH", "/area"),
        ({"severity": 4}, "ISIAN_TIDAK_SAH", "/severity"),
        ({"severity": True}, "ISIAN_TIDAK_SAH", "/severity"),
        ({"volume": 0}, "ISIAN_TIDAK_SAH", "/volume"),
        ({"volume": 1e300}, "ISIAN_TIDAK_SAH", "/volume"),
        ({"unit": "ember"}, "ISIAN_TIDAK_SAH", "/unit"),
        ({"estimated_cost": -1}, "ISIAN_TIDAK_SAH", "/estimated_cost"),
        ({"beneficiaries": 2**40}, "ISIAN_TIDAK_SAH", "/beneficiaries"),
        ({"proposer": {"name": "Sri"}}, "ISIAN_TIDAK_SAH", "/proposer/consent"),
        ({"proposer": {"phone": "0811", "consent": False}}, "ISIAN_TIDAK_SAH", "/proposer/consent"),
        ({"inclusion": ["semua"]}, "ISIAN_TIDAK_SAH", "/inclusion/0"),
        ({"continues": "99.71-2020-AAAAAA"}, "ISIAN_TIDAK_SAH", "/continues"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(http, town, changes, code, field):
    before = count_stored(town)

    answer = http.post("/api/v1/usulan", json=draft(**changes))

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert count_stored(town) == before


def test_contact_is_kept_apart_and_only_with_consent(http, town):
    person = {"name": "Sri Wahyuni", "phone": "0811", "email": "sri@x.example", "role": "warga"}
    number = http.post("/api/v1/usulan", json=draft(proposer=person | {"consent": True})).json()[
        "number"
    ]

    with psycopg.connect(town.staff) as connection:
        kept = connection.execute(
            "SELECT name, phone, email, role, consented IS NOT NULL FROM peta.proposer"
            " INNER JOIN peta.usulan USING (city_id, usulan_id) WHERE number = %s",
            [number],
        ).fetchall()

    assert kept == [("Sri Wahyuni", "0811", "sri@x.example", "warga", True)]


def test_a_person_without_contact_needs_no_consent(http):
    assert http.post("/api/v1/usulan", json=draft(proposer={"role": "ketua_rt"})).status_code == 201


def test_text_is_composed_and_loses_marks_that_turn_its_direction(http, town):
    told = http.post(
        "/api/v1/usulan", json=draft(title="Jalan cafe\u0301 \u202erusak\u202c  berat")
    )

    assert stored(town, told.json()["number"])["title"] == "Jalan caf\u00e9 rusak berat"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe", "\ue000"])
def test_control_characters_are_refused(http, character):
    answer = http.post("/api/v1/usulan", json=draft(title=f"Jalan {character} rusak"))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/title"


def test_another_city_is_chosen_by_the_address_and_not_by_the_body(http):
    assert http.post("/api/v1/usulan?city=99.71", json=draft()).status_code == 201
    assert http.post("/api/v1/usulan?city=11.11", json=draft()).status_code == 404


@pytest.mark.parametrize("depth", [300, 900])
@pytest.mark.parametrize("member", ["x", "coordinates"])
def test_a_geometry_nested_too_deeply_is_refused(http, member, depth):
    nested = "[" * depth + "]" * depth
    sent = json.dumps({**draft(), "geometry": {"type": "Point", member: "DEEP"}})

    answer = http.post(
        "/api/v1/usulan",
        content=sent.replace('"DEEP"', nested),
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("/geometry")
