"""A city that lacks something: its boundaries, or the people of a new edition of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cities.service import add_city
from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app import world
from tests.app.world import Spot, add, areas, proposed, settle
from tests.journeys.conftest import served
from tests.journeys.officers import NAME, invite, set_password, sign_in
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
RATE = "/perencana?tampil=laju"
NO_PEOPLE = f"Belum ada penduduk per RW di edisi {world.EDITION}"


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    """A city without people, and another without boundaries."""
    settle(fresh_urls, [replace(area, population=None, households=None) for area in areas()])
    add(fresh_urls, [proposed(Spot(column, 2)) for column in range(5)])
    with psycopg.connect(fresh_urls.staff) as connection:
        add_city(connection, "33.72", "Kota Surakarta")
    with served(create_app(settings, fresh_urls)) as address:
        yield address


PAGES = ["/", "/perencana", "/lapor"]


@pytest.mark.parametrize("path", PAGES)
def test_residents_of_a_city_without_boundaries_are_told_so_without_a_command(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(f"{path}?city=33.72")

    expect(page.get_by_role("heading", name="Peta Kota Surakarta belum siap")).to_be_visible()
    expect(page.locator(".face")).to_contain_text("Pengelola belum memuat batas wilayahnya")
    come_to_rest(page)
    expect(page.locator(".face code")).to_have_count(0)
    expect(page.get_by_text("Memuat…")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_is_told_how_boundaries_are_loaded(
    open_page: OpenPage, fresh_urls: DatabaseUrls, path: str
) -> None:
    token = invite(fresh_urls)
    page = open_page("/masuk")
    set_password(page, token)
    sign_in(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()

    page.goto(f"{path}?city=33.72")

    command = page.locator(".face code")
    expect(command).to_contain_text("peta boundaries load BERKAS --city 33.72")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_a_city_without_boundaries_another_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page("/?city=33.72", viewport=DESK)

    page.get_by_label("Kota", exact=True).select_option(label="Kota Contoh")

    expect(page.locator(".filters-total")).to_contain_text("5 usulan")


def test_the_planner_of_an_edition_without_people_ranks_nothing_and_says_why(
    open_page: OpenPage,
) -> None:
    page = open_page(RATE)

    expect(page.locator(".planner-legend")).to_contain_text(NO_PEOPLE)
    table = page.locator(".ranking")
    expect(table.locator("thead th")).to_have_text(["Wilayah", "Jumlah"])
    expect(table).not_to_contain_text("data belum cukup")
    expect(page.locator(".rank-none")).to_contain_text(NO_PEOPLE)
    expect(page.locator(".rank-none")).to_contain_text("Pengelola kota yang memuatnya.")
    expect(page.locator(".rank-none code")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_administrator_is_told_on_the_planner_how_people_are_loaded(
    open_page: OpenPage, fresh_urls: DatabaseUrls
) -> None:
    page = open_page("/masuk")
    set_password(page, invite(fresh_urls))
    sign_in(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()

    page.goto(RATE)

    expect(page.locator(".rank-none code")).to_contain_text("peta population load BERKAS")


def test_officers_find_the_way_in_on_a_phone_without_opening_the_filters(
    open_page: OpenPage,
) -> None:
    page = open_page(f"/?city={world.CITY}", has_touch=True)
    link = page.locator(".sheet").get_by_role("link", name="Masuk petugas")
    expect(link).to_be_in_viewport()

    link.tap()

    expect(page.get_by_label("Surel")).to_be_visible()


def test_people_of_the_kelurahan_alone_make_no_rates_of_rw_but_a_trend(
    open_page: OpenPage, fresh_urls: DatabaseUrls
) -> None:
    with psycopg.connect(fresh_urls.owner) as connection:
        connection.execute(
            "UPDATE peta.area SET population = 4000, households = 1000"
            " WHERE level IN ('kota', 'kecamatan', 'kelurahan')"
        )

    page = open_page(RATE, viewport=DESK)

    expect(page.locator(".rank-none")).to_contain_text("Belum ada penduduk per RW")
    page.goto(f"{page.url}&panel=grafik")
    trend = page.locator("figure.chart").filter(has_text="Laju menurut tahun")
    expect(trend).to_have_attribute("aria-busy", "false")
    expect(trend).not_to_contain_text("Belum ada penduduk")


def test_the_map_of_an_edition_without_people_says_why_it_has_no_rates(
    open_page: OpenPage,
) -> None:
    page = open_page("/?warna=laju&year=2026", viewport=DESK)

    expect(page.locator(".legend")).to_contain_text("Belum ada penduduk per ")
    expect(page.locator(".legend")).not_to_contain_text("n = 0")
    expect(page.locator(".totals")).to_contain_text("belum ada penduduk")


def test_on_a_phone_the_map_leads_to_the_planner_of_the_same_city(open_page: OpenPage) -> None:
    page = open_page(f"/?city={world.CITY}", has_touch=True)
    link = page.locator(".sheet").get_by_role("link", name="Perencana")
    expect(link).to_be_in_viewport()

    link.tap()

    page.wait_for_url(lambda url: url.endswith(f"/perencana?city={world.CITY}"))
