"""Signing in, being signed in, and signing out, over HTTP."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import httpx
import psycopg
import pytest

from app.accounts import attempts
from app.accounts.attempts import SPAN
from app.accounts.passwords import Passwords
from app.accounts.register import (
    Inviting,
    WantedRole,
    add_account,
    disable_account,
    reset_account,
)
from app.accounts.service import (
    IDLE,
    LONGEST,
    MOST_BY_ACCOUNT,
    MOST_BY_ADDRESS,
    MOST_BY_BOTH,
)
from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.serving import serving

EMAIL, PASSWORD = "sri@contoh.go.id", "kunci rumah 41 hijau"
COOKIE = "peta_masuk"


class Place(NamedTuple):
    """A running server, and the database behind it."""

    http: httpx.Client
    urls: DatabaseUrls

    def sign_in(self, password: str = PASSWORD, email: str = EMAIL) -> httpx.Response:
        return self.http.post("/api/v1/session", json={"email": email, "password": password})

    def set_password(self, token: str, password: str = PASSWORD) -> httpx.Response:
        sent = {"token": token, "password": password}
        return self.http.post("/api/v1/password", json=sent)

    def change(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.urls.owner) as connection:
            connection.execute(statement, values)

    def reset(self) -> str:
        with psycopg.connect(self.urls.staff) as connection:
            return reset_account(connection, EMAIL, Inviting(datetime.now(UTC)))

    def status(self) -> int:
        return self.http.get("/api/v1/session").status_code


@pytest.fixture
def place(settings, fresh_urls, quick_hashes, monkeypatch):
    span = attempts.span_of(datetime.now(UTC))
    monkeypatch.setattr(attempts, "span_of", lambda *_: span)  # none ends within a test
    world.settle(fresh_urls)
    with psycopg.connect(fresh_urls.staff) as connection:
        wanted = WantedRole("admin_kota", 9971)
        token = add_account(connection, EMAIL, "Sri Rahayu", wanted, Inviting(datetime.now(UTC)))
    with serving(settings, fresh_urls) as http:
        found = Place(http, fresh_urls)
        assert found.set_password(token).status_code == 204
        yield found


def test_who_signs_in_is_known_by_a_cookie_until_he_signs_out(place):
    before = place.status()

    signed_in = place.sign_in()
    me = place.http.get("/api/v1/session")
    signed_out = place.http.delete("/api/v1/session")

    assert (before, signed_in.status_code, me.status_code) == (401, 200, 200)
    assert me.json() == signed_in.json()
    assert me.json()["email"] == EMAIL
    assert [(role["role"], role["area"]) for role in me.json()["roles"]] == [
        ("admin_kota", "99.71")
    ]
    assert (signed_out.status_code, place.status()) == (204, 401)


def test_the_cookie_is_for_no_script_and_no_other_site_and_ends_with_the_sign_in(place):
    told = place.sign_in().headers["set-cookie"]

    assert "HttpOnly" in told
    assert "SameSite=strict" in told
    assert f"Max-Age={LONGEST.total_seconds():.0f}" in told
    assert "Max-Age=0" in place.http.delete("/api/v1/session").headers["set-cookie"]


def test_in_production_only_encrypted_requests_carry_the_cookie(settings, place):
    production = settings.model_copy(update={"env": "production"})

    with serving(production, place.urls) as http:
        told = place._replace(http=http).sign_in().headers["set-cookie"]

    assert told.startswith("__Host-peta_masuk=")
    assert "Secure" in told
    assert "Path=/" in told


def test_a_token_that_was_signed_out_is_of_no_use_to_who_copied_it(place):
    place.sign_in()
    copied = place.http.cookies[COOKIE]

    place.http.delete("/api/v1/session")
    place.http.cookies.set(COOKIE, copied)

    assert place.status() == 401


def test_signing_in_again_ends_the_token_from_before(place):
    place.sign_in()
    first = place.http.cookies[COOKIE]
    place.sign_in()
    second = place.http.cookies[COOKIE]

    place.http.cookies.clear()
    place.http.cookies.set(COOKIE, first)

    assert first != second
    assert place.status() == 401


@pytest.mark.parametrize(
    ("password", "email"), [("salah sekali 123", EMAIL), (PASSWORD, "tidak.ada@contoh.go.id")]
)
def test_a_wrong_password_and_an_unknown_account_are_answered_alike(place, password, email):
    refused = place.sign_in(password, email)

    assert refused.status_code == 401
    assert refused.json()["code"] == "SANDI_TIDAK_COCOK"
    assert refused.json()["detail"] == place.sign_in("lain lagi 12345").json()["detail"]
    assert "set-cookie" not in refused.headers


def test_an_unknown_account_is_checked_as_often_as_a_known_one(place, monkeypatch):
    check, checked = Passwords.is_right, []

    async def check_counted(self, password, kept):
        checked.append(kept is None)
        return await check(self, password, kept)

    monkeypatch.setattr(Passwords, "is_right", check_counted)
    for email in (EMAIL, "tidak.ada@contoh.go.id"):
        place.sign_in("salah sekali 123", email)

    assert checked == [False, True]


@pytest.mark.parametrize("email", ["a\x00b@contoh", "a b@contoh", "sri", "@", "x" * 300 + "@y"])
def test_what_is_no_address_is_refused(place, email):
    refused = place.sign_in(email=email)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["/email"]


@pytest.mark.parametrize("text", ["nol \x00 di tengah ini", "baris\nbaru\tdan lain \u202e"])
def test_any_character_may_be_in_a_password_and_a_token(place, text):
    assert place.sign_in(text).status_code == 401
    assert place.set_password(text).status_code == 409


def test_an_address_is_the_same_in_capitals(place):
    assert place.sign_in(email=EMAIL.upper()).status_code == 200


def test_who_tries_too_often_is_held_back_by_every_process_and_the_owner_elsewhere_is_not(
    settings, place
):
    tried = [place.sign_in("salah sekali 123").status_code for _ in range(MOST_BY_BOTH)]
    with serving(settings, place.urls) as other:
        for _ in range(2 * MOST_BY_ACCOUNT):
            again = place._replace(http=other).sign_in()
        transport = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(base_url=other.base_url, transport=transport, timeout=20) as elsewhere:
            owner = place._replace(http=elsewhere).sign_in()

    assert tried == [401] * MOST_BY_BOTH
    assert again.status_code == 429
    assert again.json()["code"] == "TERLALU_SERING"
    assert 1 <= int(again.headers["Retry-After"]) <= SPAN.total_seconds()
    assert owner.status_code == 200
    assert place.sign_in(email="lain@contoh.go.id").status_code == 401


def test_a_password_that_changes_while_it_is_checked_lets_nobody_in(place, monkeypatch):
    check = Passwords.is_right

    async def check_slowly(self, password, kept):
        found = await check(self, password, kept)
        await asyncio.to_thread(place.reset)
        return found

    monkeypatch.setattr(Passwords, "is_right", check_slowly)

    assert place.sign_in().status_code == 401
    assert place.status() == 401


def test_sign_ins_that_are_over_are_forgotten_when_somebody_signs_in(place):
    place.sign_in()
    place.change("UPDATE peta.sign_in SET seen = now() - %s", IDLE + timedelta(minutes=1))
    place.http.cookies.clear()

    place.sign_in()

    with psycopg.connect(place.urls.owner) as connection:
        assert connection.execute("SELECT count(*) FROM peta.sign_in").fetchone() == (1,)


def test_whoever_is_let_in_begins_his_attempts_anew(place):
    for _ in range(MOST_BY_BOTH - 1):
        place.sign_in("salah sekali 123")
    place.sign_in()

    assert place.sign_in("salah sekali 123").status_code == 401


@pytest.mark.parametrize(("column", "after"), [("seen", IDLE), ("began", LONGEST)])
def test_a_sign_in_ends_when_it_is_idle_or_old(place, column, after):
    place.sign_in()
    place.change(f"UPDATE peta.sign_in SET {column} = now() - %s", after - timedelta(minutes=1))
    still = place.status()
    place.change(f"UPDATE peta.sign_in SET {column} = now() - %s", after + timedelta(minutes=1))

    assert (still, place.status()) == (200, 401)


def test_a_closed_account_is_out_at_once_and_cannot_sign_in(place):
    place.sign_in()
    with psycopg.connect(place.urls.staff) as connection:
        disable_account(connection, EMAIL, now=datetime.now(UTC))

    assert place.status() == 401
    assert place.sign_in().status_code == 401


def test_a_new_password_ends_every_sign_in_and_the_old_one(place):
    place.sign_in()
    token = place.reset()
    after_reset = place.status()

    place.set_password(token, "kata sandi yang baru 9")

    assert after_reset == 401
    assert place.sign_in().status_code == 401
    assert place.sign_in("kata sandi yang baru 9").status_code == 200


def test_an_invitation_serves_once_and_a_weak_password_leaves_it_as_it_was(place):
    token = place.reset()

    weak = place.set_password(token, "pendek")
    first = place.set_password(token)
    second = place.set_password(token)

    assert (weak.status_code, weak.json()["errors"][0]["code"]) == (422, "SANDI_LEMAH")
    assert first.status_code == 204
    assert (second.status_code, second.json()["code"]) == (409, "UNDANGAN_HABIS")


def test_an_invitation_that_is_too_old_or_was_replaced_is_over(place):
    replaced, old = place.reset(), place.reset()
    place.change("UPDATE peta.invitation SET expires = now() - interval '1 second'")

    assert [place.set_password(each).status_code for each in (replaced, old)] == [409, 409]


@pytest.mark.parametrize(
    "password",
    ["pendek", "aaaaaaaaaaaaaaa", "ababababababab", "srirahayusri", "sri@contoh.go.id", "x" * 201],
)
def test_a_weak_password_is_refused(place, password):
    assert place.set_password(place.reset(), password).status_code == 422


def test_whoever_is_signed_in_sees_his_browsers_and_ends_one_of_them(settings, place):
    place.sign_in()
    with serving(settings, place.urls) as other:
        elsewhere = place._replace(http=other)
        elsewhere.sign_in()
        seen = place.http.get("/api/v1/sessions").json()["sign_ins"]
        far = next(each["id"] for each in seen if not each["current"])

        ended = place.http.delete(f"/api/v1/sessions/{far}")

        assert (ended.status_code, elsewhere.status()) == (204, 401)
    assert len(seen) == 2
    assert place.status() == 200
    assert place.http.delete(f"/api/v1/sessions/{far}").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_makes_a_browser_send_is_refused(place, headers):
    place.sign_in()

    refused = place.http.delete("/api/v1/session", headers=headers)

    assert (refused.status_code, place.status()) == (403, 200)


def test_our_own_pages_are_let_through(place):
    place.sign_in()
    own = {"Origin": str(place.http.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}

    assert place.http.delete("/api/v1/session", headers=own).status_code == 204


def test_nothing_of_a_password_or_token_is_stored_as_it_is(place):
    place.sign_in()
    token, invitation = place.http.cookies[COOKIE], place.reset()
    place.sign_in()

    with psycopg.connect(place.urls.owner) as connection:
        rows = [
            str(row)
            for table in ("account", "sign_in", "invitation", "attempt")
            for row in connection.execute(f"SELECT {table}::text FROM peta.{table}").fetchall()
        ]
    assert rows
    told = "\n".join(rows)
    assert not any(secret in told for secret in (PASSWORD, token, invitation))
    assert not any(secret.encode().hex() in told for secret in (PASSWORD, token, invitation))


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "%00", "'; DROP TABLE peta.account; --"])
def test_a_cookie_that_is_no_token_is_nobodys(place, cookie):
    answer = place.http.get("/api/v1/session", headers={"Cookie": f"{COOKIE}={cookie}"})

    assert answer.status_code == 401


SLOW_COUNTING = """
CREATE FUNCTION peta.count_slowly() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN PERFORM pg_sleep(0.06); RETURN NULL; END';
CREATE TRIGGER count_slowly AFTER INSERT OR UPDATE ON peta.attempt
FOR EACH ROW EXECUTE FUNCTION peta.count_slowly()
"""


async def test_an_office_that_signs_in_at_once_from_one_address_is_answered_whole(place):
    place.change(SLOW_COUNTING)  # as on a disk that takes long to commit
    crowd = MOST_BY_ADDRESS - 10

    async with httpx.AsyncClient(base_url=place.http.base_url, timeout=60) as client:

        async def come(number):
            sent = {"email": f"petugas-{number}@contoh.go.id", "password": "bukan sandi siapa pun"}
            return (await client.post("/api/v1/session", json=sent)).status_code

        statuses = await asyncio.gather(*map(come, range(crowd)))

    assert Counter(statuses) == {401: crowd}
