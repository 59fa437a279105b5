"""Who forgot his password sets a new one by a link that is sent to his own address."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.accounts import service
from app.accounts.service import MOST_RESETS, RESET_LASTS
from tests.app.accounts.test_session import EMAIL, PASSWORD, place
from tests.app.notices.posting import deliver, outbox
from tests.app.serving import serving
from tests.mailbox import SENDER, mail_server

__all__ = ["place"]
NEW = "sepeda biru 73 kilometer"
NOBODY = "tidak.ada@contoh.go.id"


@pytest.fixture
def mailed(place, settings, monkeypatch):
    """The same place where e-mail is sent, its mailbox, and nothing waiting in the outbox."""
    monkeypatch.setattr(service, "ANSWERED_AFTER_S", 0.0)
    with mail_server() as mailbox:
        sends = settings.model_copy(
            update={
                "smtp_host": "127.0.0.1",
                # Nobody listens there: the letters are sent by the test.
                "smtp_port": 9,
                "smtp_tls": "none",
                "smtp_from": SENDER,
                "base_url": "http://127.0.0.1:8000",
            }
        )
        with serving(sends, place.urls) as http:
            yield place._replace(http=http), mailbox


def ask(place, email=EMAIL):
    return place.http.post("/api/v1/password/forgotten", json={"email": email})


def links(place, mailbox, *, now=None) -> list[str]:
    deliver(place.urls, mailbox.server, now=now or datetime.now(UTC) + timedelta(minutes=11))
    texts = [letter.get_content() for letter in mailbox.letters]
    return [re.search(r"#undangan=([\w-]+)", text)[1] for text in texts]


def test_the_link_sets_a_password_once_and_ends_every_sign_in(mailed):
    place, mailbox = mailed
    place.sign_in()
    assert ask(place, EMAIL.upper()).status_code == 204
    [token] = links(place, mailbox)

    assert place.status() == 200  # until the link is used, nothing changes
    assert place.set_password(token, NEW).status_code == 204

    assert place.status() == 401
    assert place.set_password(token, PASSWORD).status_code == 409
    assert place.sign_in(PASSWORD).status_code == 401
    assert place.sign_in(NEW).status_code == 200
    assert mailbox.letters[0]["To"] == EMAIL


def test_an_unknown_address_is_answered_alike_and_told_nothing(mailed):
    place, mailbox = mailed

    answers = [ask(place, email) for email in (EMAIL, NOBODY)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert len(links(place, mailbox)) == 1


def test_the_answer_takes_the_same_time_for_any_address(place, monkeypatch):
    monkeypatch.setattr(service, "ANSWERED_AFTER_S", 1.5)

    took = [ask(place, email).elapsed.total_seconds() for email in (EMAIL, NOBODY)]

    assert all(1.5 <= seconds < 1.5 + 1.0 for seconds in took)


def test_a_link_that_is_two_hours_old_is_over_and_is_not_sent_any_more(mailed):
    place, mailbox = mailed
    ask(place)
    later = datetime.now(UTC) + RESET_LASTS + timedelta(minutes=1)

    assert links(place, mailbox, now=later) == []

    assert outbox(place.urls)[0]["failure"] == "tautan_habis"


def test_asking_in_anothers_name_takes_no_link_from_him(mailed):
    place, mailbox = mailed
    invited = place.reset()
    ask(place)

    [token] = links(place, mailbox)

    assert place.set_password(invited, NEW).status_code == 204
    assert place.set_password(token, PASSWORD).status_code == 409


def test_who_asks_too_often_is_held_back_for_known_and_unknown_addresses_alike(mailed):
    place, _ = mailed
    for email in (EMAIL, NOBODY):
        told = [ask(place, email).status_code for _ in range(MOST_RESETS + 1)]

        assert told == [204] * MOST_RESETS + [429]


def test_neither_outbox_nor_invitation_holds_the_link(mailed):
    place, mailbox = mailed
    ask(place)
    [token] = links(place, mailbox)
    with_account = str(outbox(place.urls))

    assert token not in with_account
    assert EMAIL not in with_account


def test_where_no_e_mail_is_sent_no_link_is_made_and_the_request_stands_before_the_administrator(
    place, monkeypatch
):
    monkeypatch.setattr(service, "ANSWERED_AFTER_S", 0.0)
    place.sign_in()
    ask(place)

    told = place.http.get("/api/v1/staff/notices").json()

    assert [(one["account"], one["kind"]) for one in told["troubled"]] == [(EMAIL, "sandi")]
    assert count(place, "invitation") == 0


def test_a_closed_account_gets_no_link(mailed):
    place, mailbox = mailed
    place.change("UPDATE peta.account SET disabled = now()")

    assert ask(place).status_code == 204

    assert links(place, mailbox) == []


def count(place, table: str) -> int:
    import psycopg

    with psycopg.connect(place.urls.owner) as connection:
        return connection.execute(f"SELECT count(*) FROM peta.{table}").fetchone()[0]
