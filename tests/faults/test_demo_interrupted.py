"""`peta demo load` as the very first command, broken off by Ctrl-C."""

import os
import signal

import psycopg
import pytest

from app.cluster.roles import make_database
from app.cluster.urls import embedded_urls
from tests.databases import drop_database
from tests.faults.commands import start_peta
from tests.faults.killing import PATIENCE_S, wait_until

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more


@pytest.fixture
def empty_url(server):
    """A database in which nothing has been made yet."""
    name = f"demo_first_{os.getpid()}"
    url = embedded_urls(server.places.socket_dir, name).superuser
    make_database(url)
    yield url
    drop_database(server, name)


def is_loading(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND query LIKE '%COPY peta.%'"
        )
        return found.fetchone() is not None


def test_the_demo_makes_its_schema_and_ctrl_c_leaves_no_half_a_city(empty_url, tmp_path):
    with start_peta(empty_url, tmp_path, "demo", "load", "--size", "small") as first:
        wait_until(lambda: is_loading(empty_url) or first.poll() is not None)
        first.send_signal(signal.SIGINT)
        _, told = first.communicate(timeout=PATIENCE_S)

    assert first.returncode == 130, told
    assert "Dihentikan" in told
    assert "Traceback" not in told
    with psycopg.connect(empty_url) as connection:
        left = connection.execute(
            "SELECT (SELECT count(*) FROM peta.city), (SELECT count(*) FROM peta.usulan)"
        ).fetchone()
    assert left == (0, 0)
