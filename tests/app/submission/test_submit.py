"""POST usulan: what is kept, where it is placed, what it answers, and that it happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest

from app.submission.service import planning_year
from app.usulan.codes import tracking_hash
from tests.app.serving import serving
from tests.app.world import CITY_ID, COUNT_ONLY, RW_ONLY, Spot, add, at_status, proposed, spot_point

YEAR = datetime.now(UTC).year + 1


def point(spot: Spot, east: float = 0, south: float = 0) -> dict:
    at = spot_point(spot.column + 0.5 + east, spot.row + 0.5 + south)
    return {"type": "Point", "coordinates": [at.x, at.y]}


def draft(spot: Spot | None = None, **changes: object) -> dict:
    return {
        "title": "Jalan rusak di depan musala",
        "problem": "Jalan berlubang dan becek saat hujan sepanjang gang.",
        "category": "SP01",
        "geometry": point(spot or Spot(0, 0)),
    } | changes


def stored(town, number: str) -> dict:
    with psycopg.connect(town.staff, row_factory=psycopg.rows.dict_row) as connection:
        found = connection.execute("SELECT * FROM peta.usulan WHERE number = %s", [number])
        return found.fetchone() or {}


def count_stored(town) -> int:
    with psycopg.connect(town.staff) as connection:
        return connection.execute("SELECT COUNT(*) FROM peta.usulan").fetchone()[0]


def test_a_pin_becomes_a_usulan_counted_in_its_rt(http):
    before = http.get(f"/api/v1/areas/{Spot(5, 6).rt}").json()["totals"]["count"]

    answer = http.post("/api/v1/usulan", json=draft(Spot(5, 6)))

    told = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/usulan/{told['number']}"
    assert told["number"].startswith(f"99.71-{YEAR}-")
    assert (told["status"], told["year"], told["doubts"]) == ("diajukan", YEAR, [])
    assert [area["level"] for area in told["areas"]] == ["kota", "kecamatan", "kelurahan", "rw", "rt"]
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


def test_the_same_key_and_body_is_answered_the_same_and_stored_once(http, town):
    sent, key = draft(Spot(1, 1)), {"Idempotency-Key": "kunci-1"}

    first = http.post("/api/v1/usulan", json=sent, headers=key)
    before = count_stored(town)
    http.post("/api/v1/usulan", json=draft(Spot(1, 1)))  # someone else's, at the same spot
    again = http.post("/api/v1/usulan", json=sent, headers=key)

    assert again.status_code == 201
    assert again.json() == first.json()
    assert count_stored(town) == before + 1


def test_the_same_key_with_another_body_is_a_conflict(http):
    key = {"Idempotency-Key": "kunci-2"}
    http.post("/api/v1/usulan", json=draft(), headers=key)

    answer = http.post("/api/v1/usulan", json=draft(title="Yang lain"), headers=key)

    assert (answer.status_code, answer.json()["code"]) == (409, "KONFLIK")


def test_the_same_request_sent_at_once_from_many_hands_is_stored_once(http, town):
    before, key = count_stored(town), {"Idempotency-Key": "kunci-3"}

    with ThreadPoolExecutor(8) as hands:
        answers = list(
            hands.map(lambda _: http.post("/api/v1/usulan", json=draft(), headers=key), range(8))
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert count_stored(town) == before + 1


def test_a_key_is_free_again_after_thirty_days(http, town):
    key = {"Idempotency-Key": "kunci-4"}
    first = http.post("/api/v1/usulan", json=draft(), headers=key).json()
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.submission SET created = created - INTERVAL '31 days' WHERE key = 'kunci-4'"
        )

    again = http.post("/api/v1/usulan", json=draft(title="Bulan depan"), headers=key)

    assert again.status_code == 201
    assert again.json()["number"] != first["number"]


@pytest.mark.parametrize("key", ["dua kata", "é", "x" * 65])
def test_a_key_that_is_no_plain_word_is_refused(http, key):
    answer = http.post(
        "/api/v1/usulan", json=draft(), headers={"Idempotency-Key": key.encode("latin-1")}
    )

    assert answer.status_code == 422


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
    number = http.post(
        "/api/v1/usulan", json=draft(proposer=person | {"consent": True})
    ).json()["number"]

    with psycopg.connect(town.staff) as connection:
        kept = connection.execute(
            "SELECT name, phone, email, role, consented IS NOT NULL FROM peta.proposer"
            " INNER JOIN peta.usulan USING (city_id, usulan_id) WHERE number = %s",
            [number],
        ).fetchall()

    assert kept == [("Sri Wahyuni", "0811", "sri@x.example", "warga", True)]


def test_a_person_without_contact_needs_no_consent(http):
    assert http.post("/api/v1/usulan", json=draft(proposer={"role": "ketua_rt"})).status_code == 201


def test_what_is_like_it_within_thirty_metres_is_shown_nearest_first(http):
    spot = Spot(13, 3)
    numbers = [
        http.post("/api/v1/usulan", json=draft(geometry=point(spot, east=east))).json()["number"]
        for east in (0.2, 0.1, 0.45)  # 22 m, 11 m and 50 m east
    ]
    http.post("/api/v1/usulan", json=draft(spot, category="SP03"))

    cards = http.post("/api/v1/usulan", json=draft(spot)).json()["similar"]

    assert [card["number"] for card in cards] == [numbers[1], numbers[0]]
    assert [round(card["distance_m"]) for card in cards] == [11, 22]
    assert set(cards[0]) == {
        "number", "title", "distance_m", "status", "created", "supporters", "photo", "score",
    }


@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY])
def test_private_needs_are_never_shown_as_similar(http, category):
    sent = draft(Spot(12, 6), category=category)
    http.post("/api/v1/usulan", json=sent)

    assert http.post("/api/v1/usulan", json=sent).json()["similar"] == []


def test_what_was_not_accommodated_is_continued_once_in_its_lineage(http, town):
    [former] = add(town, [proposed(Spot(6, 1), events=at_status("belum_diakomodir"))])

    first = http.post("/api/v1/usulan", json=draft(Spot(6, 1), continues=former))
    second = http.post("/api/v1/usulan", json=draft(Spot(6, 1), continues=former))

    row, before = stored(town, first.json()["number"]), stored(town, former)
    assert (row["lineage_id"], row["sequence"]) == (before["lineage_id"], 1)
    assert row["continues_id"] == before["usulan_id"]
    assert second.status_code == 422


@pytest.mark.parametrize(
    ("status", "category", "year"),
    [("diajukan", "SP01", 2026), ("belum_diakomodir", "SP03", 2026), ("belum_diakomodir", "SP01", YEAR)],
)
def test_only_an_earlier_years_unaccommodated_one_of_the_category_is_continued(
    http, town, status, category, year
):
    [former] = add(
        town, [proposed(Spot(6, 2), category=category, year=year, events=at_status(status))]
    )

    answer = http.post("/api/v1/usulan", json=draft(continues=former))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/continues"


def test_the_tracking_code_opens_the_reporters_view_and_only_its_digest_is_stored(http, town):
    told = http.post("/api/v1/usulan", json=draft(Spot(2, 2), category=RW_ONLY)).json()

    answer = http.get(f"/api/v1/tracking/{told['tracking_code'].lower().replace('-', ' ')}")

    seen = answer.json()
    assert seen["number"] == told["number"]
    assert seen["areas"] == told["areas"]
    assert (seen["status"], seen["question"], seen["may"]) == ("diajukan", None, [])
    assert [event["to"] for event in seen["events"]] == ["diajukan"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    digest = stored(town, told["number"])["tracking_hash"]
    assert digest == tracking_hash(told["tracking_code"])


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAAA", "x", "%00", "..%2F..", "' OR 1=1"])
def test_a_code_nobody_was_given_is_not_found(http, code):
    assert http.get(f"/api/v1/tracking/{code}").status_code == 404


def test_a_city_that_checks_first_shows_nothing_yet(http, town, settings):
    checking = settings.model_copy(update={"publication": "after_check"})
    with serving(checking, town) as careful:
        told = careful.post("/api/v1/usulan", json=draft()).json()

        assert careful.get(f"/api/v1/usulan/{told['number']}").status_code == 404
        assert careful.get(f"/api/v1/tracking/{told['tracking_code']}").status_code == 200


def test_the_citys_own_rule_goes_before_the_installations(town, settings):
    with psycopg.connect(town.staff) as connection:
        connection.execute("UPDATE peta.city SET publication = 'after_check'")
    try:
        with serving(settings, town) as http:
            told = http.post("/api/v1/usulan", json=draft()).json()
            assert http.get(f"/api/v1/usulan/{told['number']}").status_code == 404
    finally:
        with psycopg.connect(town.staff) as connection:
            connection.execute("UPDATE peta.city SET publication = NULL")


def test_text_is_composed_and_loses_marks_that_turn_its_direction(http, town):
    told = http.post("/api/v1/usulan", json=draft(title="Jalan cafe\u0301 \u202erusak\u202c  berat"))

    assert stored(town, told.json()["number"])["title"] == "Jalan caf\u00e9 rusak berat"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe", "\ue000"])
def test_control_characters_are_refused(http, character):
    answer = http.post("/api/v1/usulan", json=draft(title=f"Jalan {character} rusak"))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/title"


def test_another_city_is_chosen_by_the_address_and_not_by_the_body(http):
    assert http.post("/api/v1/usulan?city=99.71", json=draft()).status_code == 201
    assert http.post("/api/v1/usulan?city=11.11", json=draft()).status_code == 404


def test_the_planning_year_follows_the_citys_own_clock():
    new_years_eve_in_london = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)

    assert planning_year(new_years_eve_in_london, "Asia/Jakarta") == 2028
    assert planning_year(new_years_eve_in_london, "UTC") == 2027


def test_the_row_is_committed_before_the_answer_leaves(http, town):
    """Read over another connection, at once: with a commit after the answer some would be missing."""
    with psycopg.connect(town.staff, autocommit=True) as other:
        for _ in range(25):
            number = http.post("/api/v1/usulan", json=draft()).json()["number"]
            found = other.execute("SELECT 1 FROM peta.usulan WHERE number = %s", [number]).fetchone()
            assert found is not None


def test_an_event_and_its_digest_are_written_with_the_usulan(http, town):
    from app.usulan.history import DIGESTED, event_digest

    number = http.post("/api/v1/usulan", json=draft()).json()["number"]

    usulan_id = stored(town, number)["usulan_id"]
    with psycopg.connect(town.staff, row_factory=psycopg.rows.dict_row) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        rows = connection.execute(
            "SELECT * FROM peta.usulan_event WHERE city_id = %s AND usulan_id = %s",
            [CITY_ID, usulan_id],
        ).fetchall()
    [step] = rows
    digested = {name: step[name] for name in DIGESTED} | {"at": step["at"].astimezone(UTC)}
    assert step["hash"] == event_digest(digested, nonce=step["nonce"], previous=None)
