"""Areas as GeoJSON."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from app.rows import AnyRow

# Web mercator at zoom 0: degrees of longitude that one of 256 pixels spans.
_DEGREES_PER_PIXEL = 360 / 256


def area_collection(
    rows: Sequence[AnyRow], shapes: Sequence[str], sources: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Areas with their shapes, and whose work these are."""
    features = [_feature(row, shape) for row, shape in zip(rows, shapes, strict=True)]
    return {"type": "FeatureCollection", "features": features, "attribution": list(sources)}


def _feature(row: AnyRow, shape: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.code,
        "geometry": orjson.Fragment(shape),
        "properties": {
            "code": row.code,
            "name": row.name,
            "level": row.level,
            "kind": row.kind,
            "parent": row.parent_code,
            "population": row.population,
            "households": row.households,
            "area_km2": rounded(row.area_km2),
            "status": row.status,
        },
    }


def rounded(area_km2: float | None) -> float | None:
    """Square kilometres to a square metre."""
    return None if area_km2 is None else round(area_km2, 6)


def simplified(shapes: Sequence[str], zoom: int) -> list[str]:
    """The shapes with what is smaller than a pixel at a zoom left out, borders still shared."""
    if not shapes:
        return []
    drawn = shapely.from_geojson(list(shapes))
    tolerance = _DEGREES_PER_PIXEL / 2**zoom
    coarse = shapely.coverage_simplify(drawn, tolerance)
    return [_geojson(shape) for shape in coarse]


def _geojson(shape: BaseGeometry) -> str:
    rounded_shape = shapely.transform(shape, lambda corners: corners.round(6))
    return str(shapely.to_geojson(rounded_shape))
