"""What became of every area from one edition of boundaries to the next, in words.

An area is named for where most of it went. More than half is the measure throughout, because
only one area can hold more than half of another: every answer is then the only one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import shapely

from spatial.areas import LEVELS, AreaRecord
from spatial.boundaries.crosswalk import OUTSIDE, EditionAreas, Overlap
from spatial.crs import project, transformer_to_metric

MOST = 0.5
"""Above it an area belongs mainly to another; no two can hold so much of a third."""
MOVED_WIDTH_M = 1.0
"""A border has moved where ground wider than this changes sides.

Coordinates of six decimals are good to 0.1 m and the same border drawn twice by one hand to a
few decimetres, while no house is narrower than a metre.
"""


class Kind(StrEnum):
    """What became of an area."""

    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    RECODED = "recoded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one area of the older edition, or where a new one came from.

    Attributes
    ----------
    level
        Of the areas.
    kind
        The strongest change; a moved one may be renamed and recoded too.
    code
        Of the older edition; of the newer one where it is `Kind.NEW`.
    successors
        Codes of the newer edition that carry it on: the parts of a split area, the area that
        a merged one went into, else the one that continues it. Empty for gone and new ones.
    is_renamed, is_recoded
        Whether name and code of the one that continues it differ.
    overlaps
        Where its ground and people are now; of a new area, the ground it was made from.
    """

    level: str
    kind: Kind
    code: str
    successors: tuple[str, ...]
    is_renamed: bool
    is_recoded: bool
    overlaps: tuple[Overlap, ...]


def find_changes(
    one: EditionAreas, other: EditionAreas, overlaps: Iterable[Overlap], *, metric_srid: int
) -> tuple[Change, ...]:
    """What became of every area of `one`, and which of `other` are new.

    *Split*: it went on as two or more areas, each consisting mainly of it or holding most of it.
    *Merged*: most of it went into an area that takes most of another one too, or that it does
    not make up mainly. *Moved*: one area continues it, with another border. *Gone*: no area
    took most of it and none consists mainly of it. *New*: an area of `other` that consists
    mainly of none.

    Parameters
    ----------
    one, other
        The older and the newer edition.
    overlaps
        The crosswalk from `one` to `other`.
    metric_srid
        EPSG code of the UTM zone to measure in.

    Returns
    -------
    changes
        By level from kota down and code, new ones last within their level; each area of `one`
        once.
    """
    by_level: dict[str, list[Overlap]] = {level: [] for level in LEVELS}
    for overlap in overlaps:
        by_level[overlap.level].append(overlap)
    comparison = _Comparison(one, other, metric_srid)
    return tuple(
        change
        for level in LEVELS
        for change in _of_level(level, _Links(by_level[level]), comparison)
    )


class _Links:
    """Which areas of one level belong mainly to which."""

    def __init__(self, overlaps: Sequence[Overlap]) -> None:
        self.from_code: dict[str, list[Overlap]] = {}
        self.into_code: dict[str, list[Overlap]] = {}
        self.main_target: dict[str, str] = {}
        self.main_source: dict[str, str] = {}
        for overlap in overlaps:
            self.from_code.setdefault(overlap.code, []).append(overlap)
            if overlap.into == OUTSIDE:
                continue
            self.into_code.setdefault(overlap.into, []).append(overlap)
            if overlap.area_share > MOST:
                self.main_target[overlap.code] = overlap.into
            if overlap.share_of_target > MOST:
                self.main_source[overlap.into] = overlap.code
        self.made_of = _inverted(self.main_source)
        self.takes = _inverted(self.main_target)


def _inverted(links: Mapping[str, str]) -> dict[str, list[str]]:
    inverted: dict[str, list[str]] = {}
    for key in sorted(links):
        inverted.setdefault(links[key], []).append(key)
    return inverted


class _Comparison:
    """Both editions, and whether two areas are the same ground."""

    def __init__(self, one: EditionAreas, other: EditionAreas, metric_srid: int) -> None:
        self.one = one
        self.other = other
        self._transformer = transformer_to_metric(metric_srid)

    def is_same_ground(self, before: AreaRecord, after: AreaRecord) -> bool:
        """Whether nothing wider than `MOVED_WIDTH_M` lies in only one of the two."""
        if shapely.equals_identical(before.geometry, after.geometry):
            return True
        difference = shapely.symmetric_difference(before.geometry, after.geometry)
        return bool(project(difference, self._transformer).buffer(-MOVED_WIDTH_M / 2).is_empty)


def _of_level(level: str, links: _Links, comparison: _Comparison) -> Iterable[Change]:
    after = {record.code: record for record in comparison.other.of_level(level)}
    for before in comparison.one.of_level(level):
        yield _change(before, after, links, comparison)
    for code in sorted(set(after) - set(links.main_source)):
        made_from = tuple(links.into_code.get(code, ()))
        if code not in links.takes:
            yield Change(level, Kind.NEW, code, (), False, False, made_from)  # noqa: FBT003


def _change(
    before: AreaRecord,
    after: Mapping[str, AreaRecord],
    links: _Links,
    comparison: _Comparison,
) -> Change:
    parts = links.made_of.get(before.code, [])
    target = links.main_target.get(before.code)
    successors = sorted({*parts} | ({target} if target is not None else set()))
    if len(successors) > 1:
        kind = Kind.SPLIT
    elif not successors:
        kind = Kind.GONE
    elif not parts or (target is not None and len(links.takes[target]) > 1):
        kind = Kind.MERGED
    else:
        kind = _continued(before, after[successors[0]], comparison)
    only = after[successors[0]] if len(successors) == 1 else None
    return Change(
        level=before.level,
        kind=kind,
        code=before.code,
        successors=tuple(successors),
        is_renamed=only is not None and only.name != before.name,
        is_recoded=only is not None and only.code != before.code,
        overlaps=tuple(links.from_code.get(before.code, ())),
    )


def _continued(before: AreaRecord, after: AreaRecord, comparison: _Comparison) -> Kind:
    if not comparison.is_same_ground(before, after):
        return Kind.MOVED
    if before.code != after.code:
        return Kind.RECODED
    return Kind.RENAMED if before.name != after.name else Kind.UNCHANGED
