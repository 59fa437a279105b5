"""The small demo, loaded once for a run and copied."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from tests.databases import engine_of, temporary_demo


@pytest.fixture(scope="session")
def demo_urls(server: Server, worker_id: str) -> Iterator[DatabaseUrls]:
    with temporary_demo(server, f"demo_{worker_id}") as urls:
        yield urls


@pytest.fixture
def demo(demo_urls: DatabaseUrls) -> Iterator[Connection]:
    """A connection to the loaded demo, rolled back after the test."""
    with engine_of(demo_urls).connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()
