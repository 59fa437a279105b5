"""Whoever is signed in changes his own password and ends his other sign-ins, over HTTP."""

import asyncio
import tomllib

import pytest

from app.accounts.fields import FIELDS
from app.accounts.passwords import Passwords
from app.accounts.permissions import ROLES
from app.accounts.service import MOST_BY_BOTH
from app.settings import PROJECT_DIR
from app.tokens import digest_of
from tests.app.accounts.test_session import COOKIE, PASSWORD, place
from tests.app.serving import serving

__all__ = ["place"]
NEW = "sepeda biru 73 kilometer"


def change(place, current=PASSWORD, password=NEW, **more):
    sent = {"current": current, "password": password}
    return place.http.post("/api/v1/password/change", json=sent, **more)


def by_key(place, key):
    headers = {"Authorization": f"Bearer {key}"}
    return place.http.get("/api/v1/staff/reasons", headers=headers)


@pytest.fixture
def elsewhere(settings, place):
    """The same person in another browser."""
    with serving(settings, place.urls) as other:
        there = place._replace(http=other)
        there.sign_in()
        yield there


def test_a_changed_password_is_the_only_one_that_lets_in(place):
    place.sign_in()

    assert change(place).status_code == 204

    assert place.sign_in(PASSWORD).status_code == 401
    assert place.sign_in(NEW).status_code == 200


def test_who_changes_his_password_stays_in_under_a_new_token_and_is_out_elsewhere(place, elsewhere):
    place.sign_in()
    first = place.http.cookies[COOKIE]
    key = {"name": "program", "scopes": ["baca"]}
    told = place.http.post("/api/v1/staff/keys", json=key).json()["key"]

    assert by_key(place, told).status_code == 200
    answer = change(place)
    second = place.http.cookies[COOKIE]

    assert "HttpOnly" in answer.headers["set-cookie"]
    assert (place.status(), elsewhere.status()) == (200, 401)
    assert second != first
    place.http.cookies.set(COOKIE, first)
    assert place.status() == 401
    assert by_key(place, told).status_code == 401


def test_a_link_that_was_made_before_sets_no_password_after_a_change(place):
    place.sign_in()
    place.change(
        "INSERT INTO peta.invitation (token_digest, account_id, created, expires)"
        " SELECT %s, account_id, now(), now() + interval '1 day' FROM peta.account",
        digest_of("asked for by e-mail"),
    )

    assert change(place).status_code == 204

    assert place.set_password("asked for by e-mail").status_code == 409


@pytest.mark.parametrize(
    ("current", "password", "told"),
    [
        ("bukan sandi saya", NEW, ("/current", "SANDI_TIDAK_COCOK")),
        (PASSWORD, "pendek", ("/password", "SANDI_LEMAH")),
        (PASSWORD, "sri@contoh.go.id", ("/password", "SANDI_LEMAH")),
        (PASSWORD, PASSWORD, ("/password", "SANDI_LEMAH")),
    ],
)
def test_a_change_that_cannot_be_is_refused_at_its_field_and_nothing_ends(
    place, elsewhere, current, password, told
):
    place.sign_in()

    answer = change(place, current, password)

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["field"], error["code"]) == told
    assert (place.status(), elsewhere.status()) == (200, 200)
    assert place.sign_in(PASSWORD).status_code == 200


def test_guessing_the_present_password_is_held_back(place):
    place.sign_in()
    for _ in range(MOST_BY_BOTH):
        assert change(place, "bukan sandi saya").status_code == 422

    answer = change(place)

    assert (answer.status_code, answer.json()["code"]) == (429, "TERLALU_SERING")
    assert int(answer.headers["Retry-After"]) > 0


def test_of_two_changes_at_once_one_holds_and_the_other_is_out(place, elsewhere, monkeypatch):
    place.sign_in()
    real = Passwords.kept

    async def overtaken(self, password):
        kept = await real(self, password)
        if password == NEW:
            there = "kebun kelapa 55 di pantai"
            answer = await asyncio.to_thread(change, elsewhere, PASSWORD, there)
            assert answer.status_code == 204
        return kept

    monkeypatch.setattr(Passwords, "kept", overtaken)

    answer = change(place)

    assert (answer.status_code, answer.json()["code"]) == (401, "BELUM_MASUK")
    assert elsewhere.status() == 200
    assert place.sign_in(NEW).status_code == 401


@pytest.mark.parametrize("path", ["/api/v1/password/change", "/api/v1/sessions"])
def test_another_site_and_a_program_change_nothing(place, path):
    place.sign_in()
    key = {"name": "program", "scopes": ["baca"]}
    told = place.http.post("/api/v1/staff/keys", json=key).json()["key"]
    method = "DELETE" if path.endswith("sessions") else "POST"
    body = None if method == "DELETE" else {"current": PASSWORD, "password": NEW}

    for headers in ({"Origin": "https://jahat.example"}, {"Authorization": f"Bearer {told}"}):
        assert place.http.request(method, path, json=body, headers=headers).status_code == 403

    assert place.sign_in(PASSWORD).status_code == 200


def test_all_others_are_ended_at_once_and_nobody_elses(settings, place, elsewhere):
    place.sign_in()

    ended = place.http.delete("/api/v1/sessions")

    assert ended.status_code == 204
    assert (place.status(), elsewhere.status()) == (200, 401)
    assert [one["current"] for one in place.http.get("/api/v1/sessions").json()["sign_ins"]] == [
        True
    ]


def test_every_role_is_told_with_what_it_is_given_for(place):
    place.sign_in()

    told = place.http.get("/api/v1/staff/roles", headers={"Accept-Language": "en"}).json()["roles"]

    by_name = {one.pop("role"): one for one in told}
    assert set(by_name) == set(ROLES)
    assert by_name["lurah"] == {
        "name": "Head of kelurahan",
        "level": "kelurahan",
        "by_field": False,
    }
    assert by_name["verifikator_opd"]["by_field"] is True
    assert by_name["admin_instalasi"]["level"] is None


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("id", "Pekerjaan umum dan penataan ruang"),
        ("en", "Public works and spatial planning"),
    ],
)
def test_fields_of_government_are_told_by_their_names(place, language, name):
    place.sign_in()

    answer = place.http.get("/api/v1/staff/fields", headers={"Accept-Language": language})

    assert {"code": "1.03", "name": name} in answer.json()["fields"]


def test_every_category_belongs_to_a_field_that_has_a_name():
    known = tomllib.loads((PROJECT_DIR / "data/categories.toml").read_text("utf-8"))
    programmes = {code for one in known["category"] for code in one.get("programmes", [])}

    nameless = [code for code in programmes if code[:4] not in FIELDS]

    assert (bool(programmes), nameless) == (True, [])
