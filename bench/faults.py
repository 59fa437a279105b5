"""Rows about a database that does not answer: whether the process is alive beside a crowd."""

import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from bench.client import NotAnswered, fetched, percentile
from bench.runner import Row, at_most
from bench.stage import CITY, Stage

CROWD = 500
BETWEEN_S = 0.01
A_NUMBER = "SELECT number FROM bench.point ORDER BY number LIMIT 1"


def slow_database(stage: Stage) -> Iterator[Row]:
    """A table is locked, and five hundred ask for what lies in it; monitoring asks too."""
    parts = urlsplit(stage.ours.address)
    path = f"/api/v1/usulan/{stage.scalar(A_NUMBER)}?city={CITY}"
    fetched(stage.ours, path)
    command = [sys.executable, "-m", "bench.crowd", str(parts.hostname), str(parts.port)]
    times: list[float] = []
    with stage.owner() as holder:
        holder.execute("LOCK TABLE peta.usulan")
        with subprocess.Popen(
            [*command, path, str(CROWD)], stdout=subprocess.PIPE, text=True
        ) as crowd:
            while crowd.poll() is None:
                times.append(fetched(stage.ours, "/healthz").seconds)
                time.sleep(BETWEEN_S)
            said = crowd.communicate()[0].strip()
        holder.rollback()
    if said != f"503:{CROWD}" or not times:
        raise NotAnswered(f"the crowd was answered {said!r}, {len(times)} looks")
    fetched(stage.ours, path)
    slowest, median = max(times) * 1e3, percentile(times, 0.5) * 1e3
    shown = f"slowest {slowest:.1f} ms, median {median:.1f} ms of {len(times)}"
    name = f"/healthz beside {CROWD} requests for a locked table, ms"
    yield at_most(name, shown, slowest, 100.0, note="the crowd was refused whole, and all is well")
