"""A street or an area is found by its name on both pages, with the keyboard on a narrow phone."""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from tests.app.world import CITY_ID, Spot, spot_point

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NEAR = re.compile(r"at=(?:1[6-9](?:/|%2F)|[^&]*[,/]1[6-9](?:&|$))")
# Once the map is on its way, as when what stands beneath it goes away.
SHRINK_ON_THE_WAY = """() => {
  const box = document.querySelector('.map-box');
  const watcher = new MutationObserver(() => {
    watcher.disconnect();
    box.style.flex = 'none';
    const height = box.clientHeight + 60;
    let times = 60;
    const shrink = () => {
      box.style.height = `${height + (times % 2) * 6}px`;
      if (--times) setTimeout(shrink, 25);
      else document.documentElement.dataset.shrunk = '';
    };
    shrink();
  });
  const said = document.querySelector('[data-testid=place-said]');
  watcher.observe(said, { childList: true, characterData: true, subtree: true });
}"""

# Presses the key in the moment the places are there, before the page has been painted.
PRESS_AT_ONCE = """() => {
  const field = document.getElementById('cari-tempat');
  const press = (key) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const watcher = new MutationObserver(() => {
    if (!document.querySelector('[role=option]')) return;
    watcher.disconnect();
    press('ArrowDown');
    setTimeout(() => press('Enter'), 500);
  });
  watcher.observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture(autouse=True)
def _market(site: str, fresh_urls: DatabaseUrls) -> None:
    """One landmark of the reference map, in the first RT."""
    with psycopg.connect(fresh_urls.staff) as connection:
        connection.execute(
            "INSERT INTO peta.base_feature (city_id, feature_id, kind, subkind, name, geom) VALUES"
            " (%s, gen_random_uuid(), 'landmark', 'pasar', 'Pasar Kembang',"
            " ST_GeomFromText(%s, 4326))",
            [CITY_ID, spot_point(0.5, 0.5).wkt],
        )


def test_on_the_map_an_area_is_chosen_by_its_name_and_a_landmark_is_shown(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    field = page.get_by_label("Cari usulan")
    expect(page.locator(".map-box canvas").first).to_be_attached()

    field.fill("pasar kem")
    expect(page.get_by_role("option")).to_contain_text("Pasar Kembang")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    field.press("ArrowDown")
    field.press("Enter")

    expect(page.get_by_test_id("place-said")).to_have_text("Peta menunjukkan Pasar Kembang")
    expect(field).to_have_value("")
    page.wait_for_url(NEAR)
    field.fill("kelurahan 1001")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"**area={Spot(0, 0).kelurahan}**")


def test_a_key_pressed_as_soon_as_the_places_come_is_taken(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.locator(".map-box canvas").first).to_be_attached()
    page.evaluate(PRESS_AT_ONCE)

    page.get_by_label("Cari usulan").fill("pasar kem")

    expect(page.get_by_test_id("place-said")).to_have_text("Peta menunjukkan Pasar Kembang")


def test_a_window_that_changes_its_size_does_not_end_the_way_to_a_landmark(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    field = page.get_by_label("Cari usulan")
    expect(page.locator(".map-box canvas").first).to_be_attached()
    field.fill("pasar kem")
    expect(page.get_by_role("option")).to_contain_text("Pasar Kembang")
    page.evaluate(SHRINK_ON_THE_WAY)

    field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url(NEAR)
    expect(page.locator("html[data-shrunk]")).to_be_attached()


def test_in_a_report_the_map_goes_to_a_place_and_the_pin_is_still_to_be_put(
    open_page: OpenPage,
) -> None:
    page = open_page("/lapor")
    expect(page.get_by_role("button", name="Perbesar")).to_be_visible()
    field = page.get_by_label("Cari jalan atau tempat")

    field.fill("pasar")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Pasar Kembang")
    field.press("Enter")

    expect(page.get_by_test_id("place-said")).to_have_text("Peta menunjukkan Pasar Kembang")
    expect(page.locator(".pin-marker")).to_have_count(0)
    page.locator(".place-canvas").press("Enter")
    expect(page.locator(".breadcrumb")).to_contain_text(f"RT {Spot(0, 0).rt[-4:]}")


def test_words_still_filter_when_no_place_is_answered(open_page: OpenPage) -> None:
    page = open_page("/")
    page.route("**/api/v1/places**", lambda route: route.abort())

    page.get_by_label("Cari usulan").fill("pasar")

    page.wait_for_url("**q=pasar**")
    expect(page.get_by_role("option")).to_have_count(0)
