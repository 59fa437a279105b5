"""Work that lasts as long as the process goes on after it fails, and its failure is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from app.lasting import lasting


class Work:
    """Ends as it is told to, and then goes on."""

    def __init__(self, *ends: Exception | None) -> None:
        self.ends = list(ends)
        self.begun = 0
        self.goes_on = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        if self.ends:
            end = self.ends.pop(0)
            if end is not None:
                raise end
            return
        self.goes_on.set()
        await asyncio.Event().wait()


@asynccontextmanager
async def under_way(**works: Work) -> AsyncIterator[None]:
    async with asyncio.timeout(20), lasting(works, pause_s=0.01):
        yield


async def test_work_that_fails_is_told_by_name_without_its_words_and_begun_again():
    sweep, follow = Work(ValueError("Budi, 0812"), KeyError("x")), Work()

    with capture_logs() as told:
        async with under_way(sweep=sweep, follow=follow):
            await asyncio.gather(sweep.goes_on.wait(), follow.goes_on.wait())

    assert [(line["work"], line["error"]) for line in told] == [
        ("sweep", "ValueError"),
        ("sweep", "KeyError"),
    ]
    assert all(line["at"][-1].startswith("test_lasting.py:") for line in told)
    assert "Budi" not in str(told)
    assert (sweep.begun, follow.begun) == (3, 1)


async def test_work_that_ends_though_it_should_last_is_told_and_begun_again():
    work = Work(None)

    with capture_logs() as told:
        async with under_way(follow=work):
            await work.goes_on.wait()

    assert [(line["event"], line["work"]) for line in told] == [("lasting_work_ended", "follow")]
    assert work.begun == 2


async def test_at_the_end_nothing_of_it_is_left_and_nothing_is_told():
    work = Work()

    with capture_logs() as told:
        async with under_way(follow=work):
            await work.goes_on.wait()

    assert told == []
    assert len(asyncio.all_tasks()) == 1


async def test_a_failure_of_what_goes_on_beside_it_ends_it_too():
    with pytest.raises(LookupError):
        async with under_way(follow=Work()):
            raise LookupError

    assert len(asyncio.all_tasks()) == 1
