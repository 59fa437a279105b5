"""What a heat map says of itself: where its tiles are, its unit, scale and what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.heat.asking import HeatQuery, Weight
from app.language import Language, Words
from app.tiles.frames import Frame
from app.tiles.tilejson import credits_of
from app.usulan.queries import Matched
from app.usulan.selection import Chosen
from spatial.heatimage import legend
from spatial.heatscale import SCALE_ZOOMS, HeatScale

UNITS: Mapping[Weight, Words] = {
    "count": Words("usulan per km²", "usulan per km²"),
    "cost": Words("rupiah per km²", "rupiah per km²"),
    "beneficiaries": Words("penerima manfaat per km²", "beneficiaries per km²"),
    "supporters": Words("pendukung per km²", "supporters per km²"),
}
_NAMES: Mapping[Weight, Words] = {
    "count": Words("kepadatan usulan", "density of usulan"),
    "cost": Words("kepadatan biaya usulan", "density of cost"),
    "beneficiaries": Words("kepadatan penerima manfaat", "density of beneficiaries"),
    "supporters": Words("kepadatan pendukung", "density of supporters"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the document of a map is made from, besides the map."""

    chosen: Chosen
    query: HeatQuery
    matched: Matched
    frame: Frame
    as_of: datetime


def describe_heat(told: Told, scale: HeatScale, *, base: str, language: Language) -> dict[str, Any]:
    """TileJSON of a raster with the members that a legend needs."""
    chosen, query, matched = told.chosen, told.query, told.matched
    parameters = urlencode([*chosen.query, *query.carried])
    minzoom, maxzoom = SCALE_ZOOMS
    return {
        "tilejson": "3.0.0",
        "name": f"{chosen.city.name}: {_NAMES[query.weight].in_language(language)}",
        "scheme": "xyz",
        "tiles": [f"{base}/tiles/heat/{{z}}/{{x}}/{{y}}.png?{parameters}"],
        "minzoom": minzoom,
        "maxzoom": maxzoom,
        **({"attribution": credits_of(told.frame.sources)} if told.frame.sources else {}),
        **({"bounds": told.frame.bounds} if told.frame.bounds else {}),
        "weight": query.weight,
        "bandwidth_m": query.bandwidth_m,
        "theme": query.theme,
        "unit": UNITS[query.weight].in_language(language),
        "scale": _scale(scale, query),
        "numberMatched": matched.number,
        "drawn": matched.number - matched.unlocated,
        "unlocated": matched.unlocated,
        "as_of": told.as_of.isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
    }


def _scale(scale: HeatScale, query: HeatQuery) -> dict[str, Any]:
    return {
        "top": scale.top,
        "classes": [
            {"from": step.lower, "to": step.upper, "color": step.colour}
            for step in legend(scale, theme=query.ground)
        ],
        "isolines": list(scale.breaks),
    }
