"""What areas are compared by: its unit, its value, and where there is too little to compare."""

from collections.abc import Mapping
from typing import Any, Literal

from app.language import Words

Measure = Literal["per_1000", "count", "cost", "beneficiaries", "supporters"]

FEWEST_HOUSEHOLDS = 30
"""Fewer than these make no rate, no class and no rank (`data_kurang`)."""

UNITS: Mapping[Measure, Words] = {
    "per_1000": Words("usulan per 1.000 jiwa", "usulan per 1,000 inhabitants"),
    "count": Words("usulan", "usulan"),
    "cost": Words("rupiah", "rupiah"),
    "beneficiaries": Words("penerima manfaat", "beneficiaries"),
    "supporters": Words("pendukung", "supporters"),
}


def is_thin(row: Mapping[str, Any], measure: Measure) -> bool:
    """Whether an area has too little data to be compared with others.

    A sum is known even where nobody counted the households, as in boundaries without
    statistics, so only few known ones matter; a rate wants people and households.
    """
    households = row["households"]
    if measure == "per_1000" and (row["per_1000"] is None or households is None):
        return True
    return households is not None and households < FEWEST_HOUSEHOLDS
