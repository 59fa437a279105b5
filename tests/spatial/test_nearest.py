"""The nearest area is the one that measuring the way to all of them would find."""

import numpy as np
import pytest
import shapely
from shapely import Point

from spatial import nearest
from spatial.crs import ellipsoidal_distances_m
from spatial.nearest import NearestRule
from spatial.point_rule import TIE_M

MIDDLES = [(110.8, -7.56), (95.3, 5.5), (0, 0), (24.9, 60.2), (-179.9, -16.5), (10, 78)]


def blobs(rng, count, middle):
    """Round and ragged areas of all sizes around a place, some of them one over the other."""
    found = []
    for _ in range(count):
        x, y = np.array(middle) + rng.uniform(-0.2, 0.2, 2)
        turns = np.sort(rng.uniform(0, 2 * np.pi, 9))
        lengths = rng.uniform(0.1, 1, 9) * rng.choice([0.002, 0.02, 0.2])
        corners = zip(x + np.cos(turns) * lengths, y + np.sin(turns) * lengths, strict=True)
        found.append(shapely.make_valid(shapely.Polygon(list(corners))))
    return np.array(found, dtype=object)


def by_all(shapes, x, y):
    ways = shapely.shortest_line(shapes, Point(x, y))
    ends = shapely.get_coordinates(shapely.get_point(ways, 0))
    distances = ellipsoidal_distances_m(ends, x, y)
    first = int(np.flatnonzero(distances <= distances.min() + TIE_M)[0])
    return first, float(distances[first])


@pytest.mark.parametrize("seed", range(12))
def test_the_nearest_is_that_of_all_near_and_far_and_everywhere_in_the_world(seed):
    rng = np.random.default_rng(seed)
    middle = MIDDLES[seed % len(MIDDLES)]
    shapes = blobs(rng, int(rng.integers(1, 40)), middle)
    rule = NearestRule(shapes)

    near = np.array(middle) + rng.normal(0, 0.3, (60, 2))
    far = np.array(middle) + rng.normal(0, 8, (20, 2))
    away = rng.uniform((-180, -90), (180, 90), (20, 2))
    spots = np.concatenate([near, far, away])
    for x, y in zip(spots[:, 0], spots[:, 1].clip(-90, 90), strict=True):
        assert rule.find(x, y) == by_all(shapes, x, y), (middle, x, y)


def test_of_equally_near_areas_the_first_is_taken_though_another_is_measured_before():
    left, right = shapely.box(110.7, -7.6, 110.79, -7.5), shapely.box(110.81, -7.55, 110.9, -7.54)
    others = [shapely.box(110.79, -7.49 + n / 100, 110.81, -7.485 + n / 100) for n in range(4)]

    rule = NearestRule(np.array([left, *others, right], dtype=object))

    assert rule.find(110.8, -7.545)[0] == 0


def test_without_areas_nothing_is_near():
    assert NearestRule(np.array([], dtype=object)).find(110.8, -7.5) is None


@pytest.mark.parametrize("place", [(110.9, -7.4), (110.2, -7.56), (111.3, -7.9)])
def test_near_a_city_the_way_to_few_of_its_areas_is_measured(monkeypatch, place):
    measured = []
    shapes = blobs(np.random.default_rng(3), 200, (110.8, -7.56))
    small = shapes[shapely.area(shapes) < 0.001]
    plain = shapely.shortest_line
    monkeypatch.setattr(
        nearest.shapely,
        "shortest_line",
        lambda areas, point: measured.append(len(areas)) or plain(areas, point),
    )

    NearestRule(small).find(*place)

    assert len(small) > 60
    assert sum(measured) < len(small) / 3
