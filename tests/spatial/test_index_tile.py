"""The bytes of layer `cells`, read by decoders that are not ours."""

import mapbox_vector_tile
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from mapbox_vector_tile.Mapbox import vector_tile_pb2

from spatial.index.choice import Choice
from spatial.index.crowds import CrowdSums
from spatial.index.index import Index
from spatial.index.sums import CellSums
from spatial.mvt import cells_tile, three_digits
from spatial.tiles import Tile
from spatial.varints import (
    Column,
    padded_rows,
    rows_length,
    varint,
    varint_bytes,
    varint_sizes,
)
from tests.spatial.usulan_rows import (
    EXAMPLES,
    choices,
    columns_of,
    in_order,
    random_rows,
    recounted_tile,
    sets_of_rows,
    three_digits_by_hand,
    tiles_of,
)

DOWNWARDS = {"y_coord_down": True}


def decoded(written: bytes) -> list:
    """Properties and place of each feature as mapbox-vector-tile reads them."""
    if not written:
        return []
    layers = mapbox_vector_tile.decode(written, default_options=DOWNWARDS)
    assert list(layers) == ["cells"]
    assert layers["cells"]["extent"] == 4096
    assert layers["cells"]["version"] == 2
    assert {feature["geometry"]["type"] for feature in layers["cells"]["features"]} == {"Point"}
    return [
        (feature["properties"], tuple(feature["geometry"]["coordinates"]))
        for feature in layers["cells"]["features"]
    ]


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, z=st.integers(0, 22))
def test_a_tile_says_what_a_recount_says(rows, choice, z):
    index = Index.of(*columns_of(rows))

    for tile in tiles_of(rows, z):
        features = decoded(index.tile(choice, tile))

        assert in_order(features) == in_order(recounted_tile(rows, choice, tile))


@EXAMPLES
@given(rows=sets_of_rows, z=st.integers(0, 22))
def test_every_feature_lies_within_its_tile(rows, z):
    index = Index.of(*columns_of(rows))

    for tile in tiles_of(rows, z):
        for _, place in decoded(index.tile(Choice(), tile)):
            assert 0 <= min(place) <= max(place) < 4096


@pytest.mark.parametrize("z", [0, 9, 14])
def test_gdal_reads_the_same_features(tmp_path, z):
    rows = random_rows(20261122, 400)
    index = Index.of(*columns_of(rows))

    for tile in tiles_of(rows, z)[-8:]:
        path = tmp_path / str(tile.z) / str(tile.x) / f"{tile.y}.mvt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(index.tile(Choice(), tile))

        expected = recounted_tile(rows, Choice(), tile)
        assert in_order(read_by_gdal(path, tile)) == in_order(expected)


def read_by_gdal(path, tile: Tile) -> list:
    """Properties and place in units of the tile as GDAL's MVT driver reads them.

    It knows the tile by the names of the folders, and gives places in web-mercator metres.
    """
    if not path.stat().st_size:
        return []
    about, _, points, columns = pyogrio.raw.read(f"MVT:{path}", layer="cells")
    west, south, east, north = tile.bounds_3857
    places = shapely.get_coordinates(shapely.from_wkb(points))
    xs = np.rint((places[:, 0] - west) / (east - west) * 4096).astype(int).tolist()
    ys = np.rint((north - places[:, 1]) / (north - south) * 4096).astype(int).tolist()
    names = [name for name in about["fields"].tolist() if name != "mvt_id"]
    values = zip(*[column.tolist() for column in columns[1:]], strict=True)
    return [
        ({name: value for name, value in zip(names, row, strict=True) if value is not None}, place)
        for row, place in zip(values, zip(xs, ys, strict=True), strict=True)
    ]


def test_a_tile_without_usulan_has_no_bytes():
    index = Index.of(*columns_of([]))

    assert index.tile(Choice(), Tile(3, 1, 1)) == b""


def test_equal_rows_in_another_order_give_equal_bytes():
    rows = random_rows(5, 60)

    one = Index.of(*columns_of(rows)).tile(Choice(), Tile(0, 0, 0))
    other = Index.of(*columns_of(rows[::-1])).tile(Choice(), Tile(0, 0, 0))

    assert one == other


def test_the_smallest_tile_is_these_bytes():
    cell = CellSums(
        level=7,
        cells=np.array([3], dtype=np.int64),
        sums=np.array([[2], [300_400], [2], [0], [(1 << 25) + (1 << 24)], [1 << 25]]),
    )
    nobody = np.empty(0, dtype=np.int64)
    crowds = CrowdSums(nobody, nobody, nobody, np.empty((4, 0), dtype=np.int64))

    written = cells_tile(cell, crowds, (), Tile(1, 0, 0))

    # By hand: a unit is 2**18 of the 2**31 places, so x is floor((2**24 + 2**23 + 0.5) / 2**18).
    feature = "12 13  12 08 00 02 01 01 02 00 03 01  18 01  22 05 09 c0 01 80 01"
    keys = [("cost", 4), ("count", 5), ("supporters", 10), ("beneficiaries", 13)]
    values = "22 02 28 00  22 02 28 02  22 04 28 e0 a7 12"  # 0, 2 and 300,000
    layer = (
        bytes.fromhex("0a 05")
        + b"cells"
        + bytes.fromhex(feature)
        + b"".join(bytes([0x1A, length]) + key.encode() for key, length in keys)
        + bytes.fromhex(values)
        + bytes.fromhex("28 80 20  78 02")
    )
    assert written == bytes([0x1A, len(layer)]) + layer


@EXAMPLES
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 999, 1_000, 1_001, 1_230, 12_300, 12_345]) | st.integers(1, 10**7),
            st.sampled_from([0, 999, 1_000, 999_499, 999_500]) | st.integers(0, 10**16),
            st.sampled_from([1_230, 1_234]) | st.integers(0, 10**9),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_counts_are_exact_and_all_else_has_three_digits_each_value_once(rows):
    counts, costs, people = np.array(rows, dtype=np.int64).T
    middle = counts << 30
    sums = np.stack([counts, costs, people, people, middle, middle])
    cells = CellSums(level=6, cells=np.arange(len(rows)), sums=sums)
    nobody = np.empty(0, dtype=np.int64)
    crowds = CrowdSums(nobody, nobody, nobody, np.empty((4, 0), dtype=np.int64))

    layer = mapbox_vector_tile.decode(cells_tile(cells, crowds, (), Tile(0, 0, 0)))["cells"]

    found = [feature["properties"] for feature in layer["features"]]
    wanted = [
        {
            "count": count,
            "cost": three_digits_by_hand(cost),
            "beneficiaries": three_digits_by_hand(number),
            "supporters": three_digits_by_hand(number),
        }
        for count, cost, number in rows
    ]
    assert sorted(map(by_name, found)) == sorted(map(by_name, wanted))
    values = {value for properties in found for value in properties.values()}
    assert values_in(cells_tile(cells, crowds, (), Tile(0, 0, 0))) == len(values)


def by_name(properties):
    return sorted(properties.items())


def values_in(content):
    """How many values a tile's only layer lists."""
    raw = vector_tile_pb2.tile()
    raw.ParseFromString(content)
    return len(raw.layers[0].values)


@EXAMPLES
@given(st.lists(st.integers(0, 2**62)))
def test_numbers_are_written_seven_bits_a_byte_lowest_first(numbers):
    written = varint_bytes(np.array(numbers, dtype=np.int64))

    assert read_varints(written) == numbers
    assert len(written) == varint_sizes(np.array(numbers, dtype=np.int64)).sum()


def read_varints(written: bytes) -> list[int]:
    read, number, shift = [], 0, 0
    for byte in written:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            read.append(number)
            number = shift = 0
    return read


@EXAMPLES
@given(st.lists(st.tuples(st.integers(0, 127), st.integers(0, 2**14), st.integers(0, 2**62))))
def test_rows_of_one_length_hold_the_numbers_of_each(rows):
    columns = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(3)]
    parts = [
        Column(columns[0], 127), b"\x05", Column(columns[1], 2**14), Column(columns[2], 2**62)
    ]  # fmt: skip

    written = padded_rows(parts, len(rows))

    assert len(written) == len(rows) * rows_length(parts) == len(rows) * (1 + 1 + 3 + 9)
    assert read_varints(written) == [number for a, b, c in rows for number in (a, 5, b, c)]


@given(st.integers(0, 2**40))
def test_one_number_is_written_as_many_are(number):
    assert varint(number) == varint_bytes(np.array([number]))


@pytest.mark.parametrize(
    ("total", "rounded"),
    [(0, 0), (999, 999), (1_000, 1_000), (1_004, 1_000), (1_005, 1_010), (9_995, 10_000)],
)
def test_sums_have_three_significant_digits(total, rounded):
    assert three_digits(np.array([total])).tolist() == [rounded]


@EXAMPLES
@given(st.integers(0, 10**17))
def test_rounding_is_that_of_a_person(total):
    assert three_digits(np.array([total])).tolist() == [three_digits_by_hand(total)]
