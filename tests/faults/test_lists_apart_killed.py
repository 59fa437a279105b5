"""A long list is prepared in a process of its own: it and the load end together, in any way."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.killing import PATIENCE_S, wait_until
from tests.faults.test_lists_interrupted import is_held_up
from tests.faults.test_lists_killed import loading, many, place, sessions, stored

__all__ = ["many", "place"]

pytestmark = pytest.mark.timeout(300)


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def held_up(place, many):
    """A load that waits for a lock with blocks still to come, and the process that makes them."""
    with loading(place, many) as victim, psycopg.connect(place.urls.superuser) as other:
        other.execute("LOCK TABLE peta.usulan_event IN SHARE MODE")
        wait_until(lambda: is_held_up(place))
        (worker,) = children(victim.pid)
        yield victim, worker, other


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def assert_nothing_is_left(place, worker):
    wait_until(lambda: is_gone(worker) and sessions(place) == 0)
    assert set(stored(place).values()) == {0}
    assert sorted(path.name for path in place.folder.glob("usulan.csv*")) == ["usulan.csv"]


def test_a_load_whose_reading_is_killed_stores_nothing_and_says_so(place, many):
    with held_up(place, many) as (victim, worker, other):
        os.kill(worker, signal.SIGKILL)
        other.rollback()
        _, told = victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode == 1
    assert told.startswith("Tidak ada yang diubah: pembacaan daftar terhenti")
    assert "Traceback" not in told
    assert_nothing_is_left(place, worker)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_reading_ends_with_the_load(place, many, sent):
    with held_up(place, many) as (victim, worker, other):
        if sent is signal.SIGINT:
            os.kill(worker, sent)  # Ctrl-C on a terminal reaches both
        victim.send_signal(sent)
        _, told = victim.communicate(timeout=PATIENCE_S)
        other.rollback()

    assert victim.returncode == (130 if sent is signal.SIGINT else -sent)
    assert "Traceback" not in told
    assert_nothing_is_left(place, worker)
