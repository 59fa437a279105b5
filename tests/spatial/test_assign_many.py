from dataclasses import replace

import numpy as np
import pytest
import shapely
import shapely.affinity
from shapely.geometry import Point

from spatial.areas import NOBODY
from spatial.assign import AreaIndex, Doubt
from spatial.errors import OutsideAreas
from tests.maps import at, city

LAND = """
    AAAB
    A..B
    CCCD
"""
WIDE_LAND = """
    AAAAAABBBB
    AAAAAABBBB
    AAAAAABBBB
    AA....BBBB
    AA....CCCC
    DDDDDDCCCC
    DDDDDDCCCC
    DDDDDDCCCC
"""
LANDS = {"kelurahan": "KKLLL\nKKLLL\nKKLLL\nKKLLL\n", "rt": LAND}


def scattered(count, *, seed=7):
    rng = np.random.default_rng(seed)
    corner, far = at(-4, -4), at(9, 8)
    return (
        rng.uniform(corner.x, far.x, count),
        rng.uniform(far.y, corner.y, count),
    )


def test_many_points_are_placed_as_each_alone():
    index = AreaIndex(city(**LANDS))
    longitudes, latitudes = scattered(400)

    placed = index.place_points(longitudes, latitudes)

    doubts, edges_m = index.doubts(placed), index.edge_distances_m(placed)
    for row, place in enumerate(zip(longitudes, latitudes, strict=True)):
        try:
            alone = index.place(Point(place))
        except OutsideAreas:
            assert placed.numbers[row] == NOBODY
            assert doubts[row] == ()
            assert np.isnan(edges_m[row])
        else:
            assert index.records[placed.numbers[row]] == alone.area
            assert placed.approximate[row] == (Doubt.PERKIRAAN in alone.doubts)
            assert doubts[row] == alone.doubts
            assert edges_m[row] == alone.edge_distance_m


def test_the_scattered_points_meet_every_step_of_the_rule():
    index = AreaIndex(city(**LANDS))

    placed = index.place_points(*scattered(400))

    owners = {index.records[number].code for number in placed.numbers if number != NOBODY}
    assert owners >= {"A", "B", "C", "D"}
    assert NOBODY in placed.numbers
    assert placed.approximate.any()


def test_the_raster_changes_no_answer_not_even_on_edges_and_corners():
    index, without_raster = AreaIndex(city(**LANDS)), AreaIndex(city(**LANDS))
    longitudes, latitudes = scattered(25_000)
    nodes = [at(column / 2, row / 2) for column in range(-1, 11) for row in range(-1, 9)]
    longitudes[: len(nodes)] = [node.x for node in nodes]
    latitudes[: len(nodes)] = [node.y for node in nodes]

    together = index.place_points(longitudes, latitudes)

    parts = [
        without_raster.place_points(longitudes[at:][:5000], latitudes[at:][:5000])
        for at in range(0, 25_000, 5000)
    ]
    assert together.numbers.tolist() == np.concatenate([part.numbers for part in parts]).tolist()
    assert (
        together.approximate.tolist()
        == np.concatenate([part.approximate for part in parts]).tolist()
    )


@pytest.mark.parametrize("collected", [False, True])
def test_the_raster_changes_no_answer_for_areas_as_a_database_keeps_them(collected):
    def shape(area):
        parts = [area.geometry, shapely.affinity.translate(area.geometry, 0, 0.002)]
        return shapely.MultiPolygon(parts if collected else parts[:1])

    areas = [replace(area, geometry=shape(area)) for area in city(**LANDS)]
    index, without_raster = AreaIndex(areas), AreaIndex(areas)
    longitudes, latitudes = scattered(4_000)
    assert len(np.unique(index.lookup.owners)) > 4

    together = index.place_points(longitudes, latitudes)

    apart = without_raster.place_points(longitudes, latitudes)
    assert together.numbers.tolist() == apart.numbers.tolist()


def test_the_raster_knows_the_inside_of_areas_and_leaves_borders_to_the_polygons():
    index = AreaIndex(city(rt="AB"))
    places = [at(0.5, 0.5), at(1.5, 0.5), at(1, 0.5), at(5, 5)]

    owners = index.lookup.owners_at(
        np.array([place.x for place in places]), np.array([place.y for place in places])
    )

    assert owners.tolist() == [0, 1, NOBODY, NOBODY]


def test_the_raster_answers_for_a_few_points_once_it_is_built():
    index = AreaIndex(city(rt="AB"))
    spot = at(0.5, 0.5)
    index.lookup.owners[:] = 1  # another answer than the polygons would give

    placed = index.place_points([spot.x], [spot.y])

    assert placed.numbers.tolist() == [1]


def test_doubts_are_the_same_with_and_without_the_raster():
    index, without_raster = AreaIndex(city(rt=WIDE_LAND)), AreaIndex(city(rt=WIDE_LAND))
    longitudes, latitudes = scattered(15_000)
    accuracies = np.resize([np.nan, 0, 4.9, 5.1, 12, 49, 51], 15_000)
    assert index.lookup.clear.any()

    for accuracy_m in (None, accuracies):
        told = index.doubts(index.place_points(longitudes, latitudes), accuracy_m=accuracy_m)

        placed = without_raster.place_points(longitudes, latitudes)
        assert told == without_raster.doubts(placed, accuracy_m=accuracy_m)


def test_every_point_of_a_clear_cell_is_as_far_from_the_edge_as_the_raster_says():
    index = AreaIndex(city(rt=WIDE_LAND))
    longitudes, latitudes = scattered(15_000)
    clear = index.lookup.clear_at(longitudes, latitudes)

    edges_m = index.edge_distances_m(index.place_points(longitudes, latitudes))

    assert 0 < clear.sum() < 15_000
    assert edges_m[clear].min() >= index.lookup.clear_m == 5


def test_accuracy_and_declaration_are_read_point_by_point():
    index = AreaIndex(city(rt="\n".join(["AAAAAAAAAA"] * 10)))
    places = [at(5, 5)] * 3
    placed = index.place_points([place.x for place in places], [place.y for place in places])

    doubts = index.doubts(placed, accuracy_m=[np.nan, 60, 3], declared=[None, "A", "B"])

    assert doubts == [
        (),
        (Doubt.DEKAT_BATAS, Doubt.AKURASI_RENDAH),
        (Doubt.BEDA_DEKLARASI,),
    ]


def test_points_given_are_left_as_they_were():
    index = AreaIndex(city(rt="A"))
    longitudes, latitudes = np.array([at(0.5, 0.5).x]), np.array([at(0.5, 0.5).y])

    index.place_points(longitudes, latitudes)

    assert shapely.points(longitudes, latitudes)[0] == at(0.5, 0.5)
