"""What is doubtful about a place, and how it leaves the queue."""

import psycopg
import pytest

from tests.app import world
from tests.app.world import Spot, proposed

HERE = Spot(0, 0)
WHY = "Sudah diperiksa di lapangan bersama warga."


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


def test_doubts_that_are_cleared_up_leave_the_queue(lurah, town):
    [number] = world.add(town, [proposed(HERE, doubts=["dekat_batas", "akurasi_rendah"])])

    half = lurah.done(number, "doubts", settled=["dekat_batas"])
    still = number in lurah.numbers(queue="ragu")
    whole = lurah.done(number, "doubts", settled=["akurasi_rendah"], reason=WHY)

    assert (half["doubts"], still, whole["doubts"]) == (["akurasi_rendah"], True, [])
    assert number not in lurah.numbers(queue="ragu")
    assert "doubts" not in whole["may"]["acts"]
    assert lurah.do(number, "doubts", {"settled": ["dekat_batas"]}).status_code == 422


def test_an_rt_that_is_not_known_is_a_doubt_only_where_rt_are_drawn(lurah, town):
    with psycopg.connect(town.owner) as connection:
        connection.execute(EDITION_WITHOUT_RT)
    place = {"area_code": HERE.kelurahan, "rw": None, "rt": None, "doubts": ["tanpa_rt"]}

    drawn, undrawn = world.add(town, [proposed(HERE, edition_id=each, **place) for each in (1, 9)])

    found = lurah.numbers(queue="ragu")
    assert (drawn in found, undrawn in found) == (True, False)
    assert (lurah.look(drawn)["doubts"], lurah.look(undrawn)["doubts"]) == (["tanpa_rt"], [])
    assert "doubts" not in lurah.look(undrawn)["may"]["acts"]


EDITION_WITHOUT_RT = """
WITH edition AS (
    INSERT INTO peta.boundary_edition (city_id, edition_id, name, metric_srid)
    SELECT city_id, 9, 'tanpa RT', metric_srid FROM peta.boundary_edition WHERE edition_id = 1
)
INSERT INTO peta.area
SELECT (jsonb_populate_record(area, '{"edition_id": 9}')).*
FROM peta.area AS area WHERE level <> 'rt'
"""
