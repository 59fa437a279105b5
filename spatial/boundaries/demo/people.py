"""Inhabitants and households of every unit, summed from the lowest areas up."""

from dataclasses import dataclass

import numpy as np

from spatial.boundaries.demo.hierarchy import Sheet, Unit, units_of
from spatial.boundaries.demo.network import Ints
from spatial.boundaries.demo.plan import CityPlan, Floats, rt_area_m2

SMALL_RT = 14
SMALL_RW = 4
# Length of a kelurahan code such as 99.71.01.1001.
VILLAGE_CODE = 13


@dataclass(frozen=True)
class People:
    """How many live in one unit."""

    population: int
    households: int


def settle_people(
    sheet: Sheet, kota: Unit, plan: CityPlan, rng: np.random.Generator
) -> dict[str, People]:
    """Give every unit its inhabitants; each unit holds exactly what its children hold.

    A few RT, and a few RW as a whole, have fewer than ten households; an RW without RT is an
    estate where hardly anyone lives.

    Parameters
    ----------
    sheet, kota
        The blocks, and the units made of them.
    plan
        Totals of the city, met exactly.
    rng
        Source of randomness.

    Returns
    -------
    people
        By code, all levels.
    """
    homes = units_of(kota, "rt")
    estates = [rw for rw in units_of(kota, "rw") if not rw.children]
    few = _few_households(kota, homes, rng)
    known: dict[str, People] = {}
    for number, estate in enumerate(estates):
        households = 3 * number % 10
        known[estate.code] = People(3 * households, households)
    for code, households in few.items():
        known[code] = People(round(households * rng.uniform(2.4, 3.6)), households)
    usual = [rt for rt in homes if rt.code not in few]
    crowds = np.asarray([_crowd(sheet, rt) for rt in usual])
    villages = [rt.code[:VILLAGE_CODE] for rt in usual]
    liked = {village: float(rng.lognormal(0.0, 0.18)) for village in sorted(set(villages))}
    favour = np.asarray([liked[village] for village in villages])
    weights = crowds * favour * rng.lognormal(0.0, 0.26, len(usual))
    households_left = plan.households - sum(people.households for people in known.values())
    population_left = plan.population - sum(people.population for people in known.values())
    families = rounded_shares(households_left, weights)
    sizes = families * rng.normal(3.28, 0.16, len(usual)).clip(2.8, 3.8)
    residents = rounded_shares(population_left, sizes)
    for rt, many, homes_here in zip(usual, residents.tolist(), families.tolist(), strict=True):
        known[rt.code] = People(many, homes_here)
    return _summed(kota, known)


def rounded_shares(total: int, weights: Floats) -> Ints:
    """Divide a whole number in proportion to weights; the largest remainders are rounded up.

    Parameters
    ----------
    total
        What is divided.
    weights
        0 or more, not all 0.

    Returns
    -------
    shares
        Whole numbers that add up to `total`; of equal remainders the first is rounded up.
    """
    due = total * weights / weights.sum()
    shares = np.floor(due).astype(np.int64)
    missing = total - int(shares.sum())
    shares[np.argsort(shares - due, kind="stable")[:missing]] += 1
    return np.asarray(shares)


def _crowd(sheet: Sheet, rt: Unit) -> float:
    """Give how many people an RT would hold: a large one more, but not in step with its size."""
    mass = float((sheet.areas_m2[rt.blocks] / rt_area_m2(sheet.far[rt.blocks])).sum())
    return float(mass**0.45)


def _few_households(kota: Unit, homes: list[Unit], rng: np.random.Generator) -> dict[str, int]:
    """Choose the RT with fewer than ten households, among them all RT of a few small RW."""
    small = [rw for rw in units_of(kota, "rw") if len(rw.children) == 2]
    chosen = rng.choice(len(small), size=min(SMALL_RW, len(small)), replace=False)
    few = {
        rt.code: int(rng.integers(2, 5)) for spot in sorted(chosen) for rt in small[spot].children
    }
    for spot in sorted(rng.choice(len(homes), size=SMALL_RT, replace=False)):
        few.setdefault(homes[spot].code, int(rng.integers(4, 10)))
    return few


def _summed(unit: Unit, lowest: dict[str, People]) -> dict[str, People]:
    """Give the people of a unit and of all beneath it."""
    if not unit.children:
        return {unit.code: lowest[unit.code]}
    known: dict[str, People] = {}
    for child in unit.children:
        known |= _summed(child, lowest)
    below = [known[child.code] for child in unit.children]
    whole = People(
        sum(people.population for people in below), sum(people.households for people in below)
    )
    return known | {unit.code: whole}
