import pytest
from shapely.geometry import Point

from spatial.areas import NOBODY, AreaRecord
from spatial.assign import AreaIndex, Doubt
from spatial.errors import InconsistentAreas, OutsideAreas, UnknownArea
from tests.maps import at, city, draw


def placed_code(index, geometry):
    return index.place(geometry).area.code


def test_a_point_on_no_land_belongs_to_no_area():
    land = """
        AAABBB
        AA1BBB
        ....2.
    """
    points = draw(land, unit_m=100).points
    index = AreaIndex(city(rt=land, unit_m=100))

    assert placed_code(index, points["1"]) == "A"
    with pytest.raises(OutsideAreas):
        index.place(points["2"])


@pytest.mark.parametrize(
    ("column", "row", "owner"),
    [
        (2, 0.5, "A"),  # the edge between A and C
        (1, 1, "A"),  # between A and B
        (3, 1, "B"),  # between B and C
        (2, 1, "A"),  # the corner of all three
        (2, 1.5, "B"),  # inside B, on no edge
    ],
)
def test_an_edge_and_a_corner_belong_to_the_smallest_code(column, row, owner):
    index = AreaIndex(
        city(
            rt="""
            AACC
            BBBB
            """
        )
    )

    assert placed_code(index, at(column, row)) == owner


def test_a_point_on_the_city_limit_is_inside():
    index = AreaIndex(city(rt="A"))

    placement = index.place(at(0, 0.5))

    assert placement.area.code == "A"
    assert Doubt.PERKIRAAN not in placement.doubts


def test_the_smaller_code_wins_where_areas_overlap():
    overlapping = [
        AreaRecord("B", "rt", None, "", draw("BBB").areas["B"]),
        AreaRecord("A", "rt", None, "", draw(".AAA").areas["A"]),
    ]

    assert placed_code(AreaIndex(overlapping), at(1.5, 0.5)) == "A"


def test_a_point_in_a_hole_belongs_to_the_nearest_area_and_is_doubtful():
    index = AreaIndex(
        city(
            rt="""
            AAAA
            A..B
            AAAB
            """
        )
    )

    placement = index.place(at(2.6, 1.5))

    assert placement.area.code == "B"
    assert Doubt.PERKIRAAN in placement.doubts


def test_equally_near_areas_give_the_point_to_the_smallest_code():
    index = AreaIndex(city(rt="B.A"))

    # Over 10 m the scale of the zone changes by 1e-7 m, well under the tie of 1e-6 m.
    assert placed_code(index, at(1.5, 0.5)) == "A"


@pytest.mark.parametrize(("metres", "found"), [(29.5, True), (30.5, False)])
def test_the_nearest_area_is_taken_within_thirty_metres_only(metres, found):
    index = AreaIndex(city(rt="AAAA"))
    # 1e-5 degrees of latitude are 1.1057 m there, and UTM shrinks them by up to 0.04 %.
    point = Point(at(2, 0).x, at(2, 0).y + metres / 1.1057e5)

    if found:
        assert index.place(point).doubts == (Doubt.PERKIRAAN,)
    else:
        with pytest.raises(OutsideAreas):
            index.place(point)


def test_a_gap_in_a_kelurahan_goes_to_its_own_rt_though_a_foreign_one_is_nearer():
    index = AreaIndex(
        city(
            kelurahan="""
            KKKKLL
            """,
            rt="""
            A...BB
            """,
        )
    )

    placement = index.place(at(2.9, 0.5))

    assert placement.area.code == "A"
    assert placement.chain == ("K", "A")


def test_land_far_from_any_rt_belongs_to_the_lowest_area_that_covers_it():
    index = AreaIndex(
        city(
            kota="ZZZZZZ",
            kelurahan="KKKKK.",
            rt="A.....",
            unit_m=100,
        )
    )

    placement = index.place(at(2.5, 0.5, unit_m=100))

    assert placement.area.code == "K"
    assert placement.doubts == (Doubt.TANPA_RT,)


def test_of_several_covering_areas_of_a_level_the_smallest_code_is_taken():
    ground, rt = draw("KKKKK", unit_m=100).areas["K"], draw("A", unit_m=100).areas["A"]
    index = AreaIndex(
        [
            AreaRecord("L", "kelurahan", None, "", ground),
            AreaRecord("K", "kelurahan", None, "", ground),
            AreaRecord("A", "rt", "L", "", rt),
            AreaRecord("B", "rt", "K", "", rt),
        ]
    )

    assert placed_code(index, at(3.5, 0.5, unit_m=100)) == "K"


def test_a_kelurahan_without_rt_beside_one_with_rt_is_a_leaf_of_its_own():
    index = AreaIndex(city(kelurahan="KKLL", rt="AB.."))

    placement = index.place(at(3.4, 0.5))

    assert placement.area.code == "L"
    assert placement.doubts == (Doubt.DEKAT_BATAS, Doubt.TANPA_RT)


def test_an_area_without_a_shape_holds_nothing_but_stays_in_the_chain():
    records = [
        AreaRecord("K", "kota", None, "Kota", None),
        AreaRecord("A", "rt", "K", "RT", draw("A").areas["A"]),
    ]

    assert AreaIndex(records).place(at(0.5, 0.5)).chain == ("K", "A")


@pytest.mark.parametrize(
    ("column", "accuracy_m", "doubts"),
    [
        (5, None, ()),
        (0.4, None, (Doubt.DEKAT_BATAS,)),  # 4 m from the edge
        (0.6, None, ()),  # 6 m from the edge
        (0.6, 3, ()),  # an accuracy under 5 m counts as 5 m
        (0.6, 7, (Doubt.DEKAT_BATAS,)),
        (5, 50, (Doubt.DEKAT_BATAS,)),
        (5, 51, (Doubt.DEKAT_BATAS, Doubt.AKURASI_RENDAH)),
    ],
)
def test_a_point_is_doubtful_by_its_accuracy_and_the_nearness_of_the_edge(
    column, accuracy_m, doubts
):
    land = "\n".join(["AAAAAAAAAA"] * 10)
    index = AreaIndex(city(rt=land))

    assert index.place(at(column, 5), accuracy_m=accuracy_m).doubts == doubts


@pytest.mark.parametrize(
    ("declared", "contradicts"),
    [("A", False), ("K", False), ("B", True), ("?", True), (None, False)],
)
def test_a_declared_area_is_compared_with_the_whole_chain(declared, contradicts):
    index = AreaIndex(city(kelurahan="KK", rt="AB"))

    placement = index.place(at(0.5, 0.5), declared=declared)

    assert placement.area.code == "A"
    assert (Doubt.BEDA_DEKLARASI in placement.doubts) is contradicts


def test_the_distance_to_the_edge_is_in_metres_on_the_ground():
    index = AreaIndex(city(rt="\n".join(["AAAAAAAAAA"] * 10)))

    # 3 steps of 9e-5 degrees of longitude at 7.56 S: 3 * 9e-5 * 111319 * cos(7.56 deg) = 29.8 m
    assert index.place(at(3, 5)).edge_distance_m == pytest.approx(29.8, rel=0.002)


def test_a_place_outside_names_the_nearest_kelurahan_and_how_far_it_is():
    index = AreaIndex(city(kelurahan="KKLL", rt="AABB", unit_m=100))

    with pytest.raises(OutsideAreas) as refusal:
        index.place(at(6, 0.5, unit_m=100))

    nearest = refusal.value.nearest
    assert (nearest.level, nearest.code, nearest.name) == ("kelurahan", "L", "kelurahan L")
    # two steps of 9e-4 degrees: 2 * 9e-4 * 111319 * cos(7.56 deg) = 198.6 m
    assert nearest.distance_m == pytest.approx(198.7, abs=0.3)


def test_equally_near_kelurahan_give_the_smallest_code():
    index = AreaIndex(
        city(
            kelurahan="""
            .K
            .J
            """
        )
    )

    assert index.nearest(at(0, 1).x, at(0, 1).y).code == "J"


def test_without_kelurahan_the_lowest_level_is_named():
    index = AreaIndex(city(kota="Z", kecamatan="C"))

    assert index.nearest(at(9, 0).x, at(9, 0).y).level == "kecamatan"


def test_the_nearest_area_of_a_place_inside_is_at_distance_zero():
    index = AreaIndex(city(kelurahan="K"))

    assert index.nearest(at(0.5, 0.5).x, at(0.5, 0.5).y).distance_m == 0


def test_without_areas_everything_is_outside_and_nothing_is_near():
    index = AreaIndex([])

    with pytest.raises(OutsideAreas) as refusal:
        index.place(at(0, 0))

    assert refusal.value.nearest is None
    assert index.place_points([110.8], [-7.5]).numbers.tolist() == [NOBODY]


def test_areas_that_form_no_hierarchy_are_refused():
    with pytest.raises(InconsistentAreas):
        AreaIndex([*city(rt="A"), *city(rt="A")])


def test_a_chain_is_asked_of_the_index_by_code():
    index = AreaIndex(city(kelurahan="K", rt="A"))

    assert index.chain("A") == ("K", "A")
    with pytest.raises(UnknownArea):
        index.chain("B")


def test_the_metric_zone_is_that_of_the_middle_unless_the_edition_names_one():
    records = city(rt="A")

    assert AreaIndex(records).metric_srid == 32749
    assert AreaIndex(records, metric_srid=32748).metric_srid == 32748


def test_an_area_is_found_by_its_code_and_no_other_is():
    index = AreaIndex(city(rt="AB"))

    assert index.record("B").code == "B"
    with pytest.raises(UnknownArea):
        index.record("C")
