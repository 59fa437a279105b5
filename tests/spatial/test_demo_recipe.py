"""The parts of the demo city's recipe, each on a case small enough to work out by hand."""

import json

import numpy as np
import pytest
import shapely

from spatial.boundaries.demo.features import Feature, collection_text
from spatial.boundaries.demo.field import StreetField, Warp, draw_street_field, draw_warp
from spatial.boundaries.demo.hierarchy import (
    Sheet,
    Unit,
    build_sheet,
    divide,
    group_city,
    units_of,
)
from spatial.boundaries.demo.labels import name_units, name_ways, unit_middle
from spatial.boundaries.demo.landmarks import place_landmarks
from spatial.boundaries.demo.network import (
    CrossedStreets,
    Network,
    build_network,
    to_degrees,
    to_metres,
)
from spatial.boundaries.demo.outline import choose_city
from spatial.boundaries.demo.partition import (
    BlockGraph,
    connected_parts,
    grow_districts,
    shared_out,
)
from spatial.boundaries.demo.people import rounded_shares, settle_people
from spatial.boundaries.demo.plan import CityPlan, kelurahan_area_m2, remoteness, rt_area_m2
from spatial.boundaries.demo.streets import Cutter, Way, block_area_m2, draw_long_roads
from spatial.boundaries.demo.waters import draw_old_lines, straightened
from spatial.boundaries.demo.words import roman

PLAN = CityPlan()
# A warp that moves nothing.
STILL = Warp(np.zeros((1, 5)))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def row_of_blocks(costs: list[float]) -> BlockGraph:
    """Square blocks of 100 m in a row; `costs` are those of stepping to the next block."""
    count = len(costs) + 1
    centres = np.column_stack([100.0 * np.arange(count), np.zeros(count)])
    neighbours: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for block, cost in enumerate(costs):
        neighbours[block].append((block + 1, cost))
        neighbours[block + 1].append((block, cost))
    return BlockGraph(centres, np.full(count, 10_000.0), neighbours)


def chessboard(columns: int, rows: int) -> Network:
    """Straight lines 100 m apart: lanes from south to north, streets from west to east."""
    easts = 100.0 * np.arange(columns + 1)
    norths = 100.0 * np.arange(rows + 1)
    ways = [Way(shapely.LineString([(x, 0), (x, norths[-1])]), "lane") for x in easts]
    ways += [Way(shapely.LineString([(0, y), (easts[-1], y)]), "street") for y in norths]
    return build_network(ways, STILL, PLAN)


def small_plan(**changes: int) -> CityPlan:
    numbers = {"kecamatan": 2, "kelurahan": 14, "rw": 56, "rt": 140, "rw_without_rt": 0}
    return CityPlan(**(numbers | changes), population=3_000, households=1_000)


def test_rest_goes_to_the_part_furthest_below_its_due():
    numbers = shared_out(10, np.array([5.0, 3.0, 2.0]), np.array([1, 1, 1]), np.array([9, 9, 9]))

    assert numbers.tolist() == [5, 3, 2]


def test_a_part_gets_no_more_than_it_can_hold():
    numbers = shared_out(6, np.array([9.0, 1.0]), np.array([0, 0]), np.array([4, 9]))

    assert numbers.tolist() == [4, 2]


def test_sharing_out_more_than_fits_is_refused():
    with pytest.raises(ValueError, match="7 does not lie within 2 and 6"):
        shared_out(7, np.array([1.0, 1.0]), np.array([1, 1]), np.array([3, 3]))


def test_the_largest_remainder_is_rounded_up():
    # Dues of 10 by 1:2:4 are 1.43, 2.86 and 5.71: two are missing after rounding down.
    shares = rounded_shares(10, np.array([1.0, 2.0, 4.0]))

    assert shares.tolist() == [1, 3, 6]


def test_blocks_that_nothing_joins_are_different_parts():
    graph = row_of_blocks([1.0, 1.0, 1.0])

    parts = connected_parts(graph, np.array([0, 1, 3]))

    assert [part.tolist() for part in parts] == [[0, 1], [3]]


def test_a_border_comes_to_lie_on_the_barrier(rng):
    # Even halves would part blocks 2 and 3; the barrier lies there too, so nothing else is best.
    graph = row_of_blocks([100.0, 100.0, 2000.0, 100.0, 100.0])

    owner = grow_districts(graph, np.arange(6), np.ones(6), 2, rng)

    assert len(set(owner[:3])) == len(set(owner[3:])) == 1
    assert owner[0] != owner[5]


def test_every_district_has_a_block_even_with_one_for_each(rng):
    graph = row_of_blocks([100.0] * 7)

    owner = grow_districts(graph, np.arange(8), np.ones(8), 8, rng)

    assert sorted(owner) == list(range(8))


def test_roman_numerals_are_those_on_street_signs():
    assert [roman(number) for number in (0, 1, 4, 9, 14, 40, 58)] == [
        "",
        "I",
        "IV",
        "IX",
        "XIV",
        "XL",
        "LVIII",
    ]


def test_the_centre_is_less_remote_and_has_smaller_units_than_the_edge():
    far = remoteness(np.array([0.0, 4000.0]), np.array([0.0, 0.0]))

    assert far[0] == 0.0
    assert far[1] > 0.6
    assert rt_area_m2(far)[0] < rt_area_m2(far)[1] / 2
    assert kelurahan_area_m2(far)[0] < kelurahan_area_m2(far)[1] / 10


def test_blocks_beyond_the_city_are_fields():
    assert block_area_m2(6300.0, 5100.0) > 5 * block_area_m2(4000.0, 0.0)


def test_a_place_comes_back_from_degrees_to_within_a_centimetre():
    place = np.array([[1234.567, -2345.678]])

    back = to_metres(to_degrees(place, PLAN), PLAN)

    assert np.abs(back - place).max() < 0.01


def test_the_warp_can_be_undone(rng):
    warp = draw_warp(rng)
    places = np.array([[0.0, 0.0], [3210.0, -1234.0], [-5000.0, 4000.0]])

    assert np.abs(warp.bend(places) - places).max() > 5.0
    assert np.abs(warp.bend(warp.straighten(places)) - places).max() < 0.01


def test_the_field_is_followed_with_as_little_turning_as_possible():
    field = StreetField(0.0, 0.0, 1000.0, [[0.1]])

    eastward = field.trace((10.0, 10.0), 0.0, 30.0, 10.0)
    westward = field.trace((10.0, 10.0), 3.0, 30.0, 10.0)

    assert field.angle(5.0, 5.0) == 0.1
    assert len(eastward) == 4
    assert eastward[-1] == pytest.approx((10 + 30 * np.cos(0.1), 10 + 30 * np.sin(0.1)))
    assert westward[-1] == pytest.approx((10 - 30 * np.cos(0.1), 10 - 30 * np.sin(0.1)))


def test_streets_beside_a_guide_run_along_it(rng):
    plan = CityPlan(reach_east_m=1500.0, reach_north_m=1500.0)
    guide = shapely.LineString([(-1500.0, -750.0), (1500.0, 750.0)])

    field = draw_street_field(plan, [(guide, 50.0, 400.0)], rng)

    assert field.angle(0.0, 0.0) == pytest.approx(np.arctan(0.5), abs=0.05)


def test_the_stream_ends_on_the_river_and_the_river_has_a_bend(rng):
    lines = draw_old_lines(rng)

    mouth = shapely.get_point(lines.stream, -1)
    ends = shapely.get_point(lines.river, 0).distance(shapely.get_point(lines.river, -1))
    assert mouth.distance(lines.river) < 0.001
    assert lines.river.length > 1.2 * ends


def test_straightened_lines_bend_back_to_where_they_belong(rng):
    warp, lines = draw_warp(rng), draw_old_lines(rng)

    rail = warp.bend(shapely.get_coordinates(straightened(lines, warp).rail))

    assert np.abs(rail - shapely.get_coordinates(lines.rail)).max() < 0.01


def test_long_roads_cross_the_centre_and_keep_apart(rng):
    field = draw_street_field(PLAN, [], rng)

    roads = draw_long_roads(PLAN, field, rng)

    assert len(roads) >= 8
    assert all(road.way_class == "main" and road.line.length > 1500 for road in roads)


def test_blocks_are_cut_down_to_the_size_of_their_place(rng):
    field = StreetField(-9000.0, -9000.0, 18_000.0, [[0.0]])
    block = shapely.box(-200.0, -200.0, 200.0, 200.0)

    ways = Cutter(field, rng).cut_all([block])

    net = shapely.union_all([way.line for way in ways] + [block.exterior], grid_size=0.001)
    areas = shapely.area(shapely.get_parts(shapely.polygonize([net])))
    assert len(areas) == len(ways) + 1
    assert areas.sum() == pytest.approx(160_000.0)
    assert areas.max() <= 2 * block_area_m2(0.0, 0.0)


def test_a_network_knows_the_blocks_and_what_lies_between_them():
    network = chessboard(3, 2)

    shared = np.flatnonzero((network.faces_of_arc >= 0).all(axis=1))
    kinds = [network.class_of_arc(int(arc)) for arc in shared]
    assert len(network.faces) == 6
    assert network.areas_m2 == pytest.approx(np.full(6, 10_000.0), rel=1e-3)
    assert (kinds.count("lane"), kinds.count("street")) == (4, 3)


def test_streets_that_the_warp_folds_over_each_other_are_refused():
    fold = Warp(np.array([[0.06, 0.0, 0.0, 400.0, 0.0]]))
    lines = [shapely.LineString([(x, 0), (x, 100)]) for x in (0, 20, 40, 60, 80, 100)]
    lines += [shapely.LineString([(0, y), (100, y)]) for y in (0, 100)]

    with pytest.raises(CrossedStreets):
        build_network([Way(line, "lane") for line in lines], fold, PLAN)


def test_a_division_is_in_whole_pieces(rng):
    sheet = build_sheet(chessboard(6, 4))

    parts = divide(sheet, sheet.graph_of_large, np.arange(24), np.ones(24), count=4, rng=rng)

    assert sorted(np.concatenate(parts)) == list(range(24))
    for part in parts:
        shape = shapely.coverage_union_all(sheet.faces[part])
        assert shape.geom_type == "Polygon"
        assert 4 <= len(part) <= 9


def test_the_city_is_made_of_whole_quarters():
    # Lanes run north to south here, so that a quarter is one row of ten blocks.
    sheet = build_sheet(chessboard(60, 40))

    city = choose_city(sheet, CityPlan(area_m2=12_000_000.0))

    rows = np.round(sheet.graph_of_large.centres_m[city][:, 1]).astype(int)
    _, counts = np.unique(rows, return_counts=True)
    assert set(counts) == {60}


@pytest.fixture(scope="module")
def town() -> tuple[Network, Sheet, Unit]:
    network = chessboard(24, 16)
    sheet = build_sheet(network)
    rng = np.random.default_rng(3)
    return network, sheet, group_city(sheet, np.arange(384), small_plan(), rng)


def test_a_town_is_grouped_into_exactly_the_units_asked_for(town):
    _, _, kota = town

    counts = {level: len(units_of(kota, level)) for level in ("kecamatan", "kelurahan", "rw", "rt")}

    assert counts == {"kecamatan": 2, "kelurahan": 14, "rw": 56, "rt": 140}


def test_each_unit_holds_exactly_the_blocks_of_its_children(town):
    _, _, kota = town

    for level in ("kota", "kecamatan", "kelurahan", "rw"):
        for unit in units_of(kota, level):
            below = np.sort(np.concatenate([child.blocks for child in unit.children]))
            assert below.tolist() == sorted(unit.blocks.tolist())


def test_people_add_up_to_the_plan(town):
    _, sheet, kota = town

    people = settle_people(sheet, kota, small_plan(), np.random.default_rng(5))

    assert (people["99.71"].population, people["99.71"].households) == (3_000, 1_000)
    for rw in units_of(kota, "rw"):
        assert people[rw.code].population == sum(people[rt.code].population for rt in rw.children)


def test_names_follow_codes_and_no_kelurahan_is_named_twice(town):
    _, sheet, kota = town

    names = name_units(sheet, kota, small_plan(kecamatan=2), np.random.default_rng(5))

    villages = [names[unit.code] for unit in units_of(kota, "kelurahan")]
    assert names["99.71"] == "Kota Contoh"
    assert names["99.71.01.1001-002"] == "RW 002"
    assert names["99.71.01.1001-002-001"] == "RT 001"
    assert len(set(villages)) == 14


def test_streets_have_names_and_lanes_take_that_of_a_street(town):
    network, _, kota = town

    names = name_ways(network, kota)

    by_class = {way.way_class: name for way, name in zip(network.ways, names, strict=True)}
    assert by_class["street"].startswith("Jl. ")
    assert " Gg. " in by_class["lane"]


def test_the_middle_of_a_unit_is_its_centre_of_mass(town):
    _, sheet, kota = town

    assert unit_middle(sheet, kota) == pytest.approx([1200.0, 800.0], abs=1.0)


def test_each_kelurahan_has_its_hall_within_it():
    network = chessboard(24, 16)
    river = [Way(shapely.LineString([(0, y), (2400, y)]), "river") for y in (-100.0, -200.0)]
    rail = [Way(shapely.LineString([(0, -300.0), (2400, -300.0)]), "rail")]
    ends = [Way(shapely.LineString([(x, 0), (x, -300.0)]), "main") for x in (0, 1200, 2400)]
    network = build_network(network.ways + river + rail + ends, STILL, PLAN)
    sheet = build_sheet(network)
    dry = np.flatnonzero(network.centres_m[:, 1] > 0)
    plan = small_plan()
    kota = group_city(sheet, dry, plan, np.random.default_rng(3))
    names = name_units(sheet, kota, plan, np.random.default_rng(3))

    places = place_landmarks(network, sheet, kota, names, np.random.default_rng(3))

    halls = {place.name: place.point for place in places if place.kind == "balai_kelurahan"}
    assert len(halls) == 14
    for village in units_of(kota, "kelurahan"):
        shape = shapely.coverage_union_all(sheet.faces[village.blocks])
        assert shape.covers(halls[f"Balai Kelurahan {names[village.code]}"])


def test_features_are_written_compactly_counter_clockwise_and_labelled():
    clockwise = shapely.Polygon([(0, 0), (0, 0.12345678), (1, 1), (1, 0)])

    text = collection_text("rt", [Feature(clockwise, {"code": "99.71", "kind": None})])

    document = json.loads(text)
    ring = document["features"][0]["geometry"]["coordinates"][0]
    assert document["label"] == "data contoh"
    assert document["features"][0]["properties"] == {"code": "99.71", "kind": None}
    assert ring[0] == ring[-1] == [0.0, 0.0]
    assert shapely.LinearRing(ring).is_ccw
    assert [0.0, 0.1234568] in ring
    assert ", " not in text
