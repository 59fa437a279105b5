"""The tiles' addresses for the OpenAPI document: plain routes do not describe themselves."""

from typing import Any

from app.responses import problems
from app.tiles.layers import LAYERS
from spatial.tiles import MAX_ZOOM

_MVT = "application/vnd.mapbox-vector-tile"
_CITY = {"name": "city", "in": "query", "required": False, "schema": {"type": "string"}}


def _in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


_LAYER = _in_path("layer", {"type": "string", "enum": list(LAYERS)})
_NUMBER = {"type": "integer", "minimum": 0}
_REFUSALS = {str(status): answer for status, answer in problems(404, 422).items()}


def tile_paths() -> dict[str, Any]:
    """Paths by their pattern; `usulan` takes every filter of the list as well."""
    return {
        "/tiles/{layer}/{z}/{x}/{y}.mvt": {
            "get": {
                "tags": ["ubin"],
                "parameters": [
                    _LAYER,
                    _in_path("z", {**_NUMBER, "maximum": MAX_ZOOM}),
                    _in_path("x", _NUMBER),
                    _in_path("y", _NUMBER),
                    _CITY,
                ],
                "responses": {
                    "200": {
                        "description": "The tile",
                        "content": {_MVT: {"schema": {"type": "string", "format": "binary"}}},
                    },
                    "204": {"description": "The tile is empty"},
                    **_REFUSALS,
                },
            }
        },
        "/tiles/{layer}.json": {
            "get": {
                "tags": ["ubin"],
                "parameters": [_LAYER, _CITY],
                "responses": {
                    "200": {
                        "description": "Where its tiles are and what is in them",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    **_REFUSALS,
                },
            }
        },
    }
