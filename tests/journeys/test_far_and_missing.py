"""Where nothing is: far from the city, on an address that leads nowhere, without a map."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.world import CITY, spot_point
from tests.journeys.steps import at

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def test_a_phone_far_from_the_city_is_shown_beside_it(open_page: OpenPage) -> None:
    page = open_page("/lapor", **at(-40, 2.5))

    page.get_by_role("button", name="Lokasi saya").click()

    expect(page.get_by_role("alert")).to_contain_text("Lokasi di luar wilayah Kota Contoh.")
    pin, box = (
        page.locator(".pin-marker").bounding_box(),
        page.locator(".place-canvas").bounding_box(),
    )
    assert pin is not None
    assert box is not None
    assert box["x"] <= pin["x"] <= box["x"] + box["width"] - pin["width"]
    assert box["y"] <= pin["y"] <= box["y"] + box["height"] - pin["height"]


def test_without_a_map_nobody_is_told_to_tap_it(open_page: OpenPage, site: str) -> None:
    page = open_page("/404")
    page.route("**/assets/pin-*.js", lambda route: route.abort())

    page.goto(f"{site}/lapor")

    expect(page.get_by_text("Peta tidak dapat dimuat.")).to_be_visible()
    expect(page.get_by_text("Ketuk peta")).to_have_count(0)
    expect(page.get_by_role("button", name="Pilih dari daftar saja")).to_be_visible()


@pytest.mark.parametrize(("scheme", "ground"), [("dark", "#161b19"), ("light", "#ffffff")])
def test_the_page_of_a_wrong_address_follows_the_readers_theme(
    open_page: OpenPage, scheme: str, ground: str
) -> None:
    page = open_page("/tidak/ada", color_scheme=scheme)

    expect(page.get_by_role("heading", name="Halaman ini tidak ada")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    red, green, blue = (int(ground[n : n + 2], 16) for n in (1, 3, 5))
    expect(page.locator("html")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")


@pytest.mark.parametrize(
    ("scheme", "ground"), [("dark", "rgb(28, 32, 34)"), ("light", "rgba(0, 0, 0, 0)")]
)
def test_the_page_of_the_api_follows_the_readers_theme(
    open_page: OpenPage, scheme: str, ground: str
) -> None:
    page = open_page("/api/docs", color_scheme=scheme)

    expect(page.locator("#swagger-ui .info")).to_be_visible(timeout=20_000)

    expect(page.locator("html")).to_have_css("background-color", ground)


def test_the_theme_chosen_on_the_map_is_that_of_the_api_too(open_page: OpenPage) -> None:
    page = open_page("/", color_scheme="light")
    page.get_by_role("button", name="Pakai tampilan gelap").click()

    page.goto("/api/docs")

    expect(page.locator("html")).to_have_class("dark-mode")


def test_a_copied_address_of_an_usulan_opens_the_map_on_it(open_page: OpenPage, site: str) -> None:
    point = spot_point(3, 3)
    draft = {
        "title": "Got mampet depan mushola",
        "problem": "Got mampet sejak April, air masuk rumah tiap hujan deras.",
        "category": "SP03",
        "geometry": {"type": "Point", "coordinates": [point.x, point.y]},
    }
    sent = httpx.post(f"{site}/api/v1/usulan", params={"city": CITY}, json=draft, timeout=100)
    number = sent.raise_for_status().json()["number"]

    page = open_page(f"/usulan/{number}")

    expect(page.get_by_role("heading", name="Got mampet depan mushola")).to_be_visible()


def test_the_built_pages_bring_the_mark_of_the_browser_tab(site: str) -> None:
    mark = httpx.get(f"{site}/favicon.ico", timeout=100)

    assert mark.status_code == 200
    assert mark.content.startswith(b"\0\0\1\0")
    assert len(mark.content) < 10_000
