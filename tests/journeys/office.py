"""What journeys of officers begin with: who somebody is, and an usulan to work on."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.main import create_app
from app.settings import Settings
from tests.app import world
from tests.app.world import Spot, proposed
from tests.databases import temporary_database
from tests.journeys.conftest import served

HERE = Spot(1, 1)
OFFICE = {"width": 1366, "height": 768}
"""The window of an office's screen."""
MOST_STEPS = 20


@pytest.fixture(scope="module")
def urls(server: Server, worker_id: str) -> Iterator[DatabaseUrls]:
    """One city for the tests of a file; each works on usulan of its own, found by their title."""
    with temporary_database(server, f"office_{worker_id}") as found:
        world.settle(found)
        yield found


@pytest.fixture(scope="module")
def site(urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    """What `open_page` opens in this file."""
    with served(create_app(settings, urls)) as address:
        yield address


def be(page: Page, token: str) -> None:
    page.context.add_cookies([{"name": "peta_masuk", "value": token, "url": page.url}])


def add(urls: DatabaseUrls, title: str, status: str = "diajukan", **changes: object) -> str:
    usulan = proposed(HERE, title=title, events=world.at_status(status), **changes)
    return world.add(urls, [usulan])[0]


def status_of(urls: DatabaseUrls, number: str) -> str:
    with psycopg.connect(urls.staff) as connection:
        statement = "SELECT status FROM peta.usulan WHERE number = %s"
        row = connection.execute(statement, [number]).fetchone()
    assert row
    return str(row[0])


def open_by_keys(page: Page, title: str) -> None:
    """From the top of the page to the open usulan, without a mouse."""
    expect(page.get_by_role("button", name=re.compile(title))).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ke daftar usulan")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.get_by_role("button", name=re.compile(title))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title)).to_be_focused()


def step_by_keys(page: Page, name: str) -> None:
    """To one of the steps, and into its form."""
    page.keyboard.press("a")
    step = page.locator("#langkah").get_by_role("button", name=name, exact=True)
    for _ in range(MOST_STEPS):
        if step.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(step).to_be_focused()
    page.keyboard.press("Enter")


def outcome(page: Page, title: str) -> None:
    told = page.locator(".notice-ok")
    expect(told).to_contain_text(title)
    expect(told).to_be_focused()
