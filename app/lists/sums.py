"""How many rows of a list lie in each area, for a map of what it would bring."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.lists.places import CityAreas, Place
from app.lists.prepare import JudgedBlock
from app.stored_words import LEVELS

_TOLD_LEVELS = ("kecamatan", "kelurahan", "rw")


class AreaSums:
    """Rows that are kept, and their cost, by area."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str]] = Counter()
        self._costs: Counter[tuple[str, str]] = Counter()

    def add(self, prepared: JudgedBlock, rows: Sequence[int], areas: CityAreas) -> None:
        """Count some rows of a block; one without a place counts nowhere."""
        for row in rows:
            place = prepared.places[row]
            if not isinstance(place, Place):
                continue
            cost = prepared.judged.value("estimated_cost", row) or 0
            for level, code in zip(LEVELS, areas.chains[place.code], strict=True):
                if code is not None and level in _TOLD_LEVELS:
                    self._rows[level, code] += 1
                    self._costs[level, code] += cost

    def told(self) -> list[dict[str, Any]]:
        """Of each area that has any its rows and their cost in rupiah, by level and code."""
        return [
            {"level": level, "code": code, "rows": rows, "cost": self._costs[level, code]}
            for (level, code), rows in sorted(
                self._rows.items(), key=lambda each: (LEVELS.index(each[0][0]), each[0][1])
            )
        ]
