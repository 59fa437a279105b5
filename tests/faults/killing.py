"""Kill processes as a crash does, and wait for what must come."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 120.0
"""For what takes a second or two, but on a machine busy with more; no claim about time."""


def kill_postgres(data_dir: Path) -> None:
    """Kill every PostgreSQL process of this very folder, and no other, without warning."""
    signal_postgres(data_dir, signal.SIGKILL)


def signal_postgres(data_dir: Path, number: signal.Signals) -> None:
    """Send a signal to every PostgreSQL process of this very folder, and to no other."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data_dir:
                os.kill(int(entry.name), number)
        except OSError:  # gone meanwhile, or not ours to look at
            continue


def wait_until(condition: Callable[[], bool], *, seconds: float = PATIENCE_S) -> float:
    """Seconds until the condition held; AssertionError when it did not in time."""
    began = time.monotonic()
    while not condition():
        waited = time.monotonic() - began
        assert waited < seconds, f"not so after {waited:.1f} s"
        time.sleep(0.05)
    return time.monotonic() - began
