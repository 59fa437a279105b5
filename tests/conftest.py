"""What every test may ask for: a migrated database, and a closed door to the outside network."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.cluster.sharing import running_cluster
from app.settings import Settings
from tests.databases import ensure_template, quick_server, temporary_database
from tests.guard import guarded
from tests.network import close_outside_network

TEST_DIR = "TEST_CLUSTER_DIR"  # handed to the workers, who share the cluster
KEPT_SETTING = "PETA_REALDATA"
GUARD = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    close_outside_network()
    # A shell lets what it starts in the background ignore Ctrl-C, and so would all we start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in [name for name in os.environ if name.startswith("PETA_")]:
        if name != KEPT_SETTING:  # a developer's own settings must not change a result
            del os.environ[name]
    if not hasattr(config, "workerinput"):
        # Under /tmp, because a socket's path may have 107 bytes and no more.
        folder = tempfile.mkdtemp(prefix="peta-test-", dir="/tmp")
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user when root runs the tests
        os.environ[TEST_DIR] = folder
        config.stash[GUARD] = ExitStack()
        config.stash[GUARD].enter_context(guarded(Path(folder)))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        quick_server(Path(os.environ.pop(TEST_DIR))).stop()  # runs still when a worker was killed
        config.stash[GUARD].close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's settings with a state folder of their own."""
    return Settings(
        _env_file=None, state_dir=tmp_path_factory.mktemp("state"), secret_key="for tests only"
    )


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Server]:
    """The cluster that all workers share, with the template in it."""
    quick = quick_server(Path(os.environ[TEST_DIR]))
    with running_cluster(quick):
        ensure_template(quick, settings)
        yield quick


@pytest.fixture(scope="session")
def urls(server: Server, worker_id: str) -> Iterator[DatabaseUrls]:
    """The database of this worker; leave it as you found it."""
    with temporary_database(server, f"worker_{worker_id}") as own:
        yield own


@pytest.fixture
def connection(urls: DatabaseUrls) -> Iterator[Connection]:
    """A connection with the application's role, rolled back after the test."""
    engine = create_engine(
        urls.staff.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    with engine.connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()


@pytest.fixture(scope="session")
def database_numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def fresh_urls(
    server: Server, worker_id: str, database_numbers: Iterator[int]
) -> Iterator[DatabaseUrls]:
    """A database of the test's own, for tests that commit."""
    with temporary_database(server, f"fresh_{worker_id}_{next(database_numbers)}") as own:
        yield own
