"""`python -m bench.lists [ROWS] [SEED]`: lists to stored rows, for people, never a test.

From a CSV file, and from columns in memory beside a peer, over the demo city. Every write is
rolled back. Ours and the peer run in turn in the same session. Processor time is printed
beside the clock, because other work on the machine lengthens the one far more than the other.
"""
# ruff: noqa: T201, S311 - it prints, and draws without secrets

import csv
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np
import psycopg

from app.cli.staff import require_city
from app.cluster import running_database
from app.cluster.migrations import CATEGORIES
from app.guesses.categories import CategoryGuesser
from app.guesses.guess import category_words
from app.lists.file import ListWish, Surroundings, load_list_file
from app.lists.places import CityAreas, read_city_areas
from app.settings import Settings
from app.usulan.columns import UsulanColumns, insert_columns
from app.usulan.numbers import IdSequence
from spatial.grid import cells_at

CITY = "99.71"
# Keys of their own for each run: those of one that was undone stay in the index until a vacuum.
RUN = f"bench-{time.time_ns()}"
BATCH = 10_000
PROBLEM = "Jalan berlubang di depan sekolah dasar"
CODES = ("SP01", "SP03", "SP07", "KP01", "SB02", "EK02")
HEADER = (
    "source_id,title,problem,category,longitude,latitude,volume,unit,estimated_cost"
    ",beneficiaries,severity,created_at,address"
)
PEER_TABLE = "CREATE TABLE peta.bench_peer (LIKE peta.usulan INCLUDING ALL)"
PEER_STAGE = "CREATE TEMPORARY TABLE bench_stage (LIKE peta.usulan INCLUDING DEFAULTS)"
PEER_COPY = (
    "COPY {table} (city_id, usulan_id, number, tracking_hash, year, category, title,"
    " problem, geom,"
    " position, cell, edition_id, area_code, kota, channel, status, published, lineage_id,"
    " source, source_id, created, updated) FROM STDIN"
)
PEER_STAGED = (
    "INSERT INTO peta.bench_peer"
    " SELECT DISTINCT ON (stage.usulan_id) {columns}"
    " FROM bench_stage AS stage"
    " INNER JOIN peta.area AS area ON area.city_id = stage.city_id"
    " AND area.edition_id = stage.edition_id AND area.level = 'rt'"
    " AND ST_Intersects(area.geom, stage.position)"
)
PEER_PLACE = (
    "UPDATE peta.bench_peer AS peer SET area_code = area.code, rt = area.code"
    " FROM peta.area AS area"
    " WHERE area.city_id = peer.city_id AND area.edition_id = peer.edition_id"
    " AND area.level = 'rt' AND ST_Intersects(area.geom, peer.position)"
)


def main() -> None:
    """Print one line for each measurement."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    print(f"{rows:,} rows, seed {seed}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with owner_connection() as connection, TemporaryDirectory() as folder:
        city = require_city(connection, CITY)
        areas = read_city_areas(connection, city.city_id)
        if areas is None:
            raise SystemExit("load the demo city first: peta demo load")
        began = time.perf_counter()
        _ = areas.index.lookup
        print(f"lookup built in {time.perf_counter() - began:.2f} s, once for an edition")
        spots = drawn(areas, rows, random.Random(seed))
        own = measured(
            connection, "columns to rows with events", rows, partial(ours, connection, areas, spots)
        )
        other = measured(
            connection,
            "COPY, then ST_Intersects join",
            rows,
            partial(peer, connection, areas, spots),
        )
        print(f"{'':<34}ours is {other / own:.2f} x the peer, by the clock")
        staged = measured(
            connection,
            "COPY, join into the table",
            rows,
            partial(staging_peer, connection, areas, spots),
        )
        print(f"{'':<34}ours is {staged / own:.2f} x that peer, by the clock")
        path = Path(folder) / "daftar.csv"
        write_list(path, spots, rows)
        wish = ListWish(path=path, kept_mappings=Path(folder))
        measured(
            connection,
            "peta usulan load, CSV",
            rows,
            lambda: load_list_file(connection, city, wish, around()),
        )
    for size in (rows, 10 * rows):
        print(f"{'peak memory of a dry run':<34}{size:>10,} rows {peak_mb(size, seed):>8.0f} MB")


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """The peer makes a table of its own, which only the owner may."""
    with running_database(Settings(), print) as urls, psycopg.connect(urls.owner) as connection:
        yield connection
        connection.rollback()


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


def peer(connection: psycopg.Connection, areas: CityAreas, spots: np.ndarray) -> None:
    """COPY of the same columns into a table like ours, then the join that places them."""
    connection.execute(PEER_TABLE)
    copy_plainly(connection, "peta.bench_peer", areas, spots)
    connection.execute("ANALYZE peta.bench_peer")
    connection.execute(PEER_PLACE)
    connection.execute("DROP TABLE peta.bench_peer")


def staging_peer(connection: psycopg.Connection, areas: CityAreas, spots: np.ndarray) -> None:
    """The same by a table without indexes, from which the join fills the one that has them."""
    connection.execute(PEER_TABLE)
    connection.execute(PEER_STAGE)
    copy_plainly(connection, "bench_stage", areas, spots)
    connection.execute("ANALYZE bench_stage")
    names = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'peta.usulan'::regclass"
        " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    ).fetchall()
    placed = {"area_code": "area.code", "rt": "area.code"}
    columns = ", ".join(placed.get(name, f"stage.{name}") for (name,) in names)
    connection.execute(PEER_STAGED.format(columns=columns).encode())
    connection.execute("DROP TABLE bench_stage")
    connection.execute("DROP TABLE peta.bench_peer")


def copy_plainly(
    connection: psycopg.Connection, table: str, areas: CityAreas, spots: np.ndarray
) -> None:
    count = len(spots)
    cells = cells_at(spots[:, 0], spots[:, 1]).tolist()
    command = PEER_COPY.format(table=table).encode()
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for number, (spot, cell, at) in enumerate(
            zip(spots.tolist(), cells, instants(count), strict=True)
        ):
            own, point = str(uuid4()), f"SRID=4326;POINT({spot[0]} {spot[1]})"
            category, when = CODES[number % len(CODES)], at.isoformat()
            copy.write(
                f"9971\t{own}\t{RUN}-{number}\t\\\\x{own.replace('-', '')}\t2027\t{category}"
                f"\tPerbaikan nomor {number}\t{PROBLEM}\t{point}\t{point}\t{cell}"
                f"\t{areas.edition_id}\t{areas.top}\t{areas.top}\tmusrenbang\tdiajukan\tt"
                f"\t{own}\tberkas\t{RUN}-{number}\t{when}\t{when}\n"
            )


def instants(count: int) -> list[datetime]:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return [now - timedelta(minutes=number) for number in range(count)]


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


def peak_mb(rows: int, seed: int) -> float:
    """Most memory of the two processes that load so many rows and keep none."""
    command = [sys.executable, "-m", "bench.lists", "--memory", str(rows), str(seed)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(told.stdout.split()[-1]) / 1024


def memory_of(rows: int, seed: int) -> None:
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
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        most = sum(resource.getrusage(kind).ru_maxrss for kind in kinds)
    print(most)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory_of(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
