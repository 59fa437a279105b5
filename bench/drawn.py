"""What is asked for: tiles, filters and boxes, drawn from the seed of the run."""

import random
from typing import NamedTuple

import mapbox_vector_tile
import numpy as np

from bench.client import NotAnswered
from bench.stage import CITY, Stage
from spatial.grid import cell_range, deinterleave
from spatial.tiles import Tile

HEAVY = """
SELECT cell >> (62 - 2 * %(zoom)s) AS tile, COUNT(*) AS points
FROM bench.point GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
TOUCHED = """
INSERT INTO peta.change (city_id, usulan_id)
SELECT city_id, usulan_id FROM peta.usulan
WHERE city_id = 9971 AND published AND position IS NOT NULL
LIMIT 1
"""
FEATURE, LAYER = 0x12, 0x1A


class Counted(NamedTuple):
    """A tile and how many points lie in it."""

    tile: Tile
    points: int

    @property
    def place(self) -> str:
        return f"{self.tile.z}/{self.tile.x}/{self.tile.y}"


def heaviest(stage: Stage, zoom: int, most: int) -> list[Counted]:
    """The tiles of a zoom with the most points, the heaviest first."""
    with stage.owner() as connection:
        rows = connection.execute(HEAVY.encode(), {"zoom": zoom, "most": most}).fetchall()
    cells = np.array([row[0] for row in rows], dtype=np.int64)
    columns, lines = deinterleave(cells)
    return [
        Counted(Tile(zoom, int(x), int(y)), row[1])
        for x, y, row in zip(columns, lines, rows, strict=True)
    ]


def some_tiles(stage: Stage, zoom: int, count: int) -> list[Counted]:
    """Different tiles of a zoom among its heavier half, in the order of the draw."""
    found = heaviest(stage, zoom, 4_000)
    half = found[: max(len(found) // 2, count)]
    stage.draw(f"tiles {zoom}").shuffle(half)
    return half[:count]


def some_filters(stage: Stage, tile: Tile, count: int) -> list[tuple[dict[str, str], int]]:
    """Different joint values of category, year and status in a tile, each with its points."""
    within = cell_range(tile)
    with stage.owner() as connection:
        rows = connection.execute(
            "SELECT category, CAST(year AS text), status, COUNT(*) FROM bench.every"
            " WHERE cell BETWEEN %s AND %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [within.first, within.last],
        ).fetchall()
    chosen = stage.draw(f"filters {tile}").sample(rows, min(count, len(rows)))
    names = ("category", "year", "status")
    return [(dict(zip(names, row, strict=True)), points) for *row, points in chosen]


def some_boxes(stage: Stage, count: int, *, share: float) -> list[tuple[str, int]]:
    """Boxes around points drawn from the city that each hold that share of all points."""
    rng = stage.draw("boxes")
    with stage.owner() as connection:
        table = np.array(
            connection.execute("SELECT ST_X(geom), ST_Y(geom) FROM bench.point").fetchall()
        )
    return [_box(table, share, rng) for _ in range(count)]


def _box(table: np.ndarray, share: float, rng: random.Random) -> tuple[str, int]:
    middle = table[rng.randrange(len(table))]
    away = np.abs(table - middle).max(axis=1)
    reach = float(np.sort(away)[int(share * len(table))])
    corners = [round(float(number), 6) for number in (*(middle - reach), *(middle + reach))]
    west, south, east, north = corners
    inside = (
        (table[:, 0] >= west) & (table[:, 0] <= east)
        & (table[:, 1] >= south) & (table[:, 1] <= north)
    )  # fmt: skip
    return ",".join(map(str, corners)), int(inside.sum())


def our_tile(place: str, **filters: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    return f"/tiles/usulan/{place}.mvt?city={CITY}{more}"


def their_tile(table: str, place: str, properties: str, **filters: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    address = f"/collections/bench.{table}/tiles/WebMercatorQuad/{place}"
    return f"{address}?properties={properties}{more}"


def new_revision(stage: Stage) -> None:
    """Commit a change of nothing and let the index see it: what was kept of tiles is old."""
    with stage.owner() as connection:
        connection.execute(TOUCHED)
    for _ in range(2):
        stage.ours.get(our_tile("1/1/1"))


def counted_by_us(body: bytes) -> int:
    """The usulan that one of our tiles tells of."""
    layers = mapbox_vector_tile.decode(body) if body else {}
    cells = layers.get("cells", {}).get("features", ())
    whole = sum(feature["properties"]["count"] for feature in cells)
    return whole + len(layers.get("usulan", {}).get("features", ()))


def counted_features(body: bytes) -> int:
    """The features of a tile's layers, counted without decoding them."""
    total, place = 0, 0
    while place < len(body):
        kind, place = _varint(body, place)
        length, place = _varint(body, place)
        if kind != LAYER:
            raise NotAnswered("not a vector tile")
        total += _features_of_layer(body, place, place + length)
        place += length
    return total


def _features_of_layer(body: bytes, place: int, end: int) -> int:
    total = 0
    while place < end:
        kind, place = _varint(body, place)
        length, place = _varint(body, place)
        if kind & 7 == 2:  # of known length; else the number read was the value itself
            place += length
            total += kind == FEATURE
    return total


def _varint(body: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = body[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
