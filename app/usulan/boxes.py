"""A box of degrees as an index takes it: what its places cannot tell, the database does."""

from collections.abc import Sequence

import numpy as np

from app.cities.queries import City
from app.lines import AnyConnection
from app.resident.rows import numbers_of
from app.usulan.queries import find_inside
from spatial.index.box import Box
from spatial.index.index import Index

MOST_DOUBTFUL = 2_000
"""Of more usulan along the edges the database had better tell all."""


def certain_box(index: Index, bounds: Sequence[float]) -> Box | None:
    """A box along whose edges nothing lies; None where the database must be asked."""
    box = Box.of(bounds)
    return None if len(index.doubtful(box)[0]) else box


async def settled_box(
    connection: AnyConnection, city: City, index: Index, bounds: Sequence[float]
) -> Box | None:
    """A box that knows what along its edges lies in it; None where an index cannot know."""
    box = Box.of(bounds)
    ids, keys = index.doubtful(box)
    if len(ids) > MOST_DOUBTFUL:
        return None
    if not len(ids):
        return box
    numbers = [number.decode() for number in numbers_of(ids, city.code).tolist()]
    inside = await find_inside(connection, city.city_id, numbers, bounds)
    is_held = np.array([number in inside for number in numbers])
    held, left = set(keys[is_held].tolist()), set(keys[~is_held].tolist())
    # Two of one place may have the edge between them.
    return None if held & left else box.settled(held)
