"""Who asks the database while it may be away, and who is answered from memory."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import psycopg
import pytest

from app import standby
from app.errors import Busy, NotFound
from app.standby import Presence


class Asking:
    """One answer, which may wait, fail or be in memory."""

    def __init__(self, presence: Presence) -> None:
        self.presence = presence
        self.tries = 0
        self.may_answer = asyncio.Event()

    def asked(
        self, *, memory: str | None, error: Exception | None = None, at_once: bool = True
    ) -> Awaitable[str]:
        async def fresh() -> str:
            self.tries += 1
            if not at_once:
                await self.may_answer.wait()
            if error is not None:
                raise error
            return "fresh"

        async def stale() -> str | None:
            return memory

        return self.presence.ask(fresh, stale)


def after_it_went_away(test: Callable[[Asking], Awaitable[None]]) -> None:
    async def run() -> None:
        asking = Asking(Presence())
        assert await asking.asked(memory="old", error=Busy()) == "old"
        asking.tries = 0
        async with asyncio.timeout(20):
            await test(asking)

    asyncio.run(run())


def test_while_one_waits_for_a_database_that_was_away_all_others_are_answered():
    async def ask(asking: Asking) -> None:
        first = asyncio.create_task(asking.asked(memory="old", error=Busy(), at_once=False))
        await asyncio.sleep(0)
        others = [await asking.asked(memory="old") for _ in range(3)]
        # One who has nothing in memory must try, and ends sooner than the first.
        with pytest.raises(Busy):
            await asking.asked(memory=None, error=Busy())
        later = await asking.asked(memory="old")
        asking.may_answer.set()

        assert [*others, later, await first] == ["old"] * 5
        assert asking.tries == 2

    after_it_went_away(ask)


def test_work_that_only_the_database_can_do_keeps_nobody_from_finding_it_back():
    async def ask(asking: Asking) -> None:
        heavy = asyncio.create_task(asking.asked(memory=None, error=Busy(), at_once=False))
        await asyncio.sleep(0)
        light = await asking.asked(memory="old")
        asking.may_answer.set()

        assert light == "fresh"
        with pytest.raises(Busy):
            await heavy

    after_it_went_away(ask)


def test_who_waits_for_several_things_in_turn_is_answered_from_memory_in_time(monkeypatch):
    monkeypatch.setattr(standby, "FRESH_S", 0.01)

    async def ask(asking: Asking) -> None:
        assert await asking.asked(memory="old", at_once=False) == "old"

    after_it_went_away(ask)


def test_who_waits_for_what_must_first_be_made_from_memory_is_told_in_time(monkeypatch):
    monkeypatch.setattr(standby, "WHOLE_S", 0.01)
    never = asyncio.Event()

    async def ask(asking: Asking) -> None:
        with pytest.raises(TimeoutError):
            await asking.presence.ask(never.wait, never.wait)
        assert await asyncio.wait_for(asking.asked(memory="old"), 10) == "fresh"

    after_it_went_away(ask)


def test_between_two_answers_from_memory_others_have_their_turn():
    turns = []

    async def look_around() -> None:
        while True:
            turns.append("somebody else")
            await asyncio.sleep(0)

    async def stale() -> str:
        turns.append("from memory")
        return "old"

    async def ask(asking: Asking) -> None:
        first = asyncio.create_task(asking.asked(memory="old", at_once=False))
        others = asyncio.create_task(look_around())
        await asyncio.sleep(0)
        turns.clear()
        answers = [asking.presence.ask(asking.may_answer.wait, stale) for _ in range(20)]
        assert await asyncio.gather(*answers) == ["old"] * 20
        others.cancel()
        asking.may_answer.set()
        await first

        assert turns.count("from memory") == 20
        assert ("from memory", "from memory") not in pairwise(turns)

    after_it_went_away(ask)


@pytest.mark.parametrize("error", [NotFound(), psycopg.errors.UniqueViolation("no")])
def test_what_fails_for_another_reason_is_told_and_proves_nothing(error):
    async def ask(asking: Asking) -> None:
        with pytest.raises(type(error)):
            await asking.asked(memory="old", error=error)

        first = asyncio.create_task(asking.asked(memory="old", at_once=False))
        await asyncio.sleep(0)
        assert await asking.asked(memory="old") == "old"
        asking.may_answer.set()
        assert await first == "fresh"

    after_it_went_away(ask)
