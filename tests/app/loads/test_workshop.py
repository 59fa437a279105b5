"""The process that does works on loads, without any load."""

import asyncio

from app.loads.workshop import Workshop

NONSENSE = b"{}"


def _deaf(_done: int, _about: int) -> None:
    """Nobody who waits for progress."""


async def test_an_order_that_fails_leaves_the_workshop_open_for_the_next():
    workshop = Workshop()

    statuses = [await workshop.do(NONSENSE, _deaf) for _ in range(2)]

    assert (statuses, workshop.is_open) == ([1, 1], True)
    await workshop.close()
    assert not workshop.is_open


async def test_a_killed_workshop_tells_so_and_the_next_order_starts_anew():
    workshop = Workshop()
    await workshop.do(NONSENSE, _deaf)

    going = asyncio.create_task(workshop.do(NONSENSE, _deaf))
    workshop.kill()

    assert await going < 0
    assert await workshop.do(NONSENSE, _deaf) == 1
    await workshop.close()
