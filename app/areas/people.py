"""Inhabitants of parents that were made by uniting: the sum of those beneath, or nothing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from app.stored_words import LEVELS


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of one area; None where nobody knows."""

    level: str
    parent_code: str | None
    population: int | None
    households: int | None


@dataclass(frozen=True, slots=True)
class MadeCrowds:
    """What is known of the people of made parents."""

    summed: Mapping[str, Crowd]
    """Every one with a sum, whether or not it had it before."""
    lacking: tuple[str, ...]
    """Those of whose areas beneath some have a number of inhabitants and some have none."""
    changed: Mapping[str, Crowd]
    """Those whose numbers are not what they were; None where a sum no longer holds."""


def sum_crowds(
    before: Mapping[str, Crowd], after: Mapping[str, Crowd], made: Collection[str]
) -> MadeCrowds:
    """The people of made parents from the lowest level up.

    A parent follows its areas unless it has a number of its own: one that it is given now, or
    that was not just the sum of those beneath it. Where one beneath has no number it has none.
    """
    crowds = dict(after)
    own_before, beneath = _beneath(before), _beneath(after)
    summed, lacking = {}, []
    for level in reversed(LEVELS):
        for code in sorted(code for code in made if crowds[code].level == level):
            held = before.get(code)
            old = [before[child] for child in own_before.get(code, ())]
            new = [crowds[child] for child in beneath.get(code, ())]
            crowd = crowds[code]
            family = _Family(held, crowd, old, new)
            population, follows = _followed(family, lambda one: one.population)
            households, _ = _followed(family, lambda one: one.households)
            crowds[code] = Crowd(level, crowd.parent_code, population, households)
            if follows and population is not None:
                summed[code] = crowds[code]
            elif follows and any(child.population is not None for child in new):
                lacking.append(code)
    changed = {
        code: crowds[code]
        for code in made
        if _numbers(crowds[code]) != _numbers(before.get(code) or after[code])
    }
    return MadeCrowds(summed, tuple(lacking), changed)


@dataclass(frozen=True, slots=True)
class _Family:
    """A parent as it was and as it is told, and those beneath it then and now."""

    held: Crowd | None
    told: Crowd
    old: list[Crowd]
    new: list[Crowd]


def _followed(family: _Family, number: Callable[[Crowd], int | None]) -> tuple[int | None, bool]:
    """The number of a parent, and whether it is its areas' and not its own."""
    held = None if family.held is None else number(family.held)
    told = number(family.told)
    is_given_now = told is not None and told != held
    if is_given_now or (held is not None and held != _sum(map(number, family.old))):
        return told, False
    return _sum(map(number, family.new)), True


def _sum(numbers: Iterable[int | None]) -> int | None:
    every = list(numbers)
    known = [each for each in every if each is not None]
    return sum(known) if every and len(known) == len(every) else None


def _numbers(crowd: Crowd) -> tuple[int | None, int | None]:
    return crowd.population, crowd.households


def _beneath(crowds: Mapping[str, Crowd]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, crowd in crowds.items():
        if crowd.parent_code is not None:
            found.setdefault(crowd.parent_code, []).append(code)
    return found
