"""How sure a rate is that comes from a count."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95


def poisson_interval(
    counts: npt.ArrayLike, *, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Exact interval of the mean of a Poisson variable that was seen once.

    The lowest mean under which as many or more, and the highest under which as many or fewer,
    would be seen with a chance of `(1 - confidence) / 2` (Garwood, 1936).

    Parameters
    ----------
    counts
        What was counted; whole numbers from 0, of any shape.
    confidence
        Chance, over 0 and under 1, that such an interval holds the mean; it is at least that.

    Returns
    -------
    low, high
        Of the shape given, in the unit of the counts; `low` of a count of 0 is 0.
    """
    from scipy.special import gammaincinv  # noqa: PLC0415 - 20 MB, for those alone who ask

    seen = np.asarray(counts, dtype=np.float64)
    tail = (1 - confidence) / 2
    low = np.where(seen > 0, gammaincinv(np.maximum(seen, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(seen + 1, 1 - tail))
