"""What a reporter does on /lapor, step by step, and what comes of it."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.app.world import CITY, spot_point

PROBLEM = "Got mampet sejak April, air masuk rumah tiap hujan deras."
TITLE = "Got mampet depan mushola"


def at(column: float, row: float, accuracy: float = 8) -> dict[str, object]:
    """Browser options of somebody whose phone says that they stand there."""
    point = spot_point(column, row)
    place = {"longitude": point.x, "latitude": point.y, "accuracy": accuracy}
    return {"geolocation": place, "permissions": ["geolocation"]}


def use_my_location(page: Page) -> None:
    page.get_by_role("button", name="Lokasi saya").click()
    expect(page.locator(".breadcrumb")).to_be_visible()


def choose_category(page: Page, words: str, name: str) -> None:
    page.get_by_label("Cari dengan kata sehari-hari").fill(words)
    page.locator(".category-row", has_text=name).click()


def go_on(page: Page, name: str = "Lanjut") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def describe(page: Page, title: str = TITLE, problem: str = PROBLEM) -> None:
    page.get_by_label("Judul singkat").fill(title)
    page.get_by_label("Apa masalahnya, dan sejak kapan?").fill(problem)


def count_in(site: str, area: str, level: str = "rt") -> int:
    query = {"city": CITY, "level": level, "area": area}
    rows = httpx.get(f"{site}/api/v1/stats", params=query).json()["rows"]
    return sum(row["count"] for row in rows if row["area"] == area)


def sent_number(page: Page) -> str:
    expect(page.get_by_role("heading", name="Usulan Anda tercatat")).to_be_visible()
    found = re.search(rf"{re.escape(CITY)}-\d{{4}}-[0-9A-Z]{{6}}", page.inner_text(".sent"))
    assert found, page.inner_text(".sent")
    return found[0]
