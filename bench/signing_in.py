"""Rows about a hundred who sign in at once: what that takes, and how others fare meanwhile."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from bench.client import NotAnswered, fetched, percentile
from bench.runner import Row, at_most
from bench.stage import CITY, Stage, served

CROWD = 100
BETWEEN_S = 0.01
SETTLED_S = 3.0
"""Until what building the index took is given back."""
WRONG = json.dumps({"email": "petugas-#@contoh.go.id", "password": "bukan sandi siapa pun"})
"""Who is unknown takes as long as who is not."""
OTHERS = (
    f"/api/v1/usulan?city={CITY}&limit=20",
    f"/api/v1/stats?city={CITY}&level=kecamatan",
    f"/api/v1/areas?city={CITY}&level=kecamatan",
    "/api/v1/config",
)


def flood(stage: Stage) -> Iterator[Row]:
    """A server of its own, for its memory is asked about; the attempts of earlier runs are gone."""
    with stage.owner() as connection:
        connection.execute("DELETE FROM peta.attempt")
    with served(stage.folder) as fresh:
        for path in OTHERS:
            fetched(fresh.client, path)
        time.sleep(SETTLED_S)
        _forget_peak(fresh.pid)
        parts = urlsplit(fresh.client.address)
        command = [sys.executable, "-m", "bench.crowd", str(parts.hostname), str(parts.port)]
        command += ["/api/v1/session", str(CROWD), WRONG]
        times: list[float] = []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crowd:
            for path in cycle(OTHERS):
                if crowd.poll() is not None:
                    break
                times.append(fetched(fresh.client, path).seconds)
                time.sleep(BETWEEN_S)
            said = crowd.communicate()[0].strip()
        peak_mb = _peak_mb(fresh.pid)
    if said != f"401:{CROWD}":
        raise NotAnswered(f"the crowd was answered {said!r}")
    name = f"{CROWD} who sign in at once"
    yield at_most(f"{name}, MB of the process", f"{peak_mb:.0f} MB", peak_mb, 500.0)
    p95 = percentile(times, 0.95)
    shown = f"{p95 * 1e3:.0f} ms, slowest {max(times) * 1e3:.0f} ms of {len(times)}"
    note = "lists, totals, areas and settings in turn; every one of the crowd was answered 401"
    yield at_most(f"{name}, p95 of other routes, s", shown, p95, 1.0, note=note)


def _forget_peak(pid: int) -> None:
    """What the process took before is not asked about."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmHWM"].split()[0]) * 1024 / 1e6
