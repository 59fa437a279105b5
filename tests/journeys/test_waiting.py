"""The public map while answers are late, missing or refused, and by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.reading import busy, wait_for_map
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
USULAN_TILES = re.compile(r"/tiles/usulan/")


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def test_a_slow_filter_never_shows_the_figures_of_the_one_before(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    come_to_rest(page)
    before = page.locator(".filters-total").inner_text()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/api/v1/(usulan|stats|areas)|/tiles/usulan/"), hold)

    page.get_by_role("button", name="Ekonomi").click()

    # First, for what is held for ten seconds counts as failed.
    expect(page.locator(".map-renewing-note")).to_have_text("Memuat…")
    box = page.get_by_role("application")
    expect(box).to_have_attribute("aria-busy", "true")
    assert box.evaluate("e => getComputedStyle(e).overflow") == "hidden", "the map spills over"
    expect(page.locator(".filters-total")).to_have_text("Memuat…")
    expect(page.locator(".list-head")).to_contain_text("Memuat…")
    expect(page.locator(".rows")).to_have_class("rows renewing")
    expect(page.locator(".rows")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".panel")).to_have_class("panel renewing")
    expect(page.locator(".legend")).to_contain_text("Memuat…")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(".renewing, .map-renewing-note")).to_have_count(0)
    expect(page.locator(".filters-total")).to_contain_text("usulan")
    assert page.locator(".filters-total").inner_text() != before


def test_a_busy_server_is_asked_again_by_the_page_itself(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    page.route(re.compile(r"/api/v1/(usulan|stats)|/tiles/usulan/"), busy(1))
    page.get_by_role("button", name="Ekonomi").click()
    alert = page.locator(".list-pane").get_by_role("alert")
    expect(alert).to_contain_text("Halaman ini mencoba lagi sendiri.")
    trouble = page.locator(".map-trouble")
    expect(trouble).to_contain_text("Itu tidak berarti tidak ada usulan.")
    for notice in (alert, trouble):
        expect(notice).not_to_contain_text("tetap bisa dipakai")

    page.unroute_all()

    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator(".filters-total")).to_contain_text("usulan")
    expect(page.get_by_role("alert")).to_have_count(0)


def class_starts(page: Page) -> list[int]:
    names = page.locator(".legend-cells .num")
    expect(names).to_have_text([re.compile(r"\d")] * 5)
    return [int(name.replace(".", "").removesuffix("+")) for name in names.all_inner_texts()]


def test_circles_keep_their_sizes_when_neither_totals_nor_list_come(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    by_totals = class_starts(page)
    assert by_totals[1] > 2
    page.route(re.compile(r"/api/v1/(usulan|stats)"), busy(120))

    page.reload()

    expect(page.locator(".legend")).to_contain_text("ukuran lingkaran menurut yang tampil")
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    assert class_starts(page) == by_totals


def test_the_legend_claims_no_sizes_before_there_are_circles(open_page: OpenPage) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(re.compile(r"/api/v1/(usulan|stats)|/tiles/usulan/"), lambda _route: None)

    page.goto("/")

    expect(page.locator(".legend")).to_contain_text("Memuat…")
    expect(page.locator(".legend-cells .num")).to_have_text([""] * 5)
    expect(page.locator(".map-renewing-note")).to_have_text("Memuat…")


def test_a_failed_list_does_not_point_to_a_map_that_is_still_to_come(open_page: OpenPage) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route("**/api/v1/usulan?**", busy(120))
    page.route(USULAN_TILES, lambda _route: None)
    page.goto("/")
    alert = page.locator(".list-pane").get_by_role("alert")
    expect(alert).to_contain_text("Daftar usulan gagal dimuat")
    expect(page.locator(".map-renewing-note")).to_have_text("Memuat…")

    # Not waited for: a tile that never comes counts as failed in the end.
    assert "Peta tetap bisa dipakai" not in alert.inner_text()

    page.unroute(USULAN_TILES)
    page.get_by_role("button", name="Ekonomi").click()
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    expect(alert).to_contain_text("Peta tetap bisa dipakai.")


def test_an_area_of_an_address_is_shown_and_narrows_map_and_list_alike(
    open_page: OpenPage,
) -> None:
    area = "99.71.01.1001"
    with_area = re.compile(rf"/tiles/usulan/1[3-9]/.*area={area}")
    page = open_page("/", viewport=DESK)

    with page.expect_request(with_area):
        page.goto(f"/?area={area}")

    expect(page).to_have_url(re.compile(r"at=[\d.,-]+,1[3-9]$"))
    count = page.get_by_test_id("area-count").inner_text()
    expect(page.locator(".filters-total")).to_contain_text(f"{count} usulan")
    expect(page.locator(".list-head")).to_contain_text(f"{count} usulan")
    expect(page.locator(".legend")).to_contain_text(f"= {count}.")


def test_cities_that_did_not_come_are_asked_for_again(open_page: OpenPage) -> None:
    page = open_page("/docs")
    page.route("**/api/v1/cities", busy(1))
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("Peta belum bisa dibuka")

    page.unroute_all()

    expect(page.locator(".map-box canvas").first).to_be_attached()


def test_the_map_is_reached_at_once_and_the_list_is_one_stop(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    expect(page.locator(".row")).to_have_count(50)
    press = page.keyboard.press

    press("Tab")
    press("Tab")
    expect(page.get_by_role("link", name="Langsung ke peta")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("application")).to_be_focused()

    page.locator(".row-button").first.focus()
    press("ArrowDown")
    press("ArrowDown")
    expect(page.locator(".row-button").nth(2)).to_be_focused()
    press("Shift+Tab")
    expect(page.locator(".sort select")).to_be_focused()
    press("Tab")
    expect(page.locator(".row-button").nth(2)).to_be_focused()
    press("Tab")
    assert page.evaluate("document.activeElement.closest('.rows')") is None


def test_the_button_of_the_filters_names_no_number_that_is_not_known(
    open_page: OpenPage,
) -> None:
    page = open_page("/", has_touch=True)
    wait_for_map(page)
    page.get_by_role("button", name="Saring").click()
    page.context.set_offline(True)

    page.get_by_role("button", name="Ekonomi").click()

    expect(page.get_by_role("button", name="Lihat daftar", exact=True)).to_be_visible()


def test_the_pictures_of_the_list_are_asked_for_before_the_list_has_come(
    open_page: OpenPage,
) -> None:
    page = open_page("/docs", viewport={"width": 1440, "height": 900})
    page.route("**/api/v1/**", lambda _route: None)

    with page.expect_request(re.compile(r"/assets/icons-[^/]*\.svg")):
        page.goto("/")

    expect(page.locator(".row-icon")).to_have_count(0)
