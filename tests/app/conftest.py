"""The small city of `tests/app/world.py`, served."""

from collections.abc import Iterator

import httpx
import pytest

from app import standby
from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.resident import shelf
from app.settings import Settings
from tests.app import world
from tests.app.serving import serving
from tests.databases import temporary_database


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take longer to build an index than a reader would wait."""
    monkeypatch.setattr(shelf, "WAIT_S", 60.0)
    for limit in ("FRESH_S", "WHOLE_S"):
        monkeypatch.setattr(standby, limit, 60.0)


@pytest.fixture(scope="module")
def town(server: Server, worker_id: str, database_numbers: Iterator[int]) -> Iterator[DatabaseUrls]:
    """A database with the small city and no usulan; shared by the tests of one file."""
    with temporary_database(server, f"town_{worker_id}_{next(database_numbers)}") as urls:
        world.settle(urls)
        yield urls


@pytest.fixture(scope="module")
def http(settings: Settings, town: DatabaseUrls) -> Iterator[httpx.Client]:
    """A client of the application over that city."""
    with serving(settings, town) as client:
        yield client
