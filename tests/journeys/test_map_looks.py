"""What the public map shows where: its circles, the chosen area, the city in the window."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PHONE
from tests.journeys.reading import ask, busy, query_of, wait_for_map
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
CONTROLS = (".map-modes", ".map-zoom", ".map-caption", ".sheet")
USULAN_TILES = re.compile(r"/tiles/usulan/")
# Of every pixel that circles cover: how many there are, and how many have each colour.
CIRCLES = """() => {
    const found = {};
    let covered = 0;
    for (const tile of document.querySelectorAll('.usulan-tile canvas')) {
        const context = tile.getContext('2d');
        const pixels = context.getImageData(0, 0, tile.width, tile.height).data;
        for (let at = 0; at < pixels.length; at += 4) {
            if (pixels[at + 3] < 255) continue;
            covered += 1;
            const colour = pixels.slice(at, at + 3).join(' ');
            found[colour] = (found[colour] ?? 0) + 1;
        }
    }
    return { covered, found };
}"""
OF_SINGLES = ["1", "2\N{EN DASH}9", "10\N{EN DASH}29", "30\N{EN DASH}74", "75+"]
CELL_COLOURS = ("244 205 160", "222 155 88", "166 90 28", "111 52 11")
# Whether the canvas over the circles has pixels of the colour of a chosen area's outline.
OUTLINED = """() => {
    const over = document.querySelector('.leaflet-overlay-pane canvas');
    if (!over || over.width * over.height === 0) return false;
    const { data } = over.getContext('2d').getImageData(0, 0, over.width, over.height);
    for (let at = 0; at < data.length; at += 4) {
        if (data[at] !== 31 || data[at + 1] !== 65 || data[at + 2] !== 120) continue;
        if (data[at + 3] === 255) return true;
    }
    return false;
}"""


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def city_bounds(site: str) -> list[float]:
    [bounds] = [city["bounds"] for city in ask(site, "cities")["cities"] if city["demo"]]
    return [float(edge) for edge in bounds]


def in_window(page: Page, bounds: list[float]) -> dict[str, float]:
    """Where the bounds lie in the window by the view in the address, in pixels."""
    box = page.locator(".map-box").bounding_box()
    assert box
    longitude, latitude, zoom = (float(part) for part in query_of(page)["at"][0].split(","))
    degree_px = 256 * 2**zoom / 360
    # Near the equator a degree of latitude is as tall as one of longitude is wide, to one percent.
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return {
        "left": x + (bounds[0] - longitude) * degree_px,
        "right": x + (bounds[2] - longitude) * degree_px,
        "top": y - (bounds[3] - latitude) * degree_px,
        "bottom": y - (bounds[1] - latitude) * degree_px,
    }


def is_clear(page: Page, selector: str, bounds: list[float]) -> bool:
    over = page.locator(selector).bounding_box()
    place = in_window(page, bounds)
    assert over
    beside = place["right"] <= over["x"] or place["left"] >= over["x"] + over["width"]
    below = place["top"] >= over["y"] + over["height"]
    return beside or below or place["bottom"] <= over["y"]


def all_but_a_tenth(bounds: list[float]) -> list[float]:
    """What must stand clear of everything over the map: a tenth each way may lie beneath it."""
    west, south, east, north = bounds
    across, up = (east - west) * 0.05, (north - south) * 0.05
    return [west + across, south + up, east - across, north - up]


def test_on_a_phone_the_circles_leave_the_city_to_be_seen_and_differ_in_class(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/")
    wait_for_map(page)
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    come_to_rest(page)

    circles = page.evaluate(CIRCLES)

    city = in_window(page, city_bounds(site))
    city_px = (city["right"] - city["left"]) * (city["bottom"] - city["top"])
    assert 0.1 < circles["covered"] / city_px < 0.6
    classes = [colour for colour in CELL_COLOURS if circles["found"].get(colour, 0) > 20]
    assert len(classes) >= 3, circles["found"]


def test_the_legend_names_the_classes_of_the_circles(open_page: OpenPage) -> None:
    page = open_page("/?at=111.3507,-7.2494,14&category=SP01&year=2026", viewport=DESK)
    names = page.locator(".legend-cells .num")
    expect(names).to_have_text(OF_SINGLES)

    page.goto("/?at=111.3507,-7.2494,11")
    expect(names).to_have_text([re.compile(r"^[\d.]+\+?$")] * len(OF_SINGLES))

    said = [int(name.replace(".", "").removesuffix("+")) for name in names.all_inner_texts()]
    unit = said[1] // 2
    assert unit > 1
    assert said == [1, 2 * unit, 10 * unit, 30 * unit, 75 * unit]


def test_the_outline_of_the_chosen_area_lies_over_the_circles(open_page: OpenPage) -> None:
    page = open_page("/?at=111.3507,-7.2494,13", viewport=DESK)
    wait_for_map(page)
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    come_to_rest(page)
    assert not page.evaluate(OUTLINED)

    page.goto("/?area=99.71.01.1001&at=111.3507,-7.2494,13")
    wait_for_map(page)

    page.wait_for_function(OUTLINED, polling=500)


def test_a_filter_changed_before_the_first_circles_came_still_waits_for_its_own(
    open_page: OpenPage,
) -> None:
    page = open_page("/docs", viewport=DESK)
    held: list[Route] = []
    holding = True

    def hold(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route(USULAN_TILES, hold)
    page.goto("/")
    note = page.locator(".map-renewing-note")
    expect(note).to_have_text("Memuat…")

    page.get_by_role("button", name="Ekonomi").click()
    expect(page).to_have_url(re.compile("group=EK"))
    page.wait_for_timeout(1_000)

    expect(note).to_have_text("Memuat…")
    expect(page.locator(".usulan-tile canvas")).to_have_count(0)
    holding = False
    for route in held:
        route.continue_()
    expect(note).to_have_count(0)
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()


def test_a_tile_that_fails_keeps_no_circles_of_the_filter_before(open_page: OpenPage) -> None:
    page = open_page("/", viewport=DESK)
    wait_for_map(page)
    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    expect(page.locator(".map-renewing-note")).to_have_count(0)
    page.route(USULAN_TILES, lambda route: route.fulfill(status=500, body=""))

    page.get_by_role("button", name="Ekonomi").click()

    expect(page.locator(".map-trouble")).to_contain_text("Lingkaran usulan belum termuat.")
    expect(page.locator(".usulan-tile canvas")).to_have_count(0)
    expect(page.locator(".map-renewing-note")).to_have_count(0)


def test_circles_whose_first_request_failed_are_shown_once_they_come(open_page: OpenPage) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(USULAN_TILES, busy(1))
    page.goto("/")
    expect(page.locator(".map-trouble")).to_contain_text("Lingkaran usulan belum termuat.")

    page.unroute_all()

    expect(page.locator(".usulan-tile canvas").first).to_be_visible()
    expect(page.locator(".map-renewing-note, .map-trouble")).to_have_count(0)
    hidden = page.locator(".usulan-tile:not(.leaflet-tile-loaded) canvas")
    expect(hidden).to_have_count(0)


def test_on_a_phone_the_city_fills_its_part_of_the_window(open_page: OpenPage, site: str) -> None:
    bounds = city_bounds(site)
    page = open_page("/")
    wait_for_map(page)
    come_to_rest(page)

    city = in_window(page, bounds)

    clear = {name: is_clear(page, name, all_but_a_tenth(bounds)) for name in CONTROLS}
    assert clear == dict.fromkeys(CONTROLS, True)
    assert (city["right"] - city["left"]) / PHONE["width"] > 0.6


def test_turning_the_phone_fits_the_city_again(open_page: OpenPage, site: str) -> None:
    bounds = city_bounds(site)
    most = all_but_a_tenth(bounds)
    page = open_page("/")
    wait_for_map(page)
    come_to_rest(page)
    upright = {name: is_clear(page, name, most) for name in CONTROLS}

    page.set_viewport_size({"width": 640, "height": 360})
    come_to_rest(page)

    opened_so = open_page("/", viewport={"width": 640, "height": 360})
    wait_for_map(opened_so)
    come_to_rest(opened_so)
    assert upright == dict.fromkeys(CONTROLS, True)
    assert in_window(page, bounds) == pytest.approx(in_window(opened_so, bounds), abs=2)


def test_the_city_but_for_a_tenth_is_clear_of_the_buttons_also_after_turning_the_phone(
    open_page: OpenPage, site: str
) -> None:
    bounds = all_but_a_tenth(city_bounds(site))
    page = open_page("/")
    wait_for_map(page)
    page.get_by_role("button", name="Perbesar peta").click()
    come_to_rest(page)
    page.get_by_role("button", name="Tampilkan seluruh kota").click()
    come_to_rest(page)

    upright = {name: is_clear(page, name, bounds) for name in CONTROLS}
    page.set_viewport_size({"width": 640, "height": 540})
    come_to_rest(page)
    turned = {name: is_clear(page, name, bounds) for name in CONTROLS}

    assert upright == dict.fromkeys(CONTROLS, True)
    assert turned == dict.fromkeys(CONTROLS, True)


def test_a_map_that_its_reader_moved_stays_there_when_the_phone_is_turned(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    wait_for_map(page)
    for _ in range(3):
        page.get_by_role("button", name="Perbesar peta").click()
        come_to_rest(page)
    _, _, zoom = query_of(page)["at"][0].split(",")

    page.set_viewport_size({"width": 640, "height": 540})
    come_to_rest(page)

    assert query_of(page)["at"][0].split(",")[2] == zoom


def test_an_address_of_an_usulan_shows_its_street(open_page: OpenPage, site: str) -> None:
    found = ask(site, "usulan", category="SP07", limit=50)["features"]
    lamp = next(each for each in found if each["geometry"])
    longitude, latitude = lamp["geometry"]["coordinates"]
    page = open_page(f"/?usulan={lamp['properties']['number']}")

    expect(page).to_have_url(re.compile(r"at=[\d.,-]+,17$"))
    come_to_rest(page)

    spot = in_window(page, [longitude, latitude, longitude, latitude])
    sheet = page.locator(".sheet").bounding_box()
    modes = page.locator(".map-modes").bounding_box()
    assert sheet
    assert modes
    assert 0 < spot["left"] < PHONE["width"]
    assert modes["y"] + modes["height"] < spot["top"] < sheet["y"]


def test_an_address_with_a_view_keeps_it_though_it_names_an_usulan(
    open_page: OpenPage, site: str
) -> None:
    found = ask(site, "usulan", category="SP07", limit=50)["features"]
    lamp = next(each for each in found if each["geometry"])
    longitude, latitude = lamp["geometry"]["coordinates"]

    page = open_page(
        f"/?usulan={lamp['properties']['number']}&at={longitude},{latitude},14", viewport=DESK
    )
    expect(page.locator(".facts")).to_be_visible()
    come_to_rest(page)

    assert query_of(page)["at"][0].split(",")[2] == "14"


def test_going_offline_on_a_phone_leaves_the_map_that_is_there(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_for_map(page)
    come_to_rest(page)
    zoom = query_of(page)["at"][0].split(",")[2]

    page.context.set_offline(True)
    expect(page.locator(".offline-strip")).to_be_visible()
    come_to_rest(page)

    assert query_of(page)["at"][0].split(",")[2] == zoom
    assert page.locator(".ground-tile.leaflet-tile-loaded").count() > 0


def test_panning_away_from_a_chosen_area_does_not_jump_back(open_page: OpenPage) -> None:
    page = open_page("/?area=99.71.01.1001", viewport=DESK)
    wait_for_map(page)
    come_to_rest(page)
    page.get_by_role("application").focus()
    # Near enough that the area leaves the window before the map's own limit is reached.
    for _ in range(2):
        page.keyboard.press("+")
        come_to_rest(page)
    begun, *_ = query_of(page)["at"][0].split(",")

    for _ in range(8):
        before = page.url
        page.keyboard.press("ArrowRight")
        expect(page).not_to_have_url(before)
    come_to_rest(page)

    left, *_ = query_of(page)["at"][0].split(",")
    assert float(left) - float(begun) == pytest.approx(800 * 360 / (256 * 2**15), rel=0.1)


@pytest.mark.parametrize("zoom", [11, 15])
def test_on_a_phone_the_caption_is_one_line_in_both_languages(
    open_page: OpenPage, zoom: int
) -> None:
    page = open_page(f"/?at=111.3507,-7.2494,{zoom}")
    caption = page.locator(".map-caption")
    expect(caption).to_contain_text("indikatif 2025 · contoh · tanpa peta dasar")
    indonesian = caption.bounding_box()

    page.get_by_role("button", name="English").click()
    expect(caption).to_contain_text("borders 2025 · demo · no base map")
    english = caption.bounding_box()

    for box in (indonesian, english):
        assert box
        assert box["height"] <= 22
        assert box["x"] >= 0
