"""What others send while a planner looks on."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.world import CITY, spot_point

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DESK = {"width": 1440, "height": 900}


def send(site: str) -> None:
    """One usulan, as a resident's phone sends it."""
    point = spot_point(3, 3)
    draft = {
        "title": "Got mampet depan mushola",
        "problem": "Got mampet sejak April, air masuk rumah tiap hujan deras.",
        "category": "SP03",
        "geometry": {"type": "Point", "coordinates": [point.x, point.y]},
    }
    answer = httpx.post(f"{site}/api/v1/usulan", params={"city": CITY}, json=draft, timeout=20)
    assert answer.status_code == 201, answer.text


def test_a_new_usulan_is_counted_without_reloading(open_page: OpenPage, site: str) -> None:
    send(site)
    page = open_page("/perencana?tampil=laju&level=kelurahan", viewport=DESK)
    expect(page.get_by_test_id("total")).to_have_text("1")
    page.evaluate("window.untouched = true")

    send(site)

    expect(page.get_by_test_id("total")).to_have_text("2")
    expect(page.locator(".year[data-chosen=true] .year-value")).to_have_text("2")
    assert page.evaluate("window.untouched")
