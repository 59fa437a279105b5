"""/kerja while there is nothing to do, and while answers are slow, absent or refused."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import sign_in_as
from tests.app.world import Spot
from tests.journeys.conftest import PHONE
from tests.journeys.office import HERE, OFFICE, add, be, site, urls

__all__ = ["site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
EMPTY_SPOT = Spot(12, 6)


@pytest.fixture
def page(open_page: OpenPage) -> Callable[..., Page]:
    """A page before it goes to /kerja, signed in: answers can be held back on it first."""

    def opened(urls: DatabaseUrls, spot: Spot = HERE, **options: object) -> Page:
        ready = open_page("/docs", **{"viewport": OFFICE, **options})
        be(ready, sign_in_as(urls, "operator_kelurahan", spot))
        return ready

    return opened


def never(route: Route) -> None:
    """An answer that is still on its way when the test ends."""


def busy(route: Route) -> None:
    told = {
        "type": "x",
        "title": "Sibuk",
        "status": 503,
        "code": "LAYANAN_SIBUK",
        "detail": "Sibuk.",
    }
    kind = {"Content-Type": "application/problem+json"}
    route.fulfill(status=503, headers=kind, body=json.dumps(told))


def test_an_area_without_usulan_says_so_and_asks_nobody_to_choose_one(
    page: Callable[..., Page], urls: DatabaseUrls
) -> None:
    work = page(urls, EMPTY_SPOT)

    work.goto("/kerja")

    expect(work.get_by_role("heading", name="Belum ada usulan di wilayah Anda")).to_be_visible()
    expect(work.get_by_role("heading", name="Tidak ada usulan untuk dibuka")).to_be_visible()
    expect(work.get_by_text("Pilih usulan dari daftar")).to_have_count(0)


def test_a_filter_that_nothing_matches_claims_nothing_of_the_whole_area(
    page: Callable[..., Page], urls: DatabaseUrls
) -> None:
    add(urls, "Got penuh lumpur")
    work = page(urls)

    work.goto("/kerja?q=tidakadakatanya")

    expect(work.get_by_role("heading", name="Tidak ada yang cocok dengan saringan")).to_be_visible()
    expect(work.get_by_text("Di seluruh wilayah Anda")).to_have_count(0)
    work.locator("#daftar").get_by_role("button", name="Hapus saringan").click()
    expect(work.get_by_role("button", name=re.compile("Got penuh lumpur"))).to_be_visible()


def test_nobody_is_sent_to_sign_in_before_the_server_has_said_who_is_here(
    page: Callable[..., Page], urls: DatabaseUrls
) -> None:
    work = page(urls)
    work.route("**/api/v1/session", never)

    work.goto("/kerja")

    expect(work.locator(".skeleton")).to_be_visible()
    expect(work).to_have_url(re.compile("/kerja$"))


def test_a_phone_offers_the_way_back_while_an_usulan_is_on_its_way(
    page: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got lambat terbuka")
    work = page(urls, viewport=PHONE)
    work.route(f"**/api/v1/staff/usulan/{number}", never)
    work.goto("/kerja?q=Got+lambat+terbuka")

    work.get_by_role("button", name=re.compile("Got lambat terbuka")).click()

    expect(work.get_by_role("heading", name="Got lambat terbuka")).to_be_visible()
    work.get_by_role("button", name="Kembali ke daftar").click()
    expect(work.get_by_role("button", name=re.compile("Got lambat terbuka"))).to_be_visible()


def test_a_phone_offers_the_way_back_where_an_usulan_could_not_be_read(
    page: Callable[..., Page], urls: DatabaseUrls
) -> None:
    number = add(urls, "Got tak terbaca")
    work = page(urls, viewport=PHONE)
    work.route(f"**/api/v1/staff/usulan/{number}", busy)
    work.goto("/kerja?q=Got+tak+terbaca")

    work.get_by_role("button", name=re.compile("Got tak terbaca")).click()

    expect(work.get_by_role("alert")).to_be_visible()
    work.get_by_role("button", name="Kembali ke daftar").click()
    expect(work.get_by_role("button", name=re.compile("Got tak terbaca"))).to_be_visible()
