"""Who asks the database while it may be away, and who is answered from memory."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

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
