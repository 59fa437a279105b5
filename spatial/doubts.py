"""What a reader should know before trusting a placement."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from spatial.areas import LEVELS, NOBODY, Hierarchy

CLOSE_M = 5.0
POOR_ACCURACY_M = 50.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class Doubt(StrEnum):
    """What a reader should know before trusting a placement; in this order wherever listed."""

    PERKIRAAN = "perkiraan"
    """In no leaf area; the nearest within reach was taken."""
    DEKAT_BATAS = "dekat_batas"
    """The edge of the area is nearer than the accuracy, or than `CLOSE_M`."""
    AKURASI_RENDAH = "akurasi_rendah"
    """The position is known no better than `POOR_ACCURACY_M`."""
    BEDA_DEKLARASI = "beda_deklarasi"
    """The area that the sender named is not among the areas found."""
    TANPA_RT = "tanpa_rt"
    """No RT is known here; the lowest area found is of a higher level."""


def find_doubts(
    hierarchy: Hierarchy,
    numbers: Numbers,
    approximate: Flags,
    *,
    edges_m: Floats,
    accuracy_m: npt.ArrayLike | None,
    declared: Sequence[str | None] | None,
) -> list[tuple[Doubt, ...]]:
    """What is doubtful about each placed geometry.

    Strictly nearer than the accuracy or `CLOSE_M` is close to an edge; strictly more than
    `POOR_ACCURACY_M` is poor.

    Parameters
    ----------
    hierarchy
        Of the areas that `numbers` count.
    numbers
        The lowest area found, -1 for none.
    approximate
        True where the nearest area was taken.
    edges_m
        Metres to the edge of that area; NaN where there is none, infinite where it is farther
        than matters here.
    accuracy_m
        Metres, one for each or one for all; NaN or None where unknown.
    declared
        Area code that each sender named, or None.

    Returns
    -------
    doubts
        One tuple each, in the order of `Doubt`; empty where no area was found.
    """
    accuracy = np.full(len(numbers), np.nan)
    if accuracy_m is not None:
        accuracy[:] = accuracy_m
    # The number -1 meets the appended end: the rank of no area.
    ranks = np.append(hierarchy.ranks, NOBODY)[numbers]
    flags = {
        Doubt.PERKIRAAN: approximate,
        Doubt.DEKAT_BATAS: edges_m < np.fmax(accuracy, CLOSE_M),
        Doubt.AKURASI_RENDAH: accuracy > POOR_ACCURACY_M,
        Doubt.BEDA_DEKLARASI: _contradictions(hierarchy, numbers, declared),
        Doubt.TANPA_RT: ranks != LEVELS.index("rt"),
    }
    columns = np.stack(list(flags.values()), axis=1) & (numbers != NOBODY)[:, np.newaxis]
    patterns = columns @ (1 << np.arange(len(flags)))
    told = {
        pattern: tuple(doubt for bit, doubt in enumerate(flags) if pattern >> bit & 1)
        for pattern in set(patterns.tolist())
    }
    return [told[pattern] for pattern in patterns.tolist()]


def _contradictions(
    hierarchy: Hierarchy, numbers: Numbers, declared: Sequence[str | None] | None
) -> Flags:
    contradictions = np.zeros(len(numbers), dtype=bool)
    for row, code in enumerate(declared or ()):
        if code is not None and numbers[row] != NOBODY:
            found = hierarchy.records[numbers[row]].code
            contradictions[row] = code not in hierarchy.chain(found)
    return contradictions
