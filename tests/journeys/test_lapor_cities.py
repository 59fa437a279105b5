"""/lapor where the address names no city of ours, and where a name of an area is not enough."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cities.service import add_city
from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app.world import CITY, areas, settle
from tests.journeys.conftest import served
from tests.journeys.steps import choose_category, describe, go_on, sent_number

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NAMES = {
    f"{CITY}.01": "CENGKARENG",
    f"{CITY}.02": "KALI DERES",
    f"{CITY}.01.1001": "CENGKARENG BARAT",
    f"{CITY}.02.1003": "CENGKARENG BARAT",
}
ONE, OTHER, ALONE = f"{CITY}.01.1001", f"{CITY}.02.1003", f"{CITY}.01.1002"


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    """A city with two kelurahan of one name, and a city without boundaries."""
    settle(fresh_urls, [replace(area, name=NAMES.get(area.code, area.name)) for area in areas()])
    with psycopg.connect(fresh_urls.staff) as connection:
        add_city(connection, "33.72", "Kota Surakarta")
    with served(create_app(settings, fresh_urls)) as address:
        yield address


def listed(page: Page, code: str) -> str:
    return page.locator(f'#daftar-kelurahan option[value="{code}"]').inner_text()


def test_kelurahan_of_one_name_are_listed_with_their_kecamatan(open_page: OpenPage) -> None:
    page = open_page("/lapor")

    page.get_by_role("button", name="Pilih dari daftar saja").click()
    expect(page.get_by_label("Kelurahan")).to_be_enabled()

    assert listed(page, ONE) == "CENGKARENG BARAT, Kec. CENGKARENG"
    assert listed(page, OTHER) == "CENGKARENG BARAT, Kec. KALI DERES"
    assert listed(page, ALONE) == "KELURAHAN 1002"


def test_the_public_view_and_the_thanks_say_which_of_two_kelurahan_it_is(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor")
    page.get_by_role("button", name="Pilih dari daftar saja").click()
    page.get_by_label("Kelurahan").select_option(value=OTHER)
    page.get_by_label("RW").select_option(value=f"{OTHER}-001")
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "jalan rusak", "Jalan lingkungan")
    go_on(page)
    describe(page)
    go_on(page)

    expect(page.locator(".public-card")).to_contain_text("RW -001, CENGKARENG BARAT, KALI DERES")
    page.reload()
    expect(page.locator(".public-card")).to_contain_text("CENGKARENG BARAT, KALI DERES")
    go_on(page, "Kirim usulan")

    sent_number(page)
    expect(page.locator(".sent")).to_contain_text(
        "Kelurahan CENGKARENG BARAT, Kec. KALI DERES memeriksa usulan ini"
    )


def test_a_city_that_is_not_here_is_told_and_those_that_are_offered(open_page: OpenPage) -> None:
    page = open_page("/lapor?city=00.00")

    expect(page.get_by_role("heading", name="Kota 00.00 tidak ada di sini")).to_be_visible()
    expect(page.get_by_text("gagal dimuat")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # The other city has no boundaries, so nothing could be sent there.
    expect(page.locator(".other-cities a")).to_have_text(["Kota Contoh"])
    page.get_by_role("link", name="Kota Contoh").click()

    expect(page.get_by_role("heading", name="Di mana masalahnya?")).to_be_visible()


def test_from_a_city_without_boundaries_the_form_leads_to_another(open_page: OpenPage) -> None:
    page = open_page("/lapor?city=33.72")

    page.get_by_role("link", name="Kota Contoh").click()

    expect(page.get_by_role("heading", name="Di mana masalahnya?")).to_be_visible()
