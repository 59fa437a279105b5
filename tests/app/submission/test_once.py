"""A submission happens once, whole, and before it is answered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import psycopg
import pytest
from psycopg.rows import dict_row

from app.usulan.history import DIGESTED, event_digest
from tests.app.submission.sending import count_stored, draft, stored
from tests.app.world import CITY_ID, Spot


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
            "UPDATE peta.submission SET created = created - INTERVAL '31 days'"
            " WHERE key = 'kunci-4'"
        )

    again = http.post("/api/v1/usulan", json=draft(title="Bulan depan"), headers=key)

    assert again.status_code == 201
    assert again.json()["number"] != first["number"]


@pytest.mark.parametrize("key", ["dua kata", "é", "x" * 201])
def test_a_key_that_is_no_plain_word_is_refused(http, key):
    answer = http.post(
        "/api/v1/usulan", json=draft(), headers={"Idempotency-Key": key.encode("latin-1")}
    )

    assert answer.status_code == 422


def test_the_row_is_committed_before_the_answer_leaves(http, town):
    """Read over another connection at once: with a later commit some would be missing."""
    with psycopg.connect(town.staff, autocommit=True) as other:
        for _ in range(25):
            number = http.post("/api/v1/usulan", json=draft()).json()["number"]
            found = other.execute(
                "SELECT 1 FROM peta.usulan WHERE number = %s", [number]
            ).fetchone()
            assert found is not None


def test_an_event_and_its_digest_are_written_with_the_usulan(http, town):
    number = http.post("/api/v1/usulan", json=draft()).json()["number"]

    usulan_id = stored(town, number)["usulan_id"]
    with psycopg.connect(town.staff, row_factory=dict_row) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        rows = connection.execute(
            "SELECT * FROM peta.usulan_event WHERE city_id = %s AND usulan_id = %s",
            [CITY_ID, usulan_id],
        ).fetchall()
    [step] = rows
    digested = {name: step[name] for name in DIGESTED} | {"at": step["at"].astimezone(UTC)}
    assert step["hash"] == event_digest(digested, nonce=step["nonce"], previous=None)
