"""Refusals of what draws maps: weights and sizes on the ground."""

from spatial.errors import SpatialError


class InvalidWeight(SpatialError):
    """A weight that makes no density: negative, or no finite number.

    Parameters
    ----------
    weight
        The first such weight.
    """

    def __init__(self, weight: float) -> None:
        super().__init__(weight)
        self.weight = weight

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"a weight must be a finite number from 0 up, not {self.weight}"


class SizeOutOfRange(SpatialError):
    """A bandwidth or a width on the ground that is not offered.

    Parameters
    ----------
    size_m
        Metres asked for.
    smallest_m, largest_m
        Metres offered, both included.
    """

    def __init__(self, size_m: float, smallest_m: float, largest_m: float) -> None:
        super().__init__(size_m, smallest_m, largest_m)
        self.size_m = size_m
        self.smallest_m = smallest_m
        self.largest_m = largest_m

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"{self.size_m} m is not within {self.smallest_m} to {self.largest_m} m"
