"""Rows of a file mended, checked and compared, in a process that cannot take too much."""

from collections.abc import Sequence
from dataclasses import dataclass

from spatial.boundaries.check import (
    Checked,
    Expectation,
    Overlap,
    check_boundaries,
    find_overlaps,
    hole_sizes_m2,
)
from spatial.boundaries.feature import Feature
from spatial.boundaries.limited import limited_call
from spatial.boundaries.sandbox import Limits
from spatial.boundaries.whereabouts import Distant, find_distant

TOLD_OVERLAPS = 10


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a file.

    Attributes
    ----------
    checked
        Its rows, taken and refused.
    overlapping_pairs, overlap_m2
        How many pairs of areas overlap, and how much they share together.
    largest_overlaps
        At most `TOLD_OVERLAPS` of them, the largest first.
    hole_sizes_m2
        Of each hole between areas, the largest first.
    distant
        Areas that lie far from the others, the farthest first.
    """

    checked: Checked
    overlapping_pairs: int
    overlap_m2: float
    largest_overlaps: tuple[Overlap, ...]
    hole_sizes_m2: tuple[float, ...]
    distant: tuple[Distant, ...]


def examine_boundaries(
    features: Sequence[Feature], expected: Expectation, *, limits: Limits
) -> Examined:
    """Rows taken, mended and refused, and how the taken ones lie to each other.

    Parameters
    ----------
    features
        As `spatial.boundaries.read` gives them.
    expected
        What they should be.
    limits
        What all of it may use; `limits_for` the size of the file.

    Returns
    -------
    examined
        The same for the same rows.

    Raises
    ------
    FileRefused
        When it takes more than the limits: shapes that cross themselves thousands of times.
    """
    return limited_call(_examined, (tuple(features), expected), limits)


def _examined(given: tuple[Sequence[Feature], Expectation]) -> Examined:
    features, expected = given
    checked = check_boundaries(features, expected)
    overlaps = find_overlaps(checked.areas)
    return Examined(
        checked=checked,
        overlapping_pairs=len(overlaps),
        overlap_m2=sum(overlap.m2 for overlap in overlaps),
        largest_overlaps=tuple(overlaps[:TOLD_OVERLAPS]),
        hole_sizes_m2=tuple(hole_sizes_m2(checked.areas)),
        distant=tuple(find_distant({area.code: area.surface for area in checked.areas})),
    )
