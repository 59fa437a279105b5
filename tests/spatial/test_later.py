"""A value made on demand is made once, by one at a time."""

import time
from threading import Barrier, Thread

import pytest

from spatial.index.later import Later

ASKERS = 4


def test_nothing_is_made_before_somebody_asks_and_one_thing_for_all_who_do():
    made = []

    def make():
        made.append(object())
        return made[-1]

    later = Later(make)
    before = len(made)
    found = [later(), later()]

    assert before == 0
    assert found == made * 2


def test_several_who_ask_at_once_get_what_the_first_made():
    together = Barrier(ASKERS)
    made, found = [], []

    def make():
        made.append(object())
        own = made[-1]
        # Meanwhile the others come, and would make their own.
        time.sleep(0.3)
        return own

    later = Later(make)

    def ask():
        together.wait()
        found.append(later())

    threads = [Thread(target=ask) for _ in range(ASKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == made * ASKERS


def test_what_failed_is_made_by_the_next_who_asks():
    outcomes = iter([MemoryError(), None])

    def make():
        if (failure := next(outcomes)) is not None:
            raise failure
        return 7

    later = Later(make)

    with pytest.raises(MemoryError):
        later()
    assert later() == 7
