"""Who comes in one moment is written together, and none suffers for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from app.cities.recent import RecentCities
from app.database import Database, open_database
from app.errors import TooOften
from app.lines import PromptConnection
from app.submission import senders
from app.submission.desk import SubmissionDesk
from app.submission.queries import Sheet
from app.submission.rounds import ROUNDS, Rounds
from tests.app.submission.sending import count_stored, draft
from tests.app.submission.test_at_hand import drafted, sending, warmed
from tests.app.world import Spot

SRI = {"name": "Sri", "phone": "0811000111", "consent": True}
BEYOND_ALL_YEARS = datetime(2100, 6, 1, tzinfo=UTC)
"""Its planning year is one that no usulan may have."""


@pytest.fixture
async def database(town) -> AsyncIterator[Database]:
    opened = open_database(town.staff, town.public)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(database, town) -> AsyncIterator[SubmissionDesk]:
    """A desk that has the city and its areas in memory."""
    made = SubmissionDesk(database, RecentCities(database))
    await warmed(made)
    yield made
    await made.close()
    with psycopg.connect(town.superuser) as connection:
        connection.execute("TRUNCATE peta.usulan, peta.submission, peta.attempt CASCADE")


def transactions(town, answers: list[dict]) -> int:
    """In how many transactions they were written."""
    numbers = [answer["number"] for answer in answers]
    with psycopg.connect(town.staff) as connection:
        return connection.execute(
            "SELECT COUNT(DISTINCT CAST(xmin AS text)) FROM peta.usulan WHERE number = ANY(%s)",
            [numbers],
        ).fetchone()[0]


async def at_once(desk: SubmissionDesk, *sent: tuple[dict, dict]) -> list:
    """What became of drafts that are sent in one moment, a refusal as it was raised."""
    return await asyncio.gather(
        *(desk.take(drafted(body), sending(**how)) for body, how in sent), return_exceptions=True
    )


def unwritten() -> Sheet:
    return Sheet({"city_id": 9971, "key": None, "senders": []}, None)


async def test_those_of_one_moment_are_written_in_fewer_transactions(desk, town):
    answers = await at_once(desk, *[(draft(Spot(place, 3)), {}) for place in range(12)])

    assert len({answer["number"] for answer in answers}) == 12
    assert transactions(town, answers) <= ROUNDS


async def test_each_of_one_moment_is_placed_and_told_what_is_like_his_own(desk):
    spots = [Spot(1, 1), Spot(6, 6), Spot(9, 2)]
    former = [await desk.take(drafted(draft(spot)), sending()) for spot in spots]
    later = {"now": datetime(2026, 3, 1, 4, tzinfo=UTC)}

    answers = await at_once(desk, *[(draft(spot), later) for spot in spots])

    for spot, before, answer in zip(spots, former, answers, strict=True):
        assert answer["areas"][-1]["code"] == spot.rt
        assert before["number"] in [card["number"] for card in answer["similar"]]


async def test_one_that_cannot_be_stored_keeps_no_other_from_it(desk, town):
    before = count_stored(town)

    answers = await at_once(
        desk, (draft(), {}), (draft(), {"now": BEYOND_ALL_YEARS}), (draft(Spot(2, 2)), {})
    )

    assert isinstance(answers[1], psycopg.errors.CheckViolation)
    assert count_stored(town) == before + 2
    assert answers[0]["number"] != answers[2]["number"]


async def test_one_sender_of_one_moment_is_bound_as_one_of_many(desk, town, monkeypatch):
    monkeypatch.setattr(senders, "MOST_BY_CONTACT", 3)
    before = count_stored(town)

    answers = await at_once(desk, *[(draft(proposer=SRI), {}) for _ in range(8)])

    assert [type(answer) for answer in answers].count(TooOften) == 5
    assert count_stored(town) == before + 3


async def test_keys_of_one_moment_lead_to_one_usulan_each(desk, town):
    before = count_stored(town)

    answers = await at_once(desk, *[(draft(), {"key": f"kunci-{n % 3}"}) for n in range(9)])

    assert [answer["number"] for answer in answers[:3]] * 3 == [
        answer["number"] for answer in answers
    ]
    assert count_stored(town) == before + 3


async def test_who_gives_up_before_his_round_is_not_written():
    asked: list[str] = []
    may_go = asyncio.Event()

    @asynccontextmanager
    async def begin() -> AsyncIterator[PromptConnection]:
        asked.append("round")
        await may_go.wait()
        raise psycopg.OperationalError
        yield

    rounds = Rounds(begin)
    first = []
    for _ in range(ROUNDS):
        first.append(asyncio.create_task(rounds.write(unwritten())))
        await asyncio.sleep(0.01)
    impatient = asyncio.create_task(rounds.write(unwritten()))
    await asyncio.sleep(0.01)
    impatient.cancel()
    may_go.set()
    outcomes = await asyncio.gather(*first, impatient, return_exceptions=True)
    await rounds.close()

    assert [type(outcome) for outcome in outcomes[:-1]] == [psycopg.OperationalError] * ROUNDS
    assert asked == ["round"] * ROUNDS


async def test_where_the_database_is_away_all_of_a_round_hear_it_at_once():
    asked: list[str] = []

    @asynccontextmanager
    async def begin() -> AsyncIterator[PromptConnection]:
        asked.append("round")
        raise psycopg.OperationalError
        yield

    rounds = Rounds(begin)
    outcomes = await asyncio.gather(
        *(rounds.write(unwritten()) for _ in range(10)), return_exceptions=True
    )

    assert [type(outcome) for outcome in outcomes] == [psycopg.OperationalError] * 10
    assert len(asked) <= ROUNDS
