"""Word of changes, as the writers of single usulan give it."""

from uuid import UUID

import psycopg

from tests.app.world import CITY_ID


def tell(connection: psycopg.Connection, ids: list[UUID]) -> None:
    """That the transaction of a connection changed these usulan."""
    connection.execute(
        "INSERT INTO peta.change (city_id, usulan_id) SELECT %s, unnest(%s) ON CONFLICT DO NOTHING",
        [CITY_ID, ids],
    )
