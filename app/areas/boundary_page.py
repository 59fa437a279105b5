"""The report of a boundary file as one page: a map of every defect and tables to print.

The page holds all it needs; whoever opens it asks no host for anything. Words of the file are
text everywhere, never markup.
"""

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import folium
import shapely
from branca.element import Figure
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.areas.boundary_defects import Defect, DefectKind, Kind, defects_of
from app.areas.boundary_file import BoundaryFile, FileOutcome
from app.areas.boundary_words import LEVEL_NAMES, REMARKS
from app.cities.service import KnownCity
from app.clock_words import moment_words
from app.settings import PROJECT_DIR
from spatial.boundaries.flaws import Remark

LEAFLET_DIR = PROJECT_DIR / "frontend" / "dist" / "leaflet"
MOST_DRAWN = 5000
"""Of each kind; more would make the page too heavy for an old computer."""
SHOWN_AT_ONCE = 20
"""Of each kind; the others open with a click."""
_OUTLINE_PARTS = 4000  # of the map's width, to which outlines are simplified
_DECIMALS = 7
_NO_COLOUR = "#6F7871"
_TOLD_BY = {"option": "disebutkan pemuat", "file": "menurut berkas", "guess": "ditebak"}


class AssetsMissing(RuntimeError):
    """The pages have not been built, and with them what draws the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When and for whom a file was read, and whether its areas were kept."""

    city: KnownCity
    now: datetime
    stored: bool


def boundary_page(outcome: FileOutcome, asked: BoundaryFile, occasion: Occasion) -> str:
    """The report as HTML; raises AssetsMissing before the pages are built."""
    kinds = defects_of(outcome)
    drawing = _drawing(outcome, kinds)
    template = _environment().get_template("boundary_page.html")
    return template.render(
        assets={name: Markup(text) for name, text in _assets().items()},  # noqa: S704 - our own
        asked=asked,
        kinds=kinds,
        level=LEVEL_NAMES[asked.level],
        made=sorted(outcome.examined.checked.parents, key=lambda parent: parent.code),
        map=drawing,
        most=MOST_DRAWN,
        at_once=SHOWN_AT_ONCE,
        moment=moment_words(occasion.now, occasion.city.time_zone),
        occasion=occasion,
        remarks=[
            (REMARKS[Remark(remark)], rows) for remark, rows in outcome.report["remarks"].items()
        ],
        report=outcome.report,
        provisional=any(".x" in area.code for area in outcome.examined.checked.areas),
        told_by=_TOLD_BY,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    return environment


def _number(value: float) -> str:
    """As Indonesian writes it: 26.047 and 0,5."""
    is_small = isinstance(value, float) and 0 < abs(value) < 10
    text = f"{value:,.1f}" if is_small else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def _assets() -> dict[str, str]:
    try:
        script = (LEAFLET_DIR / "leaflet.js").read_text(encoding="utf-8")
        style = (LEAFLET_DIR / "leaflet.css").read_text(encoding="utf-8")
    except OSError:
        raise AssetsMissing("halaman belum dibangun; jalankan dahulu: make setup") from None
    # Pictures beside the style sheet are not here; the map uses none of them.
    return {"script": script, "style": re.sub(r"url\([^)]*\)", "none", style)}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What Folium makes of the map: its place in the page, its script, and its name there."""

    place: Markup
    script: Markup
    name: str


def _drawing(outcome: FileOutcome, kinds: list[DefectKind]) -> _Drawing:
    view = folium.Map(
        tiles=None, prefer_canvas=True, attribution_control=False, zoom_snap=0.25, max_zoom=20
    )
    _outlines(outcome).add_to(view)
    for kind in kinds:
        told = [defect for defect in kind.defects[:MOST_DRAWN] if not defect.is_slight]
        slight = [defect for defect in kind.defects[:MOST_DRAWN] if defect.is_slight]
        if told:
            _layer(kind, told).add_to(view)
        if slight:
            _layer(kind, slight, more=", di bawah 1 m²", show=not told).add_to(view)
    folium.LayerControl(collapsed=False).add_to(view)
    west, south, east, north = _bounds(outcome, kinds)
    view.fit_bounds([(south, west), (north, east)])
    figure = view.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("a map that stands in no page")
    figure.render()
    return _Drawing(
        place=Markup(figure.html.render()),  # noqa: S704 - Folium's, with our escaped text
        script=Markup(figure.script.render()),  # noqa: S704 - as above
        name=view.get_name(),
    )


def _bounds(outcome: FileOutcome, kinds: list[DefectKind]) -> tuple[float, float, float, float]:
    shapes = [area.surface for area in outcome.examined.checked.areas]
    shapes = shapes or [d.shape for kind in kinds for d in kind.defects if d.shape is not None]
    if not shapes:
        return 95.0, -11.0, 141.0, 6.0
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _outlines(outcome: FileOutcome) -> folium.GeoJson:
    checked = outcome.examined.checked
    shapes = [area.surface for area in checked.areas]
    west, _, east, _ = shapely.total_bounds(shapes) if shapes else (0, 0, 1, 1)
    simple = shapely.simplify(shapes, (east - west) / _OUTLINE_PARTS)
    features = [
        _feature(shape, checked.labels.get(area.code) or f"{area.name} ({area.code})")
        for area, shape in zip(checked.areas, simple, strict=True)
    ]
    style = {"color": _NO_COLOUR, "weight": 1, "fillColor": "#F3F5F2", "fillOpacity": 0.6}
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name="Wilayah yang diterima",
        style_function=lambda _: style,
        tooltip=_tooltip() if features else None,
        zoom_on_click=False,
    )


def _layer(
    kind: DefectKind, defects: list[Defect], *, more: str = "", show: bool = True
) -> folium.GeoJson:
    features: list[dict[str, Any]] = []
    for defect in defects:
        if defect.shape is not None:
            text = f"{kind.word} {defect.number}: {defect.called}"
            features.append(_feature(defect.shape, text))
            features.append(_feature(defect.shape.representative_point(), text))
    dashes = "6 4" if kind.kind is Kind.REFUSED else None
    style = {"color": kind.colour, "weight": 2, "fillOpacity": 0.35, "dashArray": dashes}
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=f'<span class="swatch" style="background:{kind.colour}"></span>{kind.title}{more}',
        show=show,
        style_function=lambda _: style,
        marker=folium.CircleMarker(radius=5, weight=2, color=kind.colour, fill=True),
        tooltip=_tooltip() if features else None,
    )


def _tooltip() -> folium.GeoJsonTooltip:
    return folium.GeoJsonTooltip(["t"], labels=False, sticky=True)


def _feature(shape: shapely.Geometry, text: str) -> dict[str, Any]:
    """With the text escaped: the map shows it as markup, and it stands inside a script."""
    rounded = shapely.transform(shape, lambda positions: positions.round(_DECIMALS))
    return {
        "type": "Feature",
        "properties": {"t": html.escape(text)},
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }
