from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from tests.twins.store import store_city


@pytest.fixture
def twin(connection: Connection) -> Iterator[Connection]:
    """A connection with an empty city whose areas the test replaces."""
    store_city(connection)
    return connection
