"""A city with boundaries and people, from which nobody has asked for anything yet."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app.world import settle
from tests.journeys.conftest import served

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
SILENT = "Belum ada usulan dari Kota Contoh"


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    settle(fresh_urls)
    with served(create_app(settings, fresh_urls)) as address:
        yield address


def test_the_planner_does_not_ask_for_other_filters_where_none_is_chosen(
    open_page: OpenPage,
) -> None:
    page = open_page("/perencana", viewport=DESK)

    expect(page.locator(".planner-panel .face")).to_contain_text(SILENT)
    expect(page.locator(".map-empty-note")).to_have_text([SILENT, SILENT])
    for legend in page.locator(".legend").all():
        expect(legend).to_contain_text(SILENT)
    expect(page.locator("body")).not_to_contain_text("Ubah tahun atau saringan")
    expect(page.locator("body")).not_to_contain_text("cocok")


def test_rates_of_a_silent_city_are_not_called_too_little_data(open_page: OpenPage) -> None:
    page = open_page("/?warna=laju", viewport=DESK)

    expect(page.locator(".legend")).to_contain_text(SILENT)
    expect(page.locator(".legend")).not_to_contain_text("data")
