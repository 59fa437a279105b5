"""A box of degrees as an index takes it: what its places cannot tell, the database does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.cities.queries import City
from app.lines import AnyConnection, fetch
from app.resident.rows import numbers_of
from app.rows import AnyRow
from app.usulan.queries import Named, asking_inside
from spatial.grid import Integers
from spatial.index.box import Box
from spatial.index.index import Index
from spatial.index.keys import EXACT

MOST_DOUBTFUL = 2_000
"""Of more usulan along the edges the database had better tell all."""


def certain_box(index: Index, bounds: Sequence[float]) -> Box | None:
    """A box along whose edges nothing lies; None where the database must be asked."""
    box = Box.of(bounds)
    return None if len(index.doubtful(box)[0]) else box


@dataclass(frozen=True, slots=True)
class Doubts:
    """A box of an index, and what along its edges the degrees must settle."""

    box: Box
    bounds: Sequence[float]
    keys: Integers
    numbers: Sequence[str]
    """Of what stands at those keys."""

    @classmethod
    def of(cls, index: Index, city_code: str, bounds: Sequence[float]) -> "Doubts | None":
        """None where there is too much along the edges."""
        box = Box.of(bounds)
        ids, keys = index.doubtful(box)
        if len(ids) > MOST_DOUBTFUL:
            return None
        numbers = [number.decode() for number in numbers_of(ids, city_code).tolist()]
        return cls(box, bounds, keys, numbers)

    def question(self, city_id: int) -> tuple[str, Mapping[str, Any]]:
        """The fixed statement that tells which of them lie in the box."""
        exact = (self.keys >= EXACT).tolist()
        named = Named(
            [number for number, is_exact in zip(self.numbers, exact, strict=True) if is_exact],
            [number for number, is_exact in zip(self.numbers, exact, strict=True) if not is_exact],
        )
        return asking_inside(city_id, named, self.bounds)

    def settled(self, rows: Iterable[AnyRow] = ()) -> Box | None:
        """The box that knows, by the answer; None where an index cannot know."""
        inside = {row.number for row in rows}
        is_held = np.array([number in inside for number in self.numbers], dtype=np.bool_)
        held, left = set(self.keys[is_held].tolist()), set(self.keys[~is_held].tolist())
        # Two of one place may have the edge between them.
        return None if held & left else self.box.settled(held)


async def settled_box(
    connection: AnyConnection, city: City, index: Index, bounds: Sequence[float]
) -> Box | None:
    """A box that knows what along its edges lies in it; None where an index cannot know."""
    doubts = Doubts.of(index, city.code, bounds)
    if doubts is None:
        return None
    if not doubts.numbers:
        return doubts.box
    return doubts.settled(await fetch(connection, *doubts.question(city.city_id)))
