"""How long a request may wait by its own limits: known without a clock, on any machine."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest


class Limit(NamedTuple):
    """An `asyncio.timeout`, the request that began it, and what that had waited for by then."""

    request: asyncio.Task | None
    timer: asyncio.Timeout
    delay_s: float
    waited_s: float


class Limits:
    """Every limit that was begun while it watches, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[Limit] = []
        self._begin: Callable[[float | None], asyncio.Timeout] = asyncio.timeout
        monkeypatch.setattr(asyncio, "timeout", self._note)

    def _note(self, delay: float | None) -> asyncio.Timeout:
        timer = self._begin(delay)
        if delay is not None:
            request = asyncio.current_task()
            waited_s = _longest_s(limit for limit in self.run_out() if limit.request is request)
            self.begun.append(Limit(request, timer, delay, waited_s))
        return timer

    def run_out(self) -> list[Limit]:
        """Those that ended what they were for."""
        return [limit for limit in self.begun if limit.timer.expired()]

    def longest_s(self) -> float:
        """The most that any request has waited for limits that ran out, one after the other."""
        return _longest_s(self.run_out())


def _longest_s(limits: Iterable[Limit]) -> float:
    return max((limit.waited_s + limit.delay_s for limit in limits), default=0.0)
