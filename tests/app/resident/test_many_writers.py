"""Writers at work side by side: the follower is given each of their changes, and none twice."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from app.cluster import DatabaseUrls
from app.resident.following import Change, Delivered, Reading
from app.statements import load_statement
from tests.app.world import CITY_ID, Spot, add, proposed

WRITERS = 8
AT_ONCE = (1, 1, 1, 2, 5)
KNOWN = 60


class Follower:
    """A reader of the public role that looks again and again until it is told to stop."""

    def __init__(self, urls: DatabaseUrls) -> None:
        self.told: Counter[Change] = Counter()
        self.readings = 0
        self._connection = psycopg.connect(urls.public, autocommit=True)
        self._state = Delivered.all_of(self._read(0))

    def follow(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.look()
        self.look()
        self._connection.close()

    def look(self) -> None:
        self._state, fresh = self._state.take(self._read(self._state.mark))
        self.told.update(fresh)
        self.readings += 1

    def _read(self, mark: int) -> Reading:
        values = {"city_id": CITY_ID, "mark": mark}
        statement = load_statement("resident", "read_changes")
        rows = self._connection.execute(statement, values).fetchall()
        changes = [Change(txid, number) for _, txid, number in rows if txid is not None]
        return Reading(rows[0][0], changes)


def write(urls: DatabaseUrls, numbers: list[str], events: int, seed: int) -> list[Change]:
    """What a writer committed, in transactions of which some come to nothing."""
    chance, committed = random.Random(seed), []
    with psycopg.connect(urls.staff) as connection:
        while len(committed) < events:
            written = chance.sample(numbers, chance.choice(AT_ONCE))
            [(txid,)] = connection.execute(
                "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)"
            )
            connection.execute(
                "INSERT INTO peta.change (city_id, usulan_id)"
                " SELECT city_id, usulan_id FROM peta.usulan WHERE number = ANY(%s)",
                [written],
            )
            if chance.random() < 0.2:
                connection.rollback()
            else:
                connection.commit()
                committed += [Change(txid, number) for number in written]
    return committed


def follow_writers(urls: DatabaseUrls, events: int) -> None:
    numbers = add(urls, [proposed(Spot(place % 16, 2)) for place in range(KNOWN)])
    follower, stop = Follower(urls), threading.Event()
    with (
        psycopg.connect(urls.superuser) as left_open,
        ThreadPoolExecutor(WRITERS + 1) as hands,
    ):
        following = hands.submit(follower.follow, stop)
        left_open.execute("SELECT pg_current_xact_id()")
        writers = [
            hands.submit(write, urls, numbers, events // WRITERS, seed) for seed in range(WRITERS)
        ]
        committed = Counter(change for writer in writers for change in writer.result())
        stop.set()
        following.result()

    assert follower.told == committed
    assert committed.total() >= events
    assert follower.readings > WRITERS


def test_of_many_changes_none_is_missed_and_none_is_given_twice(town):
    follow_writers(town, 1_200)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_of_fifty_thousand_changes_none_is_missed_and_none_is_given_twice(town):
    follow_writers(town, 50_000)
