"""Work that several may wish for at once, and that is done once."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Flights(Generic[Made]):
    """Work under way, by key: whoever asks for the same meanwhile is given the same outcome.

    The work belongs to none of them. One who goes away leaves it to the others, and a failure is
    that of those who wait for it: the next to ask begins anew.
    """

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[Made]] = {}

    def __len__(self) -> int:
        """Count the works under way."""
        return len(self._under_way)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether the work of this key is under way."""
        return key in self._under_way

    async def join(self, key: Hashable, begin: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """The outcome of the work of this key; it is begun unless it is under way."""
        return await asyncio.shield(self.begin(key, begin))

    def begin(
        self, key: Hashable, begin: Callable[[], Coroutine[Any, Any, Made]]
    ) -> asyncio.Task[Made]:
        """The same without waiting."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(begin())
            self._under_way[key] = task
            task.add_done_callback(partial(self._landed, key))
        return task

    async def landed(self) -> None:
        """Wait until nothing is under way that was begun before."""
        tasks = list(self._under_way.values())
        if tasks:
            await asyncio.wait(tasks)

    async def close(self) -> None:
        """End what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _landed(self, key: Hashable, task: asyncio.Task[Made]) -> None:
        del self._under_way[key]
        if not task.cancelled():
            task.exception()  # those who waited have it; where nobody is left, nobody is told
