"""The recount from the tables and the answers over the public views: the same numbers."""

import random
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
from tests.app.world import CITY, CITY_ID, RW_ONLY, Spot, at_status, proposed

EXAMPLES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
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
filter_sets = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
        for name, values in VALUES.items()
    },
)


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
    others=st.sampled_from([{}, {"updated_after": ALL_FROM_THE_DATABASE}]),
)
def test_answers_are_what_a_recount_finds(asked, level, by, filters, others):
    stocked, http = asked
    query = {name: ",".join(map(str, values)) for name, values in filters.items()}
    query |= {"level": level, "by": ",".join(by), **others}

    stats = http.get("/api/v1/stats", params=query).json()
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
