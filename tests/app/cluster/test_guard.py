"""A test run that is killed leaves no PostgreSQL and no server behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TEST_DIR
from tests.faults.killing import PATIENCE_S, wait_until
from tests.guard import PROJECT_DIR

RUN = """
import subprocess, sys, time
from pathlib import Path
from tests.databases import quick_server
from tests.guard import guarded

folder = Path(sys.argv[1])
with guarded(folder):
    server = quick_server(folder)
    server.places.socket_dir.parent.mkdir()
    server.start(print)
    served = [sys.executable, "-c", "import time; time.sleep(600)", folder / "state"]
    print("served", subprocess.Popen(served).pid, flush=True)
    time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_run_has_started_is_ended(folder, own_server, number):
    command = [sys.executable, "-c", RUN, folder]
    with subprocess.Popen(command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True) as run:
        served = next(int(line.split()[1]) for line in run.stdout if line.startswith("served"))
        was_running = own_server.is_running() and is_alive(served)

        run.send_signal(number)
        run.wait(PATIENCE_S)
        wait_until(lambda: not folder.exists())

    assert was_running
    assert not own_server.is_running()
    assert not is_alive(served)
    folder.mkdir()  # for the fixture, which removes it


def test_this_very_run_is_guarded():
    given = [b"tests.guard", os.fsencode(os.environ[TEST_DIR])]
    commands = [path.read_bytes().split(b"\0") for path in Path("/proc").glob("[0-9]*/cmdline")]

    assert any(command[-3:-1] == given for command in commands)
