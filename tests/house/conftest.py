"""What the house tests ask for beside the common fixtures."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from app.cluster import DatabaseUrls


@pytest.fixture
def owner_connection(urls: DatabaseUrls) -> Iterator[Connection]:
    """A connection as the owner of the schema, who sees every table."""
    engine = create_engine(
        urls.owner.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    with engine.connect() as opened:
        yield opened
