"""Administrators invite officers into their own city, and have no power over others."""

import psycopg
import pytest

from app.accounts.refusals import KINDS
from app.cli.account_words import ADVICE
from tests.app.moderation.conftest import office
from tests.app.world import Spot

__all__ = ["office"]
NEW = {"email": "budi@contoh.go.id", "name": "Budi", "role": "lurah", "area": Spot(0, 0).kelurahan}


@pytest.fixture
def admin(office):
    return office("admin_kota")


@pytest.fixture(autouse=True)
def nobody_new(town):
    yield
    with psycopg.connect(town.staff) as connection:
        connection.execute("DELETE FROM peta.account WHERE email LIKE 'budi%'")


def invited(admin, **changes):
    answer = admin.ask("POST", "/accounts", json=NEW | changes)
    assert answer.status_code == 200, answer.text
    return answer.json()


def emails(admin):
    return {one["email"]: one for one in admin.ask("GET", "/accounts").json()["accounts"]}


def test_an_invitation_is_shown_once_and_sets_a_password(http, admin, town):
    told = invited(admin)
    token = told["link"].partition("#undangan=")[2]
    set_ = http.post("/api/v1/password", json={"token": token, "password": "kunci 41 rumah hijau"})

    assert (told["invited"], told["sent"]) == (True, False)
    assert told["link"].startswith(str(http.base_url))
    assert set_.status_code == 204
    seen = emails(admin)[NEW["email"]]
    assert seen["standing"] == "aktif"
    assert [(role["role"], role["area"]) for role in seen["roles"]] == [("lurah", NEW["area"])]
    with psycopg.connect(town.staff) as connection:
        [(giver,)] = connection.execute(
            "SELECT giver.name FROM peta.role_grant INNER JOIN peta.account USING (account_id)"
            " INNER JOIN peta.account AS giver ON giver.account_id = given_by"
            " WHERE account.email = %s",
            [NEW["email"]],
        ).fetchall()
    assert giver == "admin_kota"


def test_a_second_role_brings_no_second_invitation(admin):
    invited(admin)

    told = invited(admin, role="verifikator_opd", area=None, fields=["1.03"])

    assert told == {"email": NEW["email"], "invited": False, "sent": False, "link": None}
    assert len(emails(admin)[NEW["email"]]["roles"]) == 2


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"role": "raja"}, "/role", "PERAN_TIDAK_DIKENAL"),
        ({"area": "99.71"}, "/area", "TINGKAT_TIDAK_COCOK"),
        ({"area": "99.71.99.9999"}, "/area", "WILAYAH_TIDAK_ADA"),
        ({"fields": ["1.03"]}, "/fields", "PERAN_TANPA_URUSAN"),
        (
            {"role": "mitra_bappeda", "area": None, "fields": ["jalan"]},
            "/fields",
            "BUKAN_KODE_URUSAN",
        ),
        ({"until": "2020-01-01"}, "/until", "SUDAH_LEWAT"),
        ({"name": "   "}, "/name", "WAJIB_DIISI"),
        ({"name": "Budi\u0085"}, "/name", "AKSARA_TIDAK_SAH"),
    ],
)
def test_a_role_that_cannot_be_is_refused_at_its_field_in_words_for_a_browser(
    admin, changes, field, code
):
    told = {
        language: admin.ask(
            "POST", "/accounts", json=NEW | changes, headers={"Accept-Language": language}
        )
        for language in ("id", "en")
    }

    assert {answer.status_code for answer in told.values()} == {422}
    errors = [error for answer in told.values() for error in answer.json()["errors"]]
    assert [(error["field"], error["code"]) for error in errors] == [(field, code)] * 2
    details = [error["detail"] for error in errors]
    assert details[0] != details[1]
    assert not any(word in detail for detail in details for word in ("peta ", "--", "{", "}"))
    assert NEW["email"] not in emails(admin)


def test_a_closed_account_is_given_no_role_and_the_answer_says_what_opens_it(admin):
    invited(admin)
    admin.ask("POST", "/accounts/disable", json={"email": NEW["email"]})

    answer = admin.ask("POST", "/accounts", json=NEW)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (422, "/email", "AKUN_DITUTUP")
    assert "peta account" not in error["detail"]


def test_every_refusal_has_advice_for_the_command_line_too():
    assert set(ADVICE) == set(KINDS)


def test_an_administrator_of_a_city_makes_nobody_administrator_of_the_installation(admin, office):
    wish = NEW | {"role": "admin_instalasi", "area": None}

    assert admin.ask("POST", "/accounts", json=wish).status_code == 404
    assert office("admin_instalasi").ask("POST", "/accounts", json=wish).status_code == 200


def test_a_reset_ends_the_password_and_a_closed_account_is_out(http, admin):
    token = invited(admin)["link"].partition("#undangan=")[2]
    password = "kunci 41 rumah hijau"
    http.post("/api/v1/password", json={"token": token, "password": password})
    credentials = {"email": NEW["email"], "password": password}
    assert http.post("/api/v1/session", json=credentials).status_code == 200

    told = admin.ask("POST", "/accounts/reset", json={"email": NEW["email"]}).json()
    after_reset = http.get("/api/v1/session").status_code
    again = told["link"].partition("#undangan=")[2]
    http.post("/api/v1/password", json={"token": again, "password": password})
    closed = admin.ask("POST", "/accounts/disable", json={"email": NEW["email"]})
    http.cookies.clear()

    assert after_reset == 401
    assert closed.status_code == 204
    assert http.post("/api/v1/session", json=credentials).status_code == 401
    assert emails(admin)[NEW["email"]]["standing"] == "ditutup"


def test_who_has_roles_beyond_an_administrators_reach_is_out_of_his_power(town, admin, office):
    invited(admin)
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.role_grant (grant_id, account_id, role, fields, valid_from, created)"
            " SELECT gen_random_uuid(), account_id, 'admin_instalasi', '{}', '2020-01-01', now()"
            " FROM peta.account WHERE email = %s",
            [NEW["email"]],
        )

    for path in ("/accounts/reset", "/accounts/disable"):
        body = {"email": NEW["email"]}
        assert admin.ask("POST", path, json=body).status_code == 404
        assert office("admin_instalasi").ask("POST", path, json=body).status_code in (200, 204)


def test_an_account_of_another_city_is_not_there(town, admin):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.account (account_id, email, name, created)"
            " VALUES (gen_random_uuid(), 'budi.lain@contoh.go.id', 'Budi', now())"
        )

    for email in ("budi.lain@contoh.go.id", "tidak.ada@contoh.go.id"):
        answer = admin.ask("POST", "/accounts/reset", json={"email": email})
        assert answer.status_code == 404
