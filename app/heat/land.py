"""The ground that heat maps of a city lie on: how large a place is, and areas cut for spreading."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from cachetools import LRUCache
from shapely.geometry.base import BaseGeometry

from app.cities.queries import City
from app.database import Session
from app.heat.parts import Crowds
from app.heat.queries import read_shapes
from app.tiles.queries import read_bounds
from spatial.areapieces import AreaPieces, area_pieces, source_of_areas
from spatial.grid import mercator_places
from spatial.ground import GroundScale, ground_scale
from spatial.heatsource import HeatSource, heat_level, joined

MOST_LANDS = 8
MOST_BYTES = 32 * 2**20
"""Of areas cut into pieces, whatever the city and the level."""
_CODE_BYTES = 120
"""What the code of an area costs with its number."""
_FINEST = 20


def hexagon_level(edge_m: float) -> int:
    """Level of the cells that areas are cut along for hexagons of a size."""
    return min(heat_level(edge_m), _FINEST)


def kernel_level(bandwidth_m: float) -> int:
    """Level of the cells that areas are cut along for a kernel.

    One coarser than for exact places: spaced evenly, weights show no grain under a kernel until
    they lie 1.5 bandwidths apart, and these are half of that.
    """
    return heat_level(bandwidth_m) - 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Some areas cut into pieces."""

    numbers: dict[str, int]
    """By code the number of the area in the pieces; -1 where no edition has its shape."""
    pieces: AreaPieces

    @property
    def nbytes(self) -> int:
        pieces = self.pieces
        arrays = (pieces.area, pieces.x, pieces.y, pieces.share)
        return sum(array.nbytes for array in arrays) + _CODE_BYTES * len(self.numbers)

    def missing(self, codes: Iterable[str]) -> list[str]:
        return [code for code in codes if code not in self.numbers]

    def extended(self, codes: Sequence[str], shapes: dict[str, BaseGeometry], level: int) -> "Cut":
        """With more areas cut; it takes about 10 microseconds a piece."""
        new = area_pieces([shapes[code] for code in codes if code in shapes], level=level)
        places = enumerate((code for code in codes if code in shapes), start=self.pieces.areas)
        absent = dict.fromkeys(codes, -1)
        numbers = self.numbers | absent | {code: number for number, code in places}
        return Cut(numbers, self.pieces.joined(new))

    def spread(self, crowds: Crowds, weight: str) -> HeatSource:
        """Private needs evenly over their areas; at the label point where there is no shape."""
        weights = crowds.weight(weight).astype(np.float64)
        numbers = np.array([self.numbers[code] for code in crowds.codes], dtype=np.intp)
        shaped = numbers >= 0
        by_area = np.zeros(self.pieces.areas)
        by_area[numbers[shaped]] = weights[shaped]
        alone = HeatSource(crowds.x[~shaped], crowds.y[~shaped], weights[~shaped])
        return joined([source_of_areas(self.pieces, by_area), alone])


@dataclass(slots=True)
class Land:
    """A city under one edition in one state of its areas."""

    middle: tuple[float, float]
    """In places of the web-mercator square; hexagons are counted from there."""
    ground: GroundScale
    turns: defaultdict[int, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """Of those who cut along one level."""


class Lands:
    """The lands of one process; those of editions that nobody looks at give way.

    So do areas cut along levels that nobody asks for, when all cuts together are too large.

    What is not there yet is read by the session that is given.
    """

    def __init__(self, *, max_bytes: int = MOST_BYTES) -> None:
        self._lands: OrderedDict[tuple[object, ...], Land] = OrderedDict()
        self._cuts: LRUCache[Hashable, Cut] = LRUCache(max_bytes, lambda cut: cut.nbytes)

    @property
    def used_bytes(self) -> int:
        return int(self._cuts.currsize)

    async def land(self, city: City, session: Session) -> Land:
        """The ground of a city under the edition that it is seen under."""
        land = self._lands.get(city.ground)
        if land is None:
            land = self._lands.setdefault(city.ground, await _new(city, session))
        self._lands.move_to_end(city.ground)
        while len(self._lands) > MOST_LANDS:
            self._lands.popitem(last=False)
        return land

    async def cut(self, city: City, codes: Sequence[str], level: int, session: Session) -> Cut:
        """Areas cut along the cells of a level, these among them."""
        land = await self.land(city, session)
        key = (city.ground, level)
        cut = self._cuts.get(key)
        if cut is not None and not cut.missing(codes):
            return cut  # not behind somebody who waits for the database
        async with land.turns[level]:
            cut = self._cuts.get(key) or Cut({}, area_pieces([], level=level))
            if missing := cut.missing(codes):
                where = (city.city_id, city.edition_id or 0)
                async with session() as connection:
                    shapes = await read_shapes(connection, *where, missing)
                cut = await asyncio.to_thread(cut.extended, missing, shapes, level)
                if cut.nbytes <= self._cuts.maxsize:
                    self._cuts[key] = cut
        return cut


async def _new(city: City, session: Session) -> Land:
    async with session() as connection:
        bounds = await read_bounds(connection, city.city_id, city.edition_id or 0)
    west, south, east, north = bounds or (0.0, 0.0, 0.0, 0.0)
    longitude, latitude = (west + east) / 2, (south + north) / 2
    x, y = mercator_places(longitude, latitude)
    return Land((float(x), float(y)), ground_scale(latitude))
