"""A role is taken back where it was given; it permits nothing from then on, and stays on record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.app.moderation.conftest import office
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.world import CITY_ID, Spot

__all__ = ["office"]
HERE = Spot(0, 0)
OTHER_CITY, OTHER_CODE = 3372, "33.72"
WHY = "Pindah tugas ke kecamatan lain."
NOBODY = UUID(int=0)


@pytest.fixture(scope="module", autouse=True)
def other_city(town):
    with psycopg.connect(town.owner) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name) VALUES (%s, %s, 'Kota Lain')",
            [OTHER_CITY, OTHER_CODE],
        )


@pytest.fixture(autouse=True)
def nobody_left(town):
    yield
    with psycopg.connect(town.owner) as connection:
        connection.execute("DELETE FROM peta.account")


@pytest.fixture
def admin(office):
    return office("admin_kota")


@pytest.fixture
def far_admin(office):
    return office("admin_kota", city_id=OTHER_CITY, area=OTHER_CODE)


@pytest.fixture
def lurah(http, town):
    return Office(http, sign_in_as(town, "lurah", HERE))


def email_of(town, who):
    with psycopg.connect(town.owner) as connection:
        [(email,)] = connection.execute(
            "SELECT email FROM peta.account INNER JOIN peta.sign_in USING (account_id)"
            " WHERE token_digest = sha256(convert_to(%s, 'UTF8'))",
            [who.token],
        ).fetchall()
    return email


def give(town, who, role, city_id, area, *, last=None):
    """A role given to somebody directly; its id."""
    grant_id = uuid4()
    with psycopg.connect(town.owner) as connection:
        connection.execute(
            "INSERT INTO peta.role_grant (grant_id, account_id, role, city_id, area_code, fields,"
            " valid_from, valid_to, created)"
            " SELECT %s, account_id, %s, %s, %s, '{}', '2020-01-01', %s, now()"
            " FROM peta.account WHERE email = %s",
            [grant_id, role, city_id, area, last, email_of(town, who)],
        )
    return grant_id


def roles(town, who, admin):
    [found] = [
        one["roles"]
        for one in admin.ask("GET", "/accounts").json()["accounts"]
        if one["email"] == email_of(town, who)
    ]
    return found


def role_of(town, who, admin):
    [role] = roles(town, who, admin)
    return role["id"]


def end(admin, grant_id, reason=WHY, **query):
    return admin.ask(
        "POST", f"/accounts/roles/{grant_id}/end", json={"reason": reason}, params=query
    )


def set_passwords(town):
    with psycopg.connect(town.owner) as connection:
        connection.execute("UPDATE peta.account SET password = 'x'")


@pytest.mark.parametrize("last", [None, date(2020, 1, 2)])
def test_a_role_elsewhere_that_is_over_takes_nobody_out_of_an_administrators_power(
    town, admin, far_admin, lurah, last
):
    grant_id = give(town, lurah, "lurah", OTHER_CITY, OTHER_CODE, last=last)
    if last is None:
        body = {"email": email_of(town, lurah)}
        assert admin.ask("POST", "/accounts/reset", json=body).status_code == 404
        assert end(far_admin, grant_id, city=OTHER_CODE).status_code == 204

    answer = admin.ask("POST", "/accounts/reset", json={"email": email_of(town, lurah)})

    assert answer.status_code == 200


def test_a_role_elsewhere_keeps_no_administrator_from_taking_his_own_back(town, admin, lurah):
    own = role_of(town, lurah, admin)
    give(town, lurah, "walidata", OTHER_CITY, OTHER_CODE)

    assert end(admin, own).status_code == 204
    assert lurah.ask("GET", "/usulan", params={"city": "99.71"}).json()["items"] == []


def test_what_a_role_permitted_is_over_in_the_next_request_of_who_is_signed_in(town, admin, lurah):
    before = lurah.ask("GET", "/usulan").status_code

    end(admin, role_of(town, lurah, admin))

    assert before == 200
    assert lurah.ask("GET", "/usulan").status_code == 403
    assert (
        lurah.http.get("/api/v1/session", headers={"Cookie": f"peta_masuk={lurah.token}"}).json()[
            "roles"
        ]
        == []
    )


def test_keys_of_who_has_lost_a_role_lose_it_too(town, admin, lurah):
    wanted = {"name": "Sheet", "scopes": ["baca"], "days": 2}
    key = lurah.ask("POST", "/keys", json=wanted).json()["key"]
    headers = {"Authorization": f"Bearer {key}"}
    before = lurah.http.get("/api/v1/staff/usulan", headers=headers).status_code

    end(admin, role_of(town, lurah, admin))

    assert before == 200
    assert lurah.http.get("/api/v1/staff/usulan", headers=headers).status_code == 403


def test_a_role_that_was_taken_back_stays_on_record_with_who_when_and_why(town, admin, lurah):
    end(admin, role_of(town, lurah, admin))

    [role] = roles(town, lurah, admin)
    assert (role["role"], role["ended"]["reason"]) == ("lurah", WHY)
    assert role["ended"]["by"] == "admin_kota"
    assert role["ended"]["at"].startswith("20")


def test_nobody_takes_a_role_back_twice(town, admin, lurah):
    grant_id = role_of(town, lurah, admin)
    end(admin, grant_id)

    again = end(admin, grant_id, reason="Sekali lagi, dengan alasan lain.")

    assert (again.status_code, again.json()["code"]) == (409, "KONFLIK")
    assert [error["code"] for error in again.json()["errors"]] == ["SUDAH_DEMIKIAN"]
    assert roles(town, lurah, admin)[0]["ended"]["reason"] == WHY


def test_a_role_can_be_given_again_after_it_was_taken_back(town, admin, lurah):
    end(admin, role_of(town, lurah, admin))
    wish = {"email": email_of(town, lurah), "name": "Sri", "role": "lurah", "area": HERE.kelurahan}

    assert admin.ask("POST", "/accounts", json=wish).status_code == 200
    assert lurah.ask("GET", "/usulan").status_code == 200


@pytest.mark.parametrize("reason", ["", "   ", "singkat", "x" * 501])
def test_a_role_is_taken_back_with_a_sentence_that_says_why(town, admin, lurah, reason):
    answer = end(admin, role_of(town, lurah, admin), reason=reason)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/reason")
    assert lurah.ask("GET", "/usulan").status_code == 200


def test_a_role_in_another_city_or_of_the_installation_is_not_there(town, admin, far_admin, lurah):
    own = role_of(town, lurah, admin)
    far = give(town, lurah, "walidata", OTHER_CITY, OTHER_CODE)
    whole = give(town, lurah, "admin_instalasi", None, None)

    assert end(admin, far).status_code == 404
    assert end(admin, far, city=OTHER_CODE).status_code == 404
    assert end(admin, whole).status_code == 404
    assert end(admin, NOBODY).status_code == 404
    assert end(far_admin, own, city=OTHER_CODE).status_code == 404


def test_who_runs_the_installation_takes_back_any_role(town, admin, office, lurah):
    runner = office("admin_instalasi")
    own, whole = role_of(town, lurah, admin), give(town, lurah, "admin_instalasi", None, None)
    far = give(town, lurah, "walidata", OTHER_CITY, OTHER_CODE)

    assert {role["id"] for role in roles(town, lurah, runner)} == {own, str(whole)}
    assert {role["id"] for role in roles(town, lurah, admin)} == {own}
    assert end(runner, own).status_code == 204
    assert end(runner, whole).status_code == 204
    assert end(runner, far, city=OTHER_CODE).status_code == 204


def test_the_last_administrator_of_a_city_stays_unless_who_runs_the_installation_says_so(
    town, admin, office
):
    own = role_of(town, admin, admin)
    body = {"email": email_of(town, admin)}
    set_passwords(town)

    refused = end(admin, own)
    closed = admin.ask("POST", "/accounts/disable", json=body)

    assert [error["code"] for error in refused.json()["errors"]] == ["ADMIN_TERAKHIR"]
    assert (refused.status_code, closed.status_code) == (409, 409)
    assert end(office("admin_instalasi"), own).status_code == 204


@pytest.mark.parametrize("state", ["invited", "disabled", "over", "ended"])
def test_whoever_cannot_sign_in_as_administrator_is_not_counted_as_one(town, admin, office, state):
    second = office("admin_kota")
    email = email_of(town, second)
    set_passwords(town)
    with psycopg.connect(town.owner) as connection:
        changed = {
            "invited": "UPDATE peta.account SET password = NULL WHERE email = %s",
            "disabled": "UPDATE peta.account SET disabled = now() WHERE email = %s",
            "over": "UPDATE peta.role_grant SET valid_to = '2020-01-02' FROM peta.account"
            " WHERE account.account_id = role_grant.account_id AND email = %s",
            "ended": "UPDATE peta.role_grant SET ended = now(), ended_why = 'x' FROM peta.account"
            " WHERE account.account_id = role_grant.account_id AND email = %s",
        }
        connection.execute(changed[state], [email])

    assert end(admin, role_of(town, admin, admin)).status_code == 409


def test_an_administrator_leaves_when_another_stays(town, admin, office):
    office("admin_kota")
    set_passwords(town)

    assert end(admin, role_of(town, admin, admin)).status_code == 204
    assert admin.ask("GET", "/accounts").status_code == 404


@pytest.mark.parametrize("_again", range(4))
def test_two_administrators_who_take_each_others_role_back_at_once_leave_one(
    town, admin, office, _again
):
    second = office("admin_kota")
    set_passwords(town)
    pairs = [(admin, role_of(town, second, admin)), (second, role_of(town, admin, admin))]

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda pair: end(*pair).status_code, pairs))

    with psycopg.connect(town.owner) as connection:
        [(left,)] = connection.execute(
            "SELECT count(*) FROM peta.role_grant WHERE ended IS NULL AND city_id = %s", [CITY_ID]
        ).fetchall()
    assert left == 1
    # The slower one was either too late to be an administrator, or the last.
    assert told in ([204, 404], [204, 409])


def test_a_key_takes_no_role_back(town, admin, lurah):
    wanted = {"name": "Skrip", "scopes": ["baca"], "days": 2}
    key = admin.ask("POST", "/keys", json=wanted).json()["key"]

    answer = admin.http.post(
        f"/api/v1/staff/accounts/roles/{role_of(town, lurah, admin)}/end",
        json={"reason": WHY},
        headers={"Authorization": f"Bearer {key}"},
    )

    assert answer.status_code == 403


def test_the_application_changes_of_a_role_nothing_but_its_end(town, lurah):
    for statement in (
        "UPDATE peta.role_grant SET role = 'admin_kota'",
        "UPDATE peta.role_grant SET valid_to = NULL",
        "DELETE FROM peta.role_grant",
    ):
        with (
            psycopg.connect(town.staff) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
