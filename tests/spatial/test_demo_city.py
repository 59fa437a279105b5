"""The committed files of the demo city are a true hierarchy of areas, and look like a city."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from spatial.boundaries.demo.plan import CityPlan
from spatial.boundaries.demo.recipe import build_files

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
FOLDER = BOUNDARIES / "contoh"
LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
BASE = ("roads", "river", "rail", "landmarks")


class Layer:
    """One committed file: properties and shapes, in degrees and in metres (UTM 49S)."""

    def __init__(self, name: str) -> None:
        self.document = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
        features = self.document["features"]
        self.properties = [feature["properties"] for feature in features]
        self.shapes = shapely.from_geojson([json.dumps(part["geometry"]) for part in features])
        metric = pyproj.Transformer.from_crs(4326, 32749, always_xy=True)
        self.shapes_m = shapely.transform(self.shapes, metric.transform, interleaved=False)
        self.areas_m2 = shapely.area(self.shapes_m)

    def column(self, name: str) -> list:
        return [properties[name] for properties in self.properties]


@pytest.fixture(scope="module")
def city() -> dict[str, Layer]:
    return {name: Layer(name) for name in LEVELS + BASE}


def with_children(city: dict[str, Layer]) -> list[tuple[shapely.Geometry, list[int], Layer]]:
    """Every area that has children, with the places of those in their layer."""
    families = []
    for upper, lower in pairwise(LEVELS):
        below: dict[str, list[int]] = {}
        for place, parent in enumerate(city[lower].column("parent")):
            below.setdefault(parent, []).append(place)
        for code, shape in zip(city[upper].column("code"), city[upper].shapes, strict=True):
            if code in below:
                families.append((shape, below[code], city[lower]))
    return families


def leaves(city: dict[str, Layer]) -> np.ndarray:
    """The RT, and the RW that have none."""
    parents = set(city["rt"].column("parent"))
    empty = [
        shape
        for code, shape in zip(city["rw"].column("code"), city["rw"].shapes, strict=True)
        if code not in parents
    ]
    return np.concatenate([city["rt"].shapes, np.asarray(empty, dtype=object)])


def test_the_city_has_as_many_units_as_a_middling_javanese_city(city):
    counts = {level: len(city[level].shapes) for level in LEVELS}

    assert counts["kota"] == 1
    assert counts["kecamatan"] == 5
    assert counts["kelurahan"] == 54
    assert 590 <= counts["rw"] <= 615
    assert 2650 <= counts["rt"] <= 2780


def test_the_city_covers_46_square_kilometres(city):
    assert city["kota"].areas_m2[0] / 1e6 == pytest.approx(46.0, abs=0.5)


def test_kelurahan_differ_in_area_by_a_factor_of_twenty(city):
    areas = city["kelurahan"].areas_m2

    assert areas.max() / areas.min() >= 20


def test_kelurahan_in_the_centre_are_smaller_than_at_the_edge(city):
    centre = shapely.centroid(city["kota"].shapes_m[0])
    distance = shapely.distance(shapely.centroid(city["kelurahan"].shapes_m), centre)
    inner = city["kelurahan"].areas_m2[distance < 1500]
    outer = city["kelurahan"].areas_m2[distance > 3000]

    assert np.median(outer) > 4 * np.median(inner)


@pytest.mark.parametrize("level", LEVELS)
def test_areas_of_a_level_are_valid_polygons_without_holes(city, level):
    shapes = city[level].shapes

    assert shapely.is_valid(shapes).all()
    assert {shape.geom_type for shape in shapes} == {"Polygon"}
    assert shapely.get_num_interior_rings(shapes).sum() == 0


@pytest.mark.parametrize("level", ["kecamatan", "kelurahan", "rw", "rt"])
def test_neighbours_share_every_vertex(city, level):
    assert shapely.coverage_is_valid(city[level].shapes)


def test_the_lowest_areas_leave_no_gap_and_no_overlap(city):
    lowest = leaves(city)
    united = shapely.union_all(lowest)

    assert shapely.coverage_is_valid(lowest)
    assert united.geom_type == "Polygon"
    assert len(united.interiors) == 0
    assert shapely.equals(united, city["kota"].shapes[0])


def test_children_together_are_exactly_their_parent(city):
    square_metre = 1 / 110_500.0**2
    families = with_children(city)

    differences = [
        shapely.symmetric_difference(shapely.union_all(layer.shapes[places]), shape).area
        for shape, places, layer in families
    ]

    assert len(families) > 650
    assert max(differences) < square_metre


@pytest.mark.parametrize("level", LEVELS)
def test_codes_are_unique_sorted_and_begin_with_the_parent(city, level):
    codes = city[level].column("code")

    assert codes == sorted(set(codes))
    for properties in city[level].properties:
        code, parent = properties["code"], properties["parent"]
        cut = "-" if level in {"rw", "rt"} else "."
        assert parent is None if level == "kota" else parent == code.rsplit(cut, 1)[0]
        assert properties["level"] == level
        assert properties["kind"] == ("kelurahan" if level == "kelurahan" else None)


def test_codes_have_the_form_of_the_ministry_and_of_rt_and_rw(city):
    forms = {
        "kota": r"99\.71",
        "kecamatan": r"99\.71\.0[1-5]",
        "kelurahan": r"99\.71\.0[1-5]\.10\d\d",
        "rw": r"99\.71\.0[1-5]\.10\d\d-\d{3}",
        "rt": r"99\.71\.0[1-5]\.10\d\d-\d{3}-\d{3}",
    }

    for level, form in forms.items():
        assert all(re.fullmatch(form, code) for code in city[level].column("code"))


def test_rt_numbers_restart_in_each_rw(city):
    numbers = Counter(code.rsplit("-", 1)[1] for code in city["rt"].column("code"))
    with_rt = set(city["rt"].column("parent"))

    assert numbers["001"] == len(with_rt)


def test_a_few_rw_have_no_rt(city):
    empty = set(city["rw"].column("code")) - set(city["rt"].column("parent"))

    assert 3 <= len(empty) <= 6


def test_people_of_a_unit_are_those_of_its_children(city):
    for upper, lower in pairwise(LEVELS[:4]):
        for column in ("population", "households"):
            sums: Counter[str] = Counter()
            for properties in city[lower].properties:
                sums[properties["parent"]] += properties[column]
            own = dict(zip(city[upper].column("code"), city[upper].column(column), strict=True))
            assert dict(sums) == own


def test_the_city_is_as_populous_as_surakarta(city):
    whole = city["kota"].properties[0]

    assert whole["population"] == pytest.approx(590_000, rel=0.01)
    assert whole["households"] == pytest.approx(180_000, rel=0.01)


def test_people_live_closer_together_in_the_centre(city):
    centre = shapely.centroid(city["kota"].shapes_m[0])
    layer = city["kelurahan"]
    distance = shapely.distance(shapely.centroid(layer.shapes_m), centre)
    density = np.asarray(layer.column("population")) / layer.areas_m2

    assert np.median(density[distance < 1500]) > 1.8 * np.median(density[distance > 3000])


@pytest.mark.parametrize(("level", "least"), [("rt", 10), ("rw", 5)])
def test_some_units_have_fewer_than_ten_households(city, level, least):
    few = [households for households in city[level].column("households") if households < 10]

    assert least <= len(few) <= 40


def test_an_rt_has_at_least_twenty_vertices_by_the_median(city):
    vertices = shapely.get_num_coordinates(city["rt"].shapes) - 1

    assert np.median(vertices) >= 20


@pytest.mark.parametrize("level", ["kecamatan", "kelurahan", "rw", "rt"])
def test_no_area_is_a_rectangle(city, level):
    boxes = shapely.oriented_envelope(city[level].shapes_m)
    fill = city[level].areas_m2 / shapely.area(boxes)

    assert np.median(fill) < 0.85
    assert (fill > 0.97).mean() < 0.01


def test_borders_follow_drawn_streets_waters_and_the_railway(city):
    lines = shapely.union_all(
        np.concatenate([city[name].shapes_m for name in ("roads", "river", "rail")])
    )
    shapely.prepare(lines)
    rings = shapely.get_exterior_ring(city["rt"].shapes_m)
    middles = shapely.line_interpolate_point(rings[:, None], [[0.1, 0.4, 0.7]], normalized=True)

    assert shapely.dwithin(lines, middles, 0.05).mean() > 0.99


def test_the_river_parts_areas_and_never_runs_through_one(city):
    river = shapely.union_all(
        [
            shape
            for shape, way_class in zip(
                city["river"].shapes_m, city["river"].column("class"), strict=True
            )
            if way_class == "river"
        ]
    )
    within = shapely.intersection(river, city["kota"].shapes_m[0]).length
    inside = shapely.intersection(river, shapely.buffer(city["kelurahan"].shapes_m, -1.0))

    assert within > 3000
    assert shapely.length(inside).sum() < 1.0


def test_landmarks_lie_in_the_city_and_every_kelurahan_has_its_hall(city):
    places = city["landmarks"]
    kinds = Counter(places.column("kind"))

    assert shapely.covers(city["kota"].shapes[0], places.shapes).all()
    assert 140 <= len(places.shapes) <= 220
    assert kinds["balai_kelurahan"] == 54
    for kind in ("pasar", "masjid", "gereja", "pura", "sekolah", "puskesmas", "stasiun"):
        assert kinds[kind] >= 1
    for kind in ("terminal", "lapangan", "jembatan"):
        assert kinds[kind] >= 1


@pytest.mark.parametrize("name", LEVELS + BASE)
def test_every_file_says_that_it_is_made_up(city, name):
    assert city[name].document["label"] == "data contoh"


def test_the_files_are_small_and_match_their_checksums():
    stated = tomllib.loads((BOUNDARIES / "sources.toml").read_text(encoding="utf-8"))
    sums = {file["name"]: file["sha256"] for file in stated["contoh"]["files"]}
    found = {path.name: path.read_bytes() for path in FOLDER.glob("*.geojson")}

    assert sum(len(content) for content in found.values()) <= 8_000_000
    assert {name: hashlib.sha256(text).hexdigest() for name, text in found.items()} == sums


@pytest.mark.long
def test_the_recipe_gives_the_committed_bytes():
    texts = build_files(CityPlan())

    committed = {path.name: path.read_bytes() for path in FOLDER.glob("*.geojson")}
    assert {name: text.encode() for name, text in texts.items()} == committed
