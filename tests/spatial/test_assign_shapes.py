import pytest
import shapely
from shapely.geometry import LineString

from spatial.areas import AreaRecord
from spatial.assign import AreaIndex, Doubt
from spatial.errors import OutsideAreas
from spatial.geometry import representative_point
from tests.maps import at, city, draw


def placed_code(index, geometry):
    return index.place(geometry).area.code


def test_a_line_belongs_to_the_area_that_holds_most_of_it():
    index = AreaIndex(city(rt="AABB"))

    placement = index.place(LineString([at(1, 0.5), at(4, 0.5)]))

    assert placement.area.code == "B"
    assert [share.code for share in placement.shares] == ["A", "B"]
    assert [share.share for share in placement.shares] == pytest.approx([1 / 3, 2 / 3], abs=1e-6)
    assert placement.edge_distance_m == 0


def test_equal_halves_of_a_line_go_to_the_smallest_code():
    index = AreaIndex(city(rt="BBAA"))

    assert placed_code(index, LineString([at(1, 0.5), at(3, 0.5)])) == "A"


def test_a_line_along_a_border_lies_in_both_neighbours():
    index = AreaIndex(
        city(
            rt="""
            BBBBB
            AAAAA
            """
        )
    )

    placement = index.place(LineString([at(0.3, 1), at(3.7, 1)]))

    assert placement.area.code == "A"
    assert [share.share for share in placement.shares] == [1, 1]


def test_a_line_that_runs_back_over_itself_counts_once():
    index = AreaIndex(city(rt="AABB"))

    placement = index.place(LineString([at(1, 0.5), at(3, 0.5), at(1, 0.5)]))

    assert [share.share for share in placement.shares] == pytest.approx([0.5, 0.5], abs=1e-6)


def test_a_surface_belongs_to_the_area_that_holds_most_of_it():
    index = AreaIndex(city(rt="AABB"))
    surface = draw(".SSS").areas["S"]

    placement = index.place(surface)

    assert placement.area.code == "B"
    assert [share.share for share in placement.shares] == pytest.approx([1 / 3, 2 / 3], abs=1e-6)


@pytest.mark.parametrize(("columns", "inside"), [(4, True), (4.2, False)])
def test_at_least_half_of_a_line_must_lie_in_the_city(columns, inside):
    index = AreaIndex(city(rt="AA"))
    line = LineString([at(0, 0.5), at(columns, 0.5)])

    if inside:
        assert placed_code(index, line) == "A"
    else:
        with pytest.raises(OutsideAreas):
            index.place(line)


def test_where_areas_overlap_the_inside_counts_once():
    land = draw("AA").areas["A"]
    index = AreaIndex([AreaRecord(code, "rt", None, "", land) for code in ("A", "B", "C")])

    with pytest.raises(OutsideAreas):
        index.place(LineString([at(0, 0.5), at(5, 0.5)]))


def test_a_line_with_halves_in_small_areas_is_inside_though_none_holds_half():
    index = AreaIndex(city(rt="ABCDE"))

    placement = index.place(LineString([at(0, 0.5), at(5, 0.5)]))

    assert len(placement.shares) == 5


def test_a_line_in_a_hole_is_placed_by_its_middle():
    index = AreaIndex(
        city(
            kelurahan="KKKKK",
            rt="A....",
        )
    )

    placement = index.place(LineString([at(1.5, 0.5), at(2.5, 0.5)]))

    assert placement.area.code == "A"
    assert placement.shares == ()
    assert placement.doubts == (Doubt.PERKIRAAN,)


def test_a_line_too_short_for_the_grid_is_placed_by_its_middle():
    index = AreaIndex(city(rt="AB"))
    start = at(0.5, 0.5)

    placement = index.place(LineString([start, (start.x + 1e-9, start.y)]))

    assert placement.area.code == "A"
    assert placement.shares == ()


def test_a_line_that_merely_touches_an_area_has_no_share_in_it():
    index = AreaIndex(city(rt="AB"))

    placement = index.place(LineString([at(0.2, 0.5), at(1, 0.5)]))

    assert [share.code for share in placement.shares] == ["A"]


def test_a_line_that_leaves_and_returns_stands_on_its_longest_part_inside():
    index = AreaIndex(
        city(
            rt="""
            AAAA
            AAAA
            """
        )
    )
    line = LineString([at(0, 0.5), at(5, 0.5), at(5, 1.5), at(3, 1.5)])

    position = index.place(line).position

    # Its middle, 4 squares along, is where it leaves; 4 squares lie in the first part.
    assert position.distance(at(2, 0.5)) < 1e-7


def test_a_line_stands_where_its_part_inside_has_its_middle_in_spite_of_borders_between():
    index = AreaIndex(city(rt="AABBCC"))

    position = index.place(LineString([at(0.2, 0.5), at(11, 0.5)])).position

    assert position.distance(at(3.1, 0.5)) < 1e-7


def test_a_surface_stands_on_its_part_inside():
    index = AreaIndex(city(rt="AA"))
    surface = draw("SSS").areas["S"]
    far_out = shapely.union_all([surface, draw("....SS").areas["S"].buffer(0)])

    position = index.place(surface).position

    assert position.within(draw("SS").areas["S"])
    with pytest.raises(OutsideAreas):
        index.place(shapely.difference(far_out, draw("SS").areas["S"]))


@pytest.mark.parametrize("levels", [{"kota": "AABB", "rt": "CCDD"}, {"kota": "AAAA", "rt": "C..D"}])
def test_what_one_area_covers_stands_in_its_own_middle(levels):
    index = AreaIndex(city(**levels))
    line = LineString([at(0.1, 0.3), at(1.9, 0.8)])
    surface = shapely.box(*at(0.2, 0.8).coords[0], *at(1.1, 0.2).coords[0])

    assert index.place(line).position == representative_point(line)
    assert index.place(surface).position == representative_point(surface)
    assert index.place(at(1.3, 0.4)).position == at(1.3, 0.4)
