"""What the demo is: its city, its sizes, its years, and the day on which its story stops."""

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

CITY_CODE: Final = "99.71"
CITY_NAME: Final = "Kota Contoh"
EDITION: Final = "2025"
LICENCE: Final = "CC0-1.0"
SOURCE_LABEL: Final = "data contoh"
SOURCE: Final = "contoh"
"""What `usulan.source` says of every row of the demo."""

SIZES: Final = MappingProxyType({"small": 5_000, "city": 50_000, "large": 1_000_000})
BATCH: Final = 5_000
"""Usulan made and written together; every size is a whole number of batches."""

FEWER_DRAW: Final = 0.1
"""Of the lines and surfaces of the first `city`, how many are drawn in the batches beyond it; the
others are points. Each is laid over every RT that it touches, half the work of a million."""

YEARS: Final = (2022, 2023, 2024, 2025, 2026)
FIRST_SHARES: Final = (0.21, 0.19, 0.19, 0.18, 0.23)
"""Of the usulan that start a lineage, the share of each year; carry-overs add to the later ones."""

DEFAULT_SEED: Final = 9971


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """One demo: the same plan gives the same rows, on any day and any machine."""

    size: str = "city"
    seed: int = DEFAULT_SEED
    today: date = field(default=date(2026, 11, 22))
    """Nothing happens after this day, so that the demo does not depend on the clock."""

    @property
    def usulan(self) -> int:
        return SIZES[self.size]

    @staticmethod
    def drawing_share(number: int) -> float:
        """Of the usual lines and surfaces, how many a batch has."""
        return 1.0 if number * BATCH < SIZES["city"] else FEWER_DRAW

    @property
    def batches(self) -> int:
        return self.usulan // BATCH
