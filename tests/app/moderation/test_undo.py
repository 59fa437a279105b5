"""The last step taken back: exactly as it was, in time, by whoever may take it, and on record."""

from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import dict_row

from app.moderation import items
from app.usulan.workflow import MOVES, may_be_taken_back
from tests.app import world
from tests.app.moderation.test_acts import ACTS, counted
from tests.app.moderation.test_status import WHY, merge
from tests.app.world import RW_ONLY, Spot, proposed

HERE = Spot(0, 0)


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


def stored(town, number: str) -> dict:
    with psycopg.connect(town.staff, row_factory=dict_row) as connection:
        found = connection.execute("SELECT * FROM peta.usulan WHERE number = %s", [number])
        row = found.fetchone()
    row["since"] = row.pop("status_since") or row["updated"]
    row.pop("updated")
    return row


DONE = {name: body for name, body in ACTS.items() if name != "undo"} | {
    "status": {"to": "verifikasi_kel"}
}


@pytest.mark.parametrize("act", DONE)
def test_an_act_that_is_undone_leaves_all_as_it_was(http, lurah, town, act):
    [number] = world.add(town, [proposed(HERE, doubts=["dekat_batas"], accuracy_m=7.5)])
    before, whole = stored(town, number), counted(http)
    shown = http.get(f"/api/v1/usulan/{number}").json()
    lurah.done(number, act, **DONE[act])
    changed = stored(town, number)

    told = lurah.done(number, "undo")

    after = http.get(f"/api/v1/usulan/{number}").json()
    for one in (shown, after):
        one["properties"].pop("updated")
    assert changed != before
    assert stored(town, number) == before
    assert after == shown
    assert counted(http) == whole
    assert told["event"]["kind"] == "pengurungan"
    assert len(lurah.look(number)["events"]) == 3


def test_words_that_are_opened_again_are_kept_no_more(lurah, town):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "redaction", **ACTS["redaction"])

    lurah.done(number, "undo")

    assert lurah.look(number)["kept"] == []


def test_words_that_were_erased_meanwhile_are_not_opened_again(lurah, town):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "redaction", **ACTS["redaction"])
    with psycopg.connect(town.owner) as connection:
        connection.execute("DELETE FROM peta.redaction")  # as retention does

    assert code(lurah.do(number, "undo", {})) == GONE


def test_a_merger_is_undone_with_its_pointer(lurah, town):
    first, second = world.add(town, [proposed(HERE), proposed(HERE)])
    merge(lurah, first, second)

    told = lurah.done(first, "undo")

    assert told["status"] == "diajukan"
    assert lurah.look(second)["merged"] == {"into": None, "from": []}


def test_a_question_that_is_undone_waits_for_no_answer(lurah, town):
    checked = world.at_status("verifikasi_kel")
    [number] = world.add(town, [proposed(HERE, events=checked)])
    lurah.done(
        number,
        "status",
        to="dikembalikan",
        reason_code="A09",
        reason=WHY["reason"],
        question="Di mana tepatnya?",
    )

    told = lurah.done(number, "undo")

    assert (told["status"], told["question"]) == ("verifikasi_kel", None)


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


GONE = (409, "TIDAK_DAPAT_DIURUNGKAN")


def test_what_a_resident_did_is_not_undone_by_an_officer(lurah, town):
    [number] = world.add(town, [proposed(HERE)])

    assert "undo" not in lurah.look(number)["may"]["acts"]
    assert code(lurah.do(number, "undo", {})) == GONE


def test_an_undoing_is_not_undone(lurah, town):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "status", to="verifikasi_kel")
    offered = lurah.look(number)["may"]["acts"]
    told = lurah.done(number, "undo")

    assert "undo" in offered
    assert "undo" not in told["may"]["acts"]
    assert code(lurah.do(number, "undo", {})) == GONE


def test_after_a_day_a_step_stays(lurah, town, monkeypatch):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "status", to="verifikasi_kel")
    monkeypatch.setattr(items, "UNDONE_WITHIN", timedelta(0))

    assert code(lurah.do(number, "undo", {})) == GONE
    assert "undo" not in lurah.look(number)["may"]["acts"]


def test_a_step_is_undone_by_those_alone_who_may_take_it(office, lurah, town):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "status", to="verifikasi_kel")
    ketua, operator = office("ketua_rt", HERE), office("operator_kelurahan", HERE)

    refused = ketua.do(number, "undo", {})

    assert (refused.status_code, refused.json()["code"]) == (403, "TIDAK_BERWENANG")
    assert operator.done(number, "undo")["event"]["actor"]["role"] == "operator_kelurahan"


def test_what_was_carried_over_is_not_undone(lurah, town):
    [number] = world.add(town, [proposed(HERE)])
    lurah.done(number, "status", to="belum_diakomodir", **WHY)
    with psycopg.connect(town.staff) as connection:
        [later] = world.add(town, [proposed(HERE, year=2027)])
        connection.execute(
            "UPDATE peta.usulan AS later SET continues_id = former.usulan_id,"
            " lineage_id = former.lineage_id, sequence = 1 FROM peta.usulan AS former"
            " WHERE later.number = %s AND former.number = %s",
            [later, number],
        )

    assert code(lurah.do(number, "undo", {})) == GONE


def test_the_table_takes_back_no_adopted_document_and_no_step_out_of_a_closed_status():
    kept = {
        (origin, target)
        for origin, moves in MOVES.items()
        for target in moves
        if not may_be_taken_back(origin, target)
    }

    assert kept == {
        ("musren_kota", "masuk_rkpd"),
        ("masuk_rkpd", "masuk_kua_ppas"),
        ("masuk_rkpd", "dicoret_perubahan"),
        ("masuk_kua_ppas", "masuk_apbd"),
        ("masuk_kua_ppas", "dicoret_perubahan"),
        ("masuk_apbd", "dicoret_perubahan"),
        ("dilaksanakan", "dicoret_perubahan"),
        ("selesai", "dilaksanakan"),
        ("ditolak", "verifikasi_kel"),
        ("digabung", "verifikasi_kel"),
    }


def test_a_private_need_placed_elsewhere_and_back_is_counted_as_before(http, lurah, town):
    spot = Spot(2, 2)
    of_kind = {"category": RW_ONLY, "year": "2023", "area": spot.rw}
    _, goes = world.add(town, [proposed(spot, category=RW_ONLY, year=2023) for _ in range(2)])
    together = counted(http, **of_kind)
    lurah.done(goes, "place", geometry=ACTS["place"]["geometry"], reason=ACTS["place"]["reason"])
    lurah.done(goes, "undo")

    assert (together, counted(http, **of_kind)) == (2, 2)
