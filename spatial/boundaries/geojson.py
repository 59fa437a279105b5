"""GeoJSON read strictly: RFC 7946 held to the letter where GDAL opens what is wrong without a word.

Nothing here trusts the document: nesting is followed only as deep as a type asks, positions
are counted before they are built, and one bad feature never hides the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.build import built_feature
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import (
    FeatureRefused,
    FileFlaw,
    FileRefused,
    Refusal,
    Remark,
)
from spatial.boundaries.positions import Builder
from spatial.boundaries.systems import WGS84, System, named_system, system_of_code
from spatial.boundaries.wish import Origin, Reading, Told, Wish
from spatial.crs import find_srid
from spatial.json_names import find_repeated_name

MAX_FEATURES = 200_000
# How orjson words two failures that are not about the syntax.
_DEEP = "depth limit"
_OUT_OF_MEMORY = "memory"
_GEOMETRY_TYPES = frozenset(
    {
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    }
)


def read_geojson(content: bytes, wish: Wish) -> Reading:
    """The rows of a GeoJSON document, as `features_of` gives them.

    Parameters
    ----------
    content
        The file.
    wish
        Only its `crs` has a meaning here.

    Returns
    -------
    reading
        Rows in order.
    """
    document = _parsed(content)
    members = _members(document)
    system = named_system(wish.crs) if wish.crs else _declared_system(document)
    told = Told.OPTION if wish.crs else Told.FILE
    origin = Origin(format="GeoJSON", crs=system.name, crs_from=told)
    return Reading(origin, _features(document, members, system))


def features_of(content: bytes) -> Iterator[Feature]:
    """Every feature of a GeoJSON document, the bad ones with the reason they are bad.

    A document that is a single feature or a bare geometry has one row. A ``crs`` member that
    names another system than WGS 84 (GeoJSON of 2008) is converted and remarked.

    Parameters
    ----------
    content
        The file, UTF-8, with or without a byte order mark.

    Returns
    -------
    features
        Rows in order, from 1.

    Raises
    ------
    FileRefused
        When the document as a whole is no GeoJSON.
    """
    return read_geojson(content, Wish()).features


def _features(document: Mapping[str, Any], members: list[Any], system: System) -> Iterator[Feature]:
    is_bare = document["type"] in _GEOMETRY_TYPES
    for row, member in enumerate(members, start=1):
        feature = _feature(row, member, system)
        if is_bare and feature.refusal is None:
            feature = replace(feature, remarks=(*feature.remarks, Remark.BARE_GEOMETRY))
        yield feature


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(FileFlaw.NOT_UTF8, f"byte {error.start + 1}") from None
    try:
        document = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        if _OUT_OF_MEMORY in error.msg:
            raise MemoryError from None
        flaw = FileFlaw.TOO_DEEP if _DEEP in error.msg else FileFlaw.NOT_JSON
        raise FileRefused(flaw, f"line {error.lineno}, column {error.colno}") from None
    if not isinstance(document, Mapping):
        raise FileRefused(FileFlaw.NOT_GEOJSON, "not an object")
    if repeated := find_repeated_name(content):
        raise FileRefused(FileFlaw.REPEATED_NAME, f"line {repeated.line}")
    return document


def _members(document: Mapping[str, Any]) -> list[Any]:
    kind = document.get("type")
    if not isinstance(kind, str):
        raise FileRefused(FileFlaw.NOT_GEOJSON, "no type")
    if kind == "FeatureCollection":
        members = document.get("features")
        if not isinstance(members, list):
            raise FileRefused(FileFlaw.NOT_GEOJSON, "features is not a list")
        if len(members) > MAX_FEATURES:
            raise FileRefused(FileFlaw.TOO_MANY_FEATURES, f"more than {MAX_FEATURES}")
        return members
    if kind == "Feature":
        return [document]
    if kind in _GEOMETRY_TYPES:
        return [{"type": "Feature", "properties": None, "geometry": document}]
    raise FileRefused(FileFlaw.NOT_GEOJSON, "type is none that GeoJSON has")


def _declared_system(document: Mapping[str, Any]) -> System:
    """The system that the document names; WGS 84 when it names none."""
    declared = document.get("crs")
    if declared is None:
        return WGS84
    properties = declared.get("properties") if isinstance(declared, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    srid = find_srid(name) if isinstance(name, str) else None
    system = None if srid is None else system_of_code(srid)
    if system is None:
        raise FileRefused(FileFlaw.UNKNOWN_CRS)
    return system


def _feature(row: int, member: object, system: System) -> Feature:
    try:
        geojson = _feature_object(member)
        properties = _properties(geojson)
    except FeatureRefused as error:
        return Feature(row, {}, None, error.refusal)
    return built_feature(row, properties, lambda builder: _geometry(geojson, builder), system)


def _feature_object(member: object) -> Mapping[str, Any]:
    if not isinstance(member, Mapping) or member.get("type") != "Feature":
        raise FeatureRefused(Refusal.NOT_A_FEATURE)
    identifier = member.get("id")
    if isinstance(identifier, bool | list | dict):
        raise FeatureRefused(Refusal.BAD_ID)
    _require_bbox(member)
    return member


def _require_bbox(member: Mapping[str, Any]) -> None:
    box = member.get("bbox")
    if box is None:
        return
    if not isinstance(box, list) or len(box) not in (4, 6):
        raise FeatureRefused(Refusal.BAD_BBOX)
    if not all(type(number) in (int, float) for number in box):
        raise FeatureRefused(Refusal.BAD_BBOX)


def _properties(geojson: Mapping[str, Any]) -> Mapping[str, Any]:
    if "properties" not in geojson:
        raise FeatureRefused(Refusal.BAD_PROPERTIES)
    properties = geojson["properties"]
    if properties is None:
        return {}
    if not isinstance(properties, Mapping):
        raise FeatureRefused(Refusal.BAD_PROPERTIES)
    return properties


def _geometry(geojson: Mapping[str, Any], builder: Builder) -> BaseGeometry | None:
    if "geometry" not in geojson:
        raise FeatureRefused(Refusal.NO_GEOMETRY)
    geometry = geojson["geometry"]
    return None if geometry is None else _built(geometry, builder)


def _built(geometry: object, builder: Builder) -> BaseGeometry:
    if not isinstance(geometry, Mapping):
        raise FeatureRefused(Refusal.NOT_COORDINATES)
    _require_bbox(geometry)
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _GEOMETRY_TYPES:
        raise FeatureRefused(Refusal.UNKNOWN_TYPE)
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        if not isinstance(members, list):
            raise FeatureRefused(Refusal.NOT_COORDINATES)
        builder.remarks.add(Remark.COLLECTION)
        # orjson has limited the depth of the whole document already
        return shapely.GeometryCollection([_built(member, builder) for member in members])
    return builder.build(kind, geometry.get("coordinates"))
