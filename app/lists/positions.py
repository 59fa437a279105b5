"""Where the rows of a list say they are: points as two arrays, lines and surfaces one by one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from app.geometry_words import geometry_refusal
from app.lists.reasons import Reason, RowRejected, refuse
from app.lists.source import ListBlock
from spatial.errors import GeometryError, SwappedAxes
from spatial.geometry import read_geometry
from spatial.json_names import find_repeated_name

# Types that cannot be nested: GEOS follows a nest of collections until the stack ends.
_FLAT_WKT = re.compile(
    r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)", re.IGNORECASE
)
# Plainly in Indonesia; anything else is looked at closer, for swapped axes among others.
_WEST, _SOUTH, _EAST, _NORTH = 90.0, -13.0, 145.0, 9.0

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]


@dataclass(slots=True)
class Positions:
    """Longitude and latitude of points, NaN for other rows; shapes of what is no point."""

    longitudes: Floats
    latitudes: Floats
    shapes: dict[int, BaseGeometry]

    def only(self, rows: npt.NDArray[np.intp]) -> "Positions":
        """Of some rows, numbered anew."""
        shapes = {}
        if self.shapes:
            shapes = {
                new: self.shapes[old] for new, old in enumerate(rows.tolist()) if old in self.shapes
            }
        return Positions(self.longitudes[rows], self.latitudes[rows], shapes)

    def shape(self, row: int) -> BaseGeometry | None:
        """The geometry of a row, whatever its kind."""
        if row in self.shapes:
            return self.shapes[row]
        longitude, latitude = self.longitudes[row], self.latitudes[row]
        return None if np.isnan(longitude) else shapely.Point(longitude, latitude)

    def point(self, row: int) -> tuple[float, float] | None:
        """Longitude and latitude of a row that is a point."""
        longitude, latitude = float(self.longitudes[row]), float(self.latitudes[row])
        return None if np.isnan(longitude) else (longitude, latitude)

    @property
    def is_point(self) -> npt.NDArray[np.bool_]:
        return ~np.isnan(self.longitudes)


def read_positions(
    block: ListBlock,
    values: Mapping[str, list[Any]],
    allowed: Mapping[str, tuple[str, ...]],
    rejected: dict[int, RowRejected],
) -> Positions:
    """The positions of all rows; one that is none is told in `rejected`."""
    count = len(block.rows.numbers)
    found = Positions(np.full(count, np.nan), np.full(count, np.nan), {})
    texts = values.get("geometry", [None] * count)
    _read_degrees(found, values, texts, rejected)
    categories = values.get("category", [None] * count)
    for row, text in enumerate(texts):
        # Which shapes may be is known of a known category alone.
        if isinstance(text, str) and isinstance(categories[row], str):
            _read_one(found, row, text, (allowed.get(categories[row], ()), rejected))
    if block.shapes is not None:
        for row in np.flatnonzero(~shapely.is_missing(block.shapes)).tolist():
            if isinstance(categories[row], str):
                shape = block.shapes[row]
                _read_one(found, row, shape, (allowed.get(categories[row], ()), rejected))
    return found


def _read_degrees(
    found: Positions,
    values: Mapping[str, list[Any]],
    texts: Sequence[Any],
    rejected: dict[int, RowRejected],
) -> None:
    if "longitude" not in values and "latitude" not in values:
        return
    blank = [None] * len(texts)
    told = [values.get(name, blank) for name in ("longitude", "latitude")]
    longitudes, latitudes = (
        np.array([_degree(each) for each in column], dtype=np.float64) for column in told
    )
    one = np.isnan(longitudes) != np.isnan(latitudes)
    for row in np.flatnonzero(one).tolist():
        if any(isinstance(column[row], RowRejected) for column in told):
            continue
        both = "bujur dan lintang harus terisi keduanya"
        refuse(rejected, row, RowRejected(Reason.GEOMETRY, both))
    usual = (longitudes > _WEST) & (longitudes < _EAST)
    usual &= (latitudes > _SOUTH) & (latitudes < _NORTH)
    odd = ~usual & ~np.isnan(longitudes) & ~np.isnan(latitudes)
    for row in np.flatnonzero(odd).tolist():
        point = {"type": "Point", "coordinates": [float(longitudes[row]), float(latitudes[row])]}
        _read_one(found, row, point, (("Point",), rejected))
    found.longitudes[usual], found.latitudes[usual] = longitudes[usual], latitudes[usual]
    for row, text in enumerate(texts):
        if text is not None and not (np.isnan(longitudes[row]) and np.isnan(latitudes[row])):
            both = "isi salah satu: geometri, atau bujur dan lintang"
            refuse(rejected, row, RowRejected(Reason.GEOMETRY, both))


def _degree(value: Any) -> float:  # noqa: ANN401 - a refused cell stands here too
    return value if isinstance(value, float) else np.nan


def _read_one(
    found: Positions,
    row: int,
    told: Any,  # noqa: ANN401 - text, GeoJSON or a shape
    by: tuple[tuple[str, ...], dict[int, RowRejected]],
) -> None:
    allowed, rejected = by
    try:
        geometry = _geometry(told, tuple(dict.fromkeys(("Point", *allowed))))
    except RowRejected as refused:
        refuse(rejected, row, refused)
        return
    if geometry.geom_type == "Point":
        found.longitudes[row], found.latitudes[row] = geometry.x, geometry.y
    else:
        found.shapes[row] = geometry


def _geometry(told: Any, allowed: Sequence[str]) -> BaseGeometry:  # noqa: ANN401 - as above
    if isinstance(told, str):
        told = _decoded(told)
    if isinstance(told, BaseGeometry):
        told = _single(told).__geo_interface__
    try:
        return read_geometry(told, allowed=allowed)
    except SwappedAxes as swapped:
        raise RowRejected(
            Reason.SWAPPED,
            "bujur dan lintang tertukar; mungkin"
            f" bujur {swapped.longitude:.6f}, lintang {swapped.latitude:.6f}",
        ) from None
    except GeometryError as error:
        why = geometry_refusal(error).errors[0].detail.id
        raise RowRejected(Reason.GEOMETRY, f"geometri tidak sah: {why}") from None


def _single(shape: BaseGeometry) -> BaseGeometry:
    """The one part of a collection of one: map files keep every line as lines."""
    parts: Sequence[BaseGeometry] = getattr(shape, "geoms", ())
    return parts[0] if shape.geom_type.startswith("Multi") and len(parts) == 1 else shape


def _decoded(text: str) -> Any:  # noqa: ANN401 - judged by read_geometry
    is_geojson = text.startswith("{")
    try:
        found = orjson.loads(text) if is_geojson else _from_wkt(text)
    except (ValueError, shapely.errors.ShapelyError):
        raise RowRejected(
            Reason.GEOMETRY, "geometri bukan GeoJSON atau WKT yang sah (titik, garis atau bidang)"
        ) from None
    if is_geojson and (repeated := find_repeated_name(text.encode())):
        raise RowRejected(
            Reason.GEOMETRY, f"geometri memuat {repeated.name[:40]!r} lebih dari sekali"
        )
    return found


def _from_wkt(text: str) -> BaseGeometry:
    if not _FLAT_WKT.match(text) or "\0" in text:  # GEOS reads no further than a NUL
        raise ValueError
    with np.errstate(all="ignore"):  # 1e400 becomes infinite, and is refused as such
        return shapely.from_wkt(text)
