"""An officer with an account, as journeys need one."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx
import psycopg
from playwright.sync_api import Page, expect

from app.accounts.register import Inviting, WantedRole, add_account, reset_account
from app.cluster import DatabaseUrls
from tests.app.world import CITY_ID

EMAIL, NAME, PASSWORD = "sri@contoh.go.id", "Sri Rahayu", "kunci rumah 41 hijau"


def invite(
    urls: DatabaseUrls, role: str = "admin_kota", area: str | None = None, *, email: str = EMAIL
) -> str:
    """The token of a new officer's invitation."""
    with psycopg.connect(urls.staff) as connection:
        wanted = WantedRole(role, CITY_ID, area)
        token = add_account(connection, email, NAME, wanted, Inviting(datetime.now(UTC)))
    assert token is not None
    return token


def invite_again(urls: DatabaseUrls) -> str:
    with psycopg.connect(urls.staff) as connection:
        return reset_account(connection, EMAIL, Inviting(datetime.now(UTC)))


def admit(site: str, urls: DatabaseUrls, role: str, area: str | None) -> str:
    """The address of another officer, who has set the usual password."""
    email = f"{uuid4()}@contoh.go.id"
    sent = {"token": invite(urls, role, area, email=email), "password": PASSWORD}
    assert httpx.post(f"{site}/api/v1/password", json=sent).status_code == 204
    return email


def enter(page: Page, email: str, password: str = PASSWORD) -> None:
    """Signed in, without the form that others try."""
    sent = {"email": email, "password": password}
    assert page.request.post("/api/v1/session", data=sent).status == 200


def set_password(page: Page, token: str) -> None:
    page.goto(f"/masuk#undangan={token}")
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Setel kata sandi").click()
    expect(page.get_by_text("Kata sandi sudah disetel")).to_be_visible()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Surel").fill(EMAIL)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.keyboard.press("Enter")
