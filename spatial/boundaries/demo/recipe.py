"""The recipe itself: from a plan to the texts of all files of the demo city."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from spatial.boundaries.demo.features import Feature, collection_text
from spatial.boundaries.demo.field import Warp, draw_street_field, draw_warp
from spatial.boundaries.demo.hierarchy import (
    Sheet,
    Unit,
    build_sheet,
    group_city,
    units_of,
)
from spatial.boundaries.demo.labels import name_units, name_ways
from spatial.boundaries.demo.landmarks import place_landmarks
from spatial.boundaries.demo.network import DEGREE_EAST_M, Network, build_network, to_degrees
from spatial.boundaries.demo.outline import choose_city
from spatial.boundaries.demo.people import settle_people
from spatial.boundaries.demo.plan import CityPlan
from spatial.boundaries.demo.streets import Cutter, Way, draw_long_roads
from spatial.boundaries.demo.waters import draw_old_lines, straightened

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
STREETS = ("main", "street", "lane")
# How far beyond the city streets are drawn, in metres.
MARGIN_M = 900.0
HALF_WIDTHS_M = (("river", 26.0), ("stream", 7.0))


@dataclass(frozen=True)
class Drawing:
    """The drawn city before it is written: network, blocks and grouped units."""

    network: Network
    sheet: Sheet
    kota: Unit


def draw_city(plan: CityPlan, rng: np.random.Generator) -> Drawing:
    """Draw the network of a city and group its blocks.

    Parameters
    ----------
    plan
        The city.
    rng
        Source of randomness; the same state draws the same city.

    Returns
    -------
    drawing
        Network, blocks and units.
    """
    warp = draw_warp(rng)
    network = build_network(_draw_ways(plan, warp, rng), warp, plan)
    sheet = build_sheet(network)
    city = choose_city(sheet, plan)
    return Drawing(network, sheet, group_city(sheet, city, plan, rng))


def _draw_ways(plan: CityPlan, warp: Warp, rng: np.random.Generator) -> list[Way]:
    """Draw all lines within the sheet, in the frame before the warp."""
    old = straightened(draw_old_lines(rng), warp)
    guides = [(old.river, 2.2, 380.0), (old.stream, 1.2, 200.0), (old.rail, 1.6, 260.0)]
    field = draw_street_field(plan, guides, rng)
    east, north = plan.reach_east_m, plan.reach_north_m
    frame = shapely.box(-east, -north, east, north)
    ways = [Way(old.river, "river"), Way(old.stream, "stream"), Way(old.rail, "rail")]
    ways += draw_long_roads(plan, field, rng)
    ways = [
        Way(part, way.way_class)
        for way in ways
        for part in shapely.get_parts(shapely.intersection(way.line, frame))
    ]
    ways.append(Way(shapely.LineString(frame.exterior.coords), "frame"))
    linework = shapely.union_all([way.line for way in ways])
    blocks = list(shapely.get_parts(shapely.polygonize([linework])))
    return ways + Cutter(field, rng).cut_all(blocks)


def build_files(plan: CityPlan) -> dict[str, str]:
    """Draw the city and give the text of each of its files.

    Parameters
    ----------
    plan
        The city; its seed decides everything.

    Returns
    -------
    texts
        GeoJSON by file name: five levels of areas and four base layers.
    """
    rng = np.random.default_rng(plan.seed)
    drawing = draw_city(plan, rng)
    network, kota = drawing.network, drawing.kota
    names = name_units(drawing.sheet, kota, plan, rng)
    files = _area_files(drawing, names, plan, rng)
    outer = _surroundings(network, kota, plan)
    lines = list(_way_features(network, kota, outer, rng))
    for file, classes in (
        ("roads", STREETS),
        ("river", ("river", "stream")),
        ("rail", ("rail",)),
    ):
        chosen = [line for line in lines if line.properties["class"] in classes]
        files[f"{file}.geojson"] = collection_text(file, chosen)
    places = place_landmarks(network, drawing.sheet, kota, names, rng)
    files["landmarks.geojson"] = collection_text(
        "landmarks",
        [Feature(place.point, {"kind": place.kind, "name": place.name}) for place in places],
    )
    return files


def _area_files(
    drawing: Drawing, names: dict[str, str], plan: CityPlan, rng: np.random.Generator
) -> dict[str, str]:
    people = settle_people(drawing.sheet, drawing.kota, plan, rng)
    files = {}
    for level in LEVELS:
        features = []
        for unit in units_of(drawing.kota, level):
            here = people[unit.code]
            properties = {
                "code": unit.code,
                "name": names[unit.code],
                "level": level,
                "kind": "kelurahan" if level == "kelurahan" else None,
                "parent": unit.parent,
                "population": here.population,
                "households": here.households,
            }
            shape = shapely.coverage_union_all(drawing.network.faces[unit.blocks])
            features.append(Feature(shape, properties))
        files[f"{level}.geojson"] = collection_text(level, features)
    return files


def _surroundings(network: Network, kota: Unit, plan: CityPlan) -> shapely.Polygon:
    """Give the box around the city within which streets are drawn."""
    corners = network.centres_m[kota.blocks]
    low, high = corners.min(axis=0) - MARGIN_M, corners.max(axis=0) + MARGIN_M
    (west, south), (east, north) = to_degrees(np.asarray([low, high]), plan)
    return shapely.box(west, south, east, north)


def _way_features(
    network: Network, kota: Unit, outer: shapely.Polygon, rng: np.random.Generator
) -> Iterator[Feature]:
    """Give each way as one feature: lanes in the city, streets also nearby, the rest all over."""
    names = name_ways(network, kota)
    open_lanes = _open_lanes(network, kota, rng)
    nearby = shapely.intersects(outer, network.arcs)
    everywhere = np.ones(len(network.arcs), dtype=bool)
    water = _water(network)
    order = np.argsort(network.way_of_arc, kind="stable")
    starts = np.searchsorted(network.way_of_arc[order], np.arange(len(network.ways) + 1))
    for spot, way in enumerate(network.ways):
        arcs = order[starts[spot] : starts[spot + 1]]
        shown = {"lane": open_lanes, "street": nearby}.get(way.way_class, everywhere)
        arcs = arcs[shown[arcs]]
        if way.way_class == "frame" or len(arcs) == 0:
            continue
        line = shapely.line_merge(shapely.multilinestrings(list(network.arcs[arcs])))
        if way.way_class in STREETS:
            line = _ended_at_bank(line, water)
        yield Feature(line, {"class": way.way_class, "name": names[spot]})


def _water(network: Network) -> shapely.Geometry:
    """Give the river and the stream as wide as they are, in degrees."""
    classes = np.asarray([way.way_class for way in network.ways])[network.way_of_arc]
    waters = [
        shapely.buffer(shapely.union_all(network.arcs[classes == kind]), half_width / DEGREE_EAST_M)
        for kind, half_width in HALF_WIDTHS_M
    ]
    water = shapely.union_all(waters)
    shapely.prepare(water)
    return water


def _ended_at_bank(line: shapely.Geometry, water: shapely.Geometry) -> shapely.Geometry:
    """Cut the ends of a street that lie in water; what crosses the water is a bridge and stays."""
    if line.geom_type != "LineString" or not water.intersects(line):
        return line
    first = last = 0.0
    for wet in shapely.get_parts(shapely.intersection(line, water)):
        if wet.distance(shapely.get_point(line, 0)) == 0.0:
            first = wet.length
        elif wet.distance(shapely.get_point(line, -1)) == 0.0:
            last = wet.length
    if first + last >= line.length:
        return line
    return substring(line, first, line.length - last)


def _open_lanes(network: Network, kota: Unit, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Tell which arcs of the city are open lanes: all borders, and most of what lies within.

    Lanes that stop short make the dead ends of a kampung; an estate has hardly any lane.
    """
    owner = np.full(len(network.faces), -1, dtype=np.int64)
    estate = np.zeros(len(network.faces), dtype=bool)
    lowest = [unit for rw in units_of(kota, "rw") for unit in (rw.children or [rw])]
    for number, unit in enumerate(lowest):
        owner[unit.blocks] = number
        estate[unit.blocks] = unit.level == "rw"
    one, other = owner[network.faces_of_arc].T
    closed = rng.random(len(network.arcs)) < np.where(estate[network.faces_of_arc[:, 0]], 0.9, 0.3)
    return np.asarray(((one >= 0) | (other >= 0)) & ~((one == other) & closed))
