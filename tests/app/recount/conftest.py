import asyncio
from collections.abc import Iterator

import pytest

from app.cluster import DatabaseUrls
from app.settings import Settings
from tests.app import world
from tests.app.recount.web_process import WebProcess


@pytest.fixture
def city(fresh_urls: DatabaseUrls) -> DatabaseUrls:
    """The small city with a few usulan, in a database of the test's own."""
    world.settle(fresh_urls)
    world.add(fresh_urls, [world.proposed(world.Spot(column, 3)) for column in range(9)])
    return fresh_urls


@pytest.fixture
def web(settings: Settings, city: DatabaseUrls) -> Iterator[WebProcess]:
    """A web process over that city; its index stands."""
    with asyncio.Runner() as runner:
        process = WebProcess(runner, settings, city)
        process.stand()
        yield process
        process.end()
