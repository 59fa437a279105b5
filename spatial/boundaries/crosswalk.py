"""How much of each area of one edition of boundaries lies in each area of another.

The overlay is done in degrees, where borders are what the placing rule sees; only the pieces
are measured, in the metres of the city's UTM zone. A UTM zone is not equal-area, but its scale
changes by less than 0.01 percent across a city, and what is told are ratios of sizes in the
same place: good to five digits, which is more than any border is worth.

People are spread evenly over the finest areas whose numbers are all known (RT where every RT
beneath an area has one), and go where the ground of these goes. Where nobody is counted, the
share of people is the share of ground. Every row says which.
Source: docs/decisions/0012-editions-side-by-side.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from spatial.areas import LEVELS, AreaRecord
from spatial.boundaries.overlay import OUTSIDE, Ruler

__all__ = ["BY_GROUND", "OUTSIDE", "EditionAreas", "Overlap", "counterparts", "crosswalk"]

BY_GROUND = "luas"
HOLDS = 0.95
"""An area holds another when this much of its ground lies in it.

Borders of the same kelurahan drawn by two offices differ by a few percent of its ground; a
border that was really moved for a block of houses takes more. At worst one in twenty of what is
counted through an area stands on the other side of the border.
"""


@dataclass(frozen=True, slots=True)
class EditionAreas:
    """The areas of one edition and who lives in them.

    Attributes
    ----------
    records
        Areas with a shape, all levels, in any order.
    population
        Inhabitants by code, only where known.
    """

    records: tuple[AreaRecord, ...]
    population: Mapping[str, int]

    def of_level(self, level: str) -> list[AreaRecord]:
        """The areas of one level that have a shape, by code.

        Parameters
        ----------
        level
            One of `spatial.areas.LEVELS`.

        Returns
        -------
        records
            Empty when the edition has none.
        """
        found = [r for r in self.records if r.level == level and r.geometry is not None]
        return sorted(found, key=lambda record: record.code)


@dataclass(frozen=True, slots=True)
class Overlap:
    """The part of one area that lies in one area of the same level of the other edition.

    Attributes
    ----------
    level
        Of both.
    code
        The area of the one edition.
    into
        The area of the other; `OUTSIDE` where there is none.
    m2
        Square metres (UTM) that they share.
    area_share
        Of the ground of `code`, 0 to 1; those of one code sum to 1.
    share_of_target
        Of the ground of `into`, 0 to 1; 0 outside.
    people
        Inhabitants of `code` who live there, by estimate, not rounded; None when unknown.
    population_share
        Of the inhabitants of `code`, 0 to 1; those of one code sum to 1.
    by
        The level of the areas whose people were counted, or `BY_GROUND`.
    """

    level: str
    code: str
    into: str
    m2: float
    area_share: float
    share_of_target: float
    people: float | None
    population_share: float
    by: str


def crosswalk(one: EditionAreas, other: EditionAreas, *, metric_srid: int) -> tuple[Overlap, ...]:
    """Where the ground and the people of every area lie in the other edition.

    Ground that several areas of the other edition claim goes to the smallest code, as a point
    on it would. A level that the other edition lacks lies outside as a whole.

    Parameters
    ----------
    one, other
        Two editions of the same city.
    metric_srid
        EPSG code of the UTM zone to measure in.

    Returns
    -------
    overlaps
        By level from kota down, code and target, `OUTSIDE` first; slivers under `SLIVER_M2`
        are left out, and their share is spread over what remains.
    """
    ruler, census = Ruler(metric_srid), _Census(one)
    found: list[Overlap] = []
    for level in LEVELS:
        sources, targets = one.of_level(level), other.of_level(level)
        people = {record.code: census.people_of(record) for record in sources}
        parts = {part.code: part for counted in people.values() for part, _ in counted.parts}
        needed = {record.code: record for record in sources} | parts
        shares = ruler.shares(list(needed.values()), targets)
        sizes = ruler.sizes_by_code(targets)
        for code, size_m2 in ruler.sizes_by_code(sources).items():
            context = _Context(sizes, shares, people[code])
            found += _rows(level, code, size_m2, context)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _People:
    """Who lives in an area: how many, and in which counted parts of it."""

    number: float | None
    parts: tuple[tuple[AreaRecord, int], ...]
    by: str


@dataclass(frozen=True, slots=True)
class _Context:
    target_sizes_m2: Mapping[str, float]
    shares: Mapping[str, Mapping[str, float]]
    people: _People


def _rows(level: str, code: str, size_m2: float, known: _Context) -> list[Overlap]:
    by_ground = known.shares[code]
    by_people = _spread(known.people, known.shares) or by_ground
    number = known.people.number
    rows = []
    for into in sorted({*by_ground, *by_people}):
        share, people_share = by_ground.get(into, 0.0), by_people.get(into, 0.0)
        target_m2 = known.target_sizes_m2.get(into, 0.0)
        rows.append(
            Overlap(
                level=level,
                code=code,
                into=into,
                m2=share * size_m2,
                area_share=share,
                share_of_target=min(share * size_m2 / target_m2, 1.0) if target_m2 else 0.0,
                people=None if number is None else number * people_share,
                population_share=people_share,
                by=known.people.by,
            )
        )
    return rows


class _Census:
    """Who lives where in one edition."""

    def __init__(self, edition: EditionAreas) -> None:
        self._population = edition.population
        self._children: dict[str | None, list[AreaRecord]] = {}
        for record in edition.records:
            if record.geometry is not None:
                self._children.setdefault(record.parent_code, []).append(record)

    def people_of(self, record: AreaRecord) -> _People:
        """How many live in an area; without a number of its own, the sum of its parts."""
        parts = self._counted_parts(record)
        total = sum(number for _, number in parts or ())
        number = self._population.get(record.code, total if parts else None)
        if not parts or total == 0:
            return _People(number, (), BY_GROUND)
        return _People(number, tuple(parts), max((p.level for p, _ in parts), key=LEVELS.index))

    def _counted_parts(self, record: AreaRecord) -> list[tuple[AreaRecord, int]] | None:
        """The finest areas beneath (or the area itself) of which every one has been counted."""
        finer = [self._counted_parts(child) for child in self._children.get(record.code, ())]
        if finer and all(parts is not None for parts in finer):
            return [part for parts in finer for part in parts or ()]
        if record.code in self._population:
            return [(record, self._population[record.code])]
        return None


def _spread(people: _People, shares: Mapping[str, Mapping[str, float]]) -> dict[str, float] | None:
    """Share of the people in each target; None when nobody has been counted."""
    total = sum(number for _, number in people.parts)
    if not total:
        return None
    spread: dict[str, float] = {}
    for part, number in people.parts:
        for into, share in shares[part.code].items():
            spread[into] = spread.get(into, 0.0) + share * number / total
    return spread


def counterparts(
    one: EditionAreas, other: EditionAreas, *, metric_srid: int
) -> dict[str, str | None]:
    """For each area the lowest one of the other edition that holds it.

    It says where something is that is known by its area alone. Only areas of the same level
    or above count, so nothing becomes finer than it was.

    Parameters
    ----------
    one, other
        Two editions of the same city.
    metric_srid
        EPSG code of the UTM zone to measure in.

    Returns
    -------
    counterparts
        Every code of `one`; None where even the city of `other` holds less than `HOLDS` of it.
    """
    ruler = Ruler(metric_srid)
    found: dict[str, str | None] = {record.code: None for record in one.records}
    open_: list[AreaRecord] = []
    for level in reversed(LEVELS):
        open_ = [*open_, *one.of_level(level)]
        shares = ruler.shares(open_, other.of_level(level))
        held = {code: _holder(within) for code, within in shares.items()}
        found |= {code: holder for code, holder in held.items() if holder is not None}
        open_ = [record for record in open_ if held[record.code] is None]
    return found


def _holder(shares: Mapping[str, float]) -> str | None:
    within = [into for into, share in shares.items() if into != OUTSIDE and share >= HOLDS]
    return within[0] if within else None
