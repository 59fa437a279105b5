"""The public map on paper: the map that was on the screen, its numbers and its list."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import wait_for_map
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
PAPER = {"width": 680, "height": 1009}  # A4 less margins of 15 mm
TILES = """() => [...document.querySelectorAll('.map-box canvas')].map((canvas) => {
    const { width, height } = canvas.getBoundingClientRect();
    return [canvas.width, canvas.height, width > 0 && height > 0];
})"""


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


@pytest.mark.parametrize(
    "viewport",
    [{"width": 1440, "height": 900}, {"width": 360, "height": 640}],
    ids=["desk", "phone"],
)
def test_paper_shows_the_map_of_the_screen_as_wide_as_the_page(
    open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page("/", viewport=viewport)
    wait_for_map(page)
    expect(page.locator(".map-renewing-note")).to_have_count(0)
    come_to_rest(page)
    before = page.evaluate(TILES)
    assert before

    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)

    expect(page.locator(".map-zoom")).to_be_hidden()
    assert page.evaluate(TILES) == before
    shown = page.locator(".map-pane").bounding_box()
    assert shown is not None
    on_screen = min(viewport["width"], PAPER["width"])
    assert 0.9 * on_screen <= shown["width"] <= PAPER["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    below = page.locator(".legend").first.bounding_box()
    assert below is not None
    assert below["x"] + below["width"] <= PAPER["width"]
