"""Who comes in one moment is written together, and none suffers for another."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest

from app.cities.recent import RecentCities
from app.database import Database, open_database
from app.errors import TooOften
from app.submission import queries, senders
from app.submission import rounds as module
from app.submission.desk import SubmissionDesk
from app.submission.queries import Outcome, Sheet
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


def unwritten(*own: str) -> Sheet:
    """One that no database sees, with these in common with others."""
    return Sheet(uuid4(), "", frozenset(own), None)


class Taking:
    """In place of the database: what it was sent, and errors or pauses it answers with first."""

    def __init__(self, *answers: Exception | asyncio.Event) -> None:
        self.answers = deque(answers)
        self.sent: list[list[UUID]] = []

    async def __call__(self, sheets: Sequence[Sheet]) -> list[Outcome]:
        self.sent.append([sheet.usulan_id for sheet in sheets])
        answer = self.answers.popleft() if self.answers else None
        if isinstance(answer, asyncio.Event):
            await answer.wait()
        elif answer is not None:
            raise answer
        return [Outcome(is_written=True) for _ in sheets]


async def all_told(rounds: Rounds, *sheets: Sheet) -> list[Outcome | BaseException]:
    """What each hears who comes in one moment."""
    writing = (rounds.write(sheet) for sheet in sheets)
    return await asyncio.gather(*writing, return_exceptions=True)


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
    may_go = asyncio.Event()
    taking = Taking(*[may_go] * ROUNDS)
    rounds = Rounds(taking)
    first = []
    for _ in range(ROUNDS):
        first.append(asyncio.create_task(rounds.write(unwritten())))
        await asyncio.sleep(0.01)
    impatient = asyncio.create_task(rounds.write(unwritten()))
    await asyncio.sleep(0.01)
    impatient.cancel()
    may_go.set()
    await asyncio.gather(*first, impatient, return_exceptions=True)
    await rounds.close()

    assert [len(sent) for sent in taking.sent] == [1] * ROUNDS


async def test_who_waits_too_long_for_a_round_is_told_so_and_not_written(monkeypatch):
    monkeypatch.setattr(module, "WAIT_S", 0.1)
    may_go = asyncio.Event()
    taking = Taking(*[may_go] * ROUNDS)
    rounds = Rounds(taking)
    begun = []
    for _ in range(ROUNDS):
        begun.append(asyncio.create_task(rounds.write(unwritten())))
        await asyncio.sleep(0.01)

    with pytest.raises(TimeoutError):
        await rounds.write(unwritten())
    may_go.set()
    outcomes = await asyncio.gather(*begun)
    await rounds.close()

    # Whose round has begun hears how it ends, however long ago he came.
    assert all(outcome.is_written for outcome in outcomes)
    assert len(taking.sent) == ROUNDS


async def test_a_round_that_lasts_too_long_is_ended_for_all_in_it(monkeypatch):
    monkeypatch.setattr(module, "WORK_S", 0.1)
    rounds = Rounds(Taking(asyncio.Event()))

    outcomes = await all_told(rounds, unwritten(), unwritten())

    assert [type(outcome) for outcome in outcomes] == [TimeoutError] * 2


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.LockNotAvailable,
        psycopg.errors.QueryCanceled,
        psycopg.errors.DeadlockDetected,
        psycopg.errors.CheckViolation,
    ],
)
async def test_what_one_may_have_caused_is_the_end_of_no_other(error):
    taking = Taking(error(), error())
    three = [unwritten() for _ in range(3)]

    outcomes = await all_told(Rounds(taking), *three)

    ids = [sheet.usulan_id for sheet in three]
    assert taking.sent == [ids, ids[:1], ids[1:2], ids[2:]]
    assert isinstance(outcomes[0], error)
    assert [outcome.is_written for outcome in outcomes[1:]] == [True, True]


async def test_who_has_given_up_is_not_tried_alone():
    may_fail = asyncio.Event()
    sent: list[int] = []

    async def send(sheets: Sequence[Sheet]) -> list[Outcome]:
        sent.append(len(sheets))
        if len(sheets) > 1:
            await may_fail.wait()
            raise psycopg.errors.CheckViolation
        return [Outcome(is_written=True)]

    rounds = Rounds(send)
    writing = [asyncio.create_task(rounds.write(unwritten())) for _ in range(3)]
    await asyncio.sleep(0.01)
    writing[1].cancel()
    may_fail.set()
    outcomes = await asyncio.gather(*writing, return_exceptions=True)

    assert sent == [3, 1, 1]
    assert isinstance(outcomes[1], asyncio.CancelledError)


@pytest.mark.parametrize(
    "error",
    [
        psycopg.OperationalError,  # the line broke: nobody knows whether it is stored
        psycopg.DataError,  # of the driver, which could not read the answer
        psycopg.errors.AdminShutdown,
        psycopg.errors.DiskFull,
        psycopg.errors.TooManyConnections,
    ],
)
async def test_where_the_database_is_away_all_of_a_round_hear_it_at_once(error):
    taking = Taking(error())

    outcomes = await all_told(Rounds(taking), *[unwritten() for _ in range(10)])

    assert [type(outcome) for outcome in outcomes] == [error] * 10
    assert len(taking.sent) == 1


async def test_strangers_do_not_wait_for_a_sender_who_is_being_written():
    may_go = asyncio.Event()
    taking = Taking(may_go)
    rounds = Rounds(taking)
    first = asyncio.create_task(rounds.write(unwritten("a network")))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(rounds.write(unwritten("a network")))

    stranger = await asyncio.wait_for(rounds.write(unwritten("another")), 1)
    waits = not second.done()
    may_go.set()
    outcomes = await asyncio.gather(first, second)

    assert stranger.is_written
    assert waits
    assert [len(sent) for sent in taking.sent] == [1, 1, 1]
    assert all(outcome.is_written for outcome in outcomes)


async def test_what_cannot_be_sent_is_the_error_of_its_own_sender_alone(desk, town, monkeypatch):
    before = count_stored(town)
    broken = draft(Spot(4, 4), title="Tidak terkirim")

    def dumps(row: dict) -> bytes:
        if row["title"] == broken["title"]:
            raise TypeError
        return orjson.dumps(row)

    monkeypatch.setattr(queries, "orjson", SimpleNamespace(dumps=dumps))
    answers = await at_once(desk, (draft(), {}), (broken, {}), (draft(Spot(2, 2)), {}))

    assert [type(answer) for answer in answers] == [dict, TypeError, dict]
    assert count_stored(town) == before + 2
