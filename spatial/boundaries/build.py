"""One row of a file as a feature: built, converted to degrees, or refused with the reason."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, Refusal, Remark
from spatial.boundaries.positions import Builder
from spatial.boundaries.systems import System
from spatial.crs import project


def built_feature(
    row: int,
    properties: Mapping[str, Any],
    shape: Callable[[Builder], BaseGeometry | None],
    system: System,
) -> Feature:
    """A feature from its properties and whatever builds its shape.

    Parameters
    ----------
    row
        1 for the first of the file.
    properties
        As the file had them.
    shape
        Makes the geometry with the builder it is given; None for a row without one.
    system
        Of the coordinates.

    Returns
    -------
    feature
        Degrees, EPSG:4326; refused when the shape was.
    """
    builder = Builder(is_projected=system.to_degrees is not None)
    try:
        geometry = shape(builder)
    except FeatureRefused as error:
        return Feature(row, properties, None, error.refusal)
    remarks = set(builder.remarks)
    if system.to_degrees is not None and geometry is not None:
        geometry = project(geometry, system.to_degrees)
        remarks.add(Remark.CONVERTED_CRS)
        if not np.isfinite(shapely.get_coordinates(geometry)).all():
            return Feature(row, properties, None, Refusal.OUTSIDE_THE_WORLD)
    return Feature(row, properties, geometry, None, tuple(sorted(remarks)))
