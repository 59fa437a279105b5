import pytest

from spatial.areas import NOBODY, AreaRecord, Hierarchy
from spatial.errors import InconsistentAreas, UnknownArea


def area(code, level, parent=None):
    return AreaRecord(code, level, parent, "", None)


SURAKARTA = [
    area("33.72.05.1015-012-003", "rt", "33.72.05.1015-012"),
    area("33.72.05.1015-012", "rw", "33.72.05.1015"),
    area("33.72.05.1016-001", "rt", "33.72.05.1016"),
    area("33.72.05.1016", "kelurahan", "33.72.05"),
    area("33.72.05.1015", "kelurahan", "33.72.05"),
    area("33.72.05", "kecamatan", "33.72"),
    area("33.72", "kota"),
]


def test_areas_are_numbered_in_the_order_of_their_codes():
    hierarchy = Hierarchy(SURAKARTA)

    codes = [record.code for record in hierarchy.records]

    assert codes == sorted(codes)
    assert [hierarchy.number(code) for code in codes] == list(range(7))


def test_a_chain_runs_from_kota_down_to_the_area_itself():
    chain = Hierarchy(SURAKARTA).chain("33.72.05.1015-012-003")

    assert chain == (
        "33.72",
        "33.72.05",
        "33.72.05.1015",
        "33.72.05.1015-012",
        "33.72.05.1015-012-003",
    )


def test_a_chain_leaves_out_a_level_that_is_missing():
    chain = Hierarchy(SURAKARTA).chain("33.72.05.1016-001")

    assert chain == ("33.72", "33.72.05", "33.72.05.1016", "33.72.05.1016-001")


def test_a_chain_begins_below_a_parent_that_is_not_loaded():
    hierarchy = Hierarchy([area("A", "kelurahan", "not loaded"), area("B", "rt", "A")])

    assert hierarchy.chain("B") == ("A", "B")


def test_a_leaf_is_an_area_that_nobody_names_as_parent():
    hierarchy = Hierarchy(SURAKARTA)

    leaves = [
        record.code
        for record, leaf in zip(hierarchy.records, hierarchy.is_leaf, strict=True)
        if leaf
    ]

    assert leaves == ["33.72.05.1015-012-003", "33.72.05.1016-001"]


def test_the_lineage_names_an_ancestor_at_each_level_or_nobody():
    hierarchy = Hierarchy(SURAKARTA)

    lineage = hierarchy.lineages[hierarchy.number("33.72.05.1016-001")]

    named = [None if number == NOBODY else hierarchy.records[number].code for number in lineage]
    assert named == ["33.72", "33.72.05", "33.72.05.1016", None, "33.72.05.1016-001"]


def test_a_code_that_nobody_has_is_refused():
    with pytest.raises(UnknownArea) as refusal:
        Hierarchy(SURAKARTA).chain("33.73")

    assert refusal.value.code == "33.73"


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([area("A", "rt"), area("A", "rt")], "A"),
        ([area("A", "dusun")], "A"),
        ([area("A", "rt", "B"), area("B", "rt")], "A"),
        ([area("A", "kota", "B"), area("B", "rt")], "A"),
        ([area("A", "rw", "B"), area("B", "rw", "A")], "A"),
        ([area("A", "rw", "A")], "A"),
    ],
    ids=["twice", "unknown level", "same level", "upside down", "circle", "own parent"],
)
def test_areas_that_form_no_hierarchy_are_refused(records, code):
    with pytest.raises(InconsistentAreas) as refusal:
        Hierarchy(records)

    assert refusal.value.code == code


def test_no_areas_are_a_hierarchy_too():
    assert Hierarchy([]).records == ()
