"""Positions laid together by cell, one at a time: what the index and the database do at once."""

from collections import defaultdict

import numpy as np

from spatial.grid import WORLD_BITS, interleave
from spatial.heatsource import HeatSource
from spatial.index.sums import CellSums


def gathered(source: HeatSource, level: int) -> CellSums:
    """Sums by cell of positions that stand in the middle of their places; no cost, no people."""
    sums = defaultdict(lambda: np.zeros(6, dtype=np.int64))
    px, py = np.floor(source.x).astype(int), np.floor(source.y).astype(int)
    cells = interleave(px, py) >> 2 * (WORLD_BITS - level)
    for cell, x, y, weight in zip(cells.tolist(), px, py, source.weights, strict=True):
        count = int(weight)
        sums[cell] += (count, 0, 0, 0, count * x, count * y)
    columns = [sums[cell] for cell in sorted(sums)]
    return CellSums(level, np.array(sorted(sums)), np.array(columns).reshape(-1, 6).T)
