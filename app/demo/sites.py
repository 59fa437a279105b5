"""Where the usulan of a batch stand: in clusters, as needs do, along streets and rivers.

A cluster process in the manner of Thomas: parents are drawn by population, mood and what the
category needs; children scatter around them and settle at the nearest street or river bank.
"""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from app.demo.moods import Moods
from app.demo.plan import FIRST_SHARES, YEARS
from app.demo.town import NOTHING, Flags, Floats, Numbers, Spots, Town
from app.demo.traits import Trait
from spatial.crs import project

CLUSTER_SPREAD_M = 55.0
LANDMARK_SPREAD_M = 130.0
LARGEST_CLUSTER = 40
SAME_CATEGORY = 0.62
SAME_YEAR = 0.5
ESTATE_SHARE = 0.008
OUTSIDE_SHARE = 0.0025
NEAR_LANDMARK = {"sekolah": 0.6, "masjid": 0.45, "pasar": 0.75, "lapangan": 0.45}
_CLUSTERING = ("street", "home", "block", "junction")


@dataclass(frozen=True, slots=True)
class Sites:
    """One entry per usulan that starts a lineage, neighbours in a cluster side by side."""

    trait: Numbers
    year: Numbers
    spot: Numbers
    """The street spot it stands nearest to, from which it is described."""
    river_spot: Numbers
    """Of those at a river the spot on it; else -1."""
    at_m: Floats


@dataclass(frozen=True, slots=True)
class Ground:
    """The town with the trees that siting asks again and again."""

    town: Town
    moods: Moods
    traits: tuple[Trait, ...]
    street_tree: cKDTree
    """Over the spots in `moods.speaking` only: nobody settles where nobody speaks."""
    river_tree: cKDTree
    any_street_tree: cKDTree
    kota_m: BaseGeometry
    landmarks: dict[str, Floats]


def prepare_ground(town: Town, moods: Moods, traits: tuple[Trait, ...]) -> Ground:
    kinds = np.array([landmark.kind for landmark in town.landmarks])
    return Ground(
        town=town,
        moods=moods,
        traits=traits,
        street_tree=cKDTree(town.streets.at_m[moods.speaking]),
        river_tree=cKDTree(town.waters.at_m),
        any_street_tree=cKDTree(town.streets.at_m),
        kota_m=_kota_m(town),
        landmarks={kind: town.landmarks_m[kinds == kind] for kind in NEAR_LANDMARK},
    )


def _kota_m(town: Town) -> BaseGeometry:
    shape = next(record.geometry for record in town.index.records if record.level == "kota")
    kota_m = project(shape, town.transformer)
    shapely.prepare(kota_m)
    return kota_m


def draw_sites(ground: Ground, count: int, rng: np.random.Generator) -> Sites:
    cluster = _cluster_of_each(count, rng)
    clusters = int(cluster[-1]) + 1
    parents = _draw_categories(ground.traits, clusters, rng)
    wet = _at_river(ground.traits, parents, rng)
    parents_m = _parents_m(ground, parents, wet, rng)
    trait = _draw_members(ground.traits, parents[cluster], wet[cluster], rng)
    around_m = parents_m[cluster] + rng.normal(0, CLUSTER_SPREAD_M, (count, 2))
    spot = _speaking_spot(ground, around_m)
    river_spot = np.where(wet[cluster], ground.river_tree.query(around_m)[1], -1)
    at_m = _stand_beside(ground, trait, spot, river_spot, rng)
    sites = Sites(trait, _draw_years(cluster, rng), spot, river_spot, at_m)
    return _some_outside(ground, _some_at_estates(ground, sites, rng), rng)


def _cluster_of_each(count: int, rng: np.random.Generator) -> Numbers:
    """Which cluster each usulan belongs to; most are alone or few, some clusters are large."""
    sizes = np.minimum(np.ceil(rng.pareto(1.5, count) * 1.3 + 0.05), LARGEST_CLUSTER)
    return np.repeat(np.arange(count), sizes.astype(np.intp))[:count]


def _draw_categories(traits: tuple[Trait, ...], count: int, rng: np.random.Generator) -> Numbers:
    weights = np.array([trait.weight for trait in traits])
    return np.asarray(rng.choice(len(traits), size=count, p=weights / weights.sum()))


def _at_river(traits: tuple[Trait, ...], chosen: Numbers, rng: np.random.Generator) -> Flags:
    share = np.array([1.0 if trait.siting == "river" else trait.river for trait in traits])
    return np.asarray(rng.random(len(chosen)) < share[chosen])


def _parents_m(ground: Ground, chosen: Numbers, wet: Flags, rng: np.random.Generator) -> Floats:
    """Centres of clusters, by what the category of the parent needs."""
    moods, streets = ground.moods, ground.town.streets
    count = len(chosen)
    draws, poor_draws = rng.random(count), rng.random(count)
    poor = np.array([trait.poor for trait in ground.traits])[chosen] > poor_draws
    sitings = np.array([trait.siting for trait in ground.traits])[chosen]
    spots = np.where(poor, _drawn(moods.poor, draws), _drawn(moods.anywhere, draws))
    spots = np.where(sitings == "junction", _drawn(moods.junctions, draws), spots)
    at_m = streets.at_m[spots].copy()
    at_m[wet] = ground.town.waters.at_m[_drawn(moods.waters, draws)][wet]
    for kind, share in NEAR_LANDMARK.items():
        here = np.flatnonzero((sitings == kind) & (rng.random(count) < share) & ~wet)
        places = ground.landmarks[kind]
        around = rng.normal(0, LANDMARK_SPREAD_M, (len(here), 2))
        at_m[here] = places[rng.integers(0, len(places), len(here))] + around
    return at_m


def _drawn(cumulative: Floats, draws: Floats) -> Numbers:
    return np.minimum(np.searchsorted(cumulative, draws, side="right"), len(cumulative) - 1)


def _draw_members(
    traits: tuple[Trait, ...], parents: Numbers, wet: Flags, rng: np.random.Generator
) -> Numbers:
    """Neighbours mostly name the same need; others only what may stand anywhere."""
    own = _draw_categories(traits, len(parents), rng)
    free = np.array([trait.siting in _CLUSTERING for trait in traits])
    same = (rng.random(len(parents)) < SAME_CATEGORY) | ~free[own] | wet
    return np.where(same, parents, own)


def _speaking_spot(ground: Ground, at_m: Floats) -> Numbers:
    _, found = ground.street_tree.query(at_m)
    return np.asarray(ground.moods.speaking[found])


def _stand_beside(
    ground: Ground, trait: Numbers, spot: Numbers, river_spot: Numbers, rng: np.random.Generator
) -> Floats:
    """On the street, or beside it as houses are; at a river, on its bank."""
    count = len(trait)
    beside_m = {
        "street": rng.normal(0, 1.3, count),
        "junction": rng.normal(0, 4.0, count),
        "home": rng.uniform(7, 24, count) * rng.choice((-1, 1), count),
    }
    sitings = np.array([trait.siting for trait in ground.traits])[trait]
    aside_m = beside_m["home"]
    for siting in ("street", "junction"):
        aside_m = np.where(sitings == siting, beside_m[siting], aside_m)
    along_m = rng.uniform(-6, 6, count)
    at_m = _moved(ground.town.streets, spot, along_m, aside_m)
    wet = river_spot >= 0
    # Walls and bridges belong to the water, drains and houses to the street behind the bank.
    behind_m = np.where(sitings == "river", rng.uniform(1, 9, count), rng.uniform(12, 60, count))
    bank_m = behind_m + ground.town.waters.half_width_m[river_spot]
    is_ring = ground.town.waters.is_ring[river_spot]
    bank_m *= np.where(is_ring, -1, rng.choice((-1, 1), count))
    at_m[wet] = _moved(ground.town.waters, river_spot, along_m, bank_m)[wet]
    return at_m


def _moved(spots: Spots, chosen: Numbers, along_m: Floats, aside_m: Floats) -> Floats:
    ahead = spots.ahead[chosen]
    left = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    return np.asarray(
        spots.at_m[chosen] + ahead * along_m[:, np.newaxis] + left * aside_m[:, np.newaxis]
    )


def _some_at_estates(ground: Ground, sites: Sites, rng: np.random.Generator) -> Sites:
    """The same, but a few stand where there is no RT."""
    chosen = np.flatnonzero(rng.random(len(sites.spot)) < ESTATE_SHARE)
    there = rng.choice(ground.moods.estates, len(chosen))
    at_m = ground.town.streets.at_m[there] + rng.normal(0, 8, (len(chosen), 2))
    return _moved_to(sites, chosen, there, at_m)


def _some_outside(ground: Ground, sites: Sites, rng: np.random.Generator) -> Sites:
    """The same, but a few stand just across the outer border, as a phone with a poor fix says."""
    chosen = np.flatnonzero(rng.random(len(sites.spot)) < OUTSIDE_SHARE)
    border = ground.kota_m.boundary
    along = rng.uniform(0, border.length, len(chosen))
    points = shapely.get_coordinates(shapely.line_interpolate_point(border, along))
    onward = shapely.get_coordinates(shapely.line_interpolate_point(border, along + 2.0)) - points
    away = np.column_stack([-onward[:, 1], onward[:, 0]])
    away /= np.maximum(np.hypot(*onward.T), 1e-9)[:, np.newaxis]
    away *= rng.uniform(4, 22, (len(chosen), 1))
    inside = shapely.contains_xy(ground.kota_m, points + away)
    at_m = points + np.where(inside[:, np.newaxis], -away, away)
    return _moved_to(sites, chosen, ground.any_street_tree.query(at_m)[1], at_m)


def _moved_to(sites: Sites, chosen: Numbers, spots: Numbers, there_m: Floats) -> Sites:
    spot, river_spot, at_m = sites.spot.copy(), sites.river_spot.copy(), sites.at_m.copy()
    spot[chosen], river_spot[chosen], at_m[chosen] = spots, NOTHING, there_m
    return replace(sites, spot=spot, river_spot=river_spot, at_m=at_m)


def _draw_years(cluster: Numbers, rng: np.random.Generator) -> Numbers:
    years = np.array(YEARS)
    shared = rng.choice(years, int(cluster[-1]) + 1, p=FIRST_SHARES)[cluster]
    own = rng.choice(years, len(cluster), p=FIRST_SHARES)
    return np.where(rng.random(len(cluster)) < SAME_YEAR, shared, own)
