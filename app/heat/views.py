"""Heat maps kept in memory: weights of a chosen set with their scale, made once for all tiles."""

import asyncio
import weakref
from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

from cachetools import LRUCache

from app.database import Database, Session
from app.errors import Busy
from app.flights import Flights
from app.heat.asking import HeatQuery
from app.heat.land import Cut, Lands, kernel_level
from app.heat.parts import Crowds, Parts
from app.heat.queries import read_cell_sums, read_crowds
from app.standby import no_session
from app.usulan.filters import filter_query
from app.usulan.indexed import Indexed
from app.usulan.selection import Chosen
from spatial.ground import GroundScale
from spatial.heatimage import Theme, heat_pixels, png
from spatial.heatmap import Density, Kernel, tile_window
from spatial.heatscale import HeatScale, densities_where, density_scale
from spatial.heatsource import HeatSource, heat_level, joined, source_of_cells
from spatial.index.index import Index
from spatial.tiles import Tile

MOST_BYTES = 32 * 2**20
ENTRY_BYTES = 1_000
"""What a kept map costs beside its weights."""
SHORT_WORK = 50_000
"""So few weights are laid and looked at within some milliseconds: to hand them to a thread and
wait for it takes as long, for its turn comes when the event loop rests."""
MOST_PARTS_BYTES = 8 * 2**20
"""Of the sums that maps of one set are made from, whatever their weight and bandwidth."""

State = weakref.ref[Index] | str
"""What a map was made from: an index, or the committed position that the database was at."""


@dataclass(frozen=True, slots=True)
class HeatView:
    """One heat map: the same weights, kernel and scale for all its tiles."""

    density: Density
    scale: HeatScale

    @classmethod
    def of(cls, source: HeatSource, kernel: Kernel) -> "HeatView":
        density = Density.of(source, kernel)
        return cls(density, density_scale(densities_where(density)))

    @property
    def source(self) -> HeatSource:
        return self.density.source

    @property
    def is_short(self) -> bool:
        """Whether a tile of it is drawn within a few milliseconds."""
        return self.source.x.size <= SHORT_WORK

    def tile(self, tile: Tile, theme: Theme) -> bytes:
        """A tile as PNG; no bytes where nothing shows."""
        field = self.density.field(tile_window(tile, margin=1))
        if not field.any():
            return b""
        pixels = heat_pixels(field, self.scale, theme=theme)
        return png(pixels) if pixels[..., 3].any() else b""


class HeatViews:
    """The heat maps of one process, within a bound; each is made once at a time."""

    def __init__(self, database: Database, lands: Lands, *, max_bytes: int = MOST_BYTES) -> None:
        self._database = database
        self._lands = lands
        self._kept: LRUCache[Hashable, tuple[State, HeatView]] = LRUCache(max_bytes, _used_bytes)
        self._parts: LRUCache[Hashable, tuple[State, Parts]] = LRUCache(
            MOST_PARTS_BYTES, _parts_bytes
        )
        self._flights = Flights[HeatView]()

    @property
    def used_bytes(self) -> int:
        return int(self._kept.currsize)

    async def view(self, chosen: Chosen, query: HeatQuery) -> HeatView:
        """The map of a chosen set as it was chosen, or a moment later.

        Whoever asks must hold no connection, for it may take one to make it.
        """
        return await self._found(chosen, query, self._database.public_session)

    async def view_at_hand(self, chosen: Chosen, query: HeatQuery) -> HeatView | None:
        """The same of a set in an index, if no other area must be read for it."""
        try:
            return await self._found(chosen, query, no_session)
        except Busy:
            return None

    async def _found(self, chosen: Chosen, query: HeatQuery, session: Session) -> HeatView:
        key, state = _key(chosen, query), _state(chosen)
        kept = self._kept.get(key)
        if kept is not None and _is_same(kept[0], state):
            return kept[1]
        # Who asks memory alone does not wait with those who wait for the database.
        flight = (key, chosen.city.position, session is no_session)
        return await self._flights.join(flight, partial(self._made, chosen, query, session))

    async def close(self) -> None:
        """End what is under way."""
        await self._flights.close()

    async def _made(self, chosen: Chosen, query: HeatQuery, session: Session) -> HeatView:
        parts = await self._parts_of(chosen, heat_level(query.bandwidth_m), session)
        level = kernel_level(query.bandwidth_m)
        cut = await self._lands.cut(chosen.city, parts.crowds.codes, level, session)
        ground = (await self._lands.land(chosen.city, session)).ground
        work = partial(_composed, parts, cut, query, ground)
        is_short = len(parts.cells.cells) + len(cut.pieces.x) <= SHORT_WORK
        view = work() if is_short else await asyncio.to_thread(work)
        kept = (_state(chosen), view)
        if _used_bytes(kept) <= self._kept.maxsize:
            self._kept[_key(chosen, query)] = kept
        return view

    async def _parts_of(self, chosen: Chosen, level: int, session: Session) -> Parts:
        key, state = (_set_key(chosen), level), _state(chosen)
        kept = self._parts.get(key)
        if kept is not None and _is_same(kept[0], state):
            return kept[1]
        made = (state, await _parts(chosen, level, session))
        if _parts_bytes(made) <= self._parts.maxsize:
            self._parts[key] = made
        return made[1]


async def _parts(chosen: Chosen, level: int, session: Session) -> Parts:
    if chosen.indexed is not None:
        return await asyncio.to_thread(_indexed_parts, chosen.indexed, level)
    async with session() as connection:
        cells = await read_cell_sums(connection, chosen.conditions, level)
        return Parts(cells, await read_crowds(connection, chosen.conditions))


def _used_bytes(kept: tuple[State, HeatView]) -> int:
    return ENTRY_BYTES + kept[1].density.nbytes


def _parts_bytes(kept: tuple[State, Parts]) -> int:
    cells, crowds = kept[1].cells, kept[1].crowds
    arrays = (cells.cells, cells.sums, crowds.x, crowds.y, crowds.sums)
    return ENTRY_BYTES + sum(array.nbytes for array in arrays)


def _indexed_parts(indexed: Indexed, level: int) -> Parts:
    cells = indexed.index.cells(indexed.choice, level=level)
    crowds = indexed.index.crowds(indexed.choice)
    return Parts(cells, Crowds.of_index(crowds, indexed.vocabulary.public_areas))


def _composed(parts: Parts, cut: Cut, query: HeatQuery, ground: GroundScale) -> HeatView:
    source = joined(
        [source_of_cells(parts.cells, query.weight), cut.spread(parts.crowds, query.weight)]
    )
    return HeatView.of(source, Kernel(query.bandwidth_m, ground))


def _key(chosen: Chosen, query: HeatQuery) -> Hashable:
    return (_set_key(chosen), query.weight, query.bandwidth_m)


def _set_key(chosen: Chosen) -> Hashable:
    return (chosen.city.ground, *filter_query(chosen.filters))


def _state(chosen: Chosen) -> State:
    if chosen.indexed is None:
        return chosen.city.position
    return weakref.ref(chosen.indexed.index)


def _is_same(state: State, other: State) -> bool:
    # All weak references to one index are one object; their own comparison would compare rows.
    return state is other or (isinstance(state, str) and isinstance(other, str) and state == other)
