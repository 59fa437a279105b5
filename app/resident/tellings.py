"""What lists have told of usulan, kept so that the next list need not ask and write it again.

It stands for one state of a city, and moves on with it: what changed is taken out, so that what
stands here is what the database says at that state. Whoever still reads an earlier state finds
nothing here, and leaves nothing.
"""

from collections import OrderedDict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

MOST_BYTES = 14_000_000
"""Of one city: some ten thousand usulan."""
BESIDE_BYTES = 500
"""What one takes beside its text."""


class Told(NamedTuple):
    """One usulan as a list tells it, and by what lists are ordered."""

    number: str
    created: datetime
    updated: datetime
    supporters: int
    estimated_cost: int | None
    text: bytes
    """A GeoJSON feature."""


@dataclass(slots=True)
class _Store:
    """What all states of a city share, one after the other."""

    most_bytes: int
    used_bytes: int = 0
    kept: OrderedDict[tuple[Hashable, int], Told] = field(default_factory=OrderedDict)
    ways: set[Hashable] = field(default_factory=set)
    read_ahead: set[str] = field(default_factory=set)
    state: "Tellings | None" = None
    """The last one."""

    def keep(self, key: tuple[Hashable, int], told: Told) -> None:
        self.forget(key)
        self.kept[key] = told
        self.ways.add(key[0])
        self.used_bytes += _bytes_of(told)
        while self.used_bytes > self.most_bytes:
            self.used_bytes -= _bytes_of(self.kept.popitem(last=False)[1])

    def forget(self, key: tuple[Hashable, int]) -> None:
        told = self.kept.pop(key, None)
        if told is not None:
            self.used_bytes -= _bytes_of(told)


class Tellings:
    """Some usulan of a city at one state, the last asked for: by id, and how they are told."""

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._store = _Store(most_bytes)
        self._store.state = self

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._store.kept) if self._is_last else 0

    @property
    def _is_last(self) -> bool:
        return self._store.state is self

    @property
    def read_ahead(self) -> set[str]:
        """In which languages somebody saw to it that what most lists begin with is here."""
        return self._store.read_ahead

    @property
    def used_bytes(self) -> int:
        return self._store.used_bytes

    def find(self, how: Hashable, ids: Sequence[int]) -> list[Told | None]:
        """What is kept of some usulan, in their order."""
        if not self._is_last:
            return [None] * len(ids)
        kept = self._store.kept
        found = [kept.get((how, each)) for each in ids]
        for each, told in zip(ids, found, strict=True):
            if told is not None:
                kept.move_to_end((how, each))
        return found

    def keep(self, how: Hashable, usulan_id: int, told: Told) -> None:
        """Keep one more; those that nobody asked for lately give way."""
        if self._is_last:
            self._store.keep((how, usulan_id), told)

    def after(self, changed: Collection[int]) -> "Tellings":
        """What is left after some usulan have changed; from now on nothing is kept here."""
        if not self._is_last:
            return Tellings(most_bytes=self._store.most_bytes)
        later = Tellings(most_bytes=self._store.most_bytes)
        later._store = self._store
        self._store.state = later
        for how in self._store.ways:
            for each in changed:
                self._store.forget((how, each))
        return later


def _bytes_of(told: Told) -> int:
    return BESIDE_BYTES + len(told.text)
