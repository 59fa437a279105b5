"""The planner's page on paper: all that was on the screen, and what that needs to be understood."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import ask, grouped, latest_year
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
# A4 less margins of 15 mm, in pixels of the style sheet.
PORTRAIT = {"width": 680, "height": 1009}
LANDSCAPE = {"width": 1009, "height": 680}

# Of each copied map: its width and height, how many colours it has, how large it is on paper, and
# from where to where its darkest lines, of the city's border, reach (shares of its width).
COPIES = """() => [...document.querySelectorAll('.print-map')].map((canvas) => {
    const { width, height } = canvas;
    if (width * height === 0) return { width, height, colours: 0, shown: 0 };
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    const seen = new Set();
    let [west, east] = [width, 0];
    for (let at = 0; at < data.length; at += 4) {
        seen.add(data.slice(at, at + 3).join());
        if (data[at] > 30 || data[at + 1] > 35 || data[at + 2] > 33) continue;
        const x = (at / 4) % width;
        [west, east] = [Math.min(west, x), Math.max(east, x)];
    }
    const box = canvas.getBoundingClientRect();
    const reach = [west / width, east / width];
    return { width, height, colours: seen.size, reach, shown: box.width * box.height };
})"""
# Texts that reach over the edge of the paper.
CUT = """() => [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true })
        && !one.closest('.visually-hidden, .map-box, noscript'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.className || one.tagName)"""


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def open_whole(open_page: OpenPage, path: str, **options: Any) -> Page:
    """A page whose maps, numbers and charts have come."""
    page = open_page(path, **{"viewport": DESK, **options})
    expect(page.get_by_test_id("total")).to_be_visible()
    expect(page.locator(".ranking tbody tr").first).to_be_attached()
    expect(page.locator(".map-renewing-note")).to_have_count(0)
    expect(page.locator(".map-box canvas").first).to_be_attached()
    expect(page.locator(".paper-chart")).to_have_count(2)
    come_to_rest(page)
    return page


def to_paper(page: Page) -> None:
    """Show the page as it is printed; its maps are copied in the frame after that."""
    page.emulate_media(media="print")
    come_to_rest(page)


def assert_whole(copy: dict[str, Any]) -> None:
    """The border of the city comes near both edges of the picture and touches neither."""
    west, east = copy["reach"]
    assert 0.005 < west < 0.15, copy
    assert 0.85 < east < 0.995, copy


@pytest.mark.parametrize("paper", [PORTRAIT, LANDSCAPE])
def test_paper_has_head_maps_legends_ranking_and_charts_and_cuts_nothing(
    open_page: OpenPage, site: str, paper: dict[str, int]
) -> None:
    year = latest_year(site)
    page = open_whole(open_page, "/perencana?group=SP")
    total = ask(site, "stats", level="kota", year=year, group="SP")["numberMatched"]

    to_paper(page)
    page.set_viewport_size(paper)

    head = page.locator(".print-head")
    expect(head).to_contain_text("Kota Contoh")
    expect(head).to_contain_text(f"Tahun perencanaan: {year}")
    expect(head).to_contain_text("Saringan: Sarana publik")
    expect(head).to_contain_text(f"{grouped(total)} usulan")
    expect(head).to_contain_text("Keadaan data")
    expect(page.locator(".map-title h2 >> visible=true")).to_have_text(
        ["Kepadatan usulan", "Usulan per 1.000 jiwa"]
    )
    expect(page.locator(".legend-steps >> visible=true")).to_have_count(2)
    expect(page.locator(".ranking tbody tr").first).to_be_visible()
    expect(page.locator(".paper-chart >> visible=true")).to_have_count(2)
    expect(page.locator(".print-foot")).to_contain_text("Sumber: usulan warga")
    assert page.evaluate(CUT) == []


def test_the_whole_city_is_on_paper_with_its_colours_and_names(open_page: OpenPage) -> None:
    page = open_whole(open_page, "/perencana")

    to_paper(page)

    copies = page.evaluate(COPIES)
    assert len(copies) == 2
    for copy in copies:
        assert copy["colours"] > 50, copy
        assert copy["shown"] > 100_000, copy
        assert_whole(copy)
        # The demo city is one and a half times as wide as it is high.
        assert 1.2 < copy["width"] / copy["height"] < 1.9, copy


def test_a_printer_gets_the_maps_from_a_phone_and_from_another_panel_too(
    open_page: OpenPage,
) -> None:
    page = open_whole(
        open_page,
        "/perencana?tampil=laju&panel=grafik",
        viewport={"width": 360, "height": 640},
    )

    printed = page.pdf(format="A4")

    assert printed.startswith(b"%PDF")
    [copy] = page.evaluate(COPIES)
    assert copy["colours"] > 50
    assert_whole(copy)
    to_paper(page)
    expect(page.locator(".ranking tbody tr").first).to_be_visible()
    expect(page.locator(".planner-legend .legend-steps")).to_be_visible()


def test_paper_is_light_after_a_dark_screen(open_page: OpenPage) -> None:
    page = open_whole(open_page, "/perencana?tampil=laju", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".print-head h1")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".rank-button").first).to_have_css("color", "rgb(24, 29, 27)")


def test_the_screen_is_as_it_was_after_printing(open_page: OpenPage) -> None:
    page = open_whole(open_page, "/perencana?tampil=laju")
    address = page.url
    to_paper(page)
    page.set_viewport_size(PORTRAIT)

    page.set_viewport_size(DESK)
    page.emulate_media(media="screen")

    expect(page.locator(".map-box")).to_be_visible()
    expect(page.locator(".map-title h2")).to_have_text("Usulan per 1.000 jiwa")
    assert page.url == address


MOST_RANKED = 1_000  # so many rows the page asks for


@pytest.mark.parametrize("panel", ["peringkat", "banding"])
def test_paper_has_every_row_of_the_ranking_and_the_screen_says_what_it_leaves_out(
    open_page: OpenPage, site: str, panel: str
) -> None:
    areas = len(ask(site, "stats", level="rw", year=latest_year(site))["rows"])
    assert 50 < areas <= MOST_RANKED
    page = open_whole(open_page, f"/perencana?tampil=laju&panel={panel}")
    rows, left = page.locator(".ranking tbody tr"), page.locator(".rank-left")
    expect(rows).to_have_count(50)
    expect(left).to_contain_text(f"Ditampilkan 50 dari {grouped(areas)}")

    page.pdf(format="A4")
    to_paper(page)

    expect(rows).to_have_count(areas)
    expect(left).to_have_count(0)
    page.emulate_media(media="screen")
    expect(rows).to_have_count(50)


def test_a_ranking_too_long_for_paper_says_how_many_areas_it_leaves_out(
    open_page: OpenPage, site: str
) -> None:
    areas = len(ask(site, "stats", level="rt", year=latest_year(site))["rows"])
    assert areas > MOST_RANKED
    page = open_whole(open_page, "/perencana?tampil=laju&level=rt")

    to_paper(page)

    told = f"Ditampilkan {grouped(MOST_RANKED)} dari {grouped(areas)}"
    expect(page.locator(".rank-left")).to_contain_text(told)
    expect(page.locator(".rank-left")).to_contain_text("CSV")
