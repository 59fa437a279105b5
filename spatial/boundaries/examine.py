"""Rows of a file mended, checked and compared, in a process that cannot take too much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spatial.boundaries.check import Checked, Expectation, check_boundaries
from spatial.boundaries.feature import Feature
from spatial.boundaries.limited import limited_call
from spatial.boundaries.overlaps import Hole, Overlap, find_holes, find_overlaps
from spatial.boundaries.sandbox import Limits, tell_done
from spatial.boundaries.whereabouts import Distant, find_distant


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a file.

    Attributes
    ----------
    checked
        Its rows, taken and refused.
    overlaps
        Every pair of areas that overlap, the largest first.
    holes
        Each hole between areas, the largest first.
    distant
        Areas that lie far from the others, the farthest first.
    """

    checked: Checked
    overlaps: tuple[Overlap, ...]
    holes: tuple[Hole, ...]
    distant: tuple[Distant, ...]


def examine_boundaries(
    features: Sequence[Feature],
    expected: Expectation,
    *,
    limits: Limits,
    progress: Callable[[int], None] | None = None,
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
    progress
        Told now and then how many rows are done.

    Returns
    -------
    examined
        The same for the same rows.

    Raises
    ------
    FileRefused
        When it takes more than the limits: shapes that cross themselves thousands of times.
    """
    return limited_call(_examined, (tuple(features), expected), limits, progress=progress)


def _examined(given: tuple[Sequence[Feature], Expectation]) -> Examined:
    features, expected = given
    checked = check_boundaries(features, expected, progress=tell_done)
    return Examined(
        checked=checked,
        overlaps=tuple(find_overlaps(checked.areas)),
        holes=tuple(find_holes(checked.areas)),
        distant=tuple(find_distant({area.code: area.surface for area in checked.areas})),
    )
