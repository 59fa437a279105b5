from collections.abc import Iterator

import psycopg
import pytest

from app.cluster import DatabaseUrls
from tests.app.moderation.conftest import office
from tests.mailbox import Mailbox, mail_server

__all__ = ["office"]


@pytest.fixture
def mailbox(town: DatabaseUrls) -> Iterator[Mailbox]:
    """A mail server, an outbox with nothing in it from before, and nobody who has sent much."""
    with psycopg.connect(town.staff) as connection:
        connection.execute("DELETE FROM peta.notice")
        connection.execute("DELETE FROM peta.attempt")
    with mail_server() as opened:
        yield opened
