"""A step of the status: by whom the table says, once, with its reason, and told of at once."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from psycopg.rows import dict_row

from app.moderation.deadlines import WORKING_DAYS, working_days
from app.stored_words import STATUSES
from app.usulan.history import DIGESTED, event_digest
from tests.app import world
from tests.app.world import RW_ONLY, Spot, proposed

HERE, BESIDE = Spot(0, 0), Spot(12, 6)
WHY = {"reason_code": "A03", "reason": "Lahan milik pribadi, belum ada persetujuan."}


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


@pytest.fixture
def number(town):
    return world.add(town, [proposed(HERE)])[0]


def at(town, status: str, **changes: object) -> str:
    return world.add(town, [proposed(HERE, events=world.at_status(status), **changes)])[0]


def events(town, number: str) -> list[dict]:
    with psycopg.connect(town.staff, row_factory=dict_row) as connection:
        return connection.execute(
            "SELECT event.* FROM peta.usulan_event AS event INNER JOIN peta.usulan"
            " USING (city_id, usulan_id) WHERE number = %s ORDER BY event.sequence",
            [number],
        ).fetchall()


def count_events(town) -> int:
    with psycopg.connect(town.staff) as connection:
        return connection.execute("SELECT COUNT(*) FROM peta.usulan_event").fetchone()[0]


def test_a_step_is_in_the_history_with_role_and_area_and_chained_to_the_one_before(
    lurah, town, number
):
    told = lurah.done(number, "status", to="verifikasi_kel")

    first, second = events(town, number)
    assert (told["status"], told["stage"]) == ("verifikasi_kel", "pra_kel")
    assert told["event"]["actor"] == {"role": "lurah", "area": HERE.kelurahan}
    assert (second["from_status"], second["to_status"]) == ("diajukan", "verifikasi_kel")
    assert second["previous"] == first["hash"]
    assert told["seen"] == told["event"]["hash"] == second["hash"].hex()
    step = {name: second[name] for name in DIGESTED}
    assert second["hash"] == event_digest(step, nonce=second["nonce"], previous=first["hash"])


def test_the_public_sees_the_step_at_once_in_list_totals_and_history(http, lurah, number):
    before = http.get("/api/v1/usulan", params={"status": "verifikasi_kel"}).json()
    totals = http.get("/api/v1/stats", params={"level": "kota", "status": "verifikasi_kel"}).json()

    lurah.done(number, "status", to="verifikasi_kel")

    after = http.get("/api/v1/usulan", params={"status": "verifikasi_kel"}).json()
    again = http.get("/api/v1/stats", params={"level": "kota", "status": "verifikasi_kel"}).json()
    history = http.get(f"/api/v1/usulan/{number}/history").json()["events"]
    assert after["numberMatched"] == before["numberMatched"] + 1
    assert again["numberMatched"] == totals["numberMatched"] + 1
    assert [event["to"] for event in history] == ["diajukan", "verifikasi_kel"]
    assert "details" not in history[-1]


def test_of_two_officers_who_saw_the_same_the_second_is_told_what_stands_now(
    lurah, office, town, number
):
    other = office("operator_kelurahan", HERE)
    seen = other.look(number)["seen"]
    lurah.done(number, "status", to="verifikasi_kel")

    late = other.do(number, "status", {"to": "belum_diakomodir", **WHY, "seen": seen})

    assert (late.status_code, late.json()["code"]) == (409, "KONFLIK")
    assert late.json()["current"]["status"] == "verifikasi_kel"
    assert late.json()["errors"][0]["code"] == "SUDAH_BERUBAH"
    assert len(events(town, number)) == 2


def test_a_step_that_the_table_lacks_names_those_of_the_actor(office, town):
    number = at(town, "prioritas_kel")

    refused = office("operator_kecamatan", HERE).do(number, "status", {"to": "selesai"})

    assert (refused.status_code, refused.json()["code"]) == (409, "TRANSISI_TIDAK_SAH")
    assert refused.json()["allowed"] == ["musren_kec", "belum_diakomodir"]


def test_a_step_of_others_is_refused(office, number):
    answer = office("ketua_rt", HERE).do(number, "status", {"to": "verifikasi_kel"})

    assert (answer.status_code, answer.json()["code"]) == (403, "TIDAK_BERWENANG")


def test_a_step_beyond_ones_area_finds_nothing(office, lurah, number):
    seen = lurah.look(number)["seen"]
    answer = office("lurah", BESIDE).do(number, "status", {"to": "verifikasi_kel", "seen": seen})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, ["/reason_code", "/reason"]),
        ({"reason_code": "A03"}, ["/reason"]),
        ({"reason": WHY["reason"]}, ["/reason_code"]),
        ({"reason_code": "A99", "reason": WHY["reason"]}, ["/reason_code"]),
        ({"reason_code": "A03", "reason": "  tidak  "}, ["/reason"]),
        ({"reason_code": "A03", "reason": "\u200b" * 30}, ["/reason"]),
    ],
)
def test_a_refusal_without_code_and_sentence_is_impossible(lurah, town, number, given, fields):
    before = count_events(town)

    answer = lurah.do(number, "status", {"to": "ditolak", **given})

    assert (answer.status_code, answer.json()["code"]) == (422, "ALASAN_WAJIB")
    assert [error["field"] for error in answer.json()["errors"]] == fields
    assert count_events(town) == before


def test_the_reason_of_a_refusal_is_public(http, lurah, number):
    lurah.done(number, "status", to="ditolak", **WHY)

    last = http.get(f"/api/v1/usulan/{number}/history").json()["events"][-1]

    assert (last["reason_code"], last["reason"]) == (WHY["reason_code"], WHY["reason"])


def test_a_returned_one_waits_for_an_answer_until_it_moves_on(lurah, town):
    number = at(town, "verifikasi_kel")
    asked = {"to": "dikembalikan", "reason_code": "A09", "reason": "Lokasi belum jelas bagi kami."}

    told = lurah.done(number, "status", **asked, question="Di sisi gang yang mana?")
    waiting = lurah.numbers(queue="menunggu_jawaban")
    back = lurah.done(number, "status", to="verifikasi_kel")

    assert told["question"] == "Di sisi gang yang mana?"
    assert number in waiting
    assert back["question"] is None
    assert number not in lurah.numbers(queue="menunggu_jawaban")


@pytest.mark.parametrize("stray", [{"question": "Di mana?"}, {"into": "99.71-2026-AAAAAA"}])
def test_what_does_not_go_with_a_status_is_refused(lurah, number, stray):
    answer = lurah.do(number, "status", {"to": "verifikasi_kel", **stray})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"/{next(iter(stray))}"


def merge(lurah, number: str, into: str):
    why = {"reason_code": "A05", "reason": "Sama dengan usulan yang sudah ada."}
    return lurah.do(number, "status", {"to": "digabung", "into": into, **why})


def test_a_merged_one_keeps_its_page_and_points_to_the_survivor(http, lurah, town):
    first, second = world.add(town, [proposed(HERE, supporters=7), proposed(HERE)])

    told = merge(lurah, first, second)

    assert told.json()["status"] == "digabung"
    assert lurah.look(first)["merged"] == {"into": second, "from": []}
    assert lurah.look(second)["merged"] == {"into": None, "from": [first]}
    page = http.get(f"/api/v1/usulan/{first}").json()["properties"]
    assert (page["status"], page["supporters"]) == ("digabung", 7)
    listed = http.get("/api/v1/usulan", params={"limit": 1000}).json()["features"]
    numbers = {feature["id"] for feature in listed}
    assert (first in numbers, second in numbers) == (False, True)


def test_mergers_make_no_circle_and_no_chain(lurah, town):
    first, second, third = world.add(town, [proposed(HERE) for _ in range(3)])
    assert merge(lurah, first, second).status_code == 200

    back = merge(lurah, second, first)
    chained = merge(lurah, third, first)

    assert [back.status_code, chained.status_code] == [422, 422]
    assert back.json()["errors"][0]["code"] == "TIDAK_DAPAT_DIGABUNG"


def test_an_usulan_is_merged_neither_into_itself_nor_into_what_is_out_of_reach(lurah, town, number):
    [far] = world.add(town, [proposed(BESIDE)])

    for into in (number, far, "99.71-2026-AAAAAA", "33.72-2026-AAAAAA"):
        assert merge(lurah, number, into).status_code == 422
    assert lurah.look(number)["status"] == "diajukan"


def test_a_merger_is_undone_by_checking_again(lurah, town):
    first, second = world.add(town, [proposed(HERE), proposed(HERE)])
    merge(lurah, first, second)

    lurah.done(first, "status", to="verifikasi_kel")

    assert lurah.look(first)["merged"]["into"] is None


def test_what_takes_others_in_cannot_be_merged_itself(lurah, town):
    first, second, third = world.add(town, [proposed(HERE) for _ in range(3)])
    merge(lurah, first, second)

    assert merge(lurah, second, third).status_code == 422


def test_a_merged_private_need_leaves_its_neighbour_alone_in_its_rw(http, lurah, town):
    """Of two needs in an RW each stands there; once one is merged, the other in the kelurahan."""
    spot = Spot(2, 1)
    keep, gone = world.add(town, [proposed(spot, category=RW_ONLY) for _ in range(2)])
    counted = http.get(f"/api/v1/usulan/{keep}").json()["properties"]["areas"][-1]["level"]
    in_rw = http.get("/api/v1/usulan", params={"area": spot.rw, "category": RW_ONLY}).json()

    merge(lurah, gone, keep)

    after = http.get("/api/v1/usulan", params={"area": spot.rw, "category": RW_ONLY}).json()
    totals = {"level": "rw", "category": RW_ONLY}
    rows = http.get("/api/v1/stats", params=totals).json()["rows"]
    assert counted == "rw"
    assert in_rw["numberMatched"] - after["numberMatched"] == 2
    assert sum(row["count"] for row in rows if row["area"] == spot.rw) == after["numberMatched"]


@pytest.mark.parametrize(
    "body",
    [
        {"to": "verifikasi_kel"},
        {"to": "entah", "seen": "0" * 64},
        {"to": "verifikasi_kel", "seen": "x"},
        {"to": "verifikasi_kel", "seen": "0" * 64, "status": "selesai"},
    ],
)
def test_a_body_that_is_wrong_by_itself_is_refused(office, number, body):
    work = office("lurah", HERE)

    assert work.ask("POST", f"/usulan/{number}/status", json=body).status_code == 422


def test_another_site_cannot_act_for_an_officer(http, lurah, number):
    body = {"to": "verifikasi_kel", "seen": lurah.look(number)["seen"]}
    headers = {"Cookie": f"peta_masuk={lurah.token}", "Origin": "https://jahat.example"}

    answer = http.post(f"/api/v1/staff/usulan/{number}/status", json=body, headers=headers)

    assert answer.status_code == 403
    assert lurah.look(number)["status"] == "diajukan"


def test_deadlines_are_counted_in_working_days():
    days = working_days(date(2025, 12, 31), holidays=[date(2025, 11, 5)])
    monday = days.index(date(2025, 11, 3))

    assert days[monday + 1 : monday + 5] == [
        *(date(2025, 11, 4), date(2025, 11, 6), date(2025, 11, 7), date(2025, 11, 10))
    ]
    assert set(WORKING_DAYS) <= set(STATUSES)


def test_five_working_days_after_monday_is_the_monday_after(lurah, town):
    # 3 November 2025, 9 in the morning in Surakarta, is a Monday.
    [number] = world.add(town, [proposed(HERE, events=world.at_status("diajukan"))])

    assert lurah.look(number)["due"] == "2025-11-10"
    assert lurah.look(number)["late"]


def test_what_comes_at_a_weekend_is_counted_from_the_monday(lurah, town):
    saturday = world.START + timedelta(days=5)
    [number] = world.add(town, [proposed(HERE, events=world.at_status("diajukan", at=saturday))])

    assert lurah.look(number)["due"] == "2025-11-14"


def test_a_step_begins_a_deadline_of_its_own(lurah, town):
    [number] = world.add(town, [proposed(HERE, events=world.at_status("diajukan"))])

    told = lurah.done(number, "status", to="verifikasi_kel")

    assert not told["late"]
    assert told["due"] > datetime.now(UTC).date().isoformat()
