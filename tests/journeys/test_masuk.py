"""An officer sets a password, signs in and out, and comes back to where that was asked for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from app.cluster import DatabaseUrls
from tests.journeys.officers import (
    EMAIL,
    NAME,
    PASSWORD,
    invite,
    invite_again,
    set_password,
    sign_in,
)
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1366, "height": 768}
AS_SRI = f"Anda masuk sebagai {NAME}"


@pytest.fixture
def token(site: str, fresh_urls: DatabaseUrls) -> str:
    """An invitation, once the site has its city."""
    return invite(fresh_urls)


def test_an_invitation_sets_the_password_by_which_one_signs_in(
    open_page: OpenPage, token: str
) -> None:
    page = open_page(f"/masuk#undangan={token}")
    expect(page.get_by_label("Kata sandi baru")).to_be_focused()

    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("Silakan masuk")).to_be_visible()
    expect(page).to_have_url(re.compile("/masuk$"))
    expect(page.get_by_label("Surel")).to_be_focused()
    sign_in(page)

    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Akun saya").click()
    role = page.get_by_role("row", name=re.compile("Admin kota"))
    expect(role).to_contain_text("KOTA 9.71")
    expect(page.get_by_text("Peramban ini")).to_be_visible()


def test_an_invitation_in_the_query_is_moved_to_where_no_log_gets_it(
    open_page: OpenPage, token: str
) -> None:
    page = open_page(f"/masuk?undangan={token}")

    expect(page.get_by_label("Kata sandi baru")).to_be_visible()

    expect(page).to_have_url(re.compile(f"/masuk#undangan={token}$"))


def test_a_weak_password_is_refused_in_words_and_the_invitation_stays(
    open_page: OpenPage, token: str
) -> None:
    page = open_page(f"/masuk#undangan={token}")
    field = page.get_by_label("Kata sandi baru")

    field.fill("pendek")
    page.keyboard.press("Enter")
    expect(page.locator(".field-error")).to_have_text("Baru 6 karakter; paling sedikit 12.")
    field.fill("aaaaaaaaaaaaaaaa")
    page.keyboard.press("Enter")

    expect(page.locator(".field-error")).to_contain_text("terlalu mudah ditebak")
    expect(field).to_be_focused()
    expect(field).to_have_value("aaaaaaaaaaaaaaaa")
    set_password(page, token)


def test_an_invitation_that_has_served_says_what_to_do(open_page: OpenPage, token: str) -> None:
    page = open_page("/masuk")
    set_password(page, token)

    page.goto("/lapor")
    page.goto(f"/masuk#undangan={token}")
    page.get_by_label("Kata sandi baru").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Mintalah tautan baru kepada admin kota")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("button", name="Ke halaman masuk").click()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()


def test_a_wrong_password_is_told_and_what_was_typed_stays(open_page: OpenPage, token: str) -> None:
    page = open_page("/masuk")
    set_password(page, token)

    sign_in(page, "bukan sandi yang benar")

    expect(page.get_by_role("alert")).to_contain_text("Surel atau kata sandi tidak cocok")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Surel")).to_have_value(EMAIL)


def test_too_many_attempts_are_told_with_how_long_to_wait(open_page: OpenPage, token: str) -> None:
    page = open_page("/masuk")
    page.route("**/api/v1/session", too_often)

    sign_in(page)

    expect(page.get_by_role("alert")).to_contain_text("Coba lagi dalam 8 menit.")


def too_often(route: Route) -> None:
    if route.request.method != "POST":
        route.continue_()
        return
    headers = {"Retry-After": "421", "Content-Type": "application/problem+json"}
    body = '{"status": 429, "code": "TERLALU_SERING", "title": "", "detail": "Tunggu."}'
    route.fulfill(status=429, headers=headers, body=body)


def test_who_forgot_a_password_asks_for_a_link_and_is_answered_alike_for_any_address(
    open_page: OpenPage, token: str
) -> None:
    page = open_page("/masuk")
    said = []
    for address in (EMAIL, "tidak.ada@contoh.go.id"):
        page.get_by_label("Surel").fill(address)
        page.get_by_role("button", name="Lupa kata sandi?").press("Enter")
        expect(page.get_by_role("heading", name="Minta kata sandi baru")).to_be_visible()
        expect(page.get_by_label("Surel")).to_have_value(address)
        expect(page.get_by_label("Surel")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").get_by_text("Permintaan diterima")).to_be_visible()
        said.append(page.locator(".masuk-done").inner_text())

    assert said[0] == said[1]
    assert "berlaku dua jam" in said[0]
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()


def test_an_address_left_empty_is_told_before_anything_is_asked(open_page: OpenPage) -> None:
    page = open_page("/masuk")
    page.get_by_role("button", name="Lupa kata sandi?").click()

    page.get_by_role("button", name="Minta tautan").click()

    expect(page.locator(".field-error")).to_have_text("Tulis surel Anda.")
    page.get_by_role("button", name="Ke halaman masuk").click()
    expect(page.locator(".field-error")).to_have_count(0)


def test_without_a_network_what_was_typed_stays(open_page: OpenPage, token: str) -> None:
    page = open_page("/masuk")
    set_password(page, token)
    page.context.set_offline(True)

    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("Isian Anda masih ada")
    page.context.set_offline(False)
    page.get_by_role("button", name="Masuk", exact=True).click()

    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()


def test_fields_left_empty_are_told_at_the_field_that_then_has_the_focus(
    open_page: OpenPage,
) -> None:
    page = open_page("/masuk")
    expect(page.get_by_label("Surel")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator(".field-error")).to_have_text(["Tulis surel Anda.", "Tulis kata sandi."])
    expect(page.get_by_label("Surel")).to_be_focused()
    expect(page.get_by_label("Surel")).to_have_accessible_description("Tulis surel Anda.")


def test_the_keyboard_walks_the_form_in_the_order_it_is_read(open_page: OpenPage) -> None:
    page = open_page("/masuk")
    expect(page.get_by_label("Surel")).to_be_focused()

    page.keyboard.press("Tab")
    expect(page.get_by_label("Kata sandi", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tampilkan kata sandi")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#password")).to_have_attribute("type", "text")
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Masuk", exact=True)).to_be_focused()


def test_who_signs_in_from_a_page_comes_back_to_what_it_showed(
    open_page: OpenPage, token: str
) -> None:
    page = open_page("/masuk", viewport=DESK)
    set_password(page, token)
    page.goto("/?group=SP")
    come_to_rest(page)

    page.get_by_role("link", name="Masuk", exact=True).click()
    sign_in(page)

    expect(page).to_have_url(re.compile(r"/\?.*group=SP"))
    expect(page.get_by_role("button", name=f"Akun {NAME}")).to_be_visible()


@pytest.mark.parametrize("away", ["https://jahat.example/", "//jahat.example", "/\\jahat.example"])
def test_an_address_of_others_is_not_followed_after_signing_in(
    open_page: OpenPage, token: str, away: str
) -> None:
    page = open_page("/masuk")
    set_password(page, token)

    page.goto(f"/masuk?ke={away}")
    sign_in(page)

    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()


def test_the_head_of_a_page_signs_out_where_one_is(open_page: OpenPage, token: str) -> None:
    page = open_page("/masuk", viewport=DESK)
    set_password(page, token)
    sign_in(page)
    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()
    page.goto("/perencana")

    page.get_by_role("button", name=f"Akun {NAME}").press("Enter")
    page.get_by_role("button", name="Keluar").press("Enter")

    expect(page.get_by_role("link", name="Masuk", exact=True)).to_be_visible()
    assert page.request.get("/api/v1/session").status == 401


def test_escape_closes_the_account_and_gives_the_focus_back(
    open_page: OpenPage, token: str
) -> None:
    page = open_page("/masuk", viewport=DESK)
    set_password(page, token)
    sign_in(page)
    button = page.get_by_role("button", name=f"Akun {NAME}")
    button.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".account-menu a").first).to_be_focused()

    page.keyboard.press("Escape")

    expect(button).to_be_focused()
    expect(page.get_by_role("banner").get_by_role("link", name="Akun saya")).to_have_count(0)


def test_a_reset_password_signs_out_and_the_page_says_so(
    open_page: OpenPage, token: str, fresh_urls: DatabaseUrls
) -> None:
    page = open_page("/masuk")
    set_password(page, token)
    sign_in(page)
    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()

    again = invite_again(fresh_urls)
    page.goto("/lapor")
    set_password(page, again)

    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 640}, DESK])
def test_the_page_of_somebody_signed_in_fits_the_window(
    open_page: OpenPage, token: str, viewport: dict[str, int]
) -> None:
    page = open_page("/masuk", viewport=viewport)
    set_password(page, token)
    sign_in(page)
    expect(page.get_by_role("heading", name=AS_SRI)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_in_english_nothing_is_left_in_indonesian(open_page: OpenPage, token: str) -> None:
    page = open_page(f"/masuk#undangan={token}")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Set your password")).to_be_visible()

    page.get_by_label("New password").fill("aaaaaaaaaaaaaaaa")
    page.keyboard.press("Enter")

    expect(page.locator(".field-error")).to_contain_text("too easy to guess")
