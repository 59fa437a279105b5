"""Sums of a set by the period of time in which its usulan were made."""

from typing import NamedTuple

import numpy as np

from spatial.grid import Integers
from spatial.index.moments import Moments
from spatial.index.points import Passing
from spatial.index.rollups import AREA_MEASURES
from spatial.index.sums import KeyedSums, sums_by_key

MEASURES = AREA_MEASURES[:5]
"""Count, cost (rupiah, of what is known), number with a known cost, beneficiaries, supporters."""


class Periods(NamedTuple):
    """What is surely of a period, and what may be of either of two.

    Attributes
    ----------
    sums
        By the number of a period; rows are `MEASURES`.
    ids
        Of rows made in a stretch of time in which a period begins, or before all periods.
    measures
        Their `MEASURES`, a column for each.
    """

    sums: KeyedSums
    ids: Integers
    measures: Integers


def period_sums(passing: Passing, moments: Moments, starts: Integers) -> Periods:
    """Sums by period; the last one has no end.

    Parameters
    ----------
    passing
        The set.
    moments
        What the codes of `created` mean.
    starts
        First instant of each period, ascending, in the unit of the moments.

    Returns
    -------
    periods
        Every row of the set once, in `sums` or by its id.
    """
    first, last = (
        np.searchsorted(starts, instants, side="right") - 1
        for instants in (moments.edges, moments.ends - 1)
    )
    codes = passing.values("created")
    is_told = ((first == last) & (first >= 0))[codes]
    measures = passing.measures(MEASURES[1:])
    sums = sums_by_key(first[codes[is_told]], len(starts), [values[is_told] for values in measures])
    open_rows = np.flatnonzero(~is_told)
    return Periods(
        sums, passing.ids_at(open_rows), np.stack([values[open_rows] for values in measures])
    )
