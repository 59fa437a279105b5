"""The recount from the tables and the answers over the public views: the same numbers."""

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.statistics.recount import TOLD_APART, read_recount, recounted_sums
from app.usulan.filters import Filters
from tests.app import world
from tests.app.editions import reform
from tests.app.statistics.asking import LEVELS, MEASURES, get
from tests.app.world import CITY, CITY_ID, RW_ONLY, Spot, at_status, proposed

EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
GROUPINGS = ("category", "group", "status", "year", "funding")
SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters")
VALUES = {
    "area": [CITY, f"{CITY}.01", f"{CITY}.02.1004", Spot(1, 2).rw, Spot(1, 2).rt],
    "category": ["SP01", "SP03", "KP01", "KP07", "KP09", "EK02"],
    "group": ["SP", "KP", "SB", "EK"],
    "status": ["diajukan", "selesai", "ditolak", "digabung", "dibatalkan"],
    "year": [2024, 2025, 2026, 2027],
    "funding": ["apbd_kota", "swadaya"],
    "channel": ["rembug", "pokir"],
}
ALL_FROM_THE_DATABASE = "2000-01-01T00:00:00Z"
"""As `updated_after`: keeps all, and is a filter that the index does not know."""
database_or_index = st.sampled_from([{}, {"updated_after": ALL_FROM_THE_DATABASE}])
filter_sets = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
        for name, values in VALUES.items()
    },
)


LEFT_OUTSIDE = """
UPDATE peta.other_place AS place
SET area_code = NULL, kota = NULL, kecamatan = NULL, kelurahan = NULL, rw = NULL, rt = NULL
FROM peta.usulan AS usulan
WHERE
    usulan.usulan_id = place.usulan_id
    AND usulan.edition_id <> 3
    AND place.edition_id = 3
    AND usulan.category = 'SP01'
"""
"""As if the third edition did not reach so far: these are in none of its areas."""


def random_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def lineage(chance: random.Random) -> list[world.NewUsulan]:
    """Three records of one usulan; those that follow may not be listed, or not be public."""
    spot = Spot(chance.randrange(16), chance.randrange(8))
    ids = [random_id(chance) for _ in range(3)]
    return [
        proposed(
            spot,
            usulan_id=ids[sequence],
            lineage_id=ids[0],
            continues_id=ids[sequence - 1] if sequence else None,
            sequence=sequence,
            year=2025 + sequence,
            published=chance.random() > 0.2,
            events=at_status(chance.choice(["belum_diakomodir", "digabung", "dibatalkan"])),
        )
        for sequence in range(3)
    ]


def private_needs(chance: random.Random) -> list[world.NewUsulan]:
    """Many of one kind, so that some RW hold one, some two, and some only unlisted ones."""
    return [
        proposed(
            Spot(chance.randrange(16), chance.randrange(8)),
            category=RW_ONLY,
            year=chance.choice([2025, 2026]),
            events=at_status(chance.choice(["diajukan", "selesai", "digabung", "ditolak"])),
        )
        for _ in range(40)
    ]


def placed_in(urls, edition: str, usulan: list[world.NewUsulan]) -> list[world.NewUsulan]:
    """The same, each with the areas that an edition has where it stands."""
    edition_id, index = reform.index_of(urls, edition)
    levels = {record.code: record.level for record in index.records}
    placed = []
    for one in usulan:
        spot = Spot(3, 3).middle if one.geometry is None else one.geometry
        chain = index.place(spot).chain
        lower = dict.fromkeys(LEVELS[1:]) | {levels[code]: code for code in chain}
        placed.append(replace(one, edition_id=edition_id, area_code=list(chain)[-1], **lower))
    return placed


@pytest.fixture(scope="module")
def stocked(town):
    """Open and closed usulan from before, between and after two changes of the edition."""
    chance = random.Random(20261124)
    steps = ((world.EDITION, None), ("2026", reform.border_moved), ("2027", reform.reshuffled))
    for edition, chain_of in steps:
        if chain_of is not None:
            cut_up = chain_of(chance) if chain_of is reform.reshuffled else chain_of
            reform.add_edition(town, edition, cut_up)
            reform.activate(town, edition, allow_outside=True)
        new = [*world.random_usulan(chance, 150), *private_needs(chance)]
        new += [record for _ in range(8) for record in lineage(chance)]
        world.add(town, placed_in(town, edition, new))
    with psycopg.connect(town.superuser) as connection:
        connection.execute(LEFT_OUTSIDE)
    return town


@pytest.fixture(scope="module")
def asked(stocked, http):
    """Where the usulan are, and who answers about them."""
    return stocked, http


@EXAMPLES
@given(
    level=st.sampled_from(LEVELS),
    by=st.lists(st.sampled_from(GROUPINGS), max_size=3, unique=True),
    filters=filter_sets,
    others=database_or_index,
)
def test_answers_are_what_a_recount_finds(asked, level, by, filters, others):
    stocked, http = asked
    stats = get(http, "", {**joined(filters), "level": level, "by": ",".join(by), **others})
    with psycopg.connect(stocked.staff) as connection:
        rows = read_recount(
            connection, CITY_ID, level, by=TOLD_APART, within=filters.get("area", ())
        )
    recount = recounted_sums(rows, Filters(**filters), by)

    without = [sums for (area, *_), sums in recount.items() if area is None]
    assert stats["unassigned"] == sum(sums["count"] for sums in without)
    assert stats["numberMatched"] == sum(sums["count"] for sums in recount.values())
    assert stats["unlocated"] == sum(sums["unlocated"] for sums in recount.values())
    assert {
        (row["area"], *(row[name] for name in by)): [row[name] for name in SUMS]
        for row in stats["rows"]
        if row["count"]
    } == {key: [sums[name] for name in SUMS] for key, sums in recount.items() if key[0] is not None}


@EXAMPLES
@given(filters=filter_sets, others=database_or_index)
def test_a_trend_is_what_a_recount_finds_year_by_year(asked, filters, others):
    stocked, http = asked
    trend = get(http, "/trend", {**joined(filters), **others})

    years = filters.get("year", range(2000, 2101))
    recount = recounted(stocked, {**filters, "year": tuple(years)}, ("year",))
    found = {point.pop("period"): point for point in trend["points"]}
    assert {year: sums_in(point) for year, point in found.items() if point["count"]} == {
        str(year): sums for (year,), sums in recount.items()
    }
    assert trend["numberMatched"] == sum(point["count"] for point in found.values())
    expected = years if "year" in filters else filled([year for (year,) in recount])
    assert list(found) == [str(year) for year in sorted(expected)]
    people = trend["population"]
    assert all(
        point["per_1000"] == (round(1000 * point["count"] / people, 2) if people else None)
        for point in found.values()
    )


def filled(years: list[int]) -> list[int]:
    return list(range(min(years), max(years) + 1)) if years else []


@EXAMPLES
@given(filters=filter_sets)
def test_months_of_the_index_are_those_of_the_database(asked, filters):
    _, http = asked
    by_month = {**joined(filters), "by": "month"}

    by_index = get(http, "/trend", by_month)
    by_database = get(http, "/trend", {**by_month, "updated_after": ALL_FROM_THE_DATABASE})

    assert by_index["points"] == by_database["points"]
    assert by_index["numberMatched"] == by_database["numberMatched"]


@EXAMPLES
@given(filters=filter_sets)
def test_months_are_those_that_the_list_tells(asked, filters):
    _, http = asked
    trend = get(http, "/trend", {**joined(filters), "by": "month"})

    answer = http.get("/api/v1/usulan", params={**joined(filters), "limit": "1000"}).json()
    months = Counter(one["properties"]["created"][:7] for one in answer["features"])
    found = {point["period"]: point["count"] for point in trend["points"]}
    assert answer["next"] is None
    assert {month: count for month, count in found.items() if count} == months
    assert trend["numberMatched"] == answer["numberMatched"]
    if found:
        numbers = [int(month[:4]) * 12 + int(month[5:]) for month in found]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert {min(found), max(found)} <= set(months)


@EXAMPLES
@given(
    filters=filter_sets,
    table=st.tuples(
        st.sampled_from(["category", "group", "status", "funding"]), st.sampled_from(MEASURES)
    ),
    pair=st.one_of(
        st.lists(st.sampled_from(VALUES["area"]), min_size=2, max_size=2, unique=True).map(
            lambda codes: ("areas", "area", codes)
        ),
        st.lists(st.sampled_from(VALUES["year"]), min_size=2, max_size=2, unique=True).map(
            lambda years: ("years", "year", years)
        ),
    ),
    others=database_or_index,
)
def test_each_side_of_a_comparison_is_what_a_recount_finds(asked, filters, table, pair, others):
    stocked, http = asked
    (by, measure), (name, compared, values) = table, pair
    rest = {key: chosen for key, chosen in filters.items() if key != compared}
    sides = [recounted(stocked, {**rest, compared: (value,)}, (by,)) for value in values]
    query = {**joined(rest), **others, name: joined({"": tuple(values)})[""], "by": by}

    found = get(http, "/compare", {**query, "measure": measure})

    nothing = dict.fromkeys(SUMS, 0)
    assert {row["value"] for row in found["rows"]} == {value for side in sides for (value,) in side}
    for row in [*found["rows"], found["total"]]:
        for side, recount in zip(("left", "right"), sides, strict=True):
            wanted = recount.get((row["value"],), nothing) if "value" in row else summed(recount)
            assert sums_in(row[side]) == wanted
            people = found[side]["population"]
            one_year = people and (name == "years" or len(rest.get("year", ())) == 1)
            rate = round(1000 * wanted["count"] / people, 2) if one_year else None
            assert row[side]["per_1000"] == rate
        left, right = row["left"][measure], row["right"][measure]
        if left is None or right is None:
            assert (row["difference"], row["ratio"]) == (None, None)
        else:
            assert row["difference"] == pytest.approx(right - left)
            assert row["ratio"] == (pytest.approx(right / left, abs=1e-4) if left else None)
    assert [found["numberMatched"][side] for side in ("left", "right")] == [
        sum(sums["count"] for sums in side.values()) for side in sides
    ]


def joined(filters: dict) -> dict[str, str]:
    return {name: ",".join(map(str, values)) for name, values in filters.items()}


def recounted(stocked, filters: dict, by: tuple[str, ...]) -> dict[tuple, dict]:
    """Sums of the whole set by the values of the groupings, from the tables."""
    with psycopg.connect(stocked.staff) as connection:
        rows = read_recount(
            connection, CITY_ID, "kota", by=TOLD_APART, within=filters.get("area", ())
        )
    found: dict[tuple, dict] = {}
    for (_, *values), sums in recounted_sums(rows, Filters(**filters), by).items():
        total = found.setdefault(tuple(values), dict.fromkeys(SUMS, 0))
        for name in SUMS:
            total[name] += sums[name]
    return found


def sums_in(row: dict) -> dict:
    return {name: row[name] for name in SUMS}


def summed(recount: dict[tuple, dict]) -> dict:
    return {name: sum(sums[name] for sums in recount.values()) for name in SUMS}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "areas"),
        ("areas=99.71.01", "areas"),
        ("areas=99.71.01,99.71.01", "areas"),
        ("areas=99.71.01,99.71.77", "areas"),
        ("years=2025", "years"),
        ("years=2024,2025,2026", "years"),
        ("years=2024,1999", "years"),
        ("areas=99.71.01,99.71.02&years=2025,2026", "years"),
        ("areas=99.71.01,99.71.02&area=99.71", "area"),
        ("years=2025,2026&year=2025", "year"),
        ("years=2025,2026&by=year", "by"),
    ],
)
def test_what_cannot_be_compared_is_named(asked, query, field):
    _, http = asked
    answer = http.get(f"/api/v1/stats/compare?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_trends_and_comparisons_are_offered_as_csv(asked):
    _, http = asked
    trend = http.get("/api/v1/stats/trend?format=csv&by=month")
    compared = http.get("/api/v1/stats/compare?format=csv&years=2025,2026&by=funding")

    months = list(csv.DictReader(io.StringIO(trend.text.removeprefix("\ufeff"))))
    rows = list(csv.DictReader(io.StringIO(compared.text.removeprefix("\ufeff"))))
    assert sum(int(month["count"]) for month in months) > 100
    assert [row["value"] for row in rows] == ["apbd_kota", "swadaya", ""]
    assert all(int(row["left_count"]) and int(row["right_count"]) for row in rows)


def test_the_recount_meets_every_kind_of_place(stocked):
    with psycopg.connect(stocked.staff) as connection:
        rows = read_recount(connection, CITY_ID, "rw", by=("category",))
        kept = connection.execute("SELECT count(*) FROM peta.other_place").fetchone()
        editions = connection.execute("SELECT count(DISTINCT edition_id) FROM peta.usulan")

        assert editions.fetchone() == (3,)
    private = [row for row in rows if row.values["category"] == RW_ONLY]
    assert {row.area is None for row in private} == {True, False}
    assert {row.newest for row in rows} == {row.listed for row in rows} == {True, False}
    assert kept > (100,)
