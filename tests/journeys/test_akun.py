"""An officer looks after his account on /akun: password, browsers, keys."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import sign_in_as
from tests.journeys.conftest import PHONE
from tests.journeys.office import HERE, OFFICE, be, site, urls
from tests.journeys.officers import PASSWORD, admit, enter

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NEW = "sepeda biru 73 kilometer"
ANDROID = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Safari/537"


@pytest.fixture
def email(site: str, urls: DatabaseUrls) -> str:
    """The address of a lurah who has set a password."""
    return admit(site, urls, "lurah", HERE.kelurahan)


@pytest.fixture
def mine(open_page: OpenPage, email: str) -> Callable[..., Page]:
    """Opens /akun as that lurah."""

    def opened(**options: object) -> Page:
        page = open_page("/docs", **{"viewport": OFFICE, **options})
        enter(page, email)
        page.goto("/akun")
        expect(page.get_by_role("heading", name="Peran Anda")).to_be_visible()
        return page

    return opened


def test_the_head_of_a_page_leads_to_ones_account_and_its_roles(mine: Callable[..., Page]) -> None:
    page = mine()
    page.goto("/kerja")

    page.get_by_role("button", name=re.compile("^Akun ")).press("Enter")
    page.get_by_role("link", name="Akun saya").press("Enter")

    role = page.get_by_role("row", name=re.compile("Lurah"))
    expect(role).to_contain_text("KELURAHAN")
    expect(role).to_contain_text("tanpa batas")
    expect(page).to_have_url(re.compile("/akun$"))


def test_who_is_not_signed_in_is_led_there_and_back(open_page: OpenPage, email: str) -> None:
    page = open_page("/akun")
    page.get_by_label("Surel").fill(email)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Peran Anda")).to_be_visible()
    expect(page).to_have_url(re.compile("/akun$"))


def test_a_password_is_changed_by_keys_and_other_browsers_are_out(
    mine: Callable[..., Page], email: str
) -> None:
    far = mine(user_agent=ANDROID)
    page = mine()
    expect(page.get_by_role("button", name=re.compile("^Akhiri Chrome di Android"))).to_be_visible()
    page.get_by_label("Kata sandi sekarang", exact=True).focus()

    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Kata sandi baru", exact=True)).to_be_focused()
    page.keyboard.type(NEW)
    page.keyboard.press("Enter")

    part = page.get_by_role("region", name="Kata sandi")
    expect(part.get_by_role("status")).to_contain_text("Kata sandi sudah diganti.")
    expect(page.get_by_label("Kata sandi baru", exact=True)).to_have_value("")
    expect(page.get_by_role("button", name=re.compile("^Akhiri Chrome"))).to_have_count(0)
    far.reload()
    expect(far.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    enter(far, email, NEW)


@pytest.mark.parametrize(
    ("current", "wanted", "field", "told"),
    [
        ("", NEW, "Kata sandi sekarang", "Tulis kata sandi."),
        (PASSWORD, "pendek", "Kata sandi baru", "Baru 6 karakter; paling sedikit 12."),
        ("bukan ini", NEW, "Kata sandi sekarang", "Ini bukan kata sandi Anda yang sekarang."),
        (PASSWORD, PASSWORD, "Kata sandi baru", "Kata sandi baru harus lain dari yang sekarang."),
    ],
)
def test_a_password_that_cannot_be_changed_is_told_at_its_field(
    mine: Callable[..., Page], current: str, wanted: str, field: str, told: str
) -> None:
    page = mine()
    page.get_by_label("Kata sandi sekarang", exact=True).fill(current)
    page.get_by_label("Kata sandi baru", exact=True).fill(wanted)

    page.get_by_role("button", name="Ganti kata sandi").click()

    expect(page.locator(".field-error")).to_have_text(told)
    expect(page.get_by_label(field, exact=True)).to_be_focused()
    expect(page.get_by_label(field, exact=True)).to_have_accessible_description(
        re.compile(re.escape(told))
    )
    expect(page.get_by_label("Kata sandi baru", exact=True)).to_have_value(wanted)


def test_without_a_network_what_was_typed_stays_and_is_sent_later(
    mine: Callable[..., Page],
) -> None:
    page = mine()
    page.get_by_label("Kata sandi sekarang", exact=True).fill(PASSWORD)
    page.get_by_label("Kata sandi baru", exact=True).fill(NEW)
    page.context.set_offline(True)

    page.get_by_role("button", name="Ganti kata sandi").click()
    expect(page.get_by_role("alert")).to_contain_text("Isian Anda masih ada")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator(".offline-strip")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Ganti kata sandi").click()

    expect(page.get_by_text("Kata sandi sudah diganti.")).to_be_visible()


def test_another_browser_can_be_ended_and_is_out_at_once(mine: Callable[..., Page]) -> None:
    lost = mine(user_agent=ANDROID)
    page = mine()

    page.get_by_role("button", name="Akhiri Chrome di Android").press("Enter")

    expect(
        page.get_by_role("status").get_by_text("Chrome di Android sudah dikeluarkan")
    ).to_be_focused()
    lost.reload()
    expect(lost.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()


def test_all_other_browsers_are_ended_at_once(mine: Callable[..., Page]) -> None:
    lost, again, page = mine(user_agent=ANDROID), mine(user_agent=ANDROID), mine()

    page.get_by_role("button", name="Akhiri 2 peramban lain").press("Enter")

    expect(page.get_by_text("Semua peramban lain sudah dikeluarkan.")).to_be_focused()
    for one in (lost, again):
        one.reload()
        expect(one.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Peran Anda")).to_be_visible()


def test_a_key_is_shown_once_works_and_is_ended(mine: Callable[..., Page], site: str) -> None:
    page = mine()
    page.get_by_text("Buat kunci").first.click()
    page.get_by_label("Nama kunci").fill("QGIS di kantor")
    page.get_by_label("membaca usulan").check()
    page.get_by_label("Berlaku").select_option("30")

    page.get_by_role("button", name="Buat kunci").click()

    shown = page.get_by_role("region", name="Kunci baru: QGIS di kantor")
    expect(shown).to_be_focused()
    key = page.inner_text("#kunci-baru")
    headers = {"Authorization": f"Bearer {key}"}
    assert httpx.get(f"{site}/api/v1/staff/usulan", headers=headers).status_code == 200
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="QGIS di kantor")
    expect(row).to_contain_text("membaca")
    expect(row).to_contain_text("terakhir dipakai")
    assert key not in page.content()

    row.get_by_role("button", name="Akhiri kunci QGIS di kantor").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Tidak jadi")).to_be_focused()
    dialog.get_by_role("button", name="Ya, akhiri kunci").press("Enter")

    expect(page.get_by_text("Kunci QGIS di kantor sudah berakhir.")).to_be_visible()
    expect(row).to_have_count(0)
    assert httpx.get(f"{site}/api/v1/staff/usulan", headers=headers).status_code == 401


def test_a_key_without_name_or_use_is_told_at_its_field(mine: Callable[..., Page]) -> None:
    page = mine()
    page.get_by_text("Buat kunci").first.click()
    page.get_by_label("membaca usulan").uncheck()

    page.get_by_role("button", name="Buat kunci").click()

    expect(page.locator(".field-error")).to_have_text(
        ["Tulis nama kunci.", "Pilih paling sedikit satu."]
    )
    expect(page.get_by_label("Nama kunci")).to_be_focused()


def test_a_key_that_no_role_permits_is_refused_in_words(
    open_page: OpenPage, urls: DatabaseUrls
) -> None:
    page = open_page("/docs", viewport=OFFICE)
    be(page, sign_in_as(urls, "camat", HERE))
    page.goto("/akun")
    page.get_by_text("Buat kunci").first.click()
    page.get_by_label("Nama kunci").fill("muat")
    page.get_by_label("memuat daftar").check()

    page.get_by_role("button", name="Buat kunci").click()

    expect(page.get_by_role("alert")).to_contain_text("Peran Anda tidak mengizinkan")
    expect(page.get_by_label("Nama kunci")).to_have_value("muat")


def test_a_list_that_does_not_come_says_so_and_is_asked_for_again(
    mine: Callable[..., Page],
) -> None:
    page = mine()
    page.route("**/api/v1/sessions", refuse)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Daftar peramban tidak dapat dibaca")
    page.unroute("**/api/v1/sessions")

    page.get_by_role("button", name="Coba lagi").click()

    expect(page.get_by_text("Peramban ini")).to_be_visible()


def refuse(route: Route) -> None:
    headers = {"Content-Type": "application/problem+json"}
    body = '{"status": 500, "code": "GALAT", "title": "Galat", "detail": "Galat peladen."}'
    route.fulfill(status=500, headers=headers, body=body)


def test_signing_out_leaves_nothing_of_the_account_on_the_screen(
    mine: Callable[..., Page], email: str
) -> None:
    page = mine()

    page.get_by_role("main").get_by_role("button", name="Keluar").click()

    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    assert email not in page.inner_text("body")
    page.go_back()
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_the_account_fits_the_window_and_speaks_english(
    mine: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = mine(viewport=viewport)
    expect(page.get_by_text("Peramban ini")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", name="Your roles")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    told = page.get_by_role("main").inner_text()
    for word in ("Peran", "Kata sandi", "Peramban", "Kunci", "sampai", "Masuk "):
        assert word not in told
