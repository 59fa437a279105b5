"""Killed during a migration, the schema is the old one or the new one."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from app.cluster.migrations import migrate
from app.cluster.revisions import find_revision, newest_revision
from app.cluster.roles import make_database
from app.cluster.urls import embedded_urls, with_database
from tests.databases import drop_database
from tests.faults.killing import PATIENCE_S, wait_until

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

MIGRATE = """
import sys
from pathlib import Path
from app.cluster.migrations import migrate
from app.cluster.urls import embedded_urls
from app.settings import Settings
settings = Settings(_env_file=None, state_dir=Path(sys.argv[1]), secret_key="for tests only")
print("begins", flush=True)
migrate(embedded_urls(Path(sys.argv[2]), sys.argv[3]), settings)
print("ends", flush=True)
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'peta'"
VIEWS = "SELECT count(*) FROM pg_views WHERE schemaname = 'map'"


def shape(url: str) -> tuple[int, int]:
    with psycopg.connect(url) as connection:
        return tuple(connection.execute(query).fetchone()[0] for query in (TABLES, VIEWS))


def kill_a_migration(arguments: list[str], *, after_s: float) -> None:
    victim = subprocess.Popen([sys.executable, "-c", MIGRATE, *arguments], stdout=subprocess.PIPE)
    with victim:
        assert victim.stdout.readline() == b"begins\n"
        time.sleep(after_s)
        os.kill(victim.pid, signal.SIGKILL)


def exists(server_url: str, name: str) -> bool:
    with psycopg.connect(server_url) as connection:
        query = "SELECT count(*) FROM pg_database WHERE datname = %s"
        return connection.execute(query, [name]).fetchone() == (1,)


def has_no_sessions(server_url: str, name: str) -> bool:
    with psycopg.connect(server_url) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        return connection.execute(query, [name]).fetchone() == (0,)


@pytest.mark.parametrize("after_s", [0.1, 0.35, 0.5, 0.7])
def test_a_killed_migration_leaves_the_old_or_the_new_schema(server, settings, urls, after_s):
    name = f"killed_{os.getpid()}_{int(after_s * 1000)}"
    target = embedded_urls(server.places.socket_dir, name)
    server_url = with_database(target.superuser, "postgres")

    kill_a_migration(
        [str(settings.state_dir), str(server.places.socket_dir), name], after_s=after_s
    )

    wait_until(lambda: has_no_sessions(server_url, name))
    if exists(server_url, name):
        found = (find_revision(target.owner), shape(target.owner))
        assert found in [(None, (0, 0)), (newest_revision(), shape(urls.owner))]
    migrate(target, settings)
    assert find_revision(target.owner) == newest_revision()
    assert shape(target.owner) == shape(urls.owner)
    drop_database(server, name)


def test_two_migrations_at_once_take_turns(server, settings, urls):
    name = f"twice_{os.getpid()}"
    target = embedded_urls(server.places.socket_dir, name)
    make_database(target.superuser)
    arguments = [str(settings.state_dir), str(server.places.socket_dir), name]

    both = [subprocess.Popen([sys.executable, "-c", MIGRATE, *arguments]) for _ in range(2)]

    assert [migration.wait(PATIENCE_S) for migration in both] == [0, 0]
    assert shape(target.owner) == shape(urls.owner)
    drop_database(server, name)
