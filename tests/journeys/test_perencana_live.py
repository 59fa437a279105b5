"""What others send while a planner looks on."""

import re
from collections.abc import Callable
from itertools import count

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.app.world import CITY, spot_point
from tests.journeys.reading import busy
from tests.journeys.rest import come_to_rest

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}
PICTURES = re.compile(r"/tiles/heat/\d+/")


def send(site: str) -> None:
    """One usulan, as a resident's phone sends it."""
    point = spot_point(3, 3)
    draft = {
        "title": "Got mampet depan mushola",
        "problem": "Got mampet sejak April, air masuk rumah tiap hujan deras.",
        "category": "SP03",
        "geometry": {"type": "Point", "coordinates": [point.x, point.y]},
    }
    answer = httpx.post(f"{site}/api/v1/usulan", params={"city": CITY}, json=draft, timeout=100)
    assert answer.status_code == 201, answer.text


def test_a_density_that_cannot_be_renewed_says_as_of_when_it_is(
    open_page: OpenPage, site: str
) -> None:
    send(site)
    page = open_page("/docs", viewport=DESK)
    with page.expect_response(PICTURES):
        page.goto(f"{site}/perencana?tampil=kepadatan")
    expect(page.locator(".map-legend")).to_contain_text("n = 1 usulan")
    come_to_rest(page)
    expect(page.locator(".map-renewing-note")).to_have_count(0)
    expect(page.locator(".map-trouble")).to_have_count(0)
    page.route(PICTURES, busy(100))

    send(site)

    trouble = page.locator(".map-trouble")
    expect(trouble).to_contain_text("Kepadatan per")
    expect(trouble).not_to_contain_text("tidak ada usulan")
    page.unroute_all()
    trouble.get_by_role("button", name="Coba lagi").click()
    expect(trouble).to_have_count(0)


def test_a_year_that_still_runs_says_so_on_bars_titles_and_charts(
    open_page: OpenPage, site: str
) -> None:
    send(site)
    page = open_page("/perencana?tampil=laju&level=kelurahan&panel=grafik", viewport=DESK)

    expect(page.locator(".years-told")).to_contain_text("masih berjalan")
    expect(page.locator(".year[data-running=true]")).to_have_count(1)
    expect(page.locator(".map-title")).to_contain_text("(masih berjalan)")
    expect(page.locator(".chart").first).to_contain_text("Itu bukan penurunan")


def test_a_new_usulan_is_counted_without_reloading(open_page: OpenPage, site: str) -> None:
    send(site)
    page = open_page("/perencana?tampil=laju&level=kelurahan", viewport=DESK)
    expect(page.get_by_test_id("total")).to_have_text("1")
    page.evaluate("window.untouched = true")

    send(site)

    expect(page.get_by_test_id("total")).to_have_text("2")
    expect(page.locator(".year[data-chosen=true] .year-value")).to_have_text("2")
    assert page.evaluate("window.untouched")


# Every answer of numbers comes later than the next question whether there are new ones.
SLOW_NUMBERS = """
const ask = fetch;
window.fetch = async (...asked) => {
    if (String(asked[0]).includes('/api/v1/stats'))
        await new Promise((resolve) => setTimeout(resolve, 1500));
    return ask(...asked);
};
"""


def test_numbers_that_change_faster_than_they_come_are_shown_all_the_same(
    open_page: OpenPage, site: str
) -> None:
    send(site)
    page = open_page("/docs", viewport=DESK)
    told = count()

    def tell_a_change(route: Route) -> None:
        route.fulfill(status=200, headers={"ETag": f'"{next(told)}"'}, body=b"")

    def count_one_more(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        found["numberMatched"] = next(told)
        route.fulfill(response=answer, json=found)

    page.route("**/tiles/usulan/0/0/0.mvt*", tell_a_change)
    page.route("**/api/v1/stats?*", count_one_more)
    page.add_init_script(SLOW_NUMBERS)
    page.goto(f"{site}/perencana?tampil=laju&level=kelurahan")
    total = page.get_by_test_id("total")
    for _ in range(3):
        before = total.inner_text()
        expect(total).not_to_have_text(before)
