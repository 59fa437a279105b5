"""`python -m bench.placing [POINTS] [SEED]`: points to RT beside geopandas, for people.

Over the demo city's RT as files, without a database. Both have their index built beforehand, and
the peer its points; ours and the peer run in turn, three times each.
"""
# ruff: noqa: T201, S311 - it prints, and draws without secrets

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable

import geopandas
import numpy as np
import shapely

from app.demo.ground import BOUNDARIES
from spatial.areas import LEVELS, AreaRecord
from spatial.assign import AreaIndex

TURNS = 3
Points = tuple[np.ndarray, np.ndarray]


def main() -> None:
    """Print the build, both times and the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    print(f"{count:,} points, seed {seed}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    index = AreaIndex(records())
    areas = geopandas.GeoDataFrame(
        {"number": range(len(index.records))},
        geometry=[record.geometry for record in index.records],
        crs="EPSG:4326",
    )
    leaves = areas[[record.level == "rt" for record in index.records]]
    began = time.perf_counter()
    _ = index.lookup
    print(f"our lookup built in {time.perf_counter() - began:.2f} s, once for an edition")
    began = time.perf_counter()
    _ = leaves.sindex
    shapely.prepare(leaves.geometry.values)
    print(f"its tree built in {time.perf_counter() - began:.2f} s")
    points = drawn(areas.geometry.union_all(), count, random.Random(seed))
    spots = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*points), crs="EPSG:4326")
    own, other = [], []
    for _ in range(TURNS):
        own.append(seconds(lambda: ours(index, points)))
        other.append(seconds(lambda: spots.sjoin(leaves, how="left", predicate="intersects")))
    print(f"{'place_points':<34}{statistics.median(own):>8.2f} s")
    print(f"{'geopandas.sjoin, intersects':<34}{statistics.median(other):>8.2f} s")
    print(f"{'':<34}ours is {statistics.median(other) / statistics.median(own):.2f} x as quick")
    differing = np.count_nonzero(ours(index, points) != peer(leaves, spots))
    print(f"{differing} of {count:,} answered differently (on edges the lowest code counts here)")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def records() -> list[AreaRecord]:
    found = []
    for level in LEVELS:
        text = (BOUNDARIES / f"{level}.geojson").read_text(encoding="utf-8")
        shapes = shapely.get_parts(shapely.from_geojson(text)).tolist()
        for entry, shape in zip(json.loads(text)["features"], shapes, strict=True):
            told = entry["properties"]
            found.append(AreaRecord(told["code"], level, told["parent"], told["name"], shape))
    return found


def drawn(city: shapely.Geometry, count: int, rng: random.Random) -> Points:
    """Points inside the city."""
    source = np.random.default_rng(rng.getrandbits(64))
    west, south, east, north = city.bounds
    shapely.prepare(city)
    found = np.empty((2, 0))
    while found.shape[1] < count:
        more = np.stack([source.uniform(west, east, count), source.uniform(south, north, count)])
        found = np.concatenate([found, more[:, shapely.contains_xy(city, *more)]], axis=1)
    return found[0, :count], found[1, :count]


def ours(index: AreaIndex, points: Points) -> np.ndarray:
    """The number of each point's RT, -1 for none."""
    numbers = index.place_points(*points).numbers
    is_rt = np.array([record.level == "rt" for record in index.records] + [False])
    return np.where(is_rt[numbers], numbers, -1)


def peer(leaves: geopandas.GeoDataFrame, spots: geopandas.GeoDataFrame) -> np.ndarray:
    """The same by a spatial join, the first of several."""
    joined = spots.sjoin(leaves, how="left", predicate="intersects")
    first = joined[~joined.index.duplicated()]
    return first["number"].fillna(-1).to_numpy(dtype=np.intp)


if __name__ == "__main__":
    main()
