"""The heat maps' addresses for the OpenAPI document: plain routes do not describe themselves."""

from collections.abc import Mapping
from typing import Any, get_args

from app.heat.asking import HeatQuery, Weight
from app.operation_words import OperationWords
from app.responses import problems
from spatial.heatscale import SCALE_ZOOMS

_NUMBER = {"type": "integer", "minimum": 0}
_REFUSALS = {str(status): answer for status, answer in problems(404, 422).items()}
_TILE, _DOCUMENT = "/tiles/heat/{z}/{x}/{y}.png", "/tiles/heat.json"

HEAT_OPERATIONS: Mapping[tuple[str, str], OperationWords] = {
    ("get", "/api/v1/hexagons"): OperationWords(
        "Jumlah per heksagon",
        "Segi enam dengan sisi `edge_m` meter di lapangan yang berisi usulan, dengan jumlahnya."
        " Kisinya tetap untuk satu kota. Kebutuhan privat (`spread`) disebar rata di wilayah"
        " publiknya, jadi sebuah heksagon dapat berisi pecahan. Jumlah `count` semua heksagon"
        " ditambah `unlocated` sama dengan `numberMatched`.",
        "/api/v1/hexagons?city=99.71&edge_m=250&year=2026",
    ),
    ("get", _TILE): OperationWords(
        "Satu ubin peta kepadatan",
        "Gambar PNG 256 piksel: berapa usulan (atau rupiah, orang) per km², diratakan dengan"
        " radius `bandwidth_m` dalam meter di lapangan. Menerima semua saringan `/api/v1/usulan`."
        " Kebutuhan privat disebar rata di wilayah publiknya. Skala warna sama di semua ubin dari"
        " pertanyaan yang sama, lihat `/tiles/heat.json`. Ubin kosong dijawab 204.",
        "/tiles/heat/14/13234/8537.png?city=99.71&bandwidth_m=200",
        "-o kepadatan.png ",
    ),
    ("get", _DOCUMENT): OperationWords(
        "Skala peta kepadatan",
        "Alamat ubin, satuan, skala tetap dengan garis isolinenya, dan berapa usulan yang tidak"
        " tergambar karena tanpa lokasi (`unlocated`).",
        "/tiles/heat.json?city=99.71&weight=cost",
    ),
}


def heat_paths() -> dict[str, Any]:
    """Paths by their pattern; both take every filter of the list as well."""
    first, last = SCALE_ZOOMS
    zoom = {"type": "integer", "minimum": first, "maximum": last}
    place = [_required("z", zoom), _required("x", _NUMBER), _required("y", _NUMBER)]
    return {
        _TILE: _reading(place, "image/png", {"type": "string", "format": "binary"}, empty=True),
        _DOCUMENT: _reading([], "application/json", {"type": "object"}, empty=False),
    }


def _reading(
    parameters: list[dict[str, Any]], media_type: str, schema: dict[str, Any], *, empty: bool
) -> dict[str, Any]:
    answers = {"200": {"description": "The map", "content": {media_type: {"schema": schema}}}}
    if empty:
        answers["204"] = {"description": "Nothing shows in the tile"}
    return {
        "get": {
            "tags": ["ubin"],
            "parameters": [*parameters, *_asked()],
            "responses": {**answers, **_REFUSALS},
        }
    }


def _asked() -> list[dict[str, Any]]:
    fields = HeatQuery.model_json_schema()["properties"]
    schemas = {
        "city": {"type": "string"},
        "weight": {"type": "string", "enum": list(get_args(Weight)), "default": "count"},
        "bandwidth_m": fields["bandwidth_m"],
        "theme": {"type": "string", "enum": ["light", "dark"], "default": "light"},
    }
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in schemas.items()
    ]


def _required(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}
