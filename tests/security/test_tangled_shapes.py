"""Small files whose shapes cost GEOS gigabytes or minutes: ended in time, and answered."""

import json
import math
import random

import pytest
import shapely

from spatial.boundaries.check import Expectation
from spatial.boundaries.examine import Examined, examine_boundaries
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.sandbox import Limits, limits_for
from tests.app.command import installed
from tests.quickness import soon_over

EXPECTED = Expectation(city="33.72", level="kelurahan", code_field="kode", name_field=None)
SOON_S = 3.0  # of the processor, for the start of a process
SMALL = limits_for(126_000)


def row(number: int, shape: shapely.Polygon) -> Feature:
    return Feature(number, {"kode": f"33.72.01.{1000 + number}"}, shape)


def scribble(corners: int) -> shapely.Polygon:
    """A ring through random places, which crosses itself about a quarter of corners² times."""
    rng = random.Random(8841)
    return shapely.Polygon(
        [(110.8 + rng.random() / 50, -7.57 + rng.random() / 50) for _ in range(corners)]
    )


def star(points: int) -> shapely.Polygon:
    turns = (math.tau * (points // 2) * number / points for number in range(points))
    return shapely.Polygon([(110.8 + math.cos(t) / 99, -7.57 + math.sin(t) / 99) for t in turns])


def examined(*shapes: shapely.Polygon, limits: Limits) -> Examined:
    rows = [row(number, shape) for number, shape in enumerate(shapes, start=1)]
    return examine_boundaries(rows, EXPECTED, limits=limits)


@pytest.mark.parametrize("shape", [scribble(3_000), star(25_001)], ids=["scribble", "star"])
def test_a_tangled_shape_is_ended_at_its_time(shape):
    with soon_over(within_s=2 + SOON_S), pytest.raises(FileRefused) as refused:
        examined(shape, limits=Limits(SMALL.memory_bytes, 2, SMALL.answer_bytes))

    assert refused.value.flaw in (FileFlaw.TOO_MUCH_TIME, FileFlaw.TOO_MUCH_MEMORY)


def test_a_tangled_shape_gets_no_more_memory_than_allowed():
    with pytest.raises(FileRefused) as refused:
        examined(scribble(3_000), limits=Limits(400 * 2**20, 60, SMALL.answer_bytes))

    assert refused.value.flaw is FileFlaw.TOO_MUCH_MEMORY


def test_areas_that_all_overlap_are_ended_at_their_time():
    squares = [shapely.box(110.80, -7.57, 110.81 + n * 1e-6, -7.56 + n * 1e-6) for n in range(4000)]

    with soon_over(within_s=2 + SOON_S), pytest.raises(FileRefused) as refused:
        examined(*squares, limits=Limits(SMALL.memory_bytes, 2, SMALL.answer_bytes))

    assert refused.value.flaw in (FileFlaw.TOO_MUCH_TIME, FileFlaw.TOO_MUCH_MEMORY)


def test_a_shape_that_crosses_itself_a_little_is_mended_as_before():
    bow = shapely.Polygon([(110.80, -7.57), (110.81, -7.56), (110.81, -7.57), (110.80, -7.56)])

    found = examined(bow, shapely.box(110.805, -7.57, 110.82, -7.56), limits=SMALL)

    assert [repair.what for repair in found.checked.repaired] == ["self_intersection"]
    (overlap,) = found.overlaps
    assert overlap.m2 > 1


def test_the_command_refuses_a_tangled_file(urls, tmp_path):
    shape = json.loads(shapely.to_geojson(scribble(3_000)))
    feature = {"type": "Feature", "properties": {"kode": "33.72.01.1001"}, "geometry": shape}
    document = json.dumps({"type": "FeatureCollection", "features": [feature]})
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025")

    with installed(urls, tmp_path) as place:
        place.peta("city", "add", "33.72", "Kota Surakarta")
        file = place.file("kusut.geojson", document)
        with soon_over(within_s=SMALL.seconds + 2 * SOON_S):
            outcome = place.peta("boundaries", "load", file, *options)

    assert outcome.status == 1
    assert "kusut" in outcome.stderr
