"""Streets: long roads across the sheet, then block after block cut in two along the field."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from spatial.boundaries.demo.field import QUARTER, StreetField
from spatial.boundaries.demo.plan import CityPlan, remoteness, rt_area_m2

# Blocks per RT: an RT is a few blocks with the lanes between them.
BLOCKS_PER_RT = 2.7
MAIN_BLOCK_M2 = 420_000.0
STREET_BLOCK_M2 = 55_000.0


@dataclass(frozen=True)
class Way:
    """One drawn line: a road, or an old line that streets end at.

    The class is one of main, street, lane, river, stream, rail, frame.
    """

    line: shapely.LineString
    way_class: str


def block_area_m2(east_m: float, north_m: float) -> float:
    """Give the usual area of a block at a place; beyond the city blocks are fields.

    Parameters
    ----------
    east_m, north_m
        Metres from the centre.

    Returns
    -------
    area_m2
        Square metres.
    """
    far = remoteness(np.asarray(east_m), np.asarray(north_m))
    outside = math.exp(min(max(float(far) - 1.08, 0.0) * 9.0, 2.6))
    return float(rt_area_m2(far)) / BLOCKS_PER_RT * outside


def _long_lines(start: float, stop: float, rng: np.random.Generator) -> Iterator[float]:
    """Give the places along an axis where long roads begin: closer together near 0."""
    place = start
    while place < stop:
        yield place
        gap = 620.0 + 0.26 * abs(place)
        place += gap * rng.uniform(0.75, 1.3)


def draw_long_roads(plan: CityPlan, field: StreetField, rng: np.random.Generator) -> list[Way]:
    """Draw the roads that cross the city, river and railway from one end of the sheet to another.

    Parameters
    ----------
    plan
        The city.
    field
        Direction of streets.
    rng
        Source of randomness.

    Returns
    -------
    ways
        Main roads; each begins on an axis through the centre and is followed both ways.
    """
    reach = 2.2 * max(plan.reach_east_m, plan.reach_north_m)
    ways = []
    east_axis = [(place, 0.0, QUARTER) for place in _long_lines(-5200, 5200, rng)]
    north_axis = [(0.0, place, 0.0) for place in _long_lines(-4200, 4200, rng)]
    for east, north, heading in east_axis + north_axis:
        there = field.trace((east, north), heading, reach, 40.0)
        back = field.trace((east, north), heading + math.pi, reach, 40.0)
        line = shapely.LineString(back[:0:-1] + there)
        if line.is_simple:
            ways.append(Way(line, "main"))
    return _kept_apart(ways)


def _kept_apart(ways: list[Way]) -> list[Way]:
    """Cut roads short where they run side by side with an earlier road."""
    kept: list[Way] = []
    for way in ways:
        line = way.line
        for earlier in kept:
            shared = shapely.intersection(line, earlier.line.buffer(170.0))
            for part in shapely.get_parts(shared):
                if part.length > 1100.0:
                    line = _longest(shapely.difference(line, part.buffer(5.0)))
        if line.length > 1500.0:
            kept.append(Way(line, "main"))
    return kept


def _longest(lines: shapely.Geometry) -> shapely.LineString:
    return max(shapely.get_parts(lines), key=lambda part: float(part.length))


@dataclass
class Cutter:
    """Cuts blocks in two along the street field until they are small enough."""

    field: StreetField
    rng: np.random.Generator

    def cut_all(self, blocks: list[shapely.Polygon]) -> list[Way]:
        """Cut blocks down to the size usual where they lie.

        Parameters
        ----------
        blocks
            Land between the long roads, the waters and the rail.

        Returns
        -------
        ways
            The cuts, larger streets before the lanes that end at them.
        """
        ways: list[Way] = []
        pending = list(reversed(blocks))
        while pending:
            block = pending.pop()
            wanted = block_area_m2(block.centroid.x, block.centroid.y)
            if block.area <= wanted * self.rng.uniform(0.9, 1.9):
                continue
            found = self._cut(block)
            if found is None:
                continue
            line, parts = found
            ways.append(Way(line, _class_of(block.area, wanted)))
            pending.extend(parts)
        return ways

    def _cut(
        self, block: shapely.Polygon
    ) -> tuple[shapely.LineString, list[shapely.Polygon]] | None:
        """Give the best of a few cuts through a block, or None when all make slivers."""
        best = None
        best_score = 0.06
        for attempt in range(9):
            line = self._cut_line(block, 0.11 + 0.02 * attempt)
            if line is None:
                continue
            parts = _halves(block, line)
            score = min((_compactness(part) for part in parts), default=0.0)
            if len(parts) == 2:
                score *= min(1.0, 3 * min(part.area for part in parts) / block.area)
                if score > best_score:
                    best, best_score = (line, parts), score
            if best_score > 0.5 - 0.03 * attempt:
                break
        return best

    def _cut_line(self, block: shapely.Polygon, spread: float) -> shapely.LineString | None:
        """Draw one line along the field, across the long side of a block."""
        (long_angle, length, width), centre = _box(block)
        shift = length * self.rng.uniform(-spread, spread)
        east = centre.x + shift * math.cos(long_angle)
        north = centre.y + shift * math.sin(long_angle)
        across = long_angle + QUARTER
        if width > 0.8 * length and self.rng.random() < 0.5:
            across = long_angle
        reach = 1.2 * math.hypot(length, width)
        step = min(max(reach / 16, 9.0), 50.0)
        there = self.field.trace((east, north), across, reach, step)
        back = self.field.trace((east, north), across + math.pi, reach, step)
        inside = shapely.intersection(shapely.LineString(back[:0:-1] + there), block)
        pieces = [part for part in shapely.get_parts(inside) if part.length > 1.0]
        start = shapely.Point(east, north)
        return min(pieces, key=start.distance) if pieces else None


def _class_of(area_m2: float, wanted_m2: float) -> str:
    if area_m2 > MAIN_BLOCK_M2 + 8 * wanted_m2:
        return "main"
    return "street" if area_m2 > STREET_BLOCK_M2 + 2 * wanted_m2 else "lane"


def _halves(block: shapely.Polygon, line: shapely.LineString) -> list[shapely.Polygon]:
    # The ends of a clipped line may stop a hair short of the edge; longer ends always reach it.
    linework = shapely.unary_union([block.exterior, _lengthened(line, 0.01)])
    return [
        part
        for part in shapely.get_parts(shapely.polygonize([linework]))
        if block.contains(part.representative_point())
    ]


def _lengthened(line: shapely.LineString, by_m: float) -> shapely.LineString:
    points = shapely.get_coordinates(line)
    first, last = points[0] - points[1], points[-1] - points[-2]
    points[0] += first / np.hypot(*first) * by_m
    points[-1] += last / np.hypot(*last) * by_m
    return shapely.LineString(points)


def _compactness(shape: shapely.Polygon) -> float:
    """Give 1 for a circle, 0.79 for a square, near 0 for a sliver."""
    return float(4 * math.pi * shape.area / shape.length**2)


def _box(block: shapely.Polygon) -> tuple[tuple[float, float, float], shapely.Point]:
    """Give angle and length of the long side of the box around a block, its width, its middle."""
    box = shapely.oriented_envelope(block)
    corners = shapely.get_coordinates(box)
    one, other = corners[1] - corners[0], corners[2] - corners[1]
    if np.hypot(*one) < np.hypot(*other):
        one, other = other, one
    angle = math.atan2(one[1], one[0])
    return (angle, float(np.hypot(*one)), float(np.hypot(*other))), block.centroid
