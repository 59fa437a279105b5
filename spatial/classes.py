"""Class breaks of a map: quantile, equal interval, natural; and which class holds a value.

Edge rule, the same for all three and for the map page: a value equal to a break belongs to
the class above it. The lowest class has no lower limit, the highest no upper one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10

import numpy as np
import numpy.typing as npt

from spatial.grid import Floats

Numbers = npt.NDArray[np.intp]

CLASSES = 5
_EASY = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_EASY_DIGITS = 12


class Classing(StrEnum):
    """How breaks are chosen; stable words that a program may compare."""

    QUANTILE = "quantile"
    EQUAL = "equal"
    NATURAL = "natural"


@dataclass(frozen=True, slots=True)
class ClassBreaks:
    """Where classes part, and how many values fall into each.

    Attributes
    ----------
    breaks
        Lower limits of every class but the lowest, rising strictly; may be none.
    counts
        Values in each class, one more than there are breaks.
    lowest, highest
        Least and greatest value classed, NaN where there was none.
    missing
        Values left out because they are NaN.
    """

    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    lowest: float
    highest: float
    missing: int


def class_breaks(values: npt.ArrayLike, how: Classing, *, classes: int = CLASSES) -> ClassBreaks:
    """Breaks that part values into classes.

    *Quantile* puts about as many values into each class: break `i` of `k` is the value that
    a share `i / k` of the values lies below (linear between neighbours, Hyndman and Fan
    (1996), type 7). *Equal* makes classes of equal width from the least to the greatest
    value. *Natural* makes the sum of squared distances of the values from the mean of their
    class as small as it can be, exactly (Fisher, 1958; often called Jenks); its breaks are
    the least values of the classes above.

    Where values repeat, quantiles may coincide or stand on the least value; each is kept
    once, and none that would leave the lowest class empty, so there may be fewer classes
    than asked for. Natural classes are as many as asked for, or as there are different
    values, unless these lie nearer together than 1e-8 of the largest. Equal values are always
    in one class; all values equal make one class.

    Parameters
    ----------
    values
        Any number of finite numbers or NaN, in any order; NaN is left out and counted.
    how
        Which rule.
    classes
        At least 1.

    Returns
    -------
    breaks
        Deterministic; the same for the same values in any order.
    """
    every = np.asarray(values, dtype=np.float64).ravel()
    known = np.sort(every[~np.isnan(every)])
    missing = every.size - known.size
    if known.size == 0:
        return ClassBreaks((), (0,), np.nan, np.nan, missing)
    # Rounded, a break between two values may come to lie above both.
    found = np.minimum(_RULES[how](known, classes), known[-1])
    breaks = _rising(found, above=known[0])
    counts = np.bincount(class_of(known, breaks), minlength=len(breaks) + 1)
    return ClassBreaks(breaks, tuple(counts.tolist()), float(known[0]), float(known[-1]), missing)


def class_of(values: npt.ArrayLike, breaks: Sequence[float]) -> Numbers:
    """Class of each value; one equal to a break is in the class above.

    Parameters
    ----------
    values
        Numbers of any shape, none NaN.
    breaks
        Rising.

    Returns
    -------
    classes
        0 to ``len(breaks)``, of the shape given.
    """
    return np.asarray(np.searchsorted(np.asarray(breaks), values, side="right"), dtype=np.intp)


def easy_number(value: float, *, up: bool = False) -> float:
    """The nearest number below or above that is easy to say: 1, 1.2, 1.5, 2, ... 8 times 10**n.

    Parameters
    ----------
    value
        Over 0.
    up
        Above instead of below.

    Returns
    -------
    easy
        `value` itself when it is easy to say; within a third of it otherwise.
    """
    size = 10.0 ** floor(log10(value))
    scaled = round(value / size, _EASY_DIGITS)
    step = min(s for s in _EASY if s >= scaled) if up else max(s for s in _EASY if s <= scaled)
    return float(f"{step * size:.6g}")


def _rising(breaks: Floats, *, above: float) -> tuple[float, ...]:
    return tuple(np.unique(breaks[breaks > above]).tolist())


def _quantile_breaks(ordered: Floats, classes: int) -> Floats:
    return np.asarray(np.quantile(ordered, np.arange(1, classes) / classes))


def _equal_breaks(ordered: Floats, classes: int) -> Floats:
    lowest, highest = ordered[0], ordered[-1]
    steps = np.arange(1, classes)
    # Divided last, so that breaks of whole numbers that are whole are exact; and made smaller by a
    # power of two meanwhile, because the sum may be too large for a float.
    smaller = 0.5 ** classes.bit_length()
    sums = lowest * smaller * (classes - steps) + highest * smaller * steps
    return np.asarray(sums / classes / smaller)


def _natural_breaks(ordered: Floats, classes: int) -> Floats:
    """Fisher's optimum by dynamic programming over the different values.

    The best start of the last class never moves left as values are added, so each round is
    solved by halves, all halves of a depth at once: n log n instead of n squared (Aggarwal
    and others, 1987; for this problem Wu, 1991).
    """
    different, repeats = np.unique(ordered, return_counts=True)
    classes = min(classes, different.size)
    spread = _Spread(different, repeats)
    least = spread.within(np.zeros(different.size, dtype=np.intp), np.arange(different.size))
    starts = []
    for _ in range(1, classes):
        least, start = _one_class_more(least, spread)
        starts.append(start)
    first = different.size
    breaks = []
    for start in reversed(starts):
        first = int(start[first - 1])
        breaks.append(different[first])
    return np.array(breaks[::-1])


class _Spread:
    """Sums of squared distances from the mean, of any run of values, from prefix sums."""

    def __init__(self, values: Floats, repeats: Numbers) -> None:
        # About the mean and in units of the range, so that little is lost when sums are subtracted.
        largest = np.abs(values).max() or 1.0
        centred = values / largest - np.average(values / largest, weights=repeats)
        self.number = np.concatenate([[0.0], np.cumsum(repeats, dtype=np.float64)])
        self.sum = np.concatenate([[0.0], np.cumsum(repeats * centred)])
        self.squares = np.concatenate([[0.0], np.cumsum(repeats * centred**2)])

    def within(self, first: Numbers, last: Numbers) -> Floats:
        """Of the values from `first` to `last`, both included; at least 0."""
        number = self.number[last + 1] - self.number[first]
        total = self.sum[last + 1] - self.sum[first]
        squares = self.squares[last + 1] - self.squares[first]
        return np.asarray(np.maximum(squares - total**2 / number, 0.0))


def _one_class_more(least: Floats, spread: _Spread) -> tuple[Floats, Numbers]:
    """Least spread of the first values with one class more, and where its last class starts."""
    size = least.size
    more = np.full(size, np.inf)
    start = np.zeros(size, dtype=np.intp)
    more[0], start[0] = least[0], 0
    for ends, lower, upper in _halves(size, start):
        choices, owner = _every_choice(lower, upper)
        costs = least[choices - 1] + spread.within(choices, ends[owner])
        best = _first_least(costs, upper - lower + 1)
        more[ends], start[ends] = costs[best], choices[best]
    return more, start


def _halves(size: int, start: Numbers) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Ends of values 1 to size - 1, middle ones first, with the bounds their neighbours set.

    A generator: the bounds are read from `start` after the depth before has filled it.
    """
    step = 1 << (size - 1).bit_length()
    while step > 1:
        step //= 2
        ends = np.arange(step, size, 2 * step)
        if ends.size:
            lower = np.maximum(start[ends - step], 1)
            right = ends + step
            upper = np.where(right < size, start[np.minimum(right, size - 1)], size - 1)
            yield ends, lower, np.minimum(upper, ends)


def _every_choice(lower: Numbers, upper: Numbers) -> tuple[Numbers, Numbers]:
    lengths = upper - lower + 1
    owner = np.repeat(np.arange(lengths.size), lengths)
    offset = np.cumsum(lengths) - lengths
    return np.arange(owner.size) - offset[owner] + lower[owner], owner


def _first_least(costs: Floats, lengths: Numbers) -> Numbers:
    """Index of the first least cost of each run."""
    offset = np.cumsum(lengths) - lengths
    least = np.minimum.reduceat(costs, offset)
    where = np.flatnonzero(costs == np.repeat(least, lengths))
    return where[np.searchsorted(where, offset)]


_RULES = {
    Classing.QUANTILE: _quantile_breaks,
    Classing.EQUAL: _equal_breaks,
    Classing.NATURAL: _natural_breaks,
}
