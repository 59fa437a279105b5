"""Categories brought up to date: indexes in memory hear of it only where that changed any."""

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from app.models.category import Category
from app.usulan.queries import put_categories
from tests.app.world import CITY_ID

TOLD = text(
    "SELECT count(*) FROM peta.change WHERE city_id = :city AND txid ="
    " CAST(CAST(pg_current_xact_id() AS text) AS bigint)"
    " AND usulan_id = '00000000-0000-0000-0000-000000000000'"
)


@pytest.mark.parametrize(("name", "told"), [(None, 0), ("Jalan lingkungan yang rusak", 1)])
def test_indexes_are_told_of_categories_that_changed_and_of_no_others(town, name, told):
    url = town.superuser.replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        rows = [dict(row) for row in connection.execute(select(Category.__table__)).mappings()]
        if name is not None:
            rows[0]["name"] = name

        put_categories(connection, rows)

        assert connection.execute(TOLD, {"city": CITY_ID}).scalar_one() == told
        connection.rollback()
