"""Maps drawn as text: letters are land, digits are points, dots are nothing.

Every character is a square of `unit_m` metres. The north-west corner of each drawing stands
at the same place in Surakarta, so drawings of one city can be laid over each other.
"""

from collections.abc import Iterable
from textwrap import dedent
from typing import NamedTuple

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from spatial.areas import LEVELS, AreaRecord

WEST, NORTH = 110.8, -7.56
DEGREES_PER_METRE = 9e-6


class Drawing(NamedTuple):
    areas: dict[str, BaseGeometry]
    points: dict[str, Point]


def step_degrees(unit_m: float) -> float:
    # Whole steps of 1e-7 degrees keep a drawing's corners exact on the grid of line overlays.
    return round(unit_m * DEGREES_PER_METRE, 7)


def at(column: float, row: float, *, unit_m: float = 10) -> Point:
    """A place in a drawing; (0, 0) is its north-west corner, (1, 1) that of the next square."""
    step = step_degrees(unit_m)
    return Point(WEST + column * step, NORTH - row * step)


def draw(text: str, *, unit_m: float = 10) -> Drawing:
    """Land and points; a digit is a point in the middle of its square, on the land to its left."""
    squares: dict[str, list[BaseGeometry]] = {}
    points: dict[str, Point] = {}
    for row, line in enumerate(dedent(text).strip("\n").splitlines()):
        land = "."
        for column, letter in enumerate(line):
            if letter.isdigit():
                points[letter] = at(column + 0.5, row + 0.5, unit_m=unit_m)
            else:
                land = letter
            if land not in ". ":
                squares.setdefault(land, []).append(_square(column, row, unit_m))
    areas = {name: shapely.union_all(parts) for name, parts in sorted(squares.items())}
    return Drawing(areas, points)


def _square(column: int, row: int, unit_m: float) -> BaseGeometry:
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    return shapely.Polygon([at(*corner, unit_m=unit_m).coords[0] for corner in corners])


def city(*, unit_m: float = 10, **levels: str) -> list[AreaRecord]:
    """Areas of several drawings, one a level; each belongs to the lowest above that covers it."""
    records: list[AreaRecord] = []
    for level in LEVELS:
        if level in levels:
            areas = draw(levels[level], unit_m=unit_m).areas
            records += [
                AreaRecord(code, level, _parent(shape, records), f"{level} {code}", shape)
                for code, shape in areas.items()
            ]
    return records


def _parent(shape: BaseGeometry, above: Iterable[AreaRecord]) -> str | None:
    inside = shape.representative_point()
    holders = [record for record in above if record.geometry.covers(inside)]
    if not holders:
        return None
    return max(holders, key=lambda record: LEVELS.index(record.level)).code
