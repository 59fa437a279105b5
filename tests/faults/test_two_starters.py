"""Two who start at once share the cluster; the last one stops it."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from app.cluster.locks import exclusive
from app.cluster.places import make_folders
from tests.faults.killing import wait_until
from tests.faults.serving import serving

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more


def test_two_servers_started_at_once_share_the_database(installation, installed_server, tmp_path):
    with (
        serving(installation, tmp_path / "first") as first,
        serving(installation, tmp_path / "second") as second,
    ):
        wait_until(lambda: first.checks()["database"])
        wait_until(lambda: second.checks()["database"])

        first.interrupt()
        still_there = second.checks()["database"] and installed_server.is_running()
        second.interrupt()

    assert still_there
    assert not installed_server.is_running()


def test_a_server_listens_while_another_holds_the_start_and_says_what_it_waits_for(
    installation, installed_server, tmp_path
):
    places = installed_server.places
    make_folders(places)
    log = tmp_path / "log"
    with ExitStack() as lock:
        lock.enter_context(exclusive(places.start_lock, places.account, wait_seconds=1))
        with serving(installation, log) as served:
            wait_until(served.is_alive)
            unready = served.get("/readyz").status_code
            wait_until(lambda: str(places.start_lock) in log.read_text())
            lock.close()
            wait_until(lambda: served.checks()["database"])

    assert unready == 503
    assert not installed_server.is_running()


def test_a_server_that_waits_for_the_start_ends_before_it_gets_it(
    installation, installed_server, tmp_path
):
    places = installed_server.places
    make_folders(places)
    with (
        exclusive(places.start_lock, places.account, wait_seconds=1),
        serving(installation, tmp_path / "log") as served,
    ):
        wait_until(served.is_alive)

        served.interrupt()

        assert served.process.returncode is not None


def peta(settings, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PETA_STATE_DIR": str(settings.state_dir)}
    command = [sys.executable, "-m", "app.cli", *arguments]
    # Reading to the end of both pipes returns only when no child holds them any more.
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=200, check=False
    )


def test_a_database_started_to_stay_holds_no_pipe_of_its_caller(installation, installed_server):
    started = peta(installation, "db", "start")
    running = installed_server.is_running()
    stopped = peta(installation, "db", "stop")

    assert (started.returncode, running, stopped.returncode) == (0, True, 0)
    assert not installed_server.is_running()


def test_commands_started_at_once_on_an_empty_folder_all_succeed(installation, installed_server):
    with ThreadPoolExecutor(3) as starters:
        migrations = list(starters.map(lambda _: peta(installation, "db", "migrate"), range(3)))

    assert [migration.returncode for migration in migrations] == [0, 0, 0]
    assert not installed_server.is_running()
