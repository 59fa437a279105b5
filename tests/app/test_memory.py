"""A process at rest gives back what it freed."""

import gc
import subprocess
import sys

import pytest

from app.memory import program_set_aside, resident_bytes

HOLES = """
import asyncio
from app.memory import give_back_at_rest, resident_bytes

async def main():
    blocks = [bytearray(60_000) for _ in range(2_000)]
    for block in blocks:
        block[::4_096] = b"x" * 15
    kept = blocks[::100]
    del block, blocks
    held = resident_bytes()
    resting = asyncio.create_task(give_back_at_rest(look_every_s=0.05))
    while resident_bytes() > held - 60_000_000 and not resting.done():
        await asyncio.sleep(0.05)
    print(held > 100_000_000, len(kept), resting.done())

asyncio.run(main())
"""


@pytest.mark.skipif(not resident_bytes(), reason="the system does not say what a process holds")
def test_a_process_at_rest_gives_back_the_holes_between_what_it_keeps():
    command = [sys.executable, "-c", HOLES]

    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    assert said.stdout.split() == ["True", "20", "False"]


def test_the_program_is_not_looked_through_for_garbage_while_it_is_served():
    before = gc.get_freeze_count()

    with program_set_aside():
        looked_through, frozen = len(gc.get_objects()), gc.get_freeze_count()

    assert looked_through < 1_000 < frozen
    assert gc.get_freeze_count() == before
