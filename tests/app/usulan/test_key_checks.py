"""What the planner believes of cities once it has counted the tables at their smallest."""

import psycopg

from app.cluster import DatabaseUrls
from tests.app import world
from tests.app.world import Spot, add, proposed


def test_a_key_is_looked_up_by_its_own_index_though_one_row_was_counted(fresh_urls: DatabaseUrls):
    world.settle(fresh_urls)
    add(fresh_urls, [proposed(Spot(0, 0))])
    with psycopg.connect(fresh_urls.superuser, autocommit=True) as connection:
        connection.execute("ANALYZE peta.usulan")
        add(fresh_urls, [proposed(Spot(0, 0)) for _ in range(3_000)], seed=2)
        connection.execute("SET plan_cache_mode = force_generic_plan")
        connection.execute(
            "PREPARE key_check (smallint, uuid) AS SELECT 1 FROM ONLY peta.usulan"
            " WHERE city_id = $1 AND usulan_id = $2 FOR KEY SHARE"
        )
        plan = connection.execute(
            "EXPLAIN EXECUTE key_check (9971, '00000000-0000-0000-0000-000000000000')"
        ).fetchall()

    assert any("pk_usulan" in line for (line,) in plan), plan
