"""The pages on a phone, where RT belong to no RW and a kelurahan has nothing beneath."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app.world import CITY, settle, sparse_areas, spot_point
from tests.journeys.conftest import served
from tests.journeys.rest import come_to_rest
from tests.journeys.steps import (
    at,
    choose_category,
    count_in,
    describe,
    go_on,
    sent_number,
    use_my_location,
)

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
WITH_RW, WITHOUT_RW, BARE = (f"{CITY}.01.100{number}" for number in (1, 2, 3))
RT_WITHOUT_RW = f"{WITHOUT_RW}-000-001"


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    settle(fresh_urls, sparse_areas())
    with served(create_app(settings, fresh_urls)) as address:
        yield address


def send(page: Page) -> None:
    go_on(page, "Pakai lokasi ini")
    choose_category(page, "jalan rusak", "Jalan lingkungan")
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Kirim usulan")
    sent_number(page)


def choose_kelurahan(page: Page, code: str) -> None:
    page.get_by_role("button", name="Pilih dari daftar saja").click()
    page.get_by_label("Kelurahan").select_option(value=code)


def test_rt_without_rw_are_chosen_right_after_their_kelurahan(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor")
    choose_kelurahan(page, WITHOUT_RW)

    page.get_by_label("RT", exact=True).select_option(value=RT_WITHOUT_RW)
    expect(page.locator("select")).to_have_count(2)
    send(page)

    assert count_in(site, RT_WITHOUT_RW) == 1


def test_a_chosen_rt_without_rw_is_still_chosen_after_a_reload(open_page: OpenPage) -> None:
    page = open_page("/lapor")
    choose_kelurahan(page, WITHOUT_RW)
    page.get_by_label("RT", exact=True).select_option(value=RT_WITHOUT_RW)

    page.reload()

    expect(page.get_by_label("Kelurahan")).to_have_value(WITHOUT_RW)
    expect(page.get_by_label("RT", exact=True)).to_have_value(RT_WITHOUT_RW)


def test_a_kelurahan_with_nothing_beneath_is_said_to_be_so_and_taken(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/lapor")

    choose_kelurahan(page, BARE)

    expect(page.get_by_text("Batas RW dan RT belum ada di kelurahan ini.")).to_be_visible()
    send(page)
    assert count_in(site, BARE, "kelurahan") == 1


def test_where_an_rw_is_it_comes_between(open_page: OpenPage, site: str) -> None:
    page = open_page("/lapor")
    choose_kelurahan(page, WITH_RW)

    page.get_by_label("RW").select_option(value=f"{WITH_RW}-001")
    page.get_by_label("RT", exact=True).select_option(value=f"{WITH_RW}-001-002")
    send(page)

    assert count_in(site, f"{WITH_RW}-001-002") == 1


def test_the_breadcrumb_of_a_pin_leaves_out_the_rw_that_is_not_there(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(6, 1))

    use_my_location(page)

    crumbs = page.locator(".breadcrumb li").all_inner_texts()
    assert crumbs == ["RT -001", "KELURAHAN 1002"]


def test_at_the_border_of_two_kelurahan_the_neighbour_is_told_without_rw(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor", **at(3.98, 1))

    use_my_location(page)

    expect(page.locator(".doubt")).to_contain_text("tanpa RW")


def tile_zooms(page: Page) -> list[int]:
    names = page.locator(".ground-tile").evaluate_all("e => e.map(tile => tile.dataset.tile)")
    return [int(name.split("/")[0]) for name in names]


def test_where_nothing_is_drawn_around_the_pin_the_map_keeps_a_border_in_view(
    open_page: OpenPage,
) -> None:
    # 220 m from the edges of a kelurahan with nothing beneath: 93 px at zoom 16, of 116 in view.
    page = open_page("/lapor", **at(10, 2))

    use_my_location(page)

    page.wait_for_function(
        "() => [...document.querySelectorAll('.ground-tile')]"
        ".every(tile => Number(tile.dataset.tile.split('/')[0]) <= 16)"
    )
    come_to_rest(page)
    assert max(tile_zooms(page)) in (15, 16)


def test_among_rt_the_map_stays_at_the_street(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(1, 1.9))

    use_my_location(page)
    come_to_rest(page)

    assert max(tile_zooms(page)) == 18


def zoom_of(page: Page) -> int:
    found = re.search(r"at=[^&]*?(\d+)(?:&|$)", page.url)
    return int(found[1]) if found else 0


def test_the_map_goes_to_an_rt_without_rw_and_its_panel_leads_up(open_page: OpenPage) -> None:
    page = open_page(f"/?area={RT_WITHOUT_RW}")

    expect(page.locator(".panel h1")).to_have_text("RT -001")
    names = page.locator(".panel .breadcrumb button").all_inner_texts()

    assert len(names) == 3
    page.wait_for_url(lambda _: zoom_of(page) >= 16)


def test_a_tap_at_street_zoom_where_no_rt_is_opens_the_kelurahan(open_page: OpenPage) -> None:
    middle = spot_point(10, 2)
    page = open_page(
        f"/?at={middle.x:.5f},{middle.y:.5f},17", viewport={"width": 1440, "height": 900}
    )
    canvas = page.locator(".map-box")
    expect(page.locator(".map-box .leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator(".map-box .leaflet-tile:not(.leaflet-tile-loaded)")).to_have_count(0)
    come_to_rest(page)

    canvas.click()

    expect(page.locator(".panel h1")).to_have_text("KELURAHAN 1003")
