"""Both maps of the planner beside each other: the same ground, and all of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import ask, wait_for_numbers
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
WIDE = {"width": 1920, "height": 1080}
GROUNDS = """() => {
    const ground = side => {
        const box = document.querySelector(`[data-side=${side}] .map-box`);
        const { left, top, width, height } = box.getBoundingClientRect();
        const tiles = {};
        for (const tile of box.querySelectorAll(".ground-tile")) {
            const spot = tile.getBoundingClientRect();
            tiles[tile.dataset.tile] = [spot.left - left, spot.top - top];
        }
        const [zoom] = Object.keys(tiles).map(name => Number(name.split("/")[0]));
        return { zoom, tiles, width, height };
    };
    return { left: ground("kepadatan"), right: ground("laju") };
}"""
# Every tile that both maps have stands at the same spot of their boxes, and they have some.
SAME_GROUND = """
    const shared = Object.keys(left.tiles).filter(name => name in right.tiles);
    const near = (one, other) => Math.abs(one - other) <= 1;
    return shared.length > 0 && left.zoom === right.zoom && near(left.width, right.width)
        && shared.every(name => left.tiles[name].every((at, n) => near(at, right.tiles[name][n])));
"""


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def city_bounds(page: Page) -> list[float]:
    [city] = ask(page.url.partition("/perencana")[0], "cities")["cities"]
    bounds: list[float] = city["bounds"]
    return bounds


@pytest.mark.parametrize("viewport", [DESK, WIDE], ids=["1440", "1920"])
def test_two_maps_open_on_the_same_ground_with_the_whole_city_in_each(
    open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page("/perencana?tampil=sanding", viewport=viewport)
    wait_for_numbers(page)
    for side in ("kepadatan", "laju"):
        expect(page.locator(f"[data-side={side}] .ground-tile canvas").first).to_be_attached()

    come_to_rest(page)
    page.wait_for_function(f"() => {{ const {{ left, right }} = ({GROUNDS})(); {SAME_GROUND} }}")

    left = page.evaluate(f"({GROUNDS})().left")
    west, south, east, north = city_bounds(page)
    degrees_of_a_pixel = 360 / (256 * 2 ** left["zoom"])
    assert (east - west) / degrees_of_a_pixel <= left["width"]
    assert (north - south) / degrees_of_a_pixel <= left["height"]
