"""A reporter opens his usulan on /lacak by its code, however he has it, and reads where it is."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.followed import asked, follow, lurah, sent
from tests.journeys.office import site, urls
from tests.journeys.steps import (
    TITLE,
    at,
    choose_category,
    describe,
    go_on,
    sent_number,
    use_my_location,
)

__all__ = ["asked", "lurah", "sent", "site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def test_a_code_typed_carelessly_opens_the_usulan_and_stays_for_a_reload(
    open_page: OpenPage, sent: dict[str, str]
) -> None:
    page = open_page("/lacak")
    expect(page.get_by_label("Kode lacak")).to_be_focused()

    page.keyboard.type(f"  {sent['code'].lower().replace('-', ' ')} ")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
    expect(page.get_by_text("menunggu diperiksa kelurahan")).to_be_visible()
    expect(page.get_by_text("Langkah berikutnya paling lambat")).to_be_visible()
    assert page.evaluate("location.hash") == f"#{sent['code']}"
    assert page.evaluate("document.title").startswith(TITLE)


def test_of_all_that_the_page_asks_for_only_its_one_question_has_the_code(
    open_page: OpenPage, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)
    told: list[tuple[str, str]] = []
    page.on("request", lambda one: told.append((one.url, one.headers.get("referer", ""))))

    page.reload()

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
    addresses = [url.partition("#")[0] for url, _ in told]
    with_code = [url for url in addresses if sent["code"] in url]
    assert len(addresses) > len(with_code) == 1
    assert "/api/v1/tracking/" in with_code[0]
    assert not any(sent["code"] in referrer for _, referrer in told)


def test_what_is_sent_on_lapor_is_followed_by_its_link(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(0.5, 0.5))
    use_my_location(page)
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "selokan mampet", "Saluran drainase")
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Kirim usulan")
    number = sent_number(page)
    shared = page.get_by_role("link", name="Kirim ke WhatsApp").get_attribute("href")
    code = page.inner_text("#kode-lacak")

    page.get_by_role("link", name="Buka halaman lacak").click()

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
    expect(page.get_by_text(f"Nomor {number}")).to_be_visible()
    assert f"/lacak#{code}" in unquote(shared or "")


def test_a_code_in_the_path_opens_the_page_and_stands_behind_the_hash(
    open_page: OpenPage, sent: dict[str, str]
) -> None:
    page = open_page(f"/lacak/{sent['code']}")

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()
    expect(page).to_have_url(re.compile(f"/lacak#{sent['code']}$"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Tulis kode lacak Anda."),
        ("7K3M", "Kode lacak terdiri dari 13 huruf dan angka; ini 4."),
        ("UUUU-UUUU-UUUUU", "Kode lacak hanya berisi angka dan huruf, tanpa huruf U."),
        ("0000-0000-00000", "Kode ini tidak dikenal. Periksa huruf dan angkanya."),
    ],
)
def test_a_code_that_leads_nowhere_is_told_at_its_field_and_stays_to_be_mended(
    open_page: OpenPage, typed: str, told: str
) -> None:
    page = open_page("/lacak")
    field = page.get_by_label("Kode lacak")
    field.fill(typed)

    page.keyboard.press("Enter")

    expect(page.locator(".field-error")).to_have_text(told)
    expect(field).to_be_focused()
    expect(field).to_have_value(typed)
    expect(field).to_have_accessible_description(re.compile(re.escape(told)))
    expect(page).to_have_url(re.compile("/lacak$"))


def test_another_code_is_followed_and_the_way_back_leads_to_the_first(
    open_page: OpenPage, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)

    page.get_by_role("button", name="Pakai kode lain").click()
    expect(page.get_by_label("Kode lacak")).to_be_focused()
    expect(page.get_by_label("Kode lacak")).to_have_value("")
    page.go_back()

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()


def test_a_server_that_does_not_answer_loses_nothing_and_is_asked_again(
    open_page: OpenPage, sent: dict[str, str]
) -> None:
    page = open_page("/lacak")
    page.route("**/api/v1/tracking/**", lambda route: route.abort())
    page.get_by_label("Kode lacak").fill(sent["code"])

    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Usulan Anda belum dapat dibuka")
    page.unroute("**/api/v1/tracking/**")
    page.get_by_role("button", name="Coba lagi").click()

    expect(page.get_by_role("heading", name=TITLE)).to_be_focused()


def test_the_way_to_signing_in_carries_no_code(open_page: OpenPage, sent: dict[str, str]) -> None:
    page = follow(open_page, sent, viewport={"width": 1366, "height": 768})
    link = page.get_by_role("link", name="Masuk", exact=True)

    link.click()

    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    assert sent["code"] not in page.url


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
def test_the_page_fits_the_window_in_both_languages(
    open_page: OpenPage, asked: dict[str, str], viewport: dict[str, int]
) -> None:
    page = follow(open_page, asked, viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", name="The officers' question")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    told = page.get_by_role("main").inner_text()
    for word in ("Jawaban", "Riwayat", "Data Anda", "Membatalkan", "oleh", "alasan"):
        assert word not in told
