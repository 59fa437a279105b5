"""Ctrl-C during a load of usulan that has to wait for somebody else's work in the database."""

import signal
import time

import psycopg
import pytest

from tests.faults.killing import PATIENCE_S, wait_until
from tests.faults.test_lists_killed import loading, many, place, sessions, stored

__all__ = ["many", "place"]

pytestmark = pytest.mark.timeout(300)


def is_held_up(place) -> bool:
    """Whether the load waits for a lock, with a block still to be written."""
    return (
        place.rows(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE '%peta.usulan_event%'"
        )
        != []
    )


def test_ctrl_c_does_not_wait_for_what_the_load_waits_for(place, many):
    with loading(place, many) as victim, psycopg.connect(place.urls.superuser) as other:
        other.execute("LOCK TABLE peta.usulan_event IN SHARE MODE")
        wait_until(lambda: is_held_up(place))
        victim.send_signal(signal.SIGINT)
        _, told = victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode == 130
    assert "Dihentikan" in told
    assert "Traceback" not in told
    wait_until(lambda: sessions(place) == 0)
    assert set(stored(place).values()) == {0}
    assert sorted(path.name for path in place.folder.glob("usulan.csv*")) == ["usulan.csv"]


def test_ctrl_c_pressed_again_and_again_ends_a_waiting_load_once(place, many):
    with loading(place, many) as victim, psycopg.connect(place.urls.superuser) as other:
        other.execute("LOCK TABLE peta.usulan_event IN SHARE MODE")
        wait_until(lambda: is_held_up(place))
        for _ in range(20):
            victim.send_signal(signal.SIGINT)
            time.sleep(0.02)
        _, told = victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode == 130
    assert told.count("Dihentikan") == 1
    assert "Traceback" not in told
    assert "Exception" not in told
    assert set(stored(place).values()) == {0}


def test_a_load_whose_database_goes_away_says_so_in_indonesian(place, many):
    with loading(place, many) as victim, psycopg.connect(place.urls.superuser) as other:
        other.execute("LOCK TABLE peta.usulan_event IN SHARE MODE")
        wait_until(lambda: is_held_up(place))
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        _, told = victim.communicate(timeout=PATIENCE_S)

    assert victim.returncode == 1
    assert told.startswith("Sambungan ke basis data terputus")
    assert "Traceback" not in told
    assert set(stored(place).values()) == {0}
