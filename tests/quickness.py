"""How much work an answer was, whatever else the machine has to do meanwhile."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

MOST_S = 10.0


@contextmanager
def soon_over(case: object = None, *, within_s: float = MOST_S) -> Iterator[None]:
    """Fails when the block needs more than that of the processor, whether or not it raises.

    By the clock a busy machine takes any time for it; a hang is ended by the runner of the tests.
    """
    spent = _processor_s()
    try:
        yield
    finally:
        assert _processor_s() - spent < within_s, case


def _processor_s() -> float:
    """Of this process and of those it started that have ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)
