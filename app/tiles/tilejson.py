"""TileJSON 3.0.0: where the tiles of a layer are, what is in them, and the place they show."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from app.tiles.layer import Layer
from spatial.tiles import MAX_ZOOM


def describe_layer(
    name: str,
    layer: Layer,
    *,
    base: str,
    bounds: list[float] | None,
    sources: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The document of one layer; the tiles' address carries the filters of this request."""
    query = urlencode([("city", layer.city.code), *layer.carried])
    document = {
        "tilejson": "3.0.0",
        "name": f"{layer.city.name}: {name}",
        "scheme": "xyz",
        "tiles": [f"{base}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt?{query}"],
        "vector_layers": list(layer.contents),
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
    }
    if sources:
        document["attribution"] = credits_of(sources)
    if bounds is not None:
        west, south, east, north = bounds
        document["bounds"] = bounds
        document["center"] = [round((west + east) / 2, 6), round((south + north) / 2, 6), 12]
    return document


def credits_of(sources: Sequence[Mapping[str, Any]]) -> str:
    """Whose work is shown, as one line of HTML."""
    return "; ".join(map(_credit, sources))


def _credit(told: Mapping[str, Any]) -> str:
    """A source with its licence; escaped, for readers of TileJSON may take it for HTML."""
    licence = f" ({told['licence']})" if told["licence"] else ""
    return escape(told["source"] + licence)
