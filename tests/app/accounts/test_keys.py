"""An officer's programs act by keys: within his roles, for what the key is for, for a time."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.accounts.keys import MOST_KEYS
from tests.app import world
from tests.app.moderation.conftest import office
from tests.app.world import PERSON, Spot, proposed

__all__ = ["office"]
HERE, BESIDE = Spot(0, 0), Spot(12, 6)


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


@pytest.fixture
def numbers(town) -> list[str]:
    """Of two usulan with contacts, one here and one beside."""
    return world.add(town, [proposed(HERE, proposer=PERSON), proposed(BESIDE, proposer=PERSON)])


def made(officer, *scopes, **more) -> dict:
    wish = {"name": "program", "scopes": list(scopes or ("baca",))} | more
    answer = officer.ask("POST", "/keys", json=wish)
    assert answer.status_code == 201, answer.text
    return answer.json()


def by_key(http, key: str, method: str, path: str, **content):
    headers = {"Authorization": f"Bearer {key}"} | content.pop("headers", {})
    return http.request(method, f"/api/v1/staff{path}", headers=headers, **content)


def change(town, statement: str, *values) -> list:
    with psycopg.connect(town.owner) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_a_key_reads_what_its_owner_may_read_and_nothing_else(http, lurah, numbers):
    key = made(lurah)["key"]
    here, beside = numbers

    listed = by_key(http, key, "GET", "/usulan?limit=500").json()
    found = {item["number"] for item in listed["items"]}

    assert found == lurah.numbers()
    assert here in found
    assert by_key(http, key, "GET", f"/usulan/{beside}").status_code == 404


def test_no_key_reads_a_contact_that_its_owner_may_read(http, lurah, numbers):
    assert PERSON.phone in lurah.ask("GET", f"/usulan/{numbers[0]}").text

    for scope in ("baca", "muat", "tindak"):
        told = by_key(http, made(lurah, scope)["key"], "GET", f"/usulan/{numbers[0]}")
        assert told.status_code == 200
        assert "CANARY" not in told.text.upper()


def test_a_key_acts_only_when_it_is_for_acting(http, lurah, numbers):
    reading, acting = made(lurah, "baca")["key"], made(lurah, "tindak")["key"]
    wish = {"to": "verifikasi_kel", "seen": lurah.look(numbers[0])["seen"]}
    path = f"/usulan/{numbers[0]}/status"

    refused = by_key(http, reading, "POST", path, json=wish)
    # As from another site: no browser sends a key by itself.
    done = by_key(http, acting, "POST", path, json=wish, headers={"Origin": "https://lain.example"})

    assert refused.status_code == 403
    assert (done.status_code, done.json()["status"]) == (200, "verifikasi_kel")


def test_no_key_makes_keys_or_touches_sign_ins_or_accounts(http, office, lurah):
    key = made(office("admin_kota"))["key"]
    wish = {"name": "lagi", "scopes": ["baca"]}

    assert by_key(http, key, "POST", "/keys", json=wish).status_code == 403
    for path in ("/keys", "/filters", "/accounts", "/notices"):
        assert by_key(http, key, "GET", path).status_code == 403
    headers = {"Authorization": f"Bearer {key}"}
    for path in ("/api/v1/session", "/api/v1/sessions"):
        assert http.get(path, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        ("ketua_rt", "baca", 201),
        ("ketua_rt", "tindak", 201),
        ("ketua_rt", "muat", 403),
        ("camat", "muat", 403),
        ("walidata", "muat", 201),
        ("admin_kota", "tindak", 403),
        ("admin_instalasi", "baca", 403),
    ],
)
def test_a_key_is_made_for_nothing_that_its_maker_may_not_do(office, role, scope, status):
    wish = {"name": "program", "scopes": [scope]}

    assert office(role).ask("POST", "/keys", json=wish).status_code == status


def test_a_key_is_told_once_and_kept_as_a_digest_alone(town, lurah):
    told = made(lurah)

    kept = str(change(town, "SELECT * FROM peta.api_key"))
    assert told["key"].startswith("peta_")
    assert len(told["key"]) >= 48
    assert told["key"] not in kept
    assert told["key"] not in lurah.ask("GET", "/keys").text
    assert [one["id"] for one in lurah.ask("GET", "/keys").json()["keys"]] == [told["id"]]


def test_a_key_ends_when_its_owner_says_so_and_anothers_is_not_there(http, office, lurah):
    told = made(lurah)

    assert office("lurah", HERE).ask("DELETE", f"/keys/{told['id']}").status_code == 404
    assert by_key(http, told["key"], "GET", "/usulan").status_code == 200
    assert lurah.ask("DELETE", f"/keys/{told['id']}").status_code == 204
    assert by_key(http, told["key"], "GET", "/usulan").status_code == 401


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE peta.api_key SET (created, expires) = ('2020-01-01', '2020-01-02')",
        "UPDATE peta.account SET disabled = now() WHERE name = 'lurah'",
    ],
)
def test_a_key_ends_with_its_time_and_with_the_account(http, town, lurah, statement):
    key = made(lurah)["key"]

    change(town, statement)

    assert by_key(http, key, "GET", "/usulan").status_code == 401


def test_a_role_that_is_over_is_over_for_its_keys(http, town, lurah):
    key = made(lurah)["key"]

    change(town, "UPDATE peta.role_grant SET valid_to = '2020-01-02' WHERE role = 'lurah'")

    assert by_key(http, key, "GET", "/usulan").status_code == 403


def test_a_new_password_by_an_administrator_ends_the_keys(http, town, office, lurah):
    key = made(lurah)["key"]
    [(email,)] = change(
        town,
        "SELECT email FROM peta.account INNER JOIN peta.api_key USING (account_id)"
        " ORDER BY api_key.created DESC LIMIT 1",
    )

    done = office("admin_kota").ask("POST", "/accounts/reset", json={"email": email})

    assert done.status_code == 200
    assert by_key(http, key, "GET", "/usulan").status_code == 401


def test_use_is_written_down_at_most_once_a_minute(http, town, lurah):
    told = made(lurah)

    def used_at():
        by_key(http, told["key"], "GET", "/usulan")
        return lurah.ask("GET", "/keys").json()["keys"][0]["used"]

    first = used_at()
    assert used_at() == first
    before = datetime.now(UTC) - timedelta(seconds=61)
    change(town, "UPDATE peta.api_key SET used = %s WHERE key_id = %s", before, told["id"])
    assert used_at() > first


@pytest.mark.parametrize("sent", ["Bearer", "Bearer peta_x", "bearer é", "Bearer a b c"])
def test_what_is_no_key_is_nobodys_even_beside_a_sign_in(http, lurah, sent):
    headers = {"Authorization": sent.encode(), "Cookie": f"peta_masuk={lurah.token}"}

    assert http.get("/api/v1/staff/usulan", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "wish",
    [
        {"scopes": []},
        {"scopes": ["kontak"]},
        {"days": 0},
        {"days": 367},
        {"name": "a\nb"},
        {"more": 1},
    ],
)
def test_a_key_without_a_scope_an_end_or_a_name_is_refused(lurah, wish):
    body = {"name": "program", "scopes": ["baca"]} | wish

    assert lurah.ask("POST", "/keys", json=body).status_code == 422


def test_one_has_only_so_many_keys(lurah):
    for _ in range(MOST_KEYS):
        made(lurah)

    refused = lurah.ask("POST", "/keys", json={"name": "program", "scopes": ["baca"]})
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert (error["field"], error["code"]) == ("", "TERLALU_BANYAK")
    assert f"{MOST_KEYS} kunci" in error["detail"]
