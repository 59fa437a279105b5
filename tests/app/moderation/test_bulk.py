"""One act on many usulan: counted before it happens, done to each by itself."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from app.accounts.tokens import digest_of
from tests.app import world
from tests.app.moderation.test_status import WHY, count_events
from tests.app.world import Spot, proposed

HERE, BESIDE = Spot(0, 0), Spot(12, 6)


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


def ask(who, numbers, *, dry_run: bool = False, **act):
    body = {"numbers": numbers, "act": act, "dry_run": dry_run}
    return who.ask("POST", "/usulan/bulk", json=body)


@pytest.fixture
def mixed(town):
    """Two that can be checked, one that was, one beyond the reach, one that is not there."""
    checked = world.at_status("verifikasi_kel")
    stock = [proposed(HERE), proposed(HERE), proposed(HERE, events=checked), proposed(BESIDE)]
    return [*world.add(town, stock), "99.71-2026-AAAAAA"]


def test_a_dry_run_says_what_would_happen_and_writes_nothing(lurah, town, mixed):
    before = count_events(town)

    told = ask(lurah, mixed, dry_run=True, kind="status", to="verifikasi_kel").json()

    assert (told["would"], told["done"]) == (2, 0)
    assert [(one["number"], one["code"]) for one in told["refused"]] == [
        (mixed[2], "TRANSISI_TIDAK_SAH"),
        (mixed[3], "TIDAK_DITEMUKAN"),
        (mixed[4], "TIDAK_DITEMUKAN"),
    ]
    assert count_events(town) == before


def test_the_act_itself_tells_the_same_and_does_it(lurah, town, mixed):
    foreseen = ask(lurah, mixed, dry_run=True, kind="status", to="verifikasi_kel").json()
    before = count_events(town)

    told = ask(lurah, mixed, kind="status", to="verifikasi_kel").json()

    assert told == {**foreseen, "done": 2}
    assert count_events(town) == before + 2
    assert [lurah.look(number)["status"] for number in mixed[:3]] == ["verifikasi_kel"] * 3


def test_what_is_named_twice_is_done_once(lurah, mixed):
    told = ask(lurah, [mixed[0], mixed[0].lower()], kind="publication", published=False, **SAID)

    assert told.json() == {"would": 1, "done": 1, "refused": []}


SAID = {"reason": "Menunggu pemeriksaan isi oleh kelurahan."}


def test_a_refusal_of_many_needs_its_reason_for_each(lurah, town, mixed):
    before = count_events(town)

    told = ask(lurah, mixed[:2], kind="status", to="ditolak").json()

    assert [one["code"] for one in told["refused"]] == ["ALASAN_WAJIB"] * 2
    assert count_events(town) == before
    assert ask(lurah, mixed[:2], kind="status", to="ditolak", **WHY).json()["done"] == 2


def test_of_two_merged_into_each_other_only_the_first_is(lurah, town):
    first, second = world.add(town, [proposed(HERE), proposed(HERE)])
    why = {"reason_code": "A05", "reason": "Sama dengan usulan yang sudah ada."}

    told = ask(lurah, [first, second], kind="status", to="digabung", into=second, **why).json()

    assert (told["done"], [one["number"] for one in told["refused"]]) == (1, [second])


@pytest.mark.parametrize(
    "body",
    [
        {"numbers": [], "act": {"kind": "undo"}},
        {"numbers": ["99.71-2026-AAAAAA"] * 501, "act": {"kind": "undo"}},
        {"numbers": ["99.71-2026-AAAAAA"], "act": {"kind": "redaction"}},
        {"numbers": ["99.71-2026-AAAAAA"], "act": {"kind": "undo", "to": "selesai"}},
        {"numbers": ["99.71-2026-AAAAAA"]},
    ],
)
def test_a_body_that_is_wrong_by_itself_is_refused(lurah, body):
    assert lurah.ask("POST", "/usulan/bulk", json=body).status_code == 422


def end_role_of(who, town) -> None:
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.role_grant SET ended = now(), ended_why = %s WHERE account_id ="
            " (SELECT account_id FROM peta.sign_in WHERE token_digest = %s)",
            [SAID["reason"], digest_of(who.token)],
        )


def sign_out(who, town) -> None:
    with psycopg.connect(town.staff) as connection:
        digest = digest_of(who.token)
        connection.execute("DELETE FROM peta.sign_in WHERE token_digest = %s", [digest])


@pytest.mark.parametrize("end", [end_role_of, sign_out])
def test_whoever_may_no_more_does_nothing_to_those_that_are_left(lurah, town, mixed, end):
    before = count_events(town)
    with psycopg.connect(town.staff) as other, ThreadPoolExecutor() as pool:
        other.execute("SELECT 1 FROM peta.usulan WHERE number = %s FOR UPDATE", [mixed[1]])
        asked = pool.submit(ask, lurah, mixed[:2], kind="publication", published=False, **SAID)
        while count_events(town) == before:
            time.sleep(0.01)
        end(lurah, town)
        other.rollback()
        told = asked.result().json()

    assert (told["done"], [one["number"] for one in told["refused"]]) == (1, [mixed[1]])
    assert count_events(town) == before + 1
