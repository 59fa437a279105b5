"""The year of the public map's rates, where next year has begun with a single usulan."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.main import create_app
from app.settings import Settings
from tests.app.world import Spot, add, proposed, settle
from tests.journeys.conftest import served

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
FULL = datetime.now(UTC).year
RUNNING = FULL + 1


@pytest.fixture
def site(fresh_urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    settle(fresh_urls)
    full = [proposed(Spot(column, 2), year=FULL) for column in range(16) for _ in range(2)]
    add(fresh_urls, [*full, proposed(Spot(3, 3), year=RUNNING)])
    with served(create_app(settings, fresh_urls)) as address:
        yield address


def test_rates_are_of_the_year_that_the_planner_opens_with(open_page: OpenPage) -> None:
    page = open_page("/?warna=laju", viewport=DESK)

    expect(page.locator(".legend")).to_contain_text(f"per RT, {FULL}")
    expect(page.locator(".legend")).to_contain_text(f"dipilih {FULL}")
    expect(page.locator(".filters-total")).to_contain_text("32 usulan")
    page.goto("/perencana?tampil=laju")
    expect(page.locator(".years-now")).to_contain_text(str(FULL))


def test_a_year_that_is_not_over_says_so_in_the_legend(open_page: OpenPage) -> None:
    page = open_page(f"/?warna=laju&year={RUNNING}", viewport=DESK)

    expect(page.locator(".legend")).to_contain_text(f"{RUNNING} (masih berjalan)")


def test_rates_come_though_the_sums_of_the_years_cannot_be_read(open_page: OpenPage) -> None:
    page = open_page("/docs", viewport=DESK)
    page.route(
        lambda url: "/api/v1/stats" in url and "level=kota" in url and "by=year" in url,
        lambda route: route.abort(),
    )

    page.goto("/?warna=laju")

    expect(page.locator(".legend")).to_contain_text(f"dipilih {RUNNING}")
