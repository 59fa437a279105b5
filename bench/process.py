"""Rows about the web process: how soon it listens and is ready, what it holds when idle."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench.runner import Row
from bench.stage import Stage, served

SETTLED_S = 2.0


def idle(stage: Stage) -> Iterator[Row]:
    """One server more, started, its index built, then left alone."""
    with served(stage.folder) as fresh:
        time.sleep(SETTLED_S)
        status = Path(f"/proc/{fresh.pid}/status").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    resident_mb = int(fields["VmRSS"].split()[0]) * 1024 / 1e6
    peak_mb = int(fields["VmHWM"].split()[0]) * 1024 / 1e6
    name = f"idle web process with {stage.count:,} usulan indexed, MB"
    note = f"at most {peak_mb:.0f} MB while the index was built"
    yield Row(name, "", f"{resident_mb:.0f} MB", "", resident_mb, 200.0, most=True, note=note)
    for what, seconds, bar in (
        ("listening after, s", fresh.listening_s, 2.5),
        ("/readyz after, s", fresh.ready_s, 5.0),
    ):
        yield Row(what, "", f"{seconds:.2f} s", "", seconds, bar, most=True)
