"""Whoever is given a role, or loses one, is told once; and nobody of what did not happen."""

from datetime import UTC, datetime

import psycopg
import pytest

from app.accounts.refusals import AccountRefused
from app.accounts.register import (
    Ending,
    Inviting,
    WantedRole,
    add_account,
    disable_account,
    end_roles,
)
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.notices.posting import BASE, SECRET, deliver, outbox
from tests.app.serving import serving
from tests.app.world import CITY_ID
from tests.mailbox import SENDER

EMAIL = "petugas@contoh.go.id"
WANTED = WantedRole("walidata", CITY_ID)
WHY = "Pindah tugas ke kecamatan lain."


def inviting(secret: bytes | None = SECRET) -> Inviting:
    return Inviting(now=datetime.now(UTC), secret=secret)


@pytest.fixture
def officer(town, mailbox):
    """Somebody with an account and one role, told of nothing yet."""
    with psycopg.connect(town.staff) as connection:
        connection.execute("DELETE FROM peta.account WHERE email = %s", [EMAIL])
        add_account(connection, EMAIL, "Petugas", WANTED, inviting(None))
    return mailbox


def given(town, **more) -> None:
    with psycopg.connect(town.staff) as connection:
        wanted = WantedRole("perencana_bappeda", CITY_ID)
        add_account(connection, EMAIL, "Petugas", wanted, inviting(**more))


def test_a_role_that_is_given_is_told_once_to_the_address_of_its_account(town, officer):
    given(town)

    tried = [deliver(town, officer.server) for _ in range(2)]

    [letter] = officer.letters
    assert tried == [1, 0]
    assert (letter["To"], letter["Subject"]) == (EMAIL, "Anda diberi peran di Peta Usulan")
    assert f"{BASE}/akun" in letter.get_content()
    assert "perencana" not in letter.get_content().lower()


def test_a_role_that_the_machine_takes_back_is_told_once(town, officer):
    with psycopg.connect(town.staff) as connection:
        end_roles(connection, EMAIL, "walidata", None, Ending(inviting(), WHY))

    assert [deliver(town, officer.server) for _ in range(2)] == [1, 0]
    [letter] = officer.letters
    assert letter["Subject"] == "Peran Anda di Peta Usulan diakhiri"
    assert WHY not in letter.get_content()


def test_a_role_that_is_taken_back_is_told_in_the_language_of_who_takes_it(settings, town, officer):
    by_mail = {"smtp_host": "127.0.0.1", "smtp_port": officer.port, "smtp_tls": "none"}
    chosen = {**by_mail, "smtp_from": SENDER, "base_url": "http://127.0.0.1:8000"}
    with psycopg.connect(town.staff) as connection:
        [(grant_id,)] = connection.execute(
            "SELECT grant_id FROM peta.role_grant JOIN peta.account USING (account_id)"
            " WHERE email = %s",
            [EMAIL],
        ).fetchall()

    with serving(settings.model_copy(update=chosen), town) as http:
        admin = Office(http, sign_in_as(town, "admin_kota"))
        path, english = f"/accounts/roles/{grant_id}/end", {"Accept-Language": "en"}
        answers = [
            admin.ask("POST", path, json={"reason": WHY}, headers=english).status_code
            for _ in range(2)
        ]
        deliver(town, officer.server)

    assert answers == [204, 409]
    assert [notice["kind"] for notice in outbox(town)] == ["peran_diakhiri"]
    assert {letter["Subject"] for letter in officer.letters} == {
        "A role of yours in Peta Usulan has ended"
    }


def test_word_of_an_end_that_could_not_be_sent_is_shown_where_the_role_was(office, town, officer):
    with psycopg.connect(town.staff) as connection:
        end_roles(connection, EMAIL, "walidata", None, Ending(inviting(), WHY))
        connection.execute(
            "UPDATE peta.notice SET failure = 'ditolak', given_up = now() WHERE kind = %s",
            ["peran_diakhiri"],
        )

    told = office("admin_kota").ask("GET", "/notices").json()

    [letter] = [each for each in told["troubled"] if each["kind"] == "peran_diakhiri"]
    assert (letter["account"], letter["failure"]) == (EMAIL, "ditolak")
    assert told["given_up"] == 1


def test_what_is_refused_or_undone_is_told_to_nobody(town, officer):
    with psycopg.connect(town.staff) as connection, pytest.raises(AccountRefused):
        add_account(connection, EMAIL, "Petugas", WantedRole("ketua_rt", CITY_ID), inviting())
    with psycopg.connect(town.staff) as connection:
        end_roles(connection, EMAIL, "walidata", None, Ending(inviting(), WHY))
        connection.rollback()

    assert outbox(town) == []


def test_where_no_letter_can_be_sent_none_is_written(town, officer):
    given(town, secret=None)

    assert outbox(town) == []


def test_whoever_is_invited_gets_one_letter_and_not_two(town, mailbox):
    with psycopg.connect(town.staff) as connection:
        add_account(connection, "baru@contoh.go.id", "Baru", WANTED, inviting())

    assert [notice["kind"] for notice in outbox(town)] == ["undangan"]


def test_a_closed_account_is_told_nothing(town, officer):
    given(town)
    with psycopg.connect(town.staff) as connection:
        disable_account(connection, EMAIL, now=datetime.now(UTC))

    deliver(town, officer.server)

    assert officer.letters == []
    assert outbox(town)[0]["failure"] == "tanpa_penerima"
