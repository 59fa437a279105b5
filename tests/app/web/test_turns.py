"""A crowd begins a few at a time."""

import asyncio

from app.web.turns import Turns

CROWD, MOST = 100, 8


async def test_whoever_comes_after_a_crowd_waits_for_one_round_of_it_only():
    turns, begun = Turns(MOST), []

    async def one_of_many(number):
        await turns.take()
        begun.append(number)

    crowd = [asyncio.ensure_future(one_of_many(number)) for number in range(CROWD)]
    seen = []
    while len(begun) < CROWD:
        await asyncio.sleep(0)  # as an answer that needs no turn comes between two rounds
        seen.append(len(begun))
    await asyncio.gather(*crowd)

    assert begun == list(range(CROWD))
    assert max(b - a for a, b in zip([0, *seen], [*seen, CROWD], strict=True)) <= MOST


async def test_who_goes_away_in_line_takes_no_turn():
    turns, begun = Turns(1), []

    async def come(name):
        await turns.take()
        begun.append(name)

    line = [asyncio.ensure_future(come(name)) for name in "abc"]
    await asyncio.sleep(0)
    line[1].cancel()
    await asyncio.gather(line[0], line[2])

    assert begun == ["a", "c"]
    assert line[1].cancelled()


async def test_a_single_request_waits_for_nothing():
    turns = Turns(1)
    task = turns.take()

    finished = False
    try:
        task.send(None)
    except StopIteration:
        finished = True

    assert finished
