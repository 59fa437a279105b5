"""What lists have told of usulan, kept so that the next list need not ask and write it again.

It stands for one state of a city, and moves on with it: what changed is taken out, so that what
stands here is what the database says at that state. Whoever still reads an earlier state finds
nothing here, and leaves nothing.
"""

from collections import OrderedDict, defaultdict, deque
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

MOST_BYTES = 14_000_000
"""Of one city: some ten thousand usulan."""
BESIDE_BYTES = 500
"""What one takes beside its text."""
LATELY = 16
"""So many lists tell what was asked for lately; the order of those before stays as it was."""


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
    """From those that nobody asked for lately to the others."""
    by_way: defaultdict[Hashable, dict[int, Told]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """The same once more, found by a way of telling and then by the id alone."""
    asked: deque[tuple[Hashable, Sequence[int]]] = field(
        default_factory=lambda: deque(maxlen=LATELY)
    )
    """For which somebody asked since the last one was kept."""
    read_ahead: set[str] = field(default_factory=set)
    state: "Tellings | None" = None
    """The last one."""

    def keep(self, key: tuple[Hashable, int], told: Told) -> None:
        self.forget(key)
        self._order_by_asking()
        self.kept[key] = self.by_way[key[0]][key[1]] = told
        self.used_bytes += _bytes_of(told)
        while self.used_bytes > self.most_bytes:
            self.forget(next(iter(self.kept)))

    def _order_by_asking(self) -> None:
        """Only when one more is kept: lists that find all of theirs do not pay for it."""
        while self.asked:
            how, ids = self.asked.popleft()
            for each in ids:
                if (how, each) in self.kept:
                    self.kept.move_to_end((how, each))

    def forget(self, key: tuple[Hashable, int]) -> None:
        told = self.kept.pop(key, None)
        if told is not None:
            del self.by_way[key[0]][key[1]]
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
        self._store.asked.append((how, ids))
        return list(map(self._store.by_way[how].get, ids))

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
        for how in self._store.by_way:
            for each in changed:
                self._store.forget((how, each))
        return later


def _bytes_of(told: Told) -> int:
    return BESIDE_BYTES + len(told.text)
