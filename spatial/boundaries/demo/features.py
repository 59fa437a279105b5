"""GeoJSON text: compact, one feature a line, the same bytes for the same features."""

import json
from dataclasses import dataclass
from typing import Final

import shapely

from spatial.boundaries.demo.plan import LABEL

DECIMALS: Final = 7


@dataclass(frozen=True)
class Feature:
    """A shape in EPSG:4326 and what is known of it."""

    shape: shapely.Geometry
    properties: dict[str, str | int | None]


def collection_text(name: str, features: list[Feature]) -> str:
    """Give a GeoJSON FeatureCollection that says it is made up (`label`).

    Outer rings run counter-clockwise and begin at the vertex furthest south-west; coordinates
    have seven decimals, which is one centimetre.

    Parameters
    ----------
    name
        Name of the layer.
    features
        In the order they are to be written.

    Returns
    -------
    text
        One feature a line, ended by a newline.
    """
    head = (
        f'{{"type":"FeatureCollection","name":{_json(name)},"label":{_json(LABEL)},"features":[\n'
    )
    return head + ",\n".join(_feature_text(feature) for feature in features) + "\n]}\n"


def _feature_text(feature: Feature) -> str:
    shape = shapely.orient_polygons(shapely.normalize(feature.shape))
    written = {
        "type": "Feature",
        "properties": feature.properties,
        "geometry": {
            "type": shape.geom_type,
            "coordinates": _rounded(shapely.geometry.mapping(shape)["coordinates"]),
        },
    }
    return _json(written)


def _rounded(coordinates: object) -> object:
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(part) for part in coordinates]
    raise TypeError(f"{coordinates!r} is no coordinate")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
