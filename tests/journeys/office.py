"""What journeys of officers begin with: who somebody is, and an usulan to work on."""

import psycopg
from playwright.sync_api import Page

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.world import Spot, proposed

HERE = Spot(1, 1)


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
