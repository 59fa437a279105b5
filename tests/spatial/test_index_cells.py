"""Cells and crowds of the index are those of a plain recount, and lose nobody."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from spatial.grid import cell_range
from spatial.index.choice import Choice
from spatial.index.index import Index
from tests.spatial.usulan_rows import (
    EXAMPLES,
    choices,
    columns_of,
    in_tile,
    is_in,
    recounted_cells,
    sets_of_rows,
    tiles_of,
)


def cells_in(sums) -> dict:
    columns, rows = sums.columns_and_rows()
    places = zip(columns.tolist(), rows.tolist(), strict=True)
    return dict(zip(places, map(tuple, sums.sums.T.tolist()), strict=True))


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, level=st.integers(0, 31))
def test_cells_of_any_level_and_set_are_those_of_a_recount(rows, choice, level):
    index = Index.of(*columns_of(rows))

    cells = index.cells(choice, level=level)

    assert cells_in(cells) == recounted_cells(rows, choice, level)


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, z=st.integers(0, 22), steps=st.integers(0, 9))
def test_cells_of_a_tile_are_those_that_lie_in_it(rows, choice, z, steps):
    index, level = Index.of(*columns_of(rows)), min(z + steps, 31)

    for tile in tiles_of(rows, z):
        cells = index.cells(choice, level=level, within=cell_range(tile))

        inside = [row for row in rows if in_tile(row, tile)]
        assert cells_in(cells) == recounted_cells(inside, choice, level)


@EXAMPLES
@given(rows=sets_of_rows, choice=choices, z=st.integers(0, 22))
def test_every_usulan_with_a_position_is_in_exactly_one_tile_of_a_zoom(rows, choice, z):
    index = Index.of(*columns_of(rows))

    counted = 0
    for tile in tiles_of(rows, z):
        within = cell_range(tile)
        counted += index.cells(choice, level=min(z + 6, 31), within=within).sums[0].sum()
        counted += index.crowds(choice, within=within).sums[0].sum()

    totals = index.totals(choice, level="kota")
    assert counted == totals.matched - totals.unlocated
    assert counted == sum(is_in(row, choice) for row in rows if row.position)


@EXAMPLES
@given(rows=sets_of_rows, choice=choices)
def test_private_needs_are_counted_per_public_area_and_never_as_cells(rows, choice):
    index = Index.of(*columns_of(rows))

    crowds = index.crowds(choice)

    names = index.vocabulary.public_areas
    found = {names[area]: count for area, count in zip(crowds.areas, crowds.sums[0], strict=True)}
    assert found == Counter(
        row.place.public_area
        for row in rows
        if row.precision == "rw" and row.position and is_in(row, choice)
    )


@EXAMPLES
@given(rows=sets_of_rows)
def test_an_area_with_two_label_points_stands_at_the_western_and_southern_edge_of_both(rows):
    index = Index.of(*columns_of(rows))

    crowds = index.crowds(Choice())

    for area, px, py in zip(crowds.areas, crowds.px, crowds.py, strict=True):
        name = index.vocabulary.public_areas[area]
        points = [
            row.position
            for row in rows
            if row.precision == "rw"
            and row.position
            and row.place.public_area == name
            and is_in(row, Choice())
        ]
        assert (px, py) == (min(x for x, _ in points), max(y for _, y in points))
