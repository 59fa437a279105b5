"""Kota, kecamatan, kelurahan, RW and RT: blocks grouped level by level, and numbered."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from spatial.boundaries.demo.network import Ints, Network
from spatial.boundaries.demo.partition import (
    BlockGraph,
    connected_parts,
    grow_districts,
    shared_out,
)
from spatial.boundaries.demo.plan import (
    CityPlan,
    Floats,
    kelurahan_area_m2,
    remoteness,
    rt_area_m2,
)

# What crossing a line adds to a step between two blocks, as a factor on its length. The river is
# never crossed: it parts every level.
BARRIERS_OF_LARGE = {"main": 16.0, "street": 5.0, "lane": 1.0, "stream": 14.0, "rail": 24.0}
BARRIERS_OF_SMALL = {"main": 14.0, "street": 4.0, "lane": 1.0, "stream": 16.0, "rail": 30.0}
NARROW_M = 14.0


@dataclass(frozen=True)
class Unit:
    """One area of the city: its code, and the blocks it is made of."""

    code: str
    level: str
    parent: str | None
    blocks: Ints
    children: tuple["Unit", ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The city's blocks with their sizes in the three measures that the levels are divided by."""

    graph_of_large: BlockGraph
    graph_of_small: BlockGraph
    graph_of_lanes: BlockGraph
    far: Floats
    areas_m2: Floats
    faces: npt.NDArray[np.object_]


def build_sheet(network: Network) -> Sheet:
    """Prepare the blocks for grouping.

    Parameters
    ----------
    network
        The planar network.

    Returns
    -------
    sheet
        Graphs for large and small units, remoteness and area per block.
    """
    far = remoteness(network.centres_m[:, 0], network.centres_m[:, 1])
    return Sheet(
        _graph(network, BARRIERS_OF_LARGE),
        _graph(network, BARRIERS_OF_SMALL),
        _graph(network, {"lane": 1.0}),
        far,
        network.areas_m2,
        network.faces,
    )


def _graph(network: Network, barriers: dict[str, float]) -> BlockGraph:
    """Join blocks that share an arc that can be crossed."""
    neighbours: list[list[tuple[int, float]]] = [[] for _ in network.faces]
    lengths = shapely.length(network.arcs) * 110_500.0
    for arc, (one, other) in enumerate(network.faces_of_arc.tolist()):
        factor = barriers.get(network.class_of_arc(arc))
        if factor is None or one < 0 or other < 0:
            continue
        away = network.centres_m[one] - network.centres_m[other]
        cost = float(np.hypot(away[0], away[1])) * factor
        if lengths[arc] < NARROW_M:
            cost *= 3.0
        neighbours[one].append((other, cost))
        neighbours[other].append((one, cost))
    return BlockGraph(network.centres_m, network.areas_m2, neighbours)


def divide(
    sheet: Sheet,
    graph: BlockGraph,
    blocks: Ints,
    sizes: Floats,
    *,
    count: int,
    rng: np.random.Generator,
) -> list[Ints]:
    """Divide blocks into `count` districts, each in one piece and without holes.

    Parameters
    ----------
    sheet
        The blocks.
    graph
        What joins them at this level.
    blocks
        Blocks to divide.
    sizes
        Size per block of the sheet.
    count
        Number of districts, at least one per connected part.
    rng
        Source of randomness.

    Returns
    -------
    districts
        Sorted block numbers of each district.
    """
    parts = connected_parts(graph, blocks)
    held = np.asarray([sizes[part].sum() for part in parts])
    most = np.asarray([len(part) for part in parts])
    shares = shared_out(count, held, np.ones(len(parts), dtype=np.int64), most)
    districts: list[Ints] = []
    for part, share in zip(parts, shares.tolist(), strict=True):
        best, best_fault = [part], np.inf
        for _ in range(7):
            owner = grow_districts(graph, part, sizes, share, rng)
            found = [part[owner == district] for district in range(share)]
            fault = _fault(sheet, found, sizes)
            if fault < best_fault:
                best, best_fault = found, fault
            if fault < 0.9:
                break
        districts.extend(best)
    return districts


def _fault(sheet: Sheet, districts: list[Ints], sizes: Floats) -> float:
    """Give how bad a division is: holes weigh most; uneven sizes and thin shapes count."""
    mass = np.asarray([sizes[part].sum() for part in districts])
    uneven = float(np.abs(np.log(mass / mass.mean())).max())
    shapes = [shapely.coverage_union_all(sheet.faces[part]) for part in districts]
    torn = sum(shape.geom_type != "Polygon" or len(shape.interiors) > 0 for shape in shapes)
    thinnest = float((4 * np.pi * shapely.area(shapes) / shapely.length(shapes) ** 2).min())
    return float(10.0 * torn + uneven + 10.0 * max(0.0, 0.3 - thinnest))


def group_city(sheet: Sheet, city: Ints, plan: CityPlan, rng: np.random.Generator) -> Unit:
    """Group the city's blocks into all five levels and give every unit its code.

    Parameters
    ----------
    sheet
        All blocks.
    city
        Blocks of the city.
    plan
        Numbers of units; kecamatan, kelurahan, RW and RT come out exactly so many.
    rng
        Source of randomness.

    Returns
    -------
    kota
        The city with all units beneath it.
    """
    by_kelurahan = sheet.areas_m2 / kelurahan_area_m2(sheet.far)
    by_rt = sheet.areas_m2 / rt_area_m2(sheet.far)
    large, small = sheet.graph_of_large, sheet.graph_of_small
    of_kecamatan = _Level("kecamatan", "{parent}.{number:02d}", large, by_kelurahan)
    of_kelurahan = _Level("kelurahan", "{parent}.{number}", large, by_kelurahan, first=1001)
    of_rw = _Level("rw", "{parent}-{number:03d}", small, by_rt)
    of_rt = _Level("rt", "{parent}-{number:03d}", small, by_rt)
    kota = Unit(plan.code, "kota", None, city)
    kecamatan = _divided(sheet, of_kecamatan, [kota], [plan.kecamatan], rng)
    shares = _shares(kecamatan, by_kelurahan, plan.kelurahan, 7)
    kelurahan = _divided(sheet, of_kelurahan, kecamatan, shares, rng)
    rw = _divided(sheet, of_rw, kelurahan, _shares(kelurahan, by_rt, plan.rw, 4), rng)
    empty = _rw_without_rt(sheet, rw, plan)
    homes = [unit for unit in rw if unit.code not in empty]
    rt = _divided(sheet, of_rt, homes, _shares(homes, by_rt, plan.rt, 2), rng)
    return _nested(kota, kecamatan + kelurahan + rw + rt)


@dataclass(frozen=True)
class _Level:
    """How one level is divided and numbered."""

    name: str
    pattern: str
    graph: BlockGraph
    sizes: Floats
    first: int = 1


def _divided(
    sheet: Sheet, level: _Level, parents: list[Unit], shares: list[int], rng: np.random.Generator
) -> list[Unit]:
    """Divide each parent into its share of units, numbered along a walk."""
    units = []
    for parent, share in zip(parents, shares, strict=True):
        parts = divide(sheet, level.graph, parent.blocks, level.sizes, count=share, rng=rng)
        for number, spot in enumerate(_walk(sheet, parts), start=level.first):
            code = level.pattern.format(parent=parent.code, number=number)
            units.append(Unit(code, level.name, parent.code, parts[spot]))
    return units


def _nested(kota: Unit, others: list[Unit]) -> Unit:
    """Give the city with every unit beneath its parent."""
    below: dict[str | None, list[Unit]] = {}
    for unit in others:
        below.setdefault(unit.parent, []).append(unit)

    def filled(unit: Unit) -> Unit:
        children = tuple(filled(child) for child in below.get(unit.code, []))
        return replace(unit, children=children)

    return filled(kota)


def _shares(units: list[Unit], sizes: Floats, total: int, least: int) -> list[int]:
    """Give how many units of the next level each unit is divided into."""
    held = np.asarray([sizes[unit.blocks].sum() for unit in units])
    most = np.asarray([len(unit.blocks) for unit in units])
    bounds = np.minimum(np.full(len(units), least), most)
    return [int(number) for number in shared_out(total, held, bounds, most)]


def _rw_without_rt(sheet: Sheet, every_rw: list[Unit], plan: CityPlan) -> set[str]:
    """Choose the largest RW near the edge, each in another kelurahan: estates, not homes."""
    chosen: dict[str, str] = {}
    rims = [rw for rw in every_rw if sheet.far[rw.blocks].mean() > 0.55]
    for rw in sorted(rims, key=lambda rw: (-float(sheet.areas_m2[rw.blocks].sum()), rw.code)):
        if len(chosen) < plan.rw_without_rt and rw.parent is not None:
            chosen.setdefault(rw.parent, rw.code)
    return set(chosen.values())


def units_of(kota: Unit, level: str) -> list[Unit]:
    """Give all units of one level, in the order of their codes.

    Parameters
    ----------
    kota
        The city.
    level
        One of kota, kecamatan, kelurahan, rw, rt.

    Returns
    -------
    units
        Possibly none.
    """
    if kota.level == level:
        return [kota]
    return [unit for child in kota.children for unit in units_of(child, level)]


def _walk(sheet: Sheet, parts: list[Ints]) -> list[int]:
    """Give the order in which someone walking from the north-west would number the parts."""
    centres = np.asarray(
        [
            np.average(sheet.graph_of_large.centres_m[part], axis=0, weights=sheet.areas_m2[part])
            for part in parts
        ]
    )
    left = list(range(len(parts)))
    here = min(left, key=lambda spot: float(centres[spot, 0] - centres[spot, 1]))
    order = [here]
    left.remove(here)
    while left:
        away = ((centres[left] - centres[order[-1]]) ** 2).sum(axis=1)
        order.append(left.pop(int(np.argmin(away))))
    return order
