"""The colours of the public map's areas: what limits judge them, and from which numbers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import ask

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def site(demo_site: str) -> str:
    """What `open_page` opens in this file."""
    return demo_site


@pytest.mark.parametrize(("zoom", "level"), [(12, "kecamatan"), (13, "kelurahan"), (15, "rw")])
def test_rates_have_the_limits_of_the_planners_page(
    open_page: OpenPage, zoom: int, level: str
) -> None:
    page = open_page(f"/?warna=laju&year=2026&at=111.3507,-7.2494,{zoom}", viewport=DESK)
    limits = page.locator(".legend-ends")
    expect(limits).to_be_visible()
    shown = limits.inner_text()

    page.goto(f"/perencana?tampil=laju&year=2026&level={level}")

    expect(limits).to_have_text(shown, use_inner_text=True)


@pytest.mark.parametrize(("mode", "measure"), [("laju", "per_1000"), ("jumlah", "count")])
def test_areas_are_coloured_by_the_numbers_that_the_limits_were_made_from(
    open_page: OpenPage, site: str, mode: str, measure: str
) -> None:
    page = open_page("/docs", viewport=DESK)
    with page.expect_response(
        lambda told: "/api/v1/stats?" in told.url and "classes=5" in told.url
    ) as told:
        page.goto(f"/?warna={mode}&year=2026&at=111.3507,-7.2494,13")
    coloured = told.value.json()

    [years] = [city["years"] for city in ask(site, "cities")["cities"] if city["demo"]]
    alone = [ask(site, "stats", level="kelurahan", year=year)["rows"] for year in years]
    values = [row[measure] for rows in alone for row in rows if row["households"] >= 30]
    assert coloured["classes"]["series"] == {"years": years, "n": len(values)}
    assert coloured["classes"]["breaks"][-1] == max(values)
    limits = coloured["classes"]["breaks"][1:-1]
    for row in coloured["rows"]:
        assert row["class"] == 1 + sum(row[measure] >= limit for limit in limits), row
    expect(page.locator(".legend-steps span")).to_have_count(len(limits) + 1)
