"""`python -m bench.lists [ROWS] [SEED] [--turns N]`: lists to stored rows, never a test.

From a CSV file, and from columns in memory beside two peers, over the demo city. Every write goes
into the table that the city lives in, and is rolled back. Ours and the peers run in turn in one
session. Processor time is printed beside the clock, because other work on the machine lengthens
the one far more than the other.
"""
# ruff: noqa: T201, S311 - it prints, and draws without secrets

import argparse
import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psycopg

from app.categories_file import CATEGORIES
from app.cli.staff import require_city
from app.cluster import running_database
from app.guesses.categories import CategoryGuesser
from app.guesses.guess import category_words
from app.lists.file import ListWish, Surroundings, load_list_file
from app.lists.places import CityAreas, read_city_areas
from app.settings import Settings
from app.usulan.columns import UsulanColumns, insert_columns
from app.usulan.numbers import IdSequence
from bench.copied import CODES, PROBLEM, RUN, copied_then_placed, instants, joined_into_table

CITY = "99.71"
BATCH = 10_000
HEADER = (
    "source_id,title,problem,category,longitude,latitude,volume,unit,estimated_cost"
    ",beneficiaries,severity,created_at,address"
)
TURNS = 3
"""After one that is not counted: the first finds nothing of the table in memory."""
MORE = 10
"""So many times the rows, where memory is asked about."""


def main() -> None:
    """Print one line for each measurement."""
    asked = _asked()
    if asked.memory:
        print_memory(asked.rows, asked.seed)
        return
    load = os.getloadavg()[0]
    print(f"{asked.rows:,} rows, seed {asked.seed}, load {load:.1f} on {os.cpu_count()} cores")
    print_rates(asked.rows, asked.seed, asked.turns)
    for size in () if asked.rates else (asked.rows, MORE * asked.rows):
        peak = peak_mb(size, asked.seed, Settings().state_dir)
        print(f"{'peak memory of a dry run':<34}{size:>10,} rows {peak:>8.0f} MB")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("seed", nargs="?", type=int, default=time.time_ns())
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--rates", action="store_true", help="leave memory out")
    parser.add_argument("--memory", action="store_true", help="only load once, and tell the peak")
    return parser.parse_args()


def print_rates(rows: int, seed: int, turns: int) -> None:
    """Rows a second from columns, of two peers, and from a file."""
    with owner_connection() as connection, TemporaryDirectory() as folder:
        city = require_city(connection, CITY)
        areas = read_city_areas(connection, city.city_id)
        if areas is None:
            raise SystemExit("load the demo city first: peta demo load")
        began = time.perf_counter()
        _ = areas.index.lookup
        print(f"lookup built in {time.perf_counter() - began:.2f} s, once for an edition")
        spots = drawn(areas, rows, random.Random(seed))
        ways = {
            "columns to rows with events": partial(ours, connection, areas, spots),
            "COPY, then ST_Intersects join": partial(copied_then_placed, connection, areas, spots),
            "COPY, join into the table": partial(joined_into_table, connection, areas, spots),
        }
        own, joined, staged = in_turn(connection, ways, rows, turns)
        print(f"{'':<34}ours is {joined / own:.2f} x the peer, by the clock, median of {turns}")
        print(f"{'':<34}ours is {staged / own:.2f} x the one that joins into the table")
        path = Path(folder) / "daftar.csv"
        write_list(path, spots, rows)
        wish = ListWish(path=path, kept_mappings=Path(folder))
        measured(
            connection,
            "peta usulan load, CSV",
            rows,
            lambda: load_list_file(connection, city, wish, around()),
        )


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """The peer makes a table of its own, which only the owner may."""
    with running_database(Settings(), print) as urls, psycopg.connect(urls.owner) as connection:
        yield connection
        connection.rollback()


def in_turn(
    connection: psycopg.Connection, ways: Mapping[str, Callable[[], None]], rows: int, counted: int
) -> list[float]:
    """The median seconds of each, after one turn that brings the table into memory."""
    turns = [
        [measured(connection, name, rows, work) for name, work in ways.items()]
        for _ in range(1 + counted)
    ]
    return [statistics.median(each) for each in zip(*turns[1:], strict=True)]


def clean(connection: psycopg.Connection) -> None:
    """Clear away what earlier runs undid, so that none of it is waded through again."""
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE peta.usulan, peta.usulan_event")
    connection.autocommit = False


def measured(
    connection: psycopg.Connection, name: str, rows: int, work: Callable[[], object]
) -> float:
    """Seconds of one run; what it wrote is undone, and cleared away before the next."""
    connection.rollback()
    clean(connection)
    pid = connection.info.backend_pid
    backend, own, began = seconds_of(pid), own_seconds(), time.perf_counter()
    work()
    taken = time.perf_counter() - began
    own, backend = own_seconds() - own, seconds_of(pid) - backend
    connection.rollback()
    print(
        f"{name:<34}{taken:>8.1f} s {rows / taken:>9,.0f}/s   processor a row:"
        f" {own / rows * 1e6:>6.1f} us here, {backend / rows * 1e6:>6.1f} us PostgreSQL"
    )
    return taken


def seconds_of(pid: int) -> float:
    """Processor time of a process of this machine."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """Processor time of this process and of those it made and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def drawn(areas: CityAreas, rows: int, rng: random.Random) -> np.ndarray:
    """Points inside the city."""
    records = [record for record in areas.index.records if record.code == areas.top]
    west, south, east, north = records[0].geometry.bounds
    found = np.empty((0, 2))
    while len(found) < rows:
        more = np.array([(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(rows)])
        inside = areas.index.place_points(more[:, 0], more[:, 1]).numbers >= 0
        found = np.concatenate([found, more[inside]])
    return found[:rows].round(6)


def ours(connection: psycopg.Connection, areas: CityAreas, spots: np.ndarray) -> None:
    """From columns to placed rows with one event each."""
    count = len(spots)
    created = instants(count)
    placed = areas.index.place_points(spots[:, 0], spots[:, 1])
    rng = random.SystemRandom()
    ids = IdSequence(datetime.now(UTC), rng)
    for start in range(0, count, BATCH):
        part = slice(start, start + BATCH)
        numbers = range(count)[part]
        insert_columns(
            connection,
            UsulanColumns(
                city_id=9971,
                edition_id=areas.edition_id,
                source="berkas",
                years=[2027] * len(numbers),
                categories=[CODES[number % len(CODES)] for number in numbers],
                titles=[f"Perbaikan nomor {number}" for number in numbers],
                problems=[PROBLEM] * len(numbers),
                created=created[part],
                updated=created[part],
                longitudes=spots[part, 0],
                latitudes=spots[part, 1],
                area_codes=[areas.index.records[n].code for n in placed.numbers[part].tolist()],
                chains=areas.chains,
                source_ids=[f"{RUN}-{number}" for number in numbers],
            ),
            ids=ids,
            rng=rng,
        )


def write_list(path: Path, spots: np.ndarray, rows: int) -> None:
    """A list of so many rows; with more rows than spots these come again."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for number in range(rows):
            longitude, latitude = spots[number % len(spots)].tolist()
            title, day = f"Perbaikan jalan nomor {number}", f"2026-01-{number % 28 + 1:02}"
            writer.writerow(
                (
                    f"{RUN}-csv-{number}",
                    title,
                    f"{PROBLEM} nomor {number}",
                    CODES[number % len(CODES)],
                    longitude,
                    latitude,
                    number % 490 + 10,
                    "m",
                    (number % 900 + 1) * 100_000,
                    number % 400,
                    number % 3 + 1,
                    day,
                    f"Jl. Melati {number % 97}",
                )
            )


def around() -> Surroundings:
    @contextmanager
    def uncounted(_rows: int) -> Iterator[Callable[[int], None]]:
        yield lambda _done: None

    guesser = CategoryGuesser(category_words(CATEGORIES))
    return Surroundings(now=datetime.now(UTC), counted=uncounted, guesser=guesser)


def peak_mb(rows: int, seed: int, folder: Path) -> float:
    """Most memory of the two processes that load so many rows and keep none."""
    command = [sys.executable, "-m", "bench.lists", "--memory", str(rows), str(seed)]
    environment = os.environ | {"PETA_STATE_DIR": str(folder)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return int(told.stdout.split()[-1]) / 1024


def print_memory(rows: int, seed: int) -> None:
    """Load a list of so many rows, undo it, print the kilobytes that took."""
    with owner_connection() as connection, TemporaryDirectory() as folder:
        city = require_city(connection, CITY)
        areas = read_city_areas(connection, city.city_id)
        if areas is None:
            raise SystemExit(1)
        part = drawn(areas, 10_000, random.Random(seed))
        path = Path(folder) / "daftar.csv"
        write_list(path, part, rows)
        load_list_file(connection, city, ListWish(path=path, kept_mappings=Path(folder)), around())
        # What both of its processes hold in common is counted twice.
        most = own_peak_kb() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(most)


def own_peak_kb() -> int:
    """Of this program alone: `getrusage` also tells what the process held that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
