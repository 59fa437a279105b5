"""Which name goes where: units, streets and lanes."""

from collections import Counter

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment

from spatial.boundaries.demo import words
from spatial.boundaries.demo.hierarchy import Sheet, Unit, units_of
from spatial.boundaries.demo.network import Ints, Network
from spatial.boundaries.demo.plan import CityPlan, Floats

NAMED_LANE_M = 150.0


def name_units(
    sheet: Sheet, kota: Unit, plan: CityPlan, rng: np.random.Generator
) -> dict[str, str]:
    """Give every unit its name: "Contoh Lor", "Arumdalu", "RW 003", "RT 002".

    Parameters
    ----------
    sheet, kota
        The blocks, and the units made of them.
    plan
        The city.
    rng
        Source of randomness.

    Returns
    -------
    names
        By code.
    """
    names = {plan.code: plan.name}
    districts = units_of(kota, "kecamatan")
    here = np.asarray([unit_middle(sheet, unit) for unit in districts])
    there = np.asarray([(east, north) for _, east, north in words.KECAMATAN])
    away = np.hypot(*(here[:, None, :] - there[None, :, :]).transpose(2, 0, 1))
    for spot, word in zip(*linear_sum_assignment(away), strict=True):
        names[districts[spot].code] = words.KECAMATAN[word][0]
    villages = units_of(kota, "kelurahan")
    order = rng.permutation(len(words.KELURAHAN))[: len(villages)]
    for village, spot in zip(villages, order, strict=True):
        names[village.code] = words.KELURAHAN[spot]
    for level, word in (("rw", "RW"), ("rt", "RT")):
        for unit in units_of(kota, level):
            names[unit.code] = f"{word} {unit.code.rsplit('-', 1)[1]}"
    return names


def unit_middle(sheet: Sheet, unit: Unit) -> Floats:
    """Give the centre of mass of a unit in metres on the sheet.

    Parameters
    ----------
    sheet
        The blocks.
    unit
        Any unit.

    Returns
    -------
    middle_m
        East and north; it may lie outside a bent unit.
    """
    centres = sheet.graph_of_large.centres_m[unit.blocks]
    weights = sheet.areas_m2[unit.blocks]
    return np.asarray(np.average(centres, axis=0, weights=weights))


def name_ways(network: Network, kota: Unit) -> list[str]:
    """Give every way its name, "" for short lanes and for streets outside the city.

    Streets of one kelurahan share a theme; a lane carries the name of the street nearest to
    it and a number, as gangs do.

    Parameters
    ----------
    network
        The planar network.
    kota
        The city with all units.

    Returns
    -------
    names
        One per way of the network.
    """
    names = ["" for _ in network.ways]
    fixed = {"river": words.RIVER, "stream": words.STREAM, "rail": words.RAILWAY}
    homes = _kelurahan_of_way(network, kota)
    used: Counter[str] = Counter()
    streets: Counter[int] = Counter()
    mains = 0
    for spot, way in enumerate(network.ways):
        names[spot] = fixed.get(way.way_class, "")
        if way.way_class == "main" and homes[spot]:
            round_, word = divmod(mains, len(words.MAIN_ROADS))
            names[spot] = f"Jl. {words.MAIN_ROADS[word]} {words.roman(round_)}".rstrip()
            mains += 1
        if way.way_class == "street" and homes[spot]:
            theme = words.THEMES[homes[spot] % len(words.THEMES)]
            name = theme[streets[int(homes[spot])] % len(theme)]
            streets[int(homes[spot])] += 1
            used[name] += 1
            names[spot] = f"Jl. {name} {words.roman(used[name])}"
    lanes = _lane_names(network, names)
    return [lanes.get(spot, name) for spot, name in enumerate(names)]


def _kelurahan_of_way(network: Network, kota: Unit) -> Ints:
    """Give the number of the kelurahan that most arcs of a way lie in; 0 outside the city."""
    home_of_face = np.zeros(len(network.faces), dtype=np.int64)
    for number, village in enumerate(units_of(kota, "kelurahan"), start=1):
        home_of_face[village.blocks] = number
    homes = np.zeros(len(network.ways), dtype=np.int64)
    for arc in range(len(network.arcs)):
        home = home_of_face[network.faces_of_arc[arc, 0]]
        homes[network.way_of_arc[arc]] = max(homes[network.way_of_arc[arc]], home)
    return homes


def _lane_names(network: Network, names: list[str]) -> dict[int, str]:
    """Name lanes of some length after the nearest named street, by number of the way."""
    streets = [spot for spot, name in enumerate(names) if name.startswith("Jl. ")]
    lanes = [
        spot
        for spot, way in enumerate(network.ways)
        if way.way_class == "lane" and way.line.length > NAMED_LANE_M
    ]
    tree = shapely.STRtree([network.ways[spot].line for spot in streets])
    nearest = tree.nearest([network.ways[spot].line for spot in lanes])
    used: Counter[int] = Counter()
    found = {}
    for lane, street in zip(lanes, nearest.tolist(), strict=True):
        used[street] += 1
        found[lane] = f"{names[streets[street]]} Gg. {used[street]}"
    return found
