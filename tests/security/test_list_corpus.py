"""Damaged lists: each is loaded to its last row or refused with one sentence, soon."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import KnownCity, add_city
from app.cluster import DatabaseUrls
from app.guesses.categories import CategoryGuesser
from app.lists.file import ListWish, Surroundings, load_list_file
from app.lists.mapping import MappingRefused
from app.lists.refused import ListRefused
from tests.quickness import soon_over
from tests.security.list_corpus import KEEPS_ROWS, ROWS, Case, corpus
from tests.security.test_hostile_files import CANARY, canary, listener

__all__ = ["canary", "listener"]

CITY = KnownCity(3372, "33.72", "Kota", "Asia/Jakarta")


@pytest.fixture
def connection(urls: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """A transaction in a city of one area, undone after the test."""
    with psycopg.connect(urls.staff) as connection:
        add_city(connection, "33.72", "Kota")
        box = shapely.box(110.8, -7.57, 110.81, -7.56)
        area = NewArea(code="33.72", level="kota", parent_code=None, name="Kota", geometry=box)
        load_edition(connection, 3372, NewEdition(name="2025"), [area])
        yield connection
        connection.rollback()


@contextmanager
def uncounted(_rows: int) -> Iterator[object]:
    yield lambda _done: None


AROUND = Surroundings(
    now=datetime(2026, 3, 1, tzinfo=UTC), counted=uncounted, guesser=CategoryGuesser([])
)


def answer_to(case: Case, folder: Path, connection: psycopg.Connection) -> str:
    """`loaded`, `rejected rows` or `refused`; fails where a row was lost without a word."""
    path = case.put(folder)
    found, why = None, ""
    connection.execute("SAVEPOINT before")
    wish = ListWish(path=path, kept_mappings=folder / "kept")
    try:
        with soon_over(case):
            found = load_list_file(connection, CITY, wish, AROUND)
    except (ListRefused, MappingRefused) as refused:
        why = str(refused)
    finally:
        stored = _stored(connection)
        connection.execute("ROLLBACK TO before")
        path.unlink()
    if found is None:
        assert why, case
        assert CANARY not in why, case
        return "refused"
    kept = found["created"] + found["updated"] + found["unchanged"]
    assert found["read"] == kept + found["rejected"], case
    assert found["created"] == stored, case
    if case.damage in KEEPS_ROWS:
        assert found["read"] + sum(found["other_rows"].values()) == ROWS, case
    if case.damage == "swapped axes":
        assert found["reasons"] == {"BUJUR_LINTANG_TERTUKAR": ROWS}, case
    return "rejected rows" if found["rejected"] else "loaded"


def _stored(connection: psycopg.Connection) -> int:
    if connection.info.transaction_status is psycopg.pq.TransactionStatus.INERROR:
        return -1
    (count,) = connection.execute("SELECT COUNT(*) FROM peta.usulan").fetchone() or (0,)
    return int(count)


def _all(count: int, folder: Path, connection: psycopg.Connection) -> Counter[str]:
    return Counter(answer_to(case, folder, connection) for case in corpus(folder, count))


def test_a_sample_of_damaged_lists_loses_no_row(tmp_path, connection, canary, listener):
    before = canary.read_bytes()

    told = _all(32, tmp_path, connection)

    assert told.total() == 32
    assert min(told["refused"], told["rejected rows"]) > 0
    assert (canary.read_bytes(), listener[1]) == (before, [])


@pytest.mark.long
@pytest.mark.timeout(3 * 3600)
def test_two_thousand_damaged_lists_lose_no_row(tmp_path, connection, canary, listener):
    before = canary.read_bytes()

    told = _all(2_000, tmp_path, connection)

    assert told.total() == 2_000
    assert (canary.read_bytes(), listener[1]) == (before, [])
