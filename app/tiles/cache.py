"""Tiles stay in memory for whoever asks next, within a bound, and each is made once at a time."""

from collections.abc import Callable, Coroutine, Hashable
from typing import Any

from cachetools import LRUCache

from app.flights import Flights

ENTRY_BYTES = 500
"""What an entry costs beside its content: key, tag and places in the tables."""

Make = Callable[[], Coroutine[Any, Any, bytes]]


def _cost(content: bytes) -> int:
    return len(content) + ENTRY_BYTES


class TileCache:
    """Contents by keys that say which state they follow from, so that none is ever stale.

    When it is full, what nobody has asked for the longest gives way.
    """

    def __init__(self, max_bytes: int) -> None:
        self._kept: LRUCache[Hashable, bytes] = LRUCache(max_bytes, getsizeof=_cost)
        self._flights = Flights[bytes]()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def used_bytes(self) -> int:
        return int(self._kept.currsize)

    def find(self, key: Hashable) -> bytes | None:
        return self._kept.get(key)

    def keep(self, key: Hashable, content: bytes) -> None:
        """Take what was made into the cache, unless it alone is over the limit."""
        if _cost(content) <= self._kept.maxsize:
            self._kept[key] = content

    async def get(self, key: Hashable, make: Make) -> bytes:
        """The content of a key, made now unless it is there or just being made."""
        found = self.find(key)
        if found is not None:
            return found
        return await self._flights.join(key, lambda: self._made(key, make))

    async def _made(self, key: Hashable, make: Make) -> bytes:
        content = await make()
        self.keep(key, content)
        return content

    async def close(self) -> None:
        await self._flights.close()
