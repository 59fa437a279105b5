"""One feature as a file had it: row, properties, geometry, or the reason it has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from spatial.boundaries.flaws import Refusal, Remark


@dataclass(frozen=True, slots=True)
class Feature:
    """What stood in one row of a file.

    Attributes
    ----------
    row
        1 for the first feature.
    properties
        As the file had them; a number stays a number.
    geometry
        Two-dimensional, degrees, EPSG:4326, perhaps not valid; None when the row had none or
        was refused.
    refusal
        Why the row cannot be taken, or None.
    remarks
        What was odd and did not matter.
    """

    row: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None
    refusal: Refusal | None = None
    remarks: tuple[Remark, ...] = ()
