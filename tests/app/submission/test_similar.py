"""What is like a submission is found by the cells around it: the same as by every distance."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from shapely import Point

from app.database import open_database
from app.submission.queries import Nearby, similar
from tests.app.plans import rendered, rows_of, usulan_read_by_any
from tests.app.world import CITY_ID, EXACT, Spot, add, proposed, spot_point

AFTER_ALL = datetime(2027, 1, 1, tzinfo=UTC)
MANY = 2_000
CROWDED, OTHER = Spot(7, 3), "SP03"
# As the wall shows it, by the distance of each: no index, no box.
EVERY_DISTANCE = """
SELECT number
FROM map.point
WHERE
    city_id = %(city_id)s AND category = %(category)s AND precision = 'exact' AND listed AND newest
    AND ST_Distance(
        CAST(position AS geography),
        CAST(ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326) AS geography)
    ) <= %(radius_m)s
"""


@pytest.fixture(scope="module")
def full(town):
    rng = random.Random(7)
    usulan = [
        replace(proposed(spot), geometry=_somewhere(rng, spot))
        for spot in (Spot(rng.randrange(16), rng.randrange(8)) for _ in range(MANY))
    ]
    crowd = [proposed(CROWDED, category=OTHER) for _ in range(MANY)]
    add(town, usulan + crowd)
    with psycopg.connect(town.staff) as connection:
        yield connection


def _somewhere(rng: random.Random, spot: Spot) -> Point:
    return spot_point(spot.column + rng.random(), spot.row + rng.random())


def _around(rng: random.Random) -> Nearby:
    at = spot_point(rng.uniform(-1, 17), rng.uniform(-1, 9))
    return Nearby(at.x, at.y, rng.choice((5.0, 30.0, 250.0)), AFTER_ALL, MANY)


def _asked(nearby: Nearby):
    statement, values = similar(CITY_ID, EXACT, nearby)
    return statement.params(values)


def test_looking_for_what_is_similar_reads_what_is_near_and_of_its_category(full):
    here = CROWDED.middle
    nearby = Nearby(here.x, here.y, 30.0, AFTER_ALL, 5)

    read = usulan_read_by_any(full, _asked(nearby))

    # A circle of 30 m is a quarter of an RT, which holds sixteen of the two thousand.
    assert read <= 60


def test_what_is_similar_is_what_is_within_the_distance_wherever_one_stands(full):
    rng = random.Random(11)
    found = 0

    for nearby in (_around(rng) for _ in range(60)):
        near = {row[0] for row in rows_of(full, _asked(nearby))}
        place = {"longitude": nearby.longitude, "latitude": nearby.latitude}
        asked = place | {"city_id": CITY_ID, "category": EXACT, "radius_m": nearby.radius_m}
        assert near == {row[0] for row in full.execute(EVERY_DISTANCE, asked)}
        found += len(near)

    assert found > MANY / 10


@pytest.fixture
async def line(full, town):
    """A line of submissions, in a city so large that a second process would pay for any reading."""
    opened = open_database(town.staff, town.public)
    async with opened.writing_line() as connection:
        for setting in (
            "parallel_setup_cost",
            "parallel_tuple_cost",
            "min_parallel_table_scan_size",
        ):
            await connection.execute(f"SET LOCAL {setting} = 0".encode())
        yield connection
    await opened.close()


async def test_no_process_is_started_to_look_for_the_few_that_are_similar(line):
    here = spot_point(7.5, 3.5)
    statement, values = similar(CITY_ID, EXACT, Nearby(here.x, here.y, 30.0, AFTER_ALL, 5))
    text, known = rendered(statement)

    plan = await line.execute(f"EXPLAIN {text}".encode(), known | dict(values))

    assert not [row[0] for row in await plan.fetchall() if "Gather" in row[0]]
