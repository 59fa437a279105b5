"""Parts of a whole rounded so that they still sum to it."""

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers


def apportioned(parts: npt.ArrayLike, total: int) -> Integers:
    """Whole numbers near some parts that sum to a total.

    Each part is rounded down, and what is left goes, one each, to those that lost most; of
    equal losses to the first. So no part moves by 1 or more, and parts that are whole already
    stay.
    Source: method of largest remainders (Hamilton; Balinski and Young, 1982).

    Parameters
    ----------
    parts
        N finite numbers, none negative, whose sum is `total` but for rounding.
    total
        A whole number; 0 where there are no parts.

    Returns
    -------
    numbers
        N whole numbers, none negative.
    """
    exact = np.asarray(parts, dtype=np.float64)
    whole = np.floor(exact + _ROUNDING).astype(np.int64)
    left = total - int(whole.sum())
    losses = exact - whole
    step = 1 if left > 0 else -1
    order = np.argsort(-step * losses, kind="stable")
    if step < 0:
        order = order[whole[order] > 0]
    whole[order[: abs(left)]] += step
    return whole


# Sums of floats lie this little below the whole number that they stand for.
_ROUNDING = 1e-6
