"""What people draw: mostly a point, sometimes the stretch of street, bank or ground they mean."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from app.demo.sites import Ground, Sites
from app.demo.town import Floats, Spots, Town

SHORTEST_LINE_M = 20.0
LONGEST_LINE_M = 150.0
_LINE_SIGMA = 0.55
_LINE_MEDIAN_M = 58.0
_SIDES_M = (12.0, 55.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the senders of a batch drew, one entry each."""

    geometries: list[BaseGeometry | None]
    """Degrees; None where only an area is named."""
    lengths_m: list[float | None]
    """Of a line."""


def draw_shapes(ground: Ground, sites: Sites, rng: np.random.Generator, *, share: float) -> Drawn:
    """What stands at the sites; of lines and surfaces only a share, points for the others."""
    town = ground.town
    drawn_m: list[BaseGeometry | None] = list(shapely.points(sites.at_m))
    lengths: list[float | None] = [None] * len(drawn_m)
    kinds = rng.random(len(drawn_m))
    wished = np.exp(rng.normal(np.log(_LINE_MEDIAN_M), _LINE_SIGMA, len(drawn_m)))
    sides = rng.uniform(*_SIDES_M, (len(drawn_m), 2))
    for row, (number, chance) in enumerate(zip(sites.trait.tolist(), kinds.tolist(), strict=True)):
        trait = ground.traits[number]
        most = trait.area + trait.polygon * share
        if chance < trait.area:
            drawn_m[row] = None
        elif chance < most:
            drawn_m[row] = _ground(town, sites, row, sides[row])
        elif chance < most + trait.line * share:
            line_m = _stretch(town, sites, row, float(wished[row]))
            if line_m is not None:
                drawn_m[row], lengths[row] = line_m, line_m.length
    shapes = shapely.transform(np.array(drawn_m, dtype=object), town.to_degrees)
    return Drawn(shapes.tolist(), lengths)


def _stretch(town: Town, sites: Sites, row: int, wished_m: float) -> BaseGeometry | None:
    """The piece of street or bank around the spot, None where the way is too short for one."""
    river_spot = int(sites.river_spot[row])
    spots: Spots = town.waters if river_spot >= 0 else town.streets
    spot = river_spot if river_spot >= 0 else int(sites.spot[row])
    way = spots.ways_m[spots.way[spot]]
    length = min(max(wished_m, SHORTEST_LINE_M), LONGEST_LINE_M, way.length)
    if length < SHORTEST_LINE_M:
        return None
    start = min(max(float(spots.along_m[spot]) - length / 2, 0.0), way.length - length)
    piece = substring(way, start, start + length)
    if river_spot >= 0:
        # Along the bank that the point stands on, not in midstream.
        piece = shapely.transform(piece, lambda vertices: vertices + _bank(sites, spots, row, spot))
    return piece if piece.length >= SHORTEST_LINE_M - 1 else None


def _bank(sites: Sites, spots: Spots, row: int, spot: int) -> Floats:
    offset = sites.at_m[row] - spots.at_m[spot]
    ahead = spots.ahead[spot]
    return np.asarray(offset - ahead * float(offset @ ahead))


def _ground(town: Town, sites: Sites, row: int, sides_m: Floats) -> BaseGeometry:
    """A four-sided piece of ground that lies along the street, no corner quite square."""
    ahead = town.streets.ahead[sites.spot[row]]
    left = np.array([-ahead[1], ahead[0]])
    long_m, deep_m = sides_m / 2
    corners = np.array([(-1, -1), (1, -0.92), (0.95, 1), (-0.9, 0.94)])
    corners_m = sites.at_m[row] + (corners * (long_m, deep_m)) @ np.array([ahead, left])
    return shapely.Polygon(corners_m)
