"""What every row stands on: a database filled from the seed, our server, the peers' copy of it.

Everything lies in a folder of its own beside the state of the installation, so that nothing that
anybody keeps is touched, and a second start finds what the first one made.
"""

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any, TypeVar

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.cluster import DatabaseUrls, running_database
from app.cluster.migrations import migrate
from app.demo.load import find_state, load_demo, psycopg_of
from app.demo.plan import DemoPlan
from app.settings import Settings
from bench.client import Client
from bench.installed import served_python
from bench.said import say

CITY_ID, CITY = 9971, "99.71"
ADDRESS_LINE = "Peta Usulan: "
READY_S = 120.0
CLEAN = Path(__file__).with_name("clean.sql")
PEER_TABLES = Path(__file__).with_name("peer_tables.sql")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class BenchPlan(DemoPlan):
    """The demo city with any number of usulan."""

    count: int = 0

    @property
    def usulan(self) -> int:
        return self.count


@dataclass
class Stage:
    """One size of data and what runs over it; whatever is started ends with the block."""

    folder: Path
    seed: int
    count: int
    quick: bool
    urls: DatabaseUrls
    ending: ExitStack
    python: Path = Path()
    """The interpreter of the Python peers."""
    _made: dict[str, Any] = field(default_factory=dict)

    def draw(self, name: str) -> random.Random:
        """Chance for one purpose, from the seed of the run."""
        return random.Random(f"{self.seed}/{name}")  # noqa: S311 - not a secret

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What is made the first time it is asked for."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    @property
    def ours(self) -> Client:
        """A client of our server, warm: its index is built."""
        return self.once("ours", lambda: self.ending.enter_context(served(self.folder)).client)

    def owner(self) -> psycopg.Connection:
        return psycopg.connect(self.urls.owner)

    def scalar(self, query: str, **values: object) -> Any:  # noqa: ANN401 - whatever is asked for
        with self.owner() as connection:
            row = connection.execute(query.encode(), values).fetchone()
        return row and row[0]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the city."""
        with self.owner() as connection:
            row = connection.execute(
                "SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM"
                " (SELECT ST_Extent(geom) AS box FROM bench.point) AS extent"
            ).fetchone()
        return row  # type: ignore[return-value]  # noqa: RET504 - typed so


@dataclass(frozen=True, slots=True)
class Served:
    """Our server, answering."""

    client: Client
    pid: int
    listening_s: float
    ready_s: float


@contextmanager
def staged(folder: Path, *, seed: int, count: int, quick: bool) -> Iterator[Stage]:
    """A stage over so many usulan, loaded unless an earlier run has done it."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(state_dir=folder)
    with running_database(settings, say) as urls, ExitStack() as ending:
        migrate(urls, settings)
        _fill(urls, BenchPlan(size="large", seed=seed, count=count))
        yield Stage(folder, seed, count, quick, urls, ending)


def _fill(urls: DatabaseUrls, plan: BenchPlan) -> None:
    url = urls.owner.replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        if find_state(psycopg_of(connection)).usulan < plan.count:
            began = time.monotonic()
            load_demo(connection, plan, _told(plan.count))
            say(f"{plan.count:,} usulan loaded in {time.monotonic() - began:.0f} s")
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('bench.point')").fetchone() == (None,):
            say("the peers' tables are made")
            connection.execute(PEER_TABLES.read_bytes())
        connection.execute(CLEAN.read_bytes())
        connection.execute("VACUUM (ANALYZE) peta.usulan, peta.usulan_event, peta.change")
        connection.execute("VACUUM (ANALYZE) bench.point, bench.every, bench.area, bench.border")


def _told(total: int) -> Callable[[int], None]:
    def progress(done: int) -> None:
        if done % 100_000 == 0:
            say(f"{done:,} of {total:,}")

    return progress


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """`peta serve` as it comes, one worker; its index is built when the block begins."""
    command = [str(served_python()), "-m", "app.cli", "serve", "--port", "0"]
    environment = os.environ | {"PETA_STATE_DIR": str(folder), "PETA_LOG_LEVEL": "WARNING"}
    log = (folder / "ours.log").open("w+")
    began = time.monotonic()
    with log, subprocess.Popen(command, env=environment, stderr=log, stdout=log) as server:
        try:
            client = Client(_address_in(log, server))
            listening_s = time.monotonic() - began
            _wait_until(lambda: client.get("/readyz").status == 200)
            ready_s = time.monotonic() - began
            _build_index(client)
            yield Served(client, server.pid, listening_s, ready_s)
        finally:
            server.terminate()
            server.wait()


def _address_in(log: IO[str], server: subprocess.Popen[bytes]) -> str:
    """The address, once the server has written it."""
    while server.poll() is None:
        log.seek(0)
        for line in log:
            if line.startswith(ADDRESS_LINE):
                return line.split()[2]
        time.sleep(0.02)
    raise SystemExit("our server ended: see ours.log in the bench folder")


def _build_index(client: Client) -> None:
    """Ask until totals come from the index: then they take milliseconds."""
    path = f"/api/v1/stats?city={CITY}&level=rt&by=category"

    def is_quick() -> bool:
        began = time.perf_counter()
        client.get(f"{path}&year={2022 + int(began * 1000) % 5}")
        return time.perf_counter() - began < 0.5

    _wait_until(is_quick)


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"our server was not ready within {READY_S:.0f} s")
