"""Two editions of one city laid over each other: shares, people, changes, counterparts."""

import random
from collections import Counter
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.areas import AreaRecord
from spatial.boundaries.changes import Kind, find_changes
from spatial.boundaries.crosswalk import (
    BY_GROUND,
    OUTSIDE,
    EditionAreas,
    counterparts,
    crosswalk,
)
from tests.maps import city

ZONE = 32749


def edition(population: dict[str, int] | None = None, **levels: str) -> EditionAreas:
    """Squares of 100 m; each drawing is a level."""
    return EditionAreas(tuple(city(unit_m=100, **levels)), population or {})


def overlaps_of(one: EditionAreas, other: EditionAreas) -> dict[tuple[str, str], object]:
    found = crosswalk(one, other, metric_srid=ZONE)
    return {(overlap.code, overlap.into): overlap for overlap in found}


def kinds(one: EditionAreas, other: EditionAreas) -> dict[str, Kind]:
    overlaps = crosswalk(one, other, metric_srid=ZONE)
    found = find_changes(one, other, overlaps, metric_srid=ZONE)
    return {change.code: change.kind for change in found}


def test_an_area_cut_in_three_to_one_gives_a_quarter_away():
    one, other = edition(kelurahan="KKKK"), edition(kelurahan="KKKL")

    shares = overlaps_of(one, other)

    assert shares["K", "K"].area_share == pytest.approx(0.75, abs=1e-5)
    assert shares["K", "L"].area_share == pytest.approx(0.25, abs=1e-5)
    assert shares["K", "L"].m2 == pytest.approx(10_000, rel=0.02)
    assert shares["K", "L"].share_of_target == pytest.approx(1)


def test_people_go_where_the_rt_go_in_which_they_live():
    counted = {"K": 400, "a": 10, "b": 10, "c": 10, "d": 70}
    one = edition(counted, kelurahan="KKKK", rt="abcd")

    overlap = overlaps_of(one, edition(kelurahan="KKKL"))["K", "L"]

    assert (overlap.people, overlap.population_share, overlap.by) == (280, 0.7, "rt")


def test_people_are_spread_evenly_where_one_rt_has_not_been_counted():
    one = edition({"K": 400, "a": 10, "b": 10, "d": 70}, kelurahan="KKKK", rt="abcd")

    overlap = overlaps_of(one, edition(kelurahan="KKKL"))["K", "L"]

    assert overlap.people == pytest.approx(100, abs=0.01)
    assert overlap.by == "kelurahan"


def test_without_any_count_people_follow_the_ground_and_it_says_so():
    overlap = overlaps_of(edition(kelurahan="KKKK"), edition(kelurahan="KKKL"))["K", "L"]

    assert overlap.people is None
    assert overlap.population_share == overlap.area_share
    assert overlap.by == BY_GROUND


def test_ground_that_no_area_takes_lies_outside():
    shares = overlaps_of(edition(kelurahan="KK"), edition(kelurahan="K."))

    assert shares["K", OUTSIDE].area_share == pytest.approx(0.5, abs=1e-5)


def test_ground_that_two_areas_claim_goes_to_the_smallest_code():
    whole = city(unit_m=100, kelurahan="KK")[0]
    claimants = (replace(whole, code="L"), replace(whole, code="M"))

    shares = overlaps_of(EditionAreas((whole,), {}), EditionAreas(claimants, {}))

    assert set(shares) == {("K", "L")}


CASES = {
    "unchanged": ("AABB", "AABB", {"A": Kind.UNCHANGED, "B": Kind.UNCHANGED}),
    "moved": ("AABBBB", "AAABBB", {"A": Kind.MOVED, "B": Kind.MOVED}),
    "split": ("AAAA", "AABC", {"A": Kind.SPLIT}),
    "merged": ("AABB", "AAAA", {"A": Kind.MERGED, "B": Kind.MERGED}),
    "recoded": ("AABB", "AACC", {"A": Kind.UNCHANGED, "B": Kind.RECODED}),
    "new": ("AA..", "AABB", {"A": Kind.UNCHANGED, "B": Kind.NEW}),
    "gone": ("AABB", "AA..", {"A": Kind.UNCHANGED, "B": Kind.GONE}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_called_what_it_is(case):
    before, after, expected = CASES[case]

    assert kinds(edition(kelurahan=before), edition(kelurahan=after)) == expected


def test_another_name_alone_is_a_renaming():
    one = edition(kelurahan="AABB")
    first, second = one.records
    other = EditionAreas((first, replace(second, name="Sukamaju")), {})

    assert kinds(one, other) == {"A": Kind.UNCHANGED, "B": Kind.RENAMED}


def test_rounding_of_coordinates_moves_no_border():
    one = edition(kelurahan="AABB")
    rounded = [replace(record, geometry=_shifted(record)) for record in one.records]

    assert set(kinds(one, EditionAreas(tuple(rounded), {})).values()) == {Kind.UNCHANGED}


def _shifted(record: AreaRecord):
    return shapely.transform(record.geometry, lambda corners: corners + 1e-6)  # 0.1 m


def test_what_is_known_by_an_area_goes_to_the_lowest_one_that_holds_it():
    one = edition(kota="AAAAAA", kecamatan="BBBCCC", kelurahan="DEFGGG")
    other = edition(kota="AAAAAA", kecamatan="BBBCCC", kelurahan="HHFGIJ")

    found = counterparts(one, other, metric_srid=ZONE)

    # D and E were merged, F stayed, G was split: only its kecamatan holds all of it.
    assert found == {"A": "A", "B": "B", "C": "C", "D": "H", "E": "H", "F": "F", "G": "C"}


def test_what_lies_mostly_outside_the_other_edition_has_no_counterpart():
    found = counterparts(edition(kota="AAAA"), edition(kota="A..."), metric_srid=ZONE)

    assert found == {"A": None}


@st.composite
def worlds(draw):
    """Two drawings of the same land, each cut into areas anew, with people in the RT."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    columns, rows = rng.randint(1, 5), rng.randint(1, 4)
    letters = "KLMNOP"
    drawing = [
        "\n".join("".join(rng.choice(letters) for _ in range(columns)) for _ in range(rows))
        for _ in range(2)
    ]
    alphabet = iter("abcdefghijklmnopqrstuvwxyz")
    rt = "\n".join("".join(next(alphabet) for _ in range(columns)) for _ in range(rows))
    counted = {code: rng.randrange(500) for code in rt if code.isalpha() and rng.random() < 0.9}
    one = edition(counted, kelurahan=drawing[0], rt=rt)
    return one, edition(kelurahan=drawing[1])


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_crosswalk_keeps_all_ground_and_all_people(world):
    one, other = world
    ground, people, number = Counter(), Counter(), Counter()

    for overlap in crosswalk(one, other, metric_srid=ZONE):
        ground[overlap.code] += overlap.area_share
        people[overlap.code] += overlap.population_share
        number[overlap.code] += overlap.people or 0

    assert all(share == pytest.approx(1, abs=1e-9) for share in ground.values())
    assert all(share == pytest.approx(1, abs=1e-9) for share in people.values())
    assert set(ground) == {record.code for record in one.records}
    for record in one.of_level("kelurahan"):
        within = [rt.code for rt in one.of_level("rt") if rt.parent_code == record.code]
        if all(code in one.population for code in within):
            expected = sum(one.population[code] for code in within)
            assert number[record.code] == pytest.approx(expected, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_every_older_area_has_one_fate_and_every_newer_one_an_origin(world):
    one, other = world
    overlaps = crosswalk(one, other, metric_srid=ZONE)

    changes = find_changes(one, other, overlaps, metric_srid=ZONE)

    old = Counter(change.code for change in changes if change.kind is not Kind.NEW)
    assert old == Counter(record.code for record in one.records)
    named = {code for change in changes for code in change.successors}
    new = {change.code for change in changes if change.kind is Kind.NEW}
    assert named | new == {record.code for record in other.records}
    assert not named & new
