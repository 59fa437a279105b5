"""Small generated cities: slanting borders, holes, slivers, overlaps, missing levels.

A world is a net of five by five squares whose corners are pushed about. Each square belongs to
an RT or to nobody; some are shifted by a hair, which leaves a sliver on one side and an
overlap on the other. The left and the right part are a kelurahan each, with or without RW and
RT. What is placed starts and ends on corners and edges as often as in open land.
"""

from dataclasses import dataclass
from itertools import product

import shapely
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from spatial.areas import AreaRecord
from tests.maps import NORTH, WEST, step_degrees

SIDE = 5
STEP = step_degrees(40)
SQUARES = tuple(product(range(SIDE), range(SIDE)))
CORNERS = tuple(product(range(SIDE + 1), range(SIDE + 1)))
ACCURACIES = (None, 3.0, 12.0, 60.0)

Corners = dict[tuple[int, int], tuple[float, float]]


@dataclass(frozen=True)
class World:
    records: list[AreaRecord]
    corners: Corners


@st.composite
def worlds(draw) -> World:
    corners = draw(_nets())
    owners = draw(st.lists(st.sampled_from("0123."), min_size=len(SQUARES), max_size=len(SQUARES)))
    shifted = draw(st.sets(st.sampled_from(SQUARES), max_size=3))
    squares = {square: _square(corners, square, shifted=square in shifted) for square in SQUARES}
    border = draw(st.integers(1, SIDE - 1))
    records: list[AreaRecord] = []
    for name, columns in (("K1", range(border)), ("K2", range(border, SIDE))):
        land = {at: squares[at] for at in SQUARES if at[1] in columns}
        letters = {at: owners[SQUARES.index(at)] for at in land}
        records += draw(_kelurahan(name, land, letters))
    if draw(st.booleans()):
        whole = shapely.union_all([record.geometry for record in records])
        records = [_beneath_kota(record) for record in records]
        records.append(AreaRecord("K", "kota", None, "Kota", whole))
    return World(records, corners)


@st.composite
def _nets(draw) -> Corners:
    push = st.integers(-30, 30)
    return {
        (row, column): (
            WEST + (column + draw(push) / 97) * STEP,
            NORTH - (row + draw(push) / 97) * STEP,
        )
        for row, column in CORNERS
    }


def _square(corners: Corners, square: tuple[int, int], *, shifted: bool) -> Polygon:
    row, column = square
    ring = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
    shape = Polygon([corners[corner] for corner in ring])
    return affinity.translate(shape, STEP / 31, STEP / 57) if shifted else shape


@st.composite
def _kelurahan(draw, name, land, letters) -> list[AreaRecord]:
    parts = {
        letter: [land[at] for at in land if letters[at] == letter]
        for letter in sorted(set(letters.values()) - {"."})
    }
    shapes = {letter: shapely.union_all(squares) for letter, squares in parts.items()}
    closed = draw(st.booleans())
    ground = list(land.values()) if closed or not shapes else list(shapes.values())
    kelurahan = AreaRecord(name, "kelurahan", None, f"Nama {name}", shapely.union_all(ground))
    depth = draw(st.sampled_from(["kelurahan", "rt", "rw", "rt under rw", "mixed"]))
    return [kelurahan, *_beneath(name, shapes, depth)]


def _beneath(name: str, shapes: dict[str, BaseGeometry], depth: str) -> list[AreaRecord]:
    """RW and RT of a kelurahan; 'mixed' has an RW with RT, an RW without, and RT without RW."""
    records = []
    for letter, shape in shapes.items():
        rw, rt = f"{name}-{letter}", f"{name}-{letter}-1"
        wanted = depth if depth != "mixed" else ["rt under rw", "rw", "rt", "rt"][int(letter)]
        if wanted in ("rw", "rt under rw"):
            records.append(AreaRecord(rw, "rw", name, f"Nama {rw}", shape))
        if wanted == "rt under rw":
            records.append(AreaRecord(rt, "rt", rw, rt, shape))
        if wanted == "rt":
            records.append(AreaRecord(rt, "rt", name, f"Nama {rt}", shape))
    return records


def _beneath_kota(record: AreaRecord) -> AreaRecord:
    parent = record.parent_code or "K"
    return AreaRecord(record.code, record.level, parent, record.name, record.geometry)


@st.composite
def points(draw, world: World) -> Point:
    """A corner, a place on the way from one corner to the next, or anywhere about."""
    kind = draw(st.sampled_from(["corner", "edge", "anywhere"]))
    if kind == "anywhere":
        steps = st.floats(-1.0, SIDE + 1.0)
        return Point(WEST + draw(steps) * STEP, NORTH - draw(steps) * STEP)
    row, column = draw(st.sampled_from(CORNERS))
    if kind == "corner":
        return Point(world.corners[row, column])
    onward = draw(st.sampled_from([(0, 1), (1, 0)]))
    ahead = min(row + onward[0], SIDE), min(column + onward[1], SIDE)
    return _between(world.corners[row, column], world.corners[ahead], draw(st.integers(1, 7)) / 8)


def _between(start: tuple[float, float], end: tuple[float, float], part: float) -> Point:
    return Point(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


@st.composite
def lines(draw, world: World) -> LineString:
    ends = draw(st.lists(points(world), min_size=2, max_size=4, unique_by=lambda end: end.wkb))
    return LineString(ends)


@st.composite
def surfaces(draw, world: World) -> Polygon:
    corners = st.lists(points(world), min_size=3, max_size=5, unique_by=lambda end: end.wkb)
    hulls = corners.map(lambda places: shapely.convex_hull(shapely.multipoints(places)))
    return draw(hulls.filter(lambda hull: hull.geom_type == "Polygon" and hull.area > 1e-12))
