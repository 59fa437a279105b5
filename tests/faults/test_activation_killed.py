"""Killed during an activation, the old edition stands whole; then it completes."""

import os
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.app import world
from tests.app.editions import reform
from tests.faults.killing import wait_until

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

ACTIVATE = """
import random, sys, time
import psycopg
from app.cities.service import find_city
from app.editions.activate import Activation, activate_edition
from tests.app.editions.reform import LATER
from tests.app.world import CITY

def placed(done):
    print("placed", flush=True)
    time.sleep(float(sys.argv[2]))

with psycopg.connect(sys.argv[1]) as connection:
    asked = Activation(
        city=find_city(connection, CITY), name="2026", now=LATER, rng=random.Random(1)
    )
    print("begins", flush=True)
    activate_edition(connection, asked, progress=placed)
"""
STATE = (
    "SELECT name FROM peta.boundary_edition WHERE active",
    "SELECT usulan_id, edition_id, area_code, rt, doubts, updated FROM peta.usulan ORDER BY 1",
    "SELECT count(*) FROM peta.usulan_event",
    "SELECT count(*) FROM peta.other_place",
    "SELECT count(*) FROM peta.area_crosswalk",
    "SELECT count(*) FROM peta.area_counterpart",
)


def state(urls) -> list:
    with psycopg.connect(urls.staff) as connection:
        return [connection.execute(query).fetchall() for query in STATE]


def is_quiet(urls) -> bool:
    with psycopg.connect(urls.superuser) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return others.fetchone() == (0,)


@pytest.mark.parametrize(("sign", "after_s"), [(b"begins", 0.05), (b"begins", 0.4), (b"placed", 0)])
def test_a_killed_activation_leaves_the_old_edition_whole(fresh_urls, sign, after_s):
    world.settle(fresh_urls)
    world.add(fresh_urls, world.random_usulan(random.Random(8), 400))
    reform.add_edition(fresh_urls, "2026", reform.split_north_west)
    before = state(fresh_urls)

    arguments = [sys.executable, "-c", ACTIVATE, fresh_urls.staff, "60"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as victim:
        while victim.stdout.readline().strip() != sign:
            pass
        time.sleep(after_s)
        os.kill(victim.pid, signal.SIGKILL)
    wait_until(lambda: is_quiet(fresh_urls))

    assert state(fresh_urls) == before
    report = reform.activate(fresh_urls, "2026")
    assert report["replaced"] > 100
    assert state(fresh_urls)[0] == [("2026",)]
