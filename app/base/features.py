"""Rows of a file as features of the reference map: cut to the city, classed, or refused."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.text import ForbiddenCharacters, tidy_line
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import Refusal

KINDS = ("road", "river", "rail", "landmark")
REACH_M = 1_000
"""How far around the city the reference map goes on, so that it does not end at the border."""
LONGEST_NAME = 120
LONGEST_SUBKIND = 40
_PLACES = frozenset({"Point", "MultiPoint", "Polygon", "MultiPolygon"})
_LINES = frozenset({"LineString", "MultiLineString", "LinearRing"})
_SURFACES = frozenset({"Polygon", "MultiPolygon"})
_TAKEN: Mapping[str, frozenset[str]] = {
    "road": _LINES,
    "rail": _LINES,
    "river": _LINES | _SURFACES,
    "landmark": _PLACES,
}
# Classes of OpenStreetMap, of the Ministry of Public Works and of plain speech, by the word
# they contain; whatever has none of these words is a street.
_MAIN = re.compile(
    r"motorway|trunk|primary|secondary|tertiary|\btol\b|nasional|provinsi|arteri|kolektor|utama"
)
_LANE = re.compile(
    r"service|footway|path|pedestrian|living_street|track|cycleway|steps"
    r"|\bgang\b|setapak|lingkungan|inspeksi"
)
# What OpenStreetMap calls a place, in the words that the map uses.
_PLACE_WORDS: Mapping[str, str] = {
    "mosque": "masjid",
    "church": "gereja",
    "school": "sekolah",
    "kindergarten": "sekolah",
    "university": "kampus",
    "college": "kampus",
    "hospital": "rumah_sakit",
    "clinic": "puskesmas",
    "marketplace": "pasar",
    "station": "stasiun",
    "bus_station": "terminal",
    "townhall": "kantor",
    "bridge": "jembatan",
    "park": "taman",
    "pitch": "lapangan",
}


class BaseRefusal(StrEnum):
    """Why a row is no feature of the reference map; stable words that a report may carry."""

    NOT_A_LINE = "not_a_line"
    NOT_A_PLACE = "not_a_place"
    SEVERAL_PLACES = "several_places"
    NO_LENGTH = "no_length"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is being loaded, and for which ground."""

    city_code: str
    kind: str
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees; what lies outside is left out or cut off."""
    name_field: str | None
    subkind_field: str | None


@dataclass(frozen=True, slots=True)
class BaseFeature:
    """One line, surface or place, ready to be stored."""

    feature_id: UUID
    kind: str
    subkind: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Sorted:
    """Every row of a file in one of three heaps."""

    taken: Sequence[BaseFeature]
    refused: Sequence[tuple[int, Refusal | BaseRefusal]]
    """Row and reason."""
    outside: int
    cut: int
    """How many of the taken went on beyond the ground."""


def sort_rows(rows: Collection[Feature], ground: Ground) -> Sorted:
    """Which rows of a file belong to the reference map of a city, in the order of the file."""
    box = shapely.box(*ground.bounds)
    taken: list[BaseFeature] = []
    refused: list[tuple[int, Refusal | BaseRefusal]] = []
    outside = cut = 0
    for row in rows:
        found = _refusal(row, ground)
        if found is not None or row.geometry is None:
            refused.append((row.row, found or Refusal.NO_GEOMETRY))
            continue
        whole = _placed(row.geometry) if ground.kind == "landmark" else _valid(row.geometry)
        inside = shapely.intersection(whole, box)
        if inside.is_empty or (ground.kind != "landmark" and inside.length == 0):
            outside += 1
            continue
        cut += not shapely.covers(box, whole)
        taken.append(_feature(row, inside, ground))
    return Sorted(taken, refused, outside, cut)


def _refusal(row: Feature, ground: Ground) -> Refusal | BaseRefusal | None:
    if row.refusal is not None or row.geometry is None or row.geometry.is_empty:
        return row.refusal or Refusal.NO_GEOMETRY
    return _refusal_of_shape(row.geometry, ground.kind) or _refusal_of_words(row, ground)


def _refusal_of_shape(geometry: BaseGeometry, kind: str) -> BaseRefusal | None:
    is_place = kind == "landmark"
    if geometry.geom_type not in _TAKEN[kind]:
        return BaseRefusal.NOT_A_PLACE if is_place else BaseRefusal.NOT_A_LINE
    if geometry.geom_type == "MultiPoint" and len(shapely.get_parts(geometry)) > 1:
        return BaseRefusal.SEVERAL_PLACES
    return BaseRefusal.NO_LENGTH if not is_place and geometry.length == 0 else None


def _refusal_of_words(row: Feature, ground: Ground) -> Refusal | BaseRefusal | None:
    try:
        name = _words(row.properties, ground.name_field, LONGEST_NAME)
        _words(row.properties, ground.subkind_field, LONGEST_SUBKIND)
    except ForbiddenCharacters:
        return Refusal.BAD_TEXT
    # A place without a name tells nobody where they are; a road without one still does.
    return BaseRefusal.NO_NAME if ground.kind == "landmark" and not name else None


def _placed(geometry: BaseGeometry) -> Point:
    return geometry if isinstance(geometry, Point) else geometry.representative_point()


def _valid(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _feature(row: Feature, geometry: BaseGeometry, ground: Ground) -> BaseFeature:
    name = _words(row.properties, ground.name_field, LONGEST_NAME)
    said = _words(row.properties, ground.subkind_field, LONGEST_SUBKIND)
    subkind = _subkind(ground.kind, said)
    # The same row of the same file is the same feature, however often it is loaded.
    shape = shapely.to_wkb(shapely.normalize(geometry), hex=True)
    same = f"peta:{ground.city_code}/{ground.kind}/{subkind}/{name}/{shape}"
    return BaseFeature(uuid5(NAMESPACE_URL, same), ground.kind, subkind, name, geometry)


def _words(properties: Mapping[str, Any], field: str | None, longest: int) -> str:
    value = properties.get(field) if field is not None else None
    return "" if value is None else tidy_line(str(value))[:longest].rstrip()


def _subkind(kind: str, said: str) -> str:
    words = said.lower()
    if kind == "road":
        if _LANE.search(words):
            return "lane"
        return "main" if _MAIN.search(words) else "street"
    if kind == "landmark":
        return _PLACE_WORDS.get(words, re.sub(r"\W+", "_", words).strip("_"))
    return ""
