"""The same seed makes the same usulan, batch by batch."""

import hashlib

import pytest

from app.areas.service import find_edition
from app.demo.batches import make_batch
from app.demo.ground import CITY_ID
from app.demo.load import prepare_makers, psycopg_of, read_town
from app.demo.plan import BATCH, EDITION, DemoPlan


@pytest.fixture
def batch_digest(demo):
    """A function: digest of one batch, made anew for a seed."""
    connection = psycopg_of(demo)
    edition = find_edition(connection, CITY_ID, EDITION)
    town, population = read_town(connection, edition)

    def digest(seed: int, number: int) -> str:
        plan = DemoPlan(seed=seed)
        makers = prepare_makers(connection, plan, town, population, edition.edition_id)
        rows = make_batch(makers, plan, number)
        assert len(rows) == BATCH
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return digest


def test_a_seed_always_makes_the_same_batch_and_another_seed_or_number_another(batch_digest):
    first = batch_digest(7, 3)

    assert batch_digest(7, 3) == first
    assert len({first, batch_digest(8, 3), batch_digest(7, 4)}) == 3
