"""An officer with an account, as journeys need one."""

from datetime import UTC, datetime

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


def set_password(page: Page, token: str) -> None:
    page.goto(f"/masuk#undangan={token}")
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.get_by_role("button", name="Setel kata sandi").click()
    expect(page.get_by_text("Kata sandi sudah disetel")).to_be_visible()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Surel").fill(EMAIL)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.keyboard.press("Enter")
