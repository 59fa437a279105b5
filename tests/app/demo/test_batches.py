"""The same seed makes the same usulan, batch by batch."""

import hashlib

import pytest

from app.areas.service import find_edition
from app.demo.batches import make_batch
from app.demo.ground import BOUNDARIES, CITY_ID
from app.demo.load import prepare_makers, psycopg_of
from app.demo.plan import BATCH, EDITION, DemoPlan
from app.demo.town import read_layers


@pytest.fixture
def batch_digest(demo):
    """A function: digest of one batch, made from scratch for a seed."""
    connection = psycopg_of(demo)
    edition = find_edition(connection, CITY_ID, EDITION)

    def digest(seed: int, number: int) -> str:
        plan = DemoPlan(seed=seed)
        makers = prepare_makers(connection, plan, read_layers(BOUNDARIES), edition)
        rows = make_batch(makers, plan, number)
        assert len(rows) == BATCH
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return digest


def test_a_seed_always_makes_the_same_batch(batch_digest):
    assert batch_digest(7, 3) == batch_digest(7, 3)


def test_other_seeds_and_other_numbers_make_other_batches(batch_digest):
    assert len({batch_digest(7, 3), batch_digest(8, 3), batch_digest(7, 4)}) == 3
