"""The pages on a phone: what a thumb must reach, and notices that must be read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import busy

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
THUMB_PX = 44
# The path of an area's parents is a line of text that wraps: with links as high as a thumb it would
# fill half a small phone.
SMALL_CONTROLS = """least => {
  const controls = 'button, select, summary, a.btn, a.peek-planner, a.brand, .hint-link';
  const found = [];
  for (const control of document.querySelectorAll(controls)) {
    const { width, height } = control.getBoundingClientRect();
    const shown = control.checkVisibility({ checkVisibilityCSS: true }) && width > 1 && height > 1;
    if (!shown || control.closest('.breadcrumb') || control.matches('.skip-link')) continue;
    if (width < least || height < least)
      found.push([width, height, control.className, control.textContent].join(' '));
  }
  return found;
}"""


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


def small_controls(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL_CONTROLS, THUMB_PX - 0.5)
    return found


@pytest.mark.parametrize("path", ["/", "/?group=SP&status=selesai", "/?area=99.71.01.1001"])
def test_a_thumb_reaches_every_control_of_the_map_page(open_page: OpenPage, path: str) -> None:
    page = open_page(path, has_touch=True)
    expect(page.locator(".map-box canvas").first).to_be_attached()
    expect(page.locator(".panel-head, .legend").first).to_be_visible()

    assert small_controls(page) == []


@pytest.mark.parametrize("panel", ["peringkat", "grafik", "banding"])
def test_a_thumb_reaches_every_control_of_the_planner(open_page: OpenPage, panel: str) -> None:
    page = open_page(f"/perencana?panel={panel}", has_touch=True)
    expect(page.get_by_test_id("total")).to_be_visible()
    expect(page.locator(".planner-legend .legend-steps")).to_be_visible()

    assert small_controls(page) == []


def test_a_failed_map_says_so_beside_the_zoom_buttons_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/docs", has_touch=True)
    page.route(re.compile(r"/tiles/usulan/"), busy(100))
    page.goto("/")
    trouble = page.locator(".map-trouble")
    expect(trouble).to_contain_text("Itu tidak berarti tidak ada usulan.")

    notice, zoom = trouble.bounding_box(), page.locator(".map-zoom").bounding_box()

    assert notice
    assert zoom
    assert notice["x"] >= 0
    assert notice["x"] + notice["width"] <= zoom["x"]
    assert trouble.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_on_a_phone_the_list_comes_out_from_under_the_open_filters(open_page: OpenPage) -> None:
    page = open_page("/", has_touch=True)
    expect(page.locator(".map-box canvas").first).to_be_attached()
    page.get_by_role("button", name="Saring").tap()
    expect(page.get_by_role("button", name=re.compile("^Lihat .* usulan"))).to_be_visible()

    page.locator(".sheet").get_by_role("button", name="Daftar").tap()

    expect(page.locator(".filters-more")).to_have_count(0)
    expect(page.locator(".row").first).to_be_in_viewport()
