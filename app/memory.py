"""Memory that a process needs no more goes back to the system while it has nothing to do.

What building an index or answering much has freed stays with the C library, which gives back
what lies at the end of its memory alone. While answers follow one another that spares them the
asking; of a process that rests it is memory that other programs lack.
"""

import asyncio
import ctypes
import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK_EVERY_S = 1.0
RESTING = 0.1
"""Of a processor at most: a process that does more has something to do."""
WORTH_BYTES = 16_000_000
"""So much more than after the last time, or nothing is done."""
_COUNTS = Path("/proc/self/statm")


def resident_bytes() -> int:
    """What this process has of the machine's memory; 0 where the system does not say."""
    if not _COUNTS.exists():
        return 0
    return int(_COUNTS.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


def give_back() -> None:
    """Give back what is free, wherever it lies; nothing where the C library cannot."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextmanager
def program_set_aside() -> Iterator[None]:
    """What is in memory now, the program for the most part, is not looked through for garbage.

    Two hundred thousand objects that stay are a pause of 60 ms for all requests, again and again.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def give_back_at_rest(*, look_every_s: float = LOOK_EVERY_S) -> None:
    """Do so whenever the process rests and holds more than after the last time; until cancelled."""
    least, spent = 0, time.process_time()
    while True:
        await asyncio.sleep(look_every_s)
        before, spent = spent, time.process_time()
        rests = spent - before < RESTING * look_every_s
        if rests and resident_bytes() > least + WORTH_BYTES:
            await asyncio.to_thread(give_back)
            least = resident_bytes()
