"""Copies of borders: coarser, and neighbours still share every border."""

from pathlib import Path

import pytest
import shapely
from shapely import MultiPolygon, Polygon

from spatial.outlines import OUTLINE_ZOOMS, outline_zoom, outlines
from spatial.tiles import Tile

FOLDER = Path(__file__).parents[2] / "data" / "boundaries" / "contoh"


def shapes_of(name: str):
    text = (FOLDER / f"{name}.geojson").read_text(encoding="utf-8")
    return list(shapely.from_geojson(text).geoms)


@pytest.fixture(scope="module", params=["kelurahan", "rt"])
def level(request):
    return shapes_of(request.param)


@pytest.mark.parametrize("zoom", OUTLINE_ZOOMS)
def test_neighbours_share_each_border_at_every_zoom(level, zoom):
    drawn = outlines(level, zoom)

    assert shapely.coverage_is_valid(drawn)
    assert shapely.is_valid(drawn).all()
    assert not shapely.is_empty(drawn).any()
    together = shapely.coverage_union_all(drawn)
    assert shapely.area(drawn).sum() == pytest.approx(together.area, rel=1e-9)
    assert holes(together) <= holes(shapely.coverage_union_all(level))


@pytest.mark.parametrize("zoom", OUTLINE_ZOOMS)
def test_a_border_moves_by_no_more_than_a_zoom_shows(level, zoom):
    exact = outlines(level, 22)
    west, _, east, _ = Tile(zoom, 0, 0).bounds_3857
    pixel = (east - west) / 256

    drawn = outlines(level, zoom)

    changed = shapely.area(shapely.symmetric_difference(exact, drawn))
    assert (changed <= shapely.length(exact) * pixel).all()
    assert shapely.get_num_coordinates(drawn).sum() <= shapely.get_num_coordinates(exact).sum()


def test_a_far_copy_has_few_of_the_corners():
    exact = shapes_of("rt")

    far = shapely.get_num_coordinates(outlines(exact, 12)).sum()

    assert far < 0.7 * shapely.get_num_coordinates(exact).sum()


def test_where_an_area_would_break_all_stay_as_they_were():
    bow = Polygon([(110, -7), (110.1, -7.1), (110.1, -7), (110, -7.1)])

    [drawn] = outlines([bow], 12)

    assert shapely.get_num_coordinates(drawn) == shapely.get_num_coordinates(bow)


@pytest.mark.parametrize(
    ("z", "zoom"), [(0, 10), (10, 10), (11, 12), (12, 12), (15, 16), (16, 16), (17, 17), (22, 22)]
)
def test_a_tile_shows_the_next_closer_copy_or_the_border(z, zoom):
    assert outline_zoom(z) == zoom


def holes(shape: Polygon | MultiPolygon) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shape))
