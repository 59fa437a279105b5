"""Points that many rows share: perhaps the office that typed them in, a false centre of need."""

from collections import Counter

import numpy as np
import numpy.typing as npt

MANY_ROWS = 10
_MOST_KEPT = 200_000

Floats = npt.NDArray[np.float64]


class SharedSpots:
    """Rows counted by their exact point; points seen once are forgotten when there are too many."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[float, float]] = Counter()

    def add(self, longitudes: Floats, latitudes: Floats) -> None:
        known = ~np.isnan(longitudes)
        self._rows.update(zip(longitudes[known].tolist(), latitudes[known].tolist(), strict=True))
        if len(self._rows) > _MOST_KEPT:
            self._rows = Counter({spot: rows for spot, rows in self._rows.items() if rows > 1})
            if len(self._rows) > _MOST_KEPT:
                self._rows = Counter(dict(self._rows.most_common(_MOST_KEPT // 2)))

    def shared(self, most: int = 5) -> list[dict[str, float]]:
        """The points with the most rows, at least `MANY_ROWS` each."""
        return [
            {"longitude": longitude, "latitude": latitude, "rows": rows}
            for (longitude, latitude), rows in self._rows.most_common(most)
            if rows >= MANY_ROWS
        ]
