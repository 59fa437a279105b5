"""The running server itself sends what stands in the outbox, and erases what is kept no longer."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.notices import sending
from app.privacy import retention
from tests.app import world
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.notices.posting import outbox
from tests.app.notices.test_notices import HERE, PERSON, submitted
from tests.app.serving import serving
from tests.app.world import PERSON as CONTACT
from tests.app.world import at_status, proposed
from tests.mailbox import SENDER

PATIENCE_S = 60.0


@pytest.fixture
def sends(settings, mailbox):
    """Settings by which e-mail goes to the mailbox."""
    chosen = {
        "smtp_host": "127.0.0.1",
        "smtp_port": mailbox.port,
        "smtp_tls": "none",
        "smtp_from": SENDER,
        "base_url": "http://127.0.0.1:8000",
    }
    return settings.model_copy(update=chosen)


def comes_true(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_a_server_with_a_mail_server_tells_of_a_step_by_itself(sends, town, mailbox, monkeypatch):
    monkeypatch.setattr(sending, "EVERY_S", 0.05)

    with serving(sends, town) as http:
        number = submitted(http)
        lurah = Office(http, sign_in_as(town, "lurah", HERE))
        lurah.done(number, "status", to="verifikasi_kel")

        assert comes_true(lambda: all(notice["sent"] for notice in outbox(town)))

    assert [letter["To"] for letter in mailbox.letters] == [PERSON["email"]]


def test_a_server_without_one_sweeps_old_notices_and_sends_none(
    settings, town, http, office, mailbox
):
    for _ in range(2):
        office("lurah", HERE).done(submitted(http), "status", to="verifikasi_kel")
    old = datetime.now(UTC) - sending.KEPT - timedelta(minutes=1)
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.notice SET created = %s WHERE notice_id ="
            " (SELECT notice_id FROM peta.notice ORDER BY notice_id LIMIT 1)",
            [old],
        )

    with serving(settings, town):
        assert comes_true(lambda: len(outbox(town)) == 1)

    assert outbox(town)[0]["attempts"] == 0


def test_a_server_erases_contacts_that_are_kept_no_longer(settings, town, monkeypatch):
    monkeypatch.setattr(retention, "FIRST_S", 0.0)
    long_ago = datetime.now(UTC) - timedelta(days=500)
    world.add(town, [proposed(HERE, proposer=CONTACT, events=at_status("selesai", at=long_ago))])

    def is_gone() -> bool:
        with psycopg.connect(town.staff) as connection:
            found = connection.execute(
                "SELECT count(*) FROM peta.proposer WHERE email = %s", [CONTACT.email]
            )
            return found.fetchone() == (0,)

    assert not is_gone()
    with serving(settings, town):
        assert comes_true(is_gone)
