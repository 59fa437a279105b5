"""What a journey reads off the page, and asks the server to compare it with."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import Page, Route, expect

from app.demo.plan import CITY_CODE


def ask(site: str, path: str, **query: str | int) -> dict[str, Any]:
    answer = httpx.get(f"{site}/api/v1/{path}", params={"city": CITY_CODE, **query}, timeout=100)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def wait_for_map(page: Page) -> None:
    expect(page.locator(".map-box canvas").first).to_be_attached()
    expect(page.locator(".legend")).to_contain_text("Angka di semua petak")


def numbers_in(text: str) -> list[int]:
    return [int(found.replace(".", "")) for found in re.findall(r"\d[\d.]*\d|\d", text)]


def load_to_the_end(page: Page) -> None:
    """Press "Muat lagi" until there is no more; scrolling may load a page by itself in between."""
    end = page.locator(".list-more", has_text="Akhir daftar")
    more = page.locator(".list-more .btn", has_text="Muat lagi")
    while end.count() == 0:
        more.or_(end).first.click()
        expect(page.locator(".rows")).to_have_attribute("aria-busy", "false")


def busy(retry_after_s: int) -> Callable[[Route], None]:
    """What a server over its limit answers."""
    body = '{"status": 503, "code": "LAYANAN_SIBUK", "title": "", "detail": "Layanan sibuk."}'
    headers = {"Retry-After": str(retry_after_s), "Content-Type": "application/problem+json"}

    def answer(route: Route) -> None:
        route.fulfill(status=503, headers=headers, body=body)

    return answer


def wait_for_numbers(page: Page) -> None:
    expect(page.locator(".ranking tbody tr").first).to_be_visible()
    expect(page.get_by_test_id("total")).to_be_visible()


def latest_year(site: str) -> int:
    """The demo city's last planning year, which has more than a tenth of its fullest one."""
    [years] = [city["years"] for city in ask(site, "cities")["cities"] if city["demo"]]
    return int(years[-1])
