"""What officers do beside the status: publish, close words, place, categorise, forward, settle."""

import psycopg
import pytest

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.submission.sending import point
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, proposed

HERE, NEAR, BESIDE = Spot(0, 0), Spot(1, 1), Spot(12, 6)
WHY = "Sudah diperiksa di lapangan bersama warga."


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


@pytest.fixture
def number(town: DatabaseUrls) -> str:
    return world.add(town, [proposed(HERE)])[0]


def public(http, number: str) -> dict | None:
    answer = http.get(f"/api/v1/usulan/{number}")
    return None if answer.status_code == 404 else answer.json()


def counted(http, **filters: str) -> int:
    """How many the totals have; they and the list must agree."""
    listed = http.get("/api/v1/usulan", params={**filters, "limit": 1}).json()["numberMatched"]
    totals = http.get("/api/v1/stats", params={**filters, "level": "kota"}).json()
    assert totals["numberMatched"] == listed
    return listed


def test_what_is_held_back_leaves_the_public_at_once_and_comes_back(http, lurah, number):
    before = counted(http)

    lurah.done(number, "publication", published=False, reason=WHY)
    held, fewer = public(http, number), counted(http)
    waiting = lurah.numbers(queue="ditahan")
    told = lurah.done(number, "publication", published=True)

    assert (held, fewer) == (None, before - 1)
    assert number in waiting
    assert told["published"]
    assert public(http, number) is not None
    assert counted(http) == before


def test_holding_back_needs_a_sentence_and_a_change(lurah, number):
    unsaid = lurah.do(number, "publication", {"published": False})
    same = lurah.do(number, "publication", {"published": True})

    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "ALASAN_WAJIB")
    assert (same.status_code, same.json()["errors"][0]["code"]) == (422, "SUDAH_DEMIKIAN")


PHONE = "hubungi Bu Sri 0811-CANARY-55"


@pytest.fixture
def telling(town: DatabaseUrls) -> str:
    """An usulan with a telephone number in its words."""
    words = f"Jalan rusak parah, {PHONE}, terima kasih. {PHONE}!"
    return world.add(town, [proposed(HERE, problem=words)])[0]


def close(who, number: str) -> dict:
    reason = "Nomor telepon pribadi, bukan untuk umum."
    return who.done(number, "redaction", field="problem", text=PHONE, reason=reason)


def test_closed_words_leave_the_public_and_the_officers_list(http, lurah, telling):
    told = close(lurah, telling)

    assert told["problem"] == "Jalan rusak parah, [ditutup], terima kasih. [ditutup]!"
    assert "CANARY" not in http.get(f"/api/v1/usulan/{telling}").text
    assert "CANARY" not in http.get("/api/v1/usulan", params={"q": "parah"}).text
    assert http.get("/api/v1/usulan", params={"q": "CANARY-55"}).json()["numberMatched"] == 0


def test_the_public_learns_by_what_role_why_and_when_words_were_closed(http, lurah, telling):
    close(lurah, telling)

    answer = http.get(f"/api/v1/usulan/{telling}/history")
    last = answer.json()["events"][-1]
    assert last["kind"] == "penutupan_kata"
    assert last["actor"]["role"] == "lurah"
    assert last["reason"] == "Nomor telepon pribadi, bukan untuk umum."
    assert "CANARY" not in answer.text


def test_closed_words_are_kept_for_those_alone_who_may_ask_back(lurah, office, telling):
    close(lurah, telling)

    assert lurah.look(telling)["kept"] == [{"field": "problem", "words": PHONE}]
    for role in ("ketua_rt", "verifikator_opd", "perencana_bappeda"):
        whole = office(role, HERE).ask("GET", f"/usulan/{telling}")
        assert "kept" not in whole.json()
        assert "CANARY" not in whole.text


def test_closed_words_stand_nowhere_in_the_history(lurah, town, telling):
    close(lurah, telling)

    with psycopg.connect(town.staff) as connection:
        rows = connection.execute(
            "SELECT CAST(event AS text) FROM peta.usulan_event AS event"
        ).fetchall()
    assert not any("CANARY" in row for (row,) in rows)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"field": "problem", "text": "tidak ada", "reason": WHY}, "ISIAN_TIDAK_SAH"),
        ({"field": "problem", "text": PHONE}, "ALASAN_WAJIB"),
        ({"field": "status", "text": PHONE, "reason": WHY}, "ISIAN_TIDAK_SAH"),
        ({"field": "landmark", "text": "gang", "reason": WHY}, "ISIAN_TIDAK_SAH"),
    ],
)
def test_words_that_are_not_there_cannot_be_closed(lurah, telling, body, code):
    answer = lurah.do(telling, "redaction", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_placed_one_lies_where_the_one_rule_says_and_is_counted_there(http, lurah, number):
    there = counted(http, area=NEAR.rt)

    told = lurah.done(number, "place", geometry=point(NEAR, 0.1, 0.2), reason=WHY)

    assert [area["code"] for area in told["areas"]][-1] == NEAR.rt
    assert told["geometry"]["coordinates"] == point(NEAR, 0.1, 0.2)["coordinates"]
    assert public(http, number)["geometry"] == {
        "type": "Point",
        "coordinates": pytest.approx(point(NEAR, 0.1, 0.2)["coordinates"]),
    }
    assert counted(http, area=NEAR.rt) == there + 1


def test_a_place_may_be_an_area_alone(http, lurah, number):
    told = lurah.done(number, "place", area=HERE.kelurahan, reason=WHY)

    assert told["geometry"] is None
    assert told["areas"][-1]["code"] == HERE.kelurahan
    assert told["doubts"] == ["tanpa_rt"]
    assert number in lurah.numbers(queue="tanpa_posisi")
    assert public(http, number)["geometry"] is None


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"geometry": {"type": "Point", "coordinates": [0, 0]}}, 409, "LUAR_WILAYAH"),
        ({"geometry": {"type": "Point", "coordinates": [-7.5, 110.8]}}, 422, "GEOMETRI_TIDAK_SAH"),
        ({"area": "99.71.09"}, 422, "ISIAN_TIDAK_SAH"),
        ({}, 422, "ISIAN_TIDAK_SAH"),
        ({"area": HERE.rt, "geometry": point(HERE)}, 422, "ISIAN_TIDAK_SAH"),
    ],
)
def test_a_place_that_is_none_is_refused_and_nothing_moves(lurah, number, body, status, code):
    before = lurah.look(number)

    answer = lurah.do(number, "place", {**body, "reason": WHY})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert lurah.look(number) == before


def test_a_private_need_that_is_placed_elsewhere_leaves_its_neighbour_alone(http, lurah, town):
    """Of two needs in an RW each is counted there; the one that stays then in the kelurahan."""
    spot = Spot(1, 2)
    in_rw = {"area": spot.rw, "category": "KP01"}
    _, goes = world.add(town, [proposed(spot, category="KP01") for _ in range(2)])
    together = counted(http, **in_rw)

    lurah.done(goes, "place", geometry=point(Spot(5, 1)), reason=WHY)

    assert together == 2
    assert counted(http, **in_rw) == 0
    assert counted(http, area=spot.kelurahan, category="KP01") == 2


def test_a_category_changes_what_the_public_may_see(http, lurah, number):
    before = counted(http, category=COUNT_ONLY)

    lurah.done(number, "category", category=COUNT_ONLY, reason=WHY)

    shown = public(http, number)
    assert shown["geometry"] is None
    assert shown["properties"]["precision"] == "count"
    assert "problem" not in shown["properties"]
    assert counted(http, category=COUNT_ONLY) == before + 1


def test_a_private_need_that_is_none_leaves_its_neighbour_alone(http, lurah, town):
    spot = Spot(1, 2)
    in_rw = {"area": spot.rw, "category": "KP03"}
    _, goes = world.add(town, [proposed(spot, category="KP03") for _ in range(2)])
    together = counted(http, **in_rw)

    lurah.done(goes, "category", category="SP01", reason=WHY)

    assert together == 2
    assert counted(http, **in_rw) == 0


@pytest.mark.parametrize(
    ("category", "code"), [("XX99", "KATEGORI_TIDAK_DIKENAL"), ("SP01", "ISIAN_TIDAK_SAH")]
)
def test_a_category_that_is_none_or_the_same_is_refused(lurah, number, category, code):
    answer = lurah.do(number, "category", {"category": category, "reason": WHY})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_line_goes_into_no_category_of_points(lurah, town):
    [number] = world.add(
        town, [proposed(HERE, geometry=world.LineString([HERE.middle, NEAR.middle]))]
    )

    answer = lurah.do(number, "category", {"category": "SP07", "reason": WHY})

    assert answer.json()["errors"][0]["code"] == "GEOMETRI_TIDAK_COCOK"


def test_a_forwarded_one_is_the_work_of_the_field_it_was_sent_to(office, number):
    planner = office("perencana_bappeda")
    roads, houses = (office("verifikator_opd", fields=(one,)) for one in ("1.03", "2.15"))
    before = (number in roads.numbers(), number in houses.numbers())

    told = planner.done(
        number, "forward", programme="2.15.02", agency="Dinas Perhubungan", reason=WHY
    )

    assert before == (True, False)
    assert (number in roads.numbers(), number in houses.numbers()) == (False, True)
    assert houses.ask("GET", f"/usulan/{number}").status_code == 200
    assert roads.ask("GET", f"/usulan/{number}").status_code == 404
    assert told["event"]["kind"] == "penerusan"


@pytest.mark.parametrize("body", [{}, {"programme": "jalan"}, {"agency": "  "}])
def test_forwarding_names_where_to(office, number, body):
    answer = office("perencana_bappeda").do(number, "forward", {**body, "reason": WHY})

    assert answer.status_code == 422


def test_what_was_before_and_after_stands_in_the_history(lurah, number):
    told = lurah.done(number, "category", category=RW_ONLY, reason=WHY)

    details = told["event"]["details"]
    assert (details["before"]["category"], details["after"]["category"]) == ("SP01", RW_ONLY)


def test_an_act_beside_the_status_leaves_its_deadline(lurah, number):
    before = lurah.look(number)

    after = lurah.done(number, "publication", published=False, reason=WHY)

    assert (after["due"], after["status"]) == (before["due"], before["status"])
    assert after["updated"] > before["updated"]


ACTS = {
    "publication": {"published": False, "reason": WHY},
    "redaction": {"field": "title", "text": "musala", "reason": WHY},
    "place": {"geometry": point(NEAR), "reason": WHY},
    "category": {"category": RW_ONLY, "reason": WHY},
    "forward": {"programme": "1.04", "reason": WHY},
    "doubts": {"settled": ["dekat_batas"]},
    "undo": {},
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_what_has_changed_meanwhile_writes_nothing(lurah, town, act):
    [number] = world.add(town, [proposed(HERE, doubts=["dekat_batas"])])
    seen = lurah.look(number)["seen"]
    lurah.done(number, "status", to="verifikasi_kel")
    before = lurah.look(number)

    answer = lurah.do(number, act, {**ACTS[act], "seen": seen})

    assert (answer.status_code, answer.json()["code"]) == (409, "KONFLIK")
    assert answer.json()["current"]["status"] == "verifikasi_kel"
    assert lurah.look(number) == before


def test_what_an_officer_may_do_is_told_by_name(office, town):
    [number] = world.add(town, [proposed(HERE, doubts=["dekat_batas"])])

    may = {role: office(role, HERE).look(number)["may"]["acts"] for role in ("lurah", "ketua_rt")}

    assert may == {
        "lurah": ["publication", "redaction", "place", "category", "forward", "doubts"],
        "ketua_rt": [],
    }
