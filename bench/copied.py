"""What a good database does with the same columns: COPY, and a spatial join that places them.

Into the table that the city lives in, as ours: same indexes, same constraints, as many rows there
before. The peers write no event.
"""
# ruff: noqa: S311 - draws without secrets

import random
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import psycopg

from app.lists.places import CityAreas
from app.usulan.numbers import IdSequence
from spatial.grid import cells_at

# Keys of their own for each run: those of one that was undone stay in the index until a vacuum.
RUN = f"bench-{time.time_ns()}"
SOURCE = "bench"
PROBLEM = "Jalan berlubang di depan sekolah dasar"
CODES = ("SP01", "SP03", "SP07", "KP01", "SB02", "EK02")
STAGE = "CREATE TEMPORARY TABLE bench_stage (LIKE peta.usulan INCLUDING DEFAULTS)"
COPY = (
    "COPY {table} (city_id, usulan_id, number, tracking_hash, year, category, title,"
    " problem, geom,"
    " position, cell, edition_id, area_code, kota, channel, status, published, lineage_id,"
    " source, source_id, created, updated) FROM STDIN"
)
JOIN_INTO = (
    "INSERT INTO peta.usulan"
    " SELECT DISTINCT ON (stage.usulan_id) {columns}"
    " FROM bench_stage AS stage"
    " INNER JOIN peta.area AS area ON area.city_id = stage.city_id"
    " AND area.edition_id = stage.edition_id AND area.level = 'rt'"
    " AND ST_Intersects(area.geom, stage.position)"
)
PLACE = (
    "UPDATE peta.usulan AS peer SET area_code = area.code, rt = area.code"
    " FROM peta.area AS area"
    " WHERE peer.source = 'bench'"
    " AND area.city_id = peer.city_id AND area.edition_id = peer.edition_id"
    " AND area.level = 'rt' AND ST_Intersects(area.geom, peer.position)"
)


def copied_then_placed(connection: psycopg.Connection, areas: CityAreas, spots: np.ndarray) -> None:
    """COPY into the table, then the join that places what has come."""
    _copy(connection, "peta.usulan", areas, spots)
    connection.execute("ANALYZE peta.usulan")
    connection.execute(PLACE)


def joined_into_table(connection: psycopg.Connection, areas: CityAreas, spots: np.ndarray) -> None:
    """COPY into one without indexes, from which the join fills the table."""
    connection.execute(STAGE)
    _copy(connection, "bench_stage", areas, spots)
    connection.execute("ANALYZE bench_stage")
    names = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'peta.usulan'::regclass"
        " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    ).fetchall()
    placed = {"area_code": "area.code", "rt": "area.code"}
    columns = ", ".join(placed.get(name, f"stage.{name}") for (name,) in names)
    connection.execute(JOIN_INTO.format(columns=columns).encode())
    connection.execute("DROP TABLE bench_stage")


def _copy(connection: psycopg.Connection, table: str, areas: CityAreas, spots: np.ndarray) -> None:
    count = len(spots)
    cells = cells_at(spots[:, 0], spots[:, 1]).tolist()
    ids = IdSequence(datetime.now(UTC), random.Random(0)).take(count)
    command = COPY.format(table=table).encode()
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        rows = zip(spots.tolist(), cells, instants(count), ids, strict=True)
        for number, (spot, cell, at, sixteen) in enumerate(rows):
            own, point = sixteen.tobytes().hex(), f"SRID=4326;POINT({spot[0]} {spot[1]})"
            category, when = CODES[number % len(CODES)], at.isoformat()
            copy.write(
                f"9971\t{own}\t{RUN}-{number}\t\\\\x{own}\t2027\t{category}"
                f"\tPerbaikan nomor {number}\t{PROBLEM}\t{point}\t{point}\t{cell}"
                f"\t{areas.edition_id}\t{areas.top}\t{areas.top}\tmusrenbang\tdiajukan\tt"
                f"\t{own}\t{SOURCE}\t{RUN}-{number}\t{when}\t{when}\n"
            )


def instants(count: int) -> list[datetime]:
    """A minute apart, the latest first."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return [now - timedelta(minutes=number) for number in range(count)]
