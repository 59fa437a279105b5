"""An address that names what is not here, and a page whose first answer is late."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def test_a_number_that_is_not_here_is_told_with_a_way_out(open_page: OpenPage) -> None:
    page = open_page("/?usulan=99.71-2026-ZZZZZZ", has_touch=True)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Nomor 99.71-2026-ZZZZZZ tidak ditemukan")
    expect(told.get_by_role("button", name="Coba lagi")).to_have_count(0)

    told.get_by_role("button", name="Tampilkan seluruh kota").tap()

    expect(page.get_by_role("heading", name="Kota Contoh")).to_be_visible()
    expect(page).not_to_have_url(re.compile("usulan="))


def test_an_area_that_is_not_here_asks_for_no_field_to_be_checked(open_page: OpenPage) -> None:
    page = open_page("/docs", viewport=DESK)
    # The map's tiles fail too, sooner or later than the rest of the page.
    with page.expect_response(lambda answer: "/tiles/usulan/" in answer.url):
        page.goto("/?area=99.71.99")
    come_to_rest(page)
    panel = page.locator(".panel-column").get_by_role("alert")
    expect(panel).to_contain_text("Kode 99.71.99 tidak ditemukan")

    expect(page.locator(".list-pane").get_by_role("alert")).to_contain_text("Wilayah ini tidak ada")
    expect(page.locator("body")).not_to_contain_text("Periksa isian")
    expect(page.locator(".map-trouble")).to_have_count(0)
    panel.get_by_role("button", name="Tampilkan seluruh kota").click()

    expect(page.locator(".row").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/perencana"])
def test_a_page_that_waits_for_its_cities_says_so(open_page: OpenPage, path: str) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route("**/api/v1/cities", lambda _route: None)

    page.goto(path)

    expect(page.get_by_text("Memuat…")).to_be_visible()
    expect(page.locator(".skeleton")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/perencana"])
def test_a_city_that_is_not_here_is_told_beside_the_one_that_is_shown(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(f"{path}?city=12.34")

    told = page.get_by_text("Kota 12.34 tidak ada di sini; yang tampil adalah Kota Contoh.")

    expect(told).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["/", "/?city=99.71", "/perencana"])
def test_of_a_city_that_is_here_nothing_is_told(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    expect(page.get_by_role("link", name="Peta Usulan").first).to_be_visible()

    expect(page.get_by_text("tidak ada di sini")).to_have_count(0)
