"""A reporter answers what he was asked, and withdraws what is his, by his tracking code alone."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.usulan.workflow import MOVES, WARGA
from tests.app.submission.sending import YEAR, draft
from tests.app.world import CITY_ID, Spot

HERE = Spot(0, 0)
QUESTION, ANSWER = "Di sisi gang yang mana?", "Sisi utara, depan rumah Bu CANARY."


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


@pytest.fixture
def sent(http) -> dict:
    answer = http.post("/api/v1/usulan", json=draft(HERE))
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def asked(lurah, sent) -> dict:
    """Returned with a question by a kelurahan that was checking it."""
    lurah.done(sent["number"], "status", to="verifikasi_kel")
    ask(lurah, sent["number"], question=QUESTION)
    return sent


def ask(lurah, number: str, **more: str) -> None:
    why = {"reason_code": "A09", "reason": "Lokasi belum jelas bagi kami."}
    lurah.done(number, "status", to="dikembalikan", **why, **more)


def follow(http, sent: dict) -> dict:
    return http.get(f"/api/v1/tracking/{sent['tracking_code']}").json()


def act(http, sent: dict, name: str, body: dict | None = None):
    return http.post(f"/api/v1/tracking/{sent['tracking_code']}/{name}", json=body)


def test_the_question_is_told_to_whoever_holds_the_code_and_to_nobody_else(http, asked):
    told = follow(http, asked)
    public = http.get(f"/api/v1/usulan/{asked['number']}/history").text

    assert (told["question"], told["may"]) == (QUESTION, ["reply", "withdraw"])
    assert QUESTION not in public
    assert QUESTION not in http.get(f"/api/v1/usulan/{asked['number']}").text


def test_an_answer_brings_the_usulan_back_to_whoever_asked(http, lurah, asked):
    told = act(http, asked, "reply", {"text": ANSWER})

    assert told.status_code == 200
    assert (told.json()["status"], told.json()["question"]) == ("verifikasi_kel", None)
    assert told.json()["may"] == ["withdraw"]
    assert lurah.look(asked["number"])["status"] == "verifikasi_kel"
    assert asked["number"] in lurah.numbers(queue="giliran_saya")


def test_officers_read_the_answer_and_the_public_does_not(http, lurah, asked):
    act(http, asked, "reply", {"text": ANSWER})

    last = lurah.look(asked["number"])["events"][-1]
    assert (last["kind"], last["answer"], last["actor"]["role"]) == ("jawaban", ANSWER, "warga")
    assert "CANARY" not in str(last["details"])
    for path in ("", "/history"):
        assert "CANARY" not in http.get(f"/api/v1/usulan/{asked['number']}{path}").text


def test_what_was_asked_once_is_answered_once(http, asked):
    act(http, asked, "reply", {"text": ANSWER})

    again = act(http, asked, "reply", {"text": ANSWER})

    assert (again.status_code, again.json()["code"]) == (409, "TRANSISI_TIDAK_SAH")


def test_who_was_asked_nothing_answers_nothing(http, lurah, sent):
    before = act(http, sent, "reply", {"text": ANSWER})
    lurah.done(sent["number"], "status", to="verifikasi_kel")
    ask(lurah, sent["number"])

    after = act(http, sent, "reply", {"text": ANSWER})

    assert (before.status_code, after.status_code) == (409, 409)
    assert follow(http, sent)["may"] == ["withdraw"]


def test_after_its_working_days_a_question_is_over(http, town, asked):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.usulan SET status_since = updated - %s WHERE number = %s",
            [timedelta(days=40), asked["number"]],
        )

    told = follow(http, asked)
    assert act(http, asked, "reply", {"text": ANSWER}).status_code == 409
    assert (told["question"], told["may"]) == (QUESTION, ["withdraw"])
    assert told["due"] < datetime.now(UTC).date().isoformat()


def test_who_holds_the_code_is_told_until_when_his_usulan_is_looked_at(http, lurah, sent):
    told = follow(http, sent)

    assert told["due"] == lurah.look(sent["number"])["due"]
    assert (told["title"], told["year"], told["published"]) == (draft()["title"], YEAR, True)


def test_who_holds_the_code_of_a_merged_usulan_is_told_which_one_goes_on(http, lurah, sent):
    other = http.post("/api/v1/usulan", json=draft(HERE)).json()["number"]
    why = {"reason_code": "A05", "reason": "Masalah dan tempatnya sama."}
    assert follow(http, sent)["merged_into"] is None

    lurah.done(sent["number"], "status", to="digabung", into=other, **why)

    assert follow(http, sent)["merged_into"] == other


def test_a_reporter_reads_his_own_answer_in_the_history_until_he_erases_it(http, asked):
    told = act(http, asked, "reply", {"text": ANSWER}).json()
    code = asked["tracking_code"]
    erased = http.delete(f"/api/v1/tracking/{code}/data").json()

    assert [event["answer"] for event in told["events"]] == [None, None, None, ANSWER]
    assert {event["answer"] for event in erased["events"]} == {None}


def test_a_reporter_withdraws_his_usulan_and_the_public_list_lacks_it(http, sent):
    before = http.get("/api/v1/usulan", params={"limit": 1}).json()["numberMatched"]

    told = act(http, sent, "withdraw")

    after = http.get("/api/v1/usulan", params={"limit": 1}).json()["numberMatched"]
    assert (told.json()["status"], told.json()["may"]) == ("dibatalkan", [])
    assert after == before - 1
    assert act(http, sent, "withdraw").status_code == 409


def test_what_a_kelurahan_made_its_priority_is_not_withdrawn(http, lurah, sent):
    lurah.done(sent["number"], "status", to="verifikasi_kel")
    lurah.done(sent["number"], "status", to="prioritas_kel")

    refused = act(http, sent, "withdraw")

    assert (refused.status_code, refused.json()["allowed"]) == (409, [])


@pytest.mark.parametrize("name", ["reply", "withdraw"])
def test_a_code_that_nobody_was_given_leads_to_nothing(http, name):
    body = {"text": ANSWER} if name == "reply" else None

    answer = act(http, {"tracking_code": "AAAA-AAAA-AAAAA"}, name, body)

    assert answer.status_code == 404


@pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": "x" * 1001}, {"text": "a", "to": 1}])
def test_an_answer_that_is_none_is_refused(http, asked, body):
    assert act(http, asked, "reply", body).status_code == 422


def test_the_table_lets_an_answer_back_to_everybody_who_may_ask():
    askers = {status for status, moves in MOVES.items() if "dikembalikan" in moves}

    assert all(WARGA in MOVES["dikembalikan"][status] for status in askers)


def test_a_holiday_moves_the_deadline_by_a_day(lurah, town, sent):
    before = lurah.look(sent["number"])["due"]
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.holiday (city_id, day, name) VALUES (%s, %s, 'Libur')",
            [CITY_ID, before],
        )
    after = lurah.look(sent["number"])["due"]
    with psycopg.connect(town.staff) as connection:
        connection.execute("DELETE FROM peta.holiday")

    assert after > before
