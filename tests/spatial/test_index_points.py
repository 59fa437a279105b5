"""Single places of close tiles, and what is beyond the most that a tile shows."""

import mapbox_vector_tile
import numpy as np
import pyogrio
from hypothesis import given
from hypothesis import strategies as st

from spatial.grid import interleave
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.tiles import Tile
from tests.spatial.usulan_rows import (
    EXAMPLES,
    Row,
    choices,
    columns_of,
    in_order,
    in_tile,
    is_in,
    random_rows,
    recounted_tile,
    sets_of_rows,
    tiles_of,
)

DOWNWARDS = {"y_coord_down": True}


def names(ids: np.ndarray) -> np.ndarray:
    return np.array([f"{number:08d}".encode() for number in ids.tolist()], dtype="S8")


def features_of(written: bytes) -> list:
    """Properties and place of each feature of both layers."""
    layers = mapbox_vector_tile.decode(written, default_options=DOWNWARDS) if written else {}
    return [
        (feature["properties"], tuple(feature["geometry"]["coordinates"]))
        for layer in layers.values()
        for feature in layer["features"]
    ]


def expected(rows: list[Row], choice: Choice, tile: Tile, most: int) -> list:
    """The first places by cell and number, and a recount of the others."""
    shown = [
        row
        for row in rows
        if row.precision == "exact" and in_tile(row, tile) and is_in(row, choice)
    ]
    singles = sorted(shown, key=lambda row: (morton(row), row.number))[:most]
    others = [row for row in rows if row not in singles]
    return [single(row, tile) for row in singles] + recounted_tile(others, choice, tile)


def morton(row: Row) -> int:
    px, py = row.position
    return int(interleave(np.array([px]), np.array([py]))[0])


def single(row: Row, tile: Tile) -> tuple[dict, tuple[int, int]]:
    properties = {
        "number": f"{row.number:08d}", "category": row.category, "status": row.status,
        "year": row.year, "supporters": row.supporters,
    }  # fmt: skip
    known = {"severity": row.severity} if row.severity else {}
    x, y = ((2 * whole + 1) * 4096 * 2**tile.z // 2**32 for whole in row.position)
    return properties | known, (x - 4096 * tile.x, y - 4096 * tile.y)


@EXAMPLES
@given(
    rows=sets_of_rows,
    later=sets_of_rows,
    choice=choices,
    z=st.integers(0, 22),
    most=st.sampled_from([0, 1, 7, 5_000]),
)
def test_a_close_tile_has_its_first_places_and_the_rest_as_cells(rows, later, choice, z, most):
    before = Index.of(*columns_of(rows))
    gone = [row.number for row in rows[::5]]
    came = [row for row in later if row.number % 2]
    columns, vocabulary = columns_of(came, before.vocabulary)
    index = before.applied(columns, gone, vocabulary)
    left = {row.number: row for row in rows if row.number not in gone}
    there = list((left | {row.number: row for row in came}).values())

    for tile in tiles_of(there, z):
        for one in (index, index.folded()):
            written = one.close_tile(choice, tile, most=most, numbers_of=names)

            assert in_order(features_of(written)) == in_order(expected(there, choice, tile, most))


def test_gdal_reads_the_same_places(tmp_path):
    rows = random_rows(20261123, 300)
    index = Index.of(*columns_of(rows))
    tile = max(tiles_of(rows, 15), key=lambda tile: sum(in_tile(row, tile) for row in rows))
    path = tmp_path / str(tile.z) / str(tile.x) / f"{tile.y}.mvt"
    path.parent.mkdir(parents=True)
    path.write_bytes(index.close_tile(Choice(), tile, most=5_000, numbers_of=names))

    about, _, _, columns = pyogrio.raw.read(f"MVT:{path}", layer="usulan")
    read = [dict(zip(about["fields"], row, strict=True)) for row in zip(*columns, strict=True)]

    singles = [one for one, _ in expected(rows, Choice(), tile, 5_000) if "number" in one]
    assert len(singles) > 10
    for name in ("number", "category", "status", "year", "supporters"):
        assert sorted(row[name] for row in read) == sorted(one[name] for one in singles)
