"""How long an answer took, on a machine that may be busy with more."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_S = 10.0
"""Of processor, with every reader that was started."""
MOST_WAITED_S = 3 * MOST_S
"""Of the clock: a busy machine gives a process a part of it, a hang takes all."""


@contextmanager
def soon_over(case: object) -> Iterator[None]:
    """Fails when the block needs more than that, whether or not it raises."""
    begun, spent = time.monotonic(), _processor_s()
    try:
        yield
    finally:
        assert _processor_s() - spent < MOST_S, case
        assert time.monotonic() - begun < MOST_WAITED_S, case


def _processor_s() -> float:
    """Of this process and of those it started that have ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)
