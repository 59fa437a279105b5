"""What is taken by memory in one sending is what asking for everything would have made of it."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.areas.indexes import AreaIndexes
from app.areas.placing import place_at_hand, place_position
from app.cities.queries import get_city
from app.cities.recent import RecentCities
from app.database import Database, open_database
from app.errors import Conflict, InvalidFields, OutsideCity
from app.submission.desk import SubmissionDesk
from app.submission.schemas import UsulanDraft
from app.submission.service import Sending
from tests.app.submission.sending import count_stored, draft, point, stored
from tests.app.world import CITY, EXACT, RW_ONLY, Spot, spot_point

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
OF_ITS_OWN = {"usulan_id", "number", "tracking_hash", "lineage_id"}


@pytest.fixture
async def database(town) -> AsyncIterator[Database]:
    opened = open_database(town.staff, town.public)
    yield opened
    await opened.close()


@pytest.fixture
async def cold(database) -> AsyncIterator[SubmissionDesk]:
    """A desk that knows nothing yet."""
    desk = SubmissionDesk(database, RecentCities(database))
    yield desk
    await desk.close()


@pytest.fixture
async def warm(database) -> AsyncIterator[SubmissionDesk]:
    """A desk that has the city and its areas in memory."""
    desk = SubmissionDesk(database, RecentCities(database))
    await warmed(desk)
    yield desk
    await desk.close()


async def warmed(desk: SubmissionDesk) -> None:
    for category in (EXACT, RW_ONLY):
        await desk.take(drafted(draft(Spot(15, 7), category=category)), sending())
    await desk._areas._flights.landed()


def drafted(sent: dict) -> UsulanDraft:
    return UsulanDraft.model_validate(sent)


def sending(key: str | None = None, **changes: object) -> Sending:
    known = {
        "city_code": CITY,
        "key": key,
        "secret": b"for tests only",
        "publishes_at_once": True,
        "now": NOW,
        "rng": random.SystemRandom(),
    }
    return Sending(**known | changes)


def whole_draft(**changes: object) -> dict:
    """Every field that a resident may send beside what a test is about."""
    return (
        draft(
            geometry=point(Spot(4, 4), east=0.49),
            address="Gg. Mawar 3",
            landmark='Dekat pos "ronda" \\ 2',
            volume=12.345,
            unit="m",
            estimated_cost=3_000_000_000,
            beneficiaries=120,
            severity=2,
            funding_source="csr",
            declared_area=Spot(9, 0).rt,
            accuracy_m=80,
            inclusion=["lansia", "anak"],
            proposer={"name": "Sri", "phone": "0811", "consent": True, "role": "warga"},
        )
        | changes
    )


def contact_of(town, usulan_id) -> tuple:
    with psycopg.connect(town.staff) as connection:
        return connection.execute(
            "SELECT name, phone, email, role, consented FROM peta.proposer WHERE usulan_id = %s",
            [usulan_id],
        ).fetchone()


@pytest.fixture
def change(town):
    """Change something in the database, until the test has ended."""
    undoing = []

    def do(statement: str, back: str) -> None:
        undoing.append(back)
        with psycopg.connect(town.owner) as connection:
            connection.execute(statement)

    yield do
    with psycopg.connect(town.owner) as connection:
        for statement in undoing:
            connection.execute(statement)


@pytest.mark.parametrize("sent", [draft(), whole_draft(), draft(category=RW_ONLY)])
async def test_both_ways_store_and_answer_the_same(cold, warm, town, sent):
    asked = await cold._take_asking(drafted(sent), sending())
    at_hand = await warm._take_at_hand(drafted(sent), sending())

    assert at_hand is not None
    for name in ("areas", "doubts", "status", "year"):
        assert at_hand[name] == asked[name]
    rows = [stored(town, answer["number"]) for answer in (asked, at_hand)]
    first, second = ({k: v for k, v in row.items() if k not in OF_ITS_OWN} for row in rows)
    assert first == second
    assert first["created"] == NOW
    assert contact_of(town, rows[0]["usulan_id"]) == contact_of(town, rows[1]["usulan_id"])


async def test_what_is_like_it_is_shown_by_memory_too(warm):
    former = await warm._take_at_hand(drafted(draft(Spot(2, 5))), sending())
    later = sending(now=NOW + timedelta(seconds=1))

    again = await warm._take_at_hand(drafted(draft(Spot(2, 5))), later)

    assert former["number"] in [card["number"] for card in again["similar"]]


@pytest.mark.parametrize(
    "sent",
    [
        draft(area=CITY, geometry=None),
        draft(continues="99.71-2020-AAAAAA"),
        draft(category="SP03"),
        draft(geometry={"type": "Point", "coordinates": [110.8, 7.56]}),
    ],
    ids=["an area alone", "a former one", "a category nobody sent", "a place outside"],
)
async def test_what_memory_cannot_judge_is_asked_for(warm, sent):
    assert await warm._take_at_hand(drafted(sent), sending()) is None


async def test_what_the_rules_refuse_is_refused_by_asking(warm, town):
    before = count_stored(town)
    contact = drafted(draft(proposer={"name": "Sri"}))

    assert await warm._take_at_hand(contact, sending()) is None
    with pytest.raises(InvalidFields) as refused:
        await warm.take(contact, sending())

    assert [error.field for error in refused.value.errors] == ["/proposer/consent"]
    assert count_stored(town) == before


async def test_a_city_that_begins_to_check_first_is_obeyed_at_once(warm, town, change):
    change(
        "UPDATE peta.city SET publication = 'after_check'",
        "UPDATE peta.city SET publication = NULL",
    )

    number = (await warm.take(drafted(draft()), sending()))["number"]

    assert stored(town, number)["published"] is False


async def test_a_category_with_other_rules_is_asked_for_again(warm, change):
    change(
        "UPDATE peta.category SET geometry = ARRAY['Polygon'] WHERE code = 'SP01'",
        "UPDATE peta.category SET geometry = (SELECT geometry FROM peta.category"
        " WHERE code = 'SP02') WHERE code = 'SP01'",
    )

    assert await warm._take_at_hand(drafted(draft()), sending()) is None


async def test_where_borders_have_moved_memory_places_nobody(warm, town, change):
    widened, other = Spot(3, 3), Spot(4, 3)
    moving = (
        "UPDATE peta.area AS area SET geom = other.geom FROM peta.area AS other"
        f" WHERE (area.code, other.code) IN (('{widened.rt}', '{other.rt}'),"
        f" ('{other.rt}', '{widened.rt}'));"
        "UPDATE peta.boundary_edition SET loaded = clock_timestamp()"
    )
    change(moving, moving)

    number = (await warm.take(drafted(draft(widened)), sending()))["number"]

    assert stored(town, number)["rt"] == other.rt


async def test_without_an_active_edition_nothing_is_written_by_memory(warm, town, change):
    before = count_stored(town)
    change(
        "UPDATE peta.boundary_edition SET active = FALSE",
        "UPDATE peta.boundary_edition SET active = TRUE",
    )

    assert await warm._take_at_hand(drafted(draft()), sending()) is None
    assert count_stored(town) == before


async def test_one_key_sent_at_once_by_memory_is_stored_once(warm, town):
    before = count_stored(town)

    answers = await asyncio.gather(
        *(warm.take(drafted(draft()), sending("dari-ingatan")) for _ in range(8))
    )

    assert len({answer["tracking_code"] for answer in answers}) == 1
    assert count_stored(town) == before + 1


async def test_a_key_that_both_ways_take_at_once_is_stored_once(cold, warm, town):
    before = count_stored(town)

    answers = await asyncio.gather(
        *(
            desk.take(drafted(draft()), sending("dua-jalan"))
            for desk in (cold, warm, cold, warm, cold, warm)
        )
    )

    assert len({answer["number"] for answer in answers}) == 1
    assert count_stored(town) == before + 1


async def test_a_known_key_with_another_body_is_a_conflict_by_memory_too(warm):
    await warm.take(drafted(draft()), sending("terpakai"))

    with pytest.raises(Conflict):
        await warm.take(drafted(draft(title="Yang lain")), sending("terpakai"))


async def test_an_old_key_is_free_again_by_memory_too(warm):
    first = await warm.take(drafted(draft()), sending("lama"))

    again = await warm.take(drafted(draft()), sending("lama", now=NOW + timedelta(days=31)))

    assert again["number"] != first["number"]


@pytest.mark.parametrize("key", [None, "nomor-terpakai"])
@pytest.mark.parametrize("way", ["_take_at_hand", "_take_asking"])
async def test_a_number_that_is_taken_is_drawn_anew(warm, way, key):
    take = getattr(warm, way)
    drawn = {"rng": random.Random(f"{way}{key}")}
    first = await take(drafted(draft()), sending(**drawn))

    drawn = {"rng": random.Random(f"{way}{key}"), "now": NOW + timedelta(seconds=1)}
    second = await take(drafted(draft()), sending(key and f"{key}{way}", **drawn))

    assert second is not None
    assert second["number"] != first["number"]


async def test_places_by_memory_are_those_of_the_database(database):
    rng = random.Random(5)
    areas = AreaIndexes(database.public_loading)
    found = 0

    async with database.writing_line() as connection:
        city = await get_city(connection, CITY)
        await areas.gather_soon(city)
        index = areas.at_hand(city)
        for _ in range(150):
            at = spot_point(rng.uniform(-0.5, 16.5), rng.uniform(-0.5, 10.5))
            known = {
                "accuracy_m": rng.choice((None, 3.0, 12.0, 80.0)),
                "declared": rng.choice((None, Spot(1, 1).rt, Spot(1, 1).kecamatan)),
            }
            try:
                asked = await place_position(connection, city, at, **known)
            except OutsideCity:
                asked = None
            assert place_at_hand(index, city, at, **known) == asked
            found += asked is not None

    assert found > 100
