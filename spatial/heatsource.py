"""What a heat map is made of: weights at positions, single or gathered by cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log2

import numpy as np

from spatial.grid import Floats
from spatial.index.sums import CellSums
from spatial.map_errors import InvalidWeight

# A cell of this level is 76 m wide at the equator.
_LEVEL, _BANDWIDTH_M = 19, 200
_COARSEST = 16


@dataclass(frozen=True, slots=True)
class HeatSource:
    """Weights at positions of the web-mercator square; a weight of zero is nothing.

    Attributes
    ----------
    x, y
        N places from the west and from the north, 0 to 2**31, whole or not; see
        `spatial.grid`.
    weights
        N finite numbers, none negative: usulan, rupiah, people.

    Raises
    ------
    InvalidWeight
        When a weight is negative or not finite.
    """

    x: Floats
    y: Floats
    weights: Floats

    def __post_init__(self) -> None:
        """Refuse weights that make no density."""
        refused = ~(np.isfinite(self.weights) & (self.weights >= 0))
        if refused.any():
            raise InvalidWeight(float(self.weights[refused][0]))

    @property
    def total(self) -> float:
        """Sum of all weights."""
        return float(self.weights.sum())


def source_of_cells(sums: CellSums, weight: str) -> HeatSource:
    """Weights of cells, each at the centre of mass of the usulan in it.

    What is lost is how they lie within their cell, and that one of them may weigh more than
    another; see `heat_level`.

    Parameters
    ----------
    sums
        Of cells that count something.
    weight
        One of `spatial.index.sums.MEASURES`.

    Returns
    -------
    source
        As long as there are cells; sums to the weights.
    """
    counts, middle = sums.weight("count"), 0.5
    x, y = (moments / counts + middle for moments in sums.sums[-2:])
    return HeatSource(x, y, sums.weight(weight).astype(np.float64))


def heat_level(bandwidth_m: float) -> int:
    """Level of the cells from which a density of this bandwidth may be drawn.

    At the equator cells are then at most 0.38 bandwidths wide: 76 m under 200 m. Laying
    weights together within them changes a density by at most 3.6 percent of its peak, and
    where weights lie evenly by 1.2.

    Parameters
    ----------
    bandwidth_m
        50 to 2,000.

    Returns
    -------
    level
        16 to 21.
    """
    finer = ceil(log2(_BANDWIDTH_M / bandwidth_m))
    return _LEVEL + max(finer, _COARSEST - _LEVEL)


def joined(sources: Iterable[HeatSource]) -> HeatSource:
    """All weights of several sources in one.

    Parameters
    ----------
    sources
        Any number, also none.

    Returns
    -------
    source
        One after the other; nothing is merged.
    """
    kept = [source for source in sources if source.weights.size]
    if not kept:
        return HeatSource(np.empty(0), np.empty(0), np.empty(0))
    return HeatSource(
        np.concatenate([source.x for source in kept]),
        np.concatenate([source.y for source in kept]),
        np.concatenate([source.weights for source in kept]),
    )
