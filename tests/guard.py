"""Ends what a killed test run leaves at work: a process of its own, which outlives the run.

A run that is killed ends nothing itself, and PostgreSQL goes on without whoever started it. The
guard reads from a pipe on which nobody writes; it ends when the run does, however that happens.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STOP_S = 5.0
PROJECT_DIR = Path(__file__).resolve().parent.parent
_PROC = Path("/proc")


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """A folder whose users are ended and which is removed, when the block ends or we are killed."""
    heard, held = os.pipe()
    guard = subprocess.Popen(
        [sys.executable, "-m", __name__, str(folder)],
        cwd=PROJECT_DIR,
        stdin=heard,
        start_new_session=True,  # what ends the run by its group leaves the guard alone
    )
    os.close(heard)
    try:
        yield
    finally:
        os.close(held)
        guard.wait(60)


def end_all(folder: Path) -> None:
    """End every process of a run: servers first, which would start their PostgreSQL again."""
    _signal(_others_of(folder), signal.SIGKILL)
    deadline = time.monotonic() + STOP_S
    while (at_work := _working_in(folder)) and time.monotonic() < deadline:
        _signal(at_work, signal.SIGQUIT)  # PostgreSQL ends at once, and gives its memory back
        _signal(at_work, signal.SIGCONT)
        time.sleep(0.1)
    _signal(_working_in(folder), signal.SIGKILL)


def _working_in(folder: Path) -> list[int]:
    """Processes whose working folder lies in this one, as that of PostgreSQL does."""
    return [pid for pid in _processes() if _working_folder(pid).is_relative_to(folder)]


def _others_of(folder: Path) -> list[int]:
    """Processes that were given the folder by name."""
    named = os.fsencode(folder)
    at_work = {*_working_in(folder), os.getpid()}
    return [pid for pid in _processes() if pid not in at_work and named in _given(pid)]


def _processes() -> list[int]:
    return [int(entry.name) for entry in _PROC.glob("[0-9]*")]


def _working_folder(pid: int) -> Path:
    try:
        return (_PROC / str(pid) / "cwd").readlink()
    except OSError:  # gone meanwhile, or not ours to look at
        return Path("/")


def _given(pid: int) -> bytes:
    """Arguments and environment that a process began with."""
    try:
        return b"\0".join((_PROC / str(pid) / name).read_bytes() for name in ("cmdline", "environ"))
    except OSError:
        return b""


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _main() -> None:
    folder = Path(sys.argv[1])
    sys.stdin.buffer.read()
    if folder.exists():
        end_all(folder)
        shutil.rmtree(folder)


if __name__ == "__main__":
    _main()
