"""Rows about many usulan at once: placed, and written from lists and columns."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import geopandas
import numpy as np
import shapely

from bench import placing
from bench.client import NotAnswered, in_turn, seconds_of
from bench.lists import MORE, TURNS, peak_mb
from bench.runner import Row, at_most
from bench.stage import Stage
from spatial.assign import AreaIndex

CONTAINS = """
SELECT COUNT(*) FROM bench.spot AS spot
INNER JOIN bench.area AS area ON ST_Contains(area.geom, spot.geom)
"""
CSV_BAR = 20_000


def placing_points(stage: Stage) -> Iterator[Row]:
    """Points to RT: a lookup and an exact test, a spatial join, a join in SQL."""
    index = AreaIndex(placing.records())
    built_s = seconds_of(lambda: index.lookup)
    areas = geopandas.GeoDataFrame(
        {"number": range(len(index.records))},
        geometry=[record.geometry for record in index.records],
        crs="EPSG:4326",
    )
    leaves = areas[[record.level == "rt" for record in index.records]]
    points = placing.drawn(areas.geometry.union_all(), stage.count, stage.draw("placing"))
    spots = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*points), crs="EPSG:4326")
    shapely.prepare(leaves.geometry.values)
    _ = leaves.sindex
    differing = np.count_nonzero(placing.ours(index, points) != placing.peer(leaves, spots))
    if differing > stage.count // 10_000:
        raise NotAnswered(f"{differing} points placed differently")
    own, other = in_turn(
        3,
        lambda _: seconds_of(lambda: placing.ours(index, points)),
        lambda _: seconds_of(lambda: spots.sjoin(leaves, how="left", predicate="intersects")),
    )
    name = f"{stage.count:,} points placed in {len(leaves):,} RT"
    note = f"lookup built beforehand in {built_s:.2f} s; {differing} placed differently"
    yield Row(name, "geopandas.sjoin", _s(own), _s(other), other / own, 2.0, note=note)
    joined = _joined_by_sql(stage, points)
    yield Row(name, "ST_Contains join", _s(own), _s(joined), joined / own, 10.0)


def _joined_by_sql(stage: Stage, points: placing.Points) -> float:
    with stage.owner() as connection:
        connection.execute("CREATE TEMPORARY TABLE spot_text (x float8, y float8)")
        with connection.cursor() as cursor, cursor.copy("COPY spot_text FROM STDIN") as copy:
            for x, y in zip(*(column.tolist() for column in points), strict=True):
                copy.write(f"{x!r}\t{y!r}\n")
        connection.execute(
            "CREATE TABLE bench.spot AS"
            " SELECT ST_SetSRID(ST_MakePoint(x, y), 4326) AS geom FROM spot_text"
        )
        connection.execute("ANALYZE bench.spot")
        found: list[int] = []
        taken = seconds_of(lambda: found.append(connection.execute(CONTAINS).fetchall()[0][0]))
        connection.rollback()
    if not 0.9 * stage.count <= found[0] <= 1.001 * stage.count:
        raise NotAnswered(f"the join found {found[0]} of {stage.count}")
    return taken


def lists(stage: Stage) -> Iterator[Row]:
    """`python -m bench.lists` over the same city, whose lines are read."""
    rows, turns = (10_000, 1) if stage.quick else (100_000, TURNS)
    command = [sys.executable, "-m", "bench.lists", "--rates", "--turns", str(turns)]
    command += [str(rows), str(stage.seed)]
    environment = os.environ | {"PETA_STATE_DIR": str(stage.folder)}
    said = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout
    rates = {
        name.strip(): float(rate.replace(",", ""))
        for name, rate in re.findall(r"^(\S.{0,33}?)\s+[\d.]+ s\s+([\d,]+)/s", said, re.MULTILINE)
    }
    score = re.search(r"ours is ([\d.]+) x the peer", said)
    if score is None:
        raise NotAnswered(said)
    starts = ("columns", "COPY, then", "COPY, join", "peta usulan load")
    own, other, staged, file = (_rate(rates, start) for start in starts)
    shown = (f"{own:,.0f}/s", f"{other:,.0f}/s")
    name = f"columns in memory to placed rows with an event each, {rows:,}"
    note = f"median of {turns} turns" if turns > 1 else "one turn, after one that is not counted"
    peer = "COPY, then the ST_Intersects join"
    yield Row(name, peer, *shown, float(score[1]), 1.5, note=note)
    shown = (f"{own:,.0f}/s", f"{staged:,.0f}/s")
    peer = "COPY without indexes, the join fills a table with them"
    yield Row("the same", peer, *shown, own / staged)
    yield Row("`peta usulan load` of CSV, rows a second", "", f"{file:,.0f}/s", "", file, CSV_BAR)


def memory(stage: Stage) -> Iterator[Row]:
    """The most that loading a list takes, and ten times the list; no clock is read."""
    # Not less than two batches: a list of one is in memory whole.
    rows = 20_000 if stage.quick else 100_000
    sizes = (rows, MORE * rows)
    small, large = (peak_mb(size, stage.seed, stage.folder) for size in sizes)
    shown = f"{small:.0f} MB for {sizes[0]:,}, {large:.0f} MB for {sizes[1]:,}"
    name = "memory of `peta usulan load`, ten times the rows"
    yield at_most(name, shown, large / small, 1.1)


def _rate(rates: dict[str, float], start: str) -> float:
    found = [rate for name, rate in rates.items() if name.startswith(start)]
    if not found:
        raise NotAnswered(f"{start} is not among {list(rates)}")
    return found[0]


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"
