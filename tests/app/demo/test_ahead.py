"""Batches made by other processes are those made here, and nobody stays behind."""

import multiprocessing
import sys
from contextlib import closing

import pytest

from app.areas.service import find_edition
from app.demo import ahead
from app.demo.ahead import MakerLost, noise_of, ready_batches
from app.demo.batches import make_batch
from app.demo.ground import CITY_ID
from app.demo.load import prepare_makers, psycopg_of, read_town
from app.demo.plan import EDITION, DemoPlan
from app.usulan.ready import ready_usulan

PLAN = DemoPlan(size="city")


@pytest.fixture
def makers(demo, monkeypatch):
    """Whatever the machine, two processes."""
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    connection = psycopg_of(demo)
    edition = find_edition(connection, CITY_ID, EDITION)
    town, population = read_town(connection, edition)
    return prepare_makers(connection, PLAN, town, population, edition.edition_id)


def test_two_processes_make_the_batches_that_one_makes_in_order_and_end(makers):
    with closing(ready_batches(makers, PLAN, range(3))) as batches:
        found = [next(batches) for _ in range(2)]

    assert not multiprocessing.active_children()
    for number, batch in enumerate(found):
        rows = make_batch(makers, PLAN, number)
        assert batch == ready_usulan(CITY_ID, rows, rng=noise_of(PLAN, number))


def test_a_process_that_dies_is_told_and_not_waited_for(makers, monkeypatch):
    monkeypatch.setattr(ahead, "make_batch", lambda *_: sys.exit(1))

    with pytest.raises(MakerLost):
        list(ready_batches(makers, PLAN, range(2)))

    assert not multiprocessing.active_children()
