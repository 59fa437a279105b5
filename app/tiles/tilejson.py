"""TileJSON 3.0.0: where the tiles of a layer are, what is in them, and the place they show."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.tiles.serving import TileRequest
from app.usulan.filters import filter_query, read_filters
from spatial.tiles import MAX_ZOOM

_SUMS = {
    "count": "usulan in the cell",
    "cost": "rupiah, three significant digits",
    "beneficiaries": "people, three significant digits",
    "supporters": "people, three significant digits",
    "precision": "rw: private needs counted in an area",
    "area": "code of that area",
}
_USULAN = {
    "number": "public number",
    "category": "category code",
    "status": "status",
    "year": "planning year",
    "severity": "1 low to 3 high",
    "supporters": "people",
}
_VECTOR_LAYERS: Mapping[str, list[dict[str, Any]]] = {
    "usulan": [
        {"id": "cells", "fields": _SUMS, "minzoom": 0, "maxzoom": MAX_ZOOM},
        {"id": "usulan", "fields": _USULAN, "minzoom": 15, "maxzoom": MAX_ZOOM},
    ],
    "areas": [{"id": "areas", "fields": {"code": "code", "name": "name", "level": "level"}}],
    "base": [{"id": "base", "fields": {"kind": "kind", "subkind": "subkind", "name": "name"}}],
}


def describe_layer(asked: TileRequest, *, base: str, bounds: list[float] | None) -> dict[str, Any]:
    """The document of one layer; the tiles' address carries the filters of this request."""
    layer, city = asked.layer, asked.city
    query = urlencode([("city", city.code), *_carried(asked)])
    document = {
        "tilejson": "3.0.0",
        "name": f"{city.name}: {layer}",
        "scheme": "xyz",
        "tiles": [f"{base}/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt?{query}"],
        "vector_layers": _VECTOR_LAYERS[layer],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
    }
    if bounds is not None:
        west, south, east, north = bounds
        document["bounds"] = bounds
        document["center"] = [round((west + east) / 2, 6), round((south + north) / 2, 6), 12]
    return document


def _carried(asked: TileRequest) -> list[tuple[str, str]]:
    if asked.layer == "usulan":
        return filter_query(read_filters(asked.parameters))
    if asked.layer == "areas":
        named = (
            ("level", asked.parameters.get("level")),
            ("edition", asked.parameters.get("edition") or asked.city.edition),
            ("v", asked.edition and asked.edition.version),
        )
        return [(name, value) for name, value in named if value]
    return []
