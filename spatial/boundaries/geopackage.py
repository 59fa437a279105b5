"""GeoPackages read as the SQLite files they are, from memory: nothing that they define runs.

Statements here go to the foreign file, never to our database. Views, triggers, virtual tables
and functions of the file are not followed.
Source: OGC 12-128r18.
"""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.build import built_feature
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.positions import Builder
from spatial.boundaries.systems import System, named_system, system_of_code, system_of_wkt
from spatial.boundaries.wish import Origin, Reading, Told, Wish

MAGIC = b"SQLite format 3\x00"
_LAYERS = (
    "SELECT geometry_column.table_name, geometry_column.column_name, geometry_column.srs_id"
    " FROM gpkg_geometry_columns AS geometry_column"
    " JOIN gpkg_contents AS content ON content.table_name = geometry_column.table_name"
    " JOIN sqlite_master AS stored ON stored.name = geometry_column.table_name"
    " WHERE content.data_type = 'features' AND stored.type = 'table' AND stored.rootpage > 0"
    " ORDER BY geometry_column.table_name"
)
_SYSTEM = (
    "SELECT organization, organization_coordsys_id, definition"
    " FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
)
_ROWS = "SELECT * FROM layer_of_the_file"
# No functions: a column that is computed by one is not computed here.
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA)
_UNDEFINED = (0, -1)
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_BLOB_HEADER_BYTES = 8


def read_geopackage(content: bytes, wish: Wish) -> Reading:
    """The rows of one layer of a GeoPackage.

    Parameters
    ----------
    content
        The file.
    wish
        What its owner says; `layer` where it has several.

    Returns
    -------
    reading
        Rows in the order of their keys.

    Raises
    ------
    FileRefused
        When the file is damaged, has no layer of features, or several of which none was named,
        or nobody says what system the layer is in.
    """
    try:
        database = _opened(content)
        table, column, srs_id = _layer(database, wish)
        system, told = _system(database, srs_id, wish)
        layer = Origin(format="GeoPackage", layer=table, crs=system.name, crs_from=told)
        # SQLite binds no names; this one stands in the file's own list of tables.
        quoted = '"' + table.replace('"', '""') + '"'
        rows = database.execute(_ROWS.replace("layer_of_the_file", quoted))
    except (sqlite3.Error, UnicodeError):
        raise FileRefused(FileFlaw.DAMAGED, "SQLite") from None
    return Reading(layer, _features(rows, column, srs_id, system))


def _opened(content: bytes) -> sqlite3.Connection:
    size_bytes = _declared_bytes(content)
    if size_bytes > len(content):
        raise FileRefused(FileFlaw.DAMAGED, "SQLite: truncated")
    # 2 in these places asks for a journal beside the file, which memory does not have.
    content = content[:18] + b"\x01\x01" + content[20:]
    database = sqlite3.connect(":memory:")
    database.text_factory = lambda text: text.decode("utf-8", "replace")
    database.deserialize(content)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.set_authorizer(_authorized)
    if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise FileRefused(FileFlaw.DAMAGED, "SQLite")
    return database


def _declared_bytes(content: bytes) -> int:
    if len(content) < 100:
        raise FileRefused(FileFlaw.DAMAGED, "SQLite: header")
    (page_bytes,) = struct.unpack_from(">H", content, 16)
    (pages,) = struct.unpack_from(">I", content, 28)
    return int(pages * (65536 if page_bytes == 1 else page_bytes))


def _authorized(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _layer(database: sqlite3.Connection, wish: Wish) -> tuple[str, str, int]:
    layers: dict[str, tuple[str, str, int]] = {
        str(table): (str(table), str(column), srs_id if isinstance(srs_id, int) else 0)
        for table, column, srs_id in database.execute(_LAYERS)
    }
    listed = ", ".join(repr(name[:60]) for name in list(layers)[:20])
    if not layers:
        raise FileRefused(FileFlaw.NO_LAYER)
    if wish.layer is None and len(layers) > 1:
        raise FileRefused(FileFlaw.LAYER_NEEDED, listed)
    if wish.layer is not None and wish.layer not in layers:
        raise FileRefused(FileFlaw.NO_SUCH_LAYER, listed)
    return layers[wish.layer] if wish.layer is not None else next(iter(layers.values()))


def _system(database: sqlite3.Connection, srs_id: int, wish: Wish) -> tuple[System, Told]:
    if wish.crs is not None:
        return named_system(wish.crs), Told.OPTION
    if srs_id in _UNDEFINED:
        raise FileRefused(FileFlaw.CRS_MISSING)
    found = database.execute(_SYSTEM, (srs_id,)).fetchone()
    if found is None:
        raise FileRefused(FileFlaw.CRS_MISSING)
    organization, number, definition = found
    system = None
    if str(organization).upper() == "EPSG" and isinstance(number, int):
        system = system_of_code(number)
    if system is None and isinstance(definition, str):
        system = system_of_wkt(definition)
    if system is None:
        raise FileRefused(FileFlaw.UNKNOWN_CRS)
    return system, Told.FILE


def _features(rows: sqlite3.Cursor, column: str, srs_id: int, system: System) -> Iterator[Feature]:
    names = [described[0] for described in rows.description]
    if column not in names:
        raise FileRefused(FileFlaw.DAMAGED, "SQLite: geometry column")
    try:
        for row, values in enumerate(rows, start=1):
            found = dict(zip(names, values, strict=True))
            blob = found.pop(column)
            properties = {
                name: None if isinstance(value, bytes) else value for name, value in found.items()
            }
            yield built_feature(row, properties, _Blob(blob, srs_id).shape, system)
    except (sqlite3.Error, UnicodeError):
        raise FileRefused(FileFlaw.DAMAGED, "SQLite") from None


_PLACES = ("Point", "LineString", "MultiPoint", "MultiLineString")


class _Blob:
    """A geometry as GeoPackage wraps it."""

    def __init__(self, blob: object, srs_id: int) -> None:
        self._blob = blob
        self._srs_id = srs_id

    def shape(self, builder: Builder) -> BaseGeometry | None:
        if self._blob is None:
            return None
        geometry = _from_wkb(self._wkb())
        if geometry.is_empty:
            return None
        if shapely.has_z(geometry):
            builder.remarks.add(Remark.THIRD_DIMENSION)
        return _built(geometry, builder)

    def _wkb(self) -> bytes:
        blob = self._blob
        if not isinstance(blob, bytes) or len(blob) < _BLOB_HEADER_BYTES or blob[:2] != b"GP":
            raise FeatureRefused(Refusal.DAMAGED)
        flags = blob[3]
        envelope = (flags >> 1) & 7
        (srs_id,) = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)
        if envelope >= len(_ENVELOPE_BYTES):
            raise FeatureRefused(Refusal.DAMAGED)
        # Many programs leave a row's own number at 0; another number is another place.
        if srs_id not in (*_UNDEFINED, self._srs_id) and self._srs_id not in _UNDEFINED:
            raise FeatureRefused(Refusal.CRS_DISAGREES)
        return blob[_BLOB_HEADER_BYTES + _ENVELOPE_BYTES[envelope] :]


def _from_wkb(wkb: bytes) -> BaseGeometry:
    try:
        return shapely.from_wkb(wkb)
    except (ShapelyError, NotImplementedError, ValueError, TypeError) as error:
        if "bad_alloc" in str(error):
            raise MemoryError from None
        is_open = "closed" in str(error)
        raise FeatureRefused(Refusal.RING_NOT_CLOSED if is_open else Refusal.DAMAGED) from None


def _built(geometry: BaseGeometry, builder: Builder) -> BaseGeometry:
    if geometry.geom_type == "GeometryCollection":
        builder.remarks.add(Remark.COLLECTION)
        return shapely.GeometryCollection([_built(part, builder) for part in geometry.geoms])
    if geometry.geom_type == "Polygon":
        return builder.build("Polygon", _rings(geometry))
    if geometry.geom_type == "MultiPolygon":
        return builder.build("MultiPolygon", [_rings(part) for part in geometry.geoms])
    if geometry.geom_type in _PLACES:  # of a list of proposals; no boundary is one
        return builder.build(geometry.geom_type, _coordinates(geometry))
    raise FeatureRefused(Refusal.NOT_A_SURFACE)


def _coordinates(geometry: BaseGeometry) -> Any:  # noqa: ANN401 - as deep as the type asks
    parts = getattr(geometry, "geoms", None)
    if parts is not None:
        return [_coordinates(part) for part in parts]
    found = shapely.get_coordinates(geometry)
    return found[0].tolist() if geometry.geom_type == "Point" else found


def _rings(polygon: shapely.Polygon) -> Sequence[Any]:
    rings = (polygon.exterior, *polygon.interiors)
    return [np.asarray(shapely.get_coordinates(ring)) for ring in rings]
