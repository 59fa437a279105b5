"""Work that several wish for is done once, and belongs to none of them."""

import asyncio

import pytest

from app.flights import Flights


class Broken(Exception):
    """What goes wrong in these tests."""


class Work:
    """Counts how often it is begun, and goes on until it is let."""

    def __init__(self, outcome: int | Broken = 7) -> None:
        self.outcome = outcome
        self.begun = 0
        self.is_begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        self.is_begun.set()
        await self.may_end.wait()
        if isinstance(self.outcome, Broken):
            raise self.outcome
        return self.outcome


async def askers(flights: Flights[int], work: Work, number: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(flights.join("key", work)) for _ in range(number)]
    await work.is_begun.wait()
    return tasks


async def test_twenty_who_ask_at_once_begin_one_work_and_have_one_outcome():
    flights, work = Flights[int](), Work()
    tasks = await askers(flights, work, 20)

    work.may_end.set()

    assert await asyncio.gather(*tasks) == [7] * 20
    assert work.begun == 1


async def test_a_failure_is_that_of_those_who_wait_and_of_nobody_after():
    flights, work = Flights[int](), Work(Broken())
    tasks = await askers(flights, work, 3)

    work.may_end.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    later = Work(8)
    later.may_end.set()

    assert [type(outcome) for outcome in outcomes] == [Broken] * 3
    assert await flights.join("key", later) == 8


async def test_one_who_goes_away_leaves_the_work_to_the_others():
    flights, work = Flights[int](), Work()
    first, *others = await askers(flights, work, 3)

    first.cancel()
    await asyncio.wait([first])
    work.may_end.set()

    assert first.cancelled()
    assert await asyncio.gather(*others) == [7, 7]
    assert work.begun == 1


async def test_closing_ends_what_is_under_way():
    flights, work = Flights[int](), Work()
    tasks = await askers(flights, work, 2)

    await flights.close()

    for task in tasks:
        with pytest.raises(asyncio.CancelledError):
            await task
