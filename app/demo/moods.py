"""How often people of each RT propose something: many in some places, nobody in others.

The differences hold for every batch of a demo, so they are drawn from its seed alone.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from app.demo.town import NOTHING, Floats, Numbers, Town

SILENT_RT = 0.04
SILENT_RW = 0.015
_RT_SPREAD = 0.75
_KELURAHAN_SPREAD = 0.4


@dataclass(frozen=True, slots=True)
class Moods:
    """Cumulative weights over spots, each ending at 1, ready for drawing."""

    anywhere: Floats
    poor: Floats
    junctions: Floats
    waters: Floats
    estates: Numbers
    """Street spots in an RW that has no RT."""
    speaking: Numbers
    """Street spots in areas that are not silent."""
    silent: frozenset[str]
    """Codes of areas where nobody proposes anything."""


def draw_moods(town: Town, population: Floats, rng: np.random.Generator) -> Moods:
    """The weights of all spots; `population` has one entry per record of the index."""
    levels = np.array([record.level for record in town.index.records])
    rates, poverty = _rates(town, rng), _poverty(town, rng)
    area = town.streets.area
    crowd = population / np.maximum(np.bincount(area[area >= 0], minlength=len(levels)), 1)
    weight = np.where(area == NOTHING, 0.0, (crowd * rates)[area])
    weight[levels[area] != "rt"] = 0.0
    poor = weight * poverty[area]
    near = _nearest_spot(town)
    return Moods(
        anywhere=_cumulative(weight),
        poor=_cumulative(poor),
        junctions=_cumulative(weight * town.streets.is_end),
        waters=_cumulative((weight + 0.5 * poor)[near] * (town.waters.area != NOTHING)),
        estates=np.flatnonzero((area != NOTHING) & (levels[area] == "rw")),
        speaking=np.flatnonzero(weight > 0),
        silent=frozenset(
            record.code for record, rate in zip(town.index.records, rates, strict=True) if rate == 0
        ),
    )


def _rates(town: Town, rng: np.random.Generator) -> Floats:
    """How readily each area proposes, compared with the average; 0 in silent ones."""
    records = town.index.records
    own = np.exp(rng.normal(0, _RT_SPREAD, len(records)))
    shared = dict(
        zip(
            [record.code for record in records],
            np.exp(rng.normal(0, _KELURAHAN_SPREAD, len(records))),
            strict=True,
        )
    )
    silent = rng.random(len(records))
    quiet = {
        record.code
        for record, chance in zip(records, silent, strict=True)
        if (record.level == "rt" and chance < SILENT_RT)
        or (record.level == "rw" and chance < SILENT_RW)
    }
    chains = [town.index.chain(record.code) for record in records]
    return np.array(
        [
            0.0 if quiet.intersection(chain) else rate * shared[chain[min(2, len(chain) - 1)]]
            for rate, chain in zip(own, chains, strict=True)
        ]
    )


def _poverty(town: Town, rng: np.random.Generator) -> Floats:
    """How poor each area is: pockets of half a kilometre, more of them by the water."""
    shapes = np.array([record.geometry for record in town.index.records], dtype=object)
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes))
    metres = (spots - spots.mean(axis=0)) * 110_000
    pockets = metres[rng.choice(len(metres), 14)]
    away = np.hypot(*(metres[:, np.newaxis] - pockets[np.newaxis]).transpose(2, 0, 1))
    pocket = np.exp(-((away / 450.0) ** 2)).sum(axis=1)
    wet = np.zeros(len(metres))
    near = town.streets.area[(town.near_water != NOTHING) & (town.streets.area != NOTHING)]
    wet[np.unique(near)] = 1.0
    return np.asarray(0.15 + 2.5 * pocket + 0.8 * wet)


def _nearest_spot(town: Town) -> Numbers:
    _, found = cKDTree(town.streets.at_m).query(town.waters.at_m)
    return np.asarray(found)


def _cumulative(weights: Floats) -> Floats:
    return np.asarray(np.cumsum(weights) / weights.sum())
