"""The small demo, loaded once into a database of its own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.demo.load import load_demo
from app.demo.plan import DemoPlan
from tests.databases import temporary_database


def engine_of(urls: DatabaseUrls) -> Engine:
    url = urls.owner.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, poolclass=NullPool)


@pytest.fixture(scope="session")
def demo_urls(server: Server, worker_id: str) -> Iterator[DatabaseUrls]:
    with temporary_database(server, f"demo_{worker_id}") as urls:
        with engine_of(urls).begin() as connection:
            load_demo(connection, DemoPlan(size="small"), lambda _done: None)
        yield urls


@pytest.fixture
def demo(demo_urls: DatabaseUrls) -> Iterator[Connection]:
    """A connection to the loaded demo, rolled back after the test."""
    with engine_of(demo_urls).connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()
