"""Shapefiles read strictly, each record looked at: GDAL gives half a file without a word.

Source: ESRI Shapefile Technical Description, July 1998.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.archive import Archive
from spatial.boundaries.build import built_feature
from spatial.boundaries.dbf import Table, find_encoding, table_in
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.positions import MAX_POSITIONS, Builder
from spatial.boundaries.rings import polygons_of_rings
from spatial.boundaries.systems import System, named_system, system_of_wkt
from spatial.boundaries.wish import Origin, Reading, Told, Wish

MAGIC = b"\x00\x00\x27\x0a"
PARTS = (".shp", ".dbf", ".prj", ".cpg")
_HEADER_BYTES = 100
_POLYGONS = (5, 15, 25)
_LINES = (3, 13, 23)
_POINTS = (1, 11, 21)
_MANY_POINTS = (8, 18, 28)
_WITH_HEIGHT = (11, 13, 15, 18)
_NULL = 0
_KNOWN_TYPES = (0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28, 31)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Record:
    """Content of one record behind its header."""

    content: bytes

    def shape(self, builder: Builder) -> BaseGeometry | None:
        kind = _kind(self.content)
        if kind == _NULL:
            return None
        if kind in _WITH_HEIGHT:
            builder.remarks.add(Remark.THIRD_DIMENSION)
        if kind in _POLYGONS:
            return _united(builder, "Polygon", polygons_of_rings(_rings(self.content)))
        if kind in _LINES:
            return _united(builder, "LineString", _parts(self.content))
        if kind in _POINTS:
            return builder.build("Point", _point(self.content))
        if kind in _MANY_POINTS:
            return _united(builder, "Point", _points(self.content))
        raise FeatureRefused(Refusal.NOT_A_SURFACE if kind in _KNOWN_TYPES else Refusal.DAMAGED)


def read_shapefile(archive: Archive, name: str, wish: Wish) -> Reading:
    """The rows of a Shapefile, its parts members of an archive.

    Parameters
    ----------
    archive
        Holds the parts side by side.
    name
        Of the .shp.
    wish
        What its owner says.

    Returns
    -------
    reading
        A row marked as deleted is refused, not left out.

    Raises
    ------
    FileRefused
        When a part is missing or damaged, the parts disagree on the number of rows, or nobody
        says what system the coordinates are in.
    """
    parts = {suffix: _part(archive, name, suffix) for suffix in PARTS}
    records = _records(parts[".shp"] or b"")
    if parts[".dbf"] is None:
        raise FileRefused(FileFlaw.PART_MISSING, ".dbf")
    table = table_in(parts[".dbf"])
    if len(records) != len(table.rows):
        raise FileRefused(FileFlaw.COUNTS_DISAGREE, f"{len(records)} / {len(table.rows)}")
    system, told = _system(parts, wish)
    encoding, by = find_encoding(table, wanted=wish.encoding, declared=parts[".cpg"])
    origin = Origin(
        format="Shapefile",
        layer=PurePosixPath(name).stem,
        crs=system.name,
        crs_from=told,
        encoding=encoding,
        encoding_from=by,
    )
    return Reading(origin, _features(records, table, encoding, system))


def _part(archive: Archive, name: str, suffix: str) -> bytes | None:
    return archive.find(str(PurePosixPath(name).with_suffix(suffix)))


def _features(
    records: list[_Record], table: Table, encoding: str, system: System
) -> Iterator[Feature]:
    for index, record in enumerate(records):
        properties = table.properties(index, encoding)
        shape: Callable[[Builder], BaseGeometry | None] = record.shape
        if table.is_deleted(index):
            yield Feature(index + 1, properties, None, Refusal.DELETED_ROW)
        else:
            yield built_feature(index + 1, properties, shape, system)


def _system(parts: dict[str, bytes | None], wish: Wish) -> tuple[System, Told]:
    if wish.crs is not None:
        return named_system(wish.crs), Told.OPTION
    definition = parts[".prj"]
    if definition is None or not definition.strip():
        raise FileRefused(FileFlaw.CRS_MISSING, _frame(parts[".shp"] or b""))
    system = system_of_wkt(definition.decode("utf-8", "replace"))
    if system is None:
        raise FileRefused(FileFlaw.UNKNOWN_CRS)
    return system, Told.FILE


def _frame(shp: bytes) -> str:
    """Whether the box in the header is one of degrees."""
    box = np.frombuffer(shp, "<f8", 4, 36)
    in_degrees = bool((np.abs(box) <= (180, 90, 180, 90)).all())
    return "looks like degrees" if in_degrees else "looks like metres"


def _records(shp: bytes) -> list[_Record]:
    """Every record from the first to the end of the file, without a gap."""
    if len(shp) < _HEADER_BYTES or not shp.startswith(MAGIC):
        raise FileRefused(FileFlaw.DAMAGED, "shp: header")
    (words,) = struct.unpack_from(">i", shp, 24)
    if words * 2 != len(shp):
        raise FileRefused(FileFlaw.DAMAGED, "shp: length")
    records: list[_Record] = []
    at = _HEADER_BYTES
    while at < len(shp):
        if len(shp) - at < 12:
            raise FileRefused(FileFlaw.DAMAGED, f"shp: record {len(records) + 1}")
        number, length = struct.unpack_from(">ii", shp, at)
        end = at + 8 + 2 * length
        if number != len(records) + 1 or length < 2 or end > len(shp):
            raise FileRefused(FileFlaw.DAMAGED, f"shp: record {len(records) + 1}")
        records.append(_Record(shp[at + 8 : end]))
        at = end
    return records


def _kind(content: bytes) -> int:
    return int(struct.unpack_from("<i", content)[0])


def _united(builder: Builder, kind: str, parts: Sequence[Any]) -> BaseGeometry:
    """One part as it is, several as the Multi form."""
    if len(parts) == 1:
        return builder.build(kind, parts[0])
    return builder.build(f"Multi{kind}", list(parts))


def _point(content: bytes) -> list[float]:
    if len(content) < 20:
        raise FeatureRefused(Refusal.DAMAGED)
    return list(struct.unpack_from("<dd", content, 4))


def _points(content: bytes) -> list[list[float]]:
    if len(content) < 40:
        raise FeatureRefused(Refusal.DAMAGED)
    (count,) = struct.unpack_from("<i", content, 36)
    if count > MAX_POSITIONS:
        raise FeatureRefused(Refusal.TOO_MANY_POSITIONS)
    if count < 1 or 40 + 16 * count > len(content):
        raise FeatureRefused(Refusal.DAMAGED)
    numbers = struct.unpack_from(f"<{2 * count}d", content, 40)
    return [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]


def _parts(content: bytes) -> list[Floats]:
    """The parts of a line, or the rings of a surface, as they stand."""
    if len(content) < 44:
        raise FeatureRefused(Refusal.DAMAGED)
    part_count, point_count = struct.unpack_from("<ii", content, 36)
    if point_count > MAX_POSITIONS or part_count > MAX_POSITIONS:
        raise FeatureRefused(Refusal.TOO_MANY_POSITIONS)
    points_at = 44 + 4 * part_count
    if min(part_count, point_count) < 1 or points_at + 16 * point_count > len(content):
        raise FeatureRefused(Refusal.DAMAGED)
    starts = np.frombuffer(content, "<i4", part_count, 44)
    if starts[0] != 0 or (np.diff(starts) <= 0).any() or starts[-1] >= point_count:
        raise FeatureRefused(Refusal.DAMAGED)
    points = np.frombuffer(content, "<f8", 2 * point_count, points_at).reshape(-1, 2)
    if not np.isfinite(points).all():
        raise FeatureRefused(Refusal.NOT_COORDINATES)
    return np.split(points, starts[1:])


def _rings(content: bytes) -> list[Floats]:
    # A ring of this format runs clockwise; ours run the other way.
    rings = [ring[::-1] for ring in _parts(content)]
    if any(len(ring) < 4 for ring in rings):
        raise FeatureRefused(Refusal.TOO_FEW_POSITIONS)
    if any((ring[0] != ring[-1]).any() for ring in rings):
        raise FeatureRefused(Refusal.RING_NOT_CLOSED)
    return rings
