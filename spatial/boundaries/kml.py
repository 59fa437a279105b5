"""KML read strictly: every Placemark a row, its ExtendedData the columns.

GDAL's reader without further libraries leaves out ExtendedData, where the codes stand. A
document that declares anything of its own (DOCTYPE, entities) is refused before it is parsed:
bombs and references to other files start there, and KML needs neither.
Source: OGC 12-007r2.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import shapely
from shapely.geometry.base import BaseGeometry

from spatial.boundaries.build import built_feature
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.positions import Builder
from spatial.boundaries.systems import WGS84, System, named_system
from spatial.boundaries.wish import Origin, Reading, Told, Wish

MAX_DEPTH = 100
MAX_PLACEMARKS = 200_000
LONGEST_TEXT = 4_000
STARTS = (b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?kml[\s>/]")
_SINGLE = {"Point", "LineString", "LinearRing", "Polygon"}
_MULTI = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}
_OTHER_SHAPES = {"Model", "Track", "MultiTrack"}
_TEXTS = {"name", "description", "value", "SimpleData", "coordinates"}


@dataclass(slots=True)
class _Shape:
    """One geometry of a Placemark as it is read."""

    kind: str
    rings: list[str] = field(default_factory=list)
    parts: list["_Shape"] = field(default_factory=list)

    def build(self, builder: Builder) -> BaseGeometry:
        if self.kind == "MultiGeometry":
            return _gathered([part.build(builder) for part in self.parts], builder)
        if self.kind not in _SINGLE:
            raise FeatureRefused(Refusal.UNKNOWN_TYPE)
        texts = [_positions(ring, builder) for ring in self.rings]
        if self.kind == "Polygon":
            return builder.build("Polygon", texts)
        if len(texts) != 1 or (self.kind == "Point" and len(texts[0]) != 1):
            raise FeatureRefused(Refusal.NOT_COORDINATES)
        if self.kind == "Point":
            return builder.build("Point", texts[0][0])
        return builder.build("LineString", texts[0])


def _gathered(built: list[BaseGeometry], builder: Builder) -> BaseGeometry:
    """Shapes of one sort as its Multi form, one alone as it is, anything else as they came."""
    [sort, *others] = {part.geom_type for part in built} or {""}
    if sort in _MULTI and not others:
        return built[0] if len(built) == 1 else _MULTI[sort](built)
    builder.remarks.add(Remark.COLLECTION)
    return shapely.GeometryCollection(built)


@dataclass(slots=True)
class _Placemark:
    properties: dict[str, Any]
    shapes: list[_Shape] = field(default_factory=list)

    def shape(self, builder: Builder) -> BaseGeometry | None:
        if len(self.shapes) > 1:
            return _Shape("MultiGeometry", parts=self.shapes).build(builder)
        return self.shapes[0].build(builder) if self.shapes else None


def read_kml(content: bytes, wish: Wish) -> Reading:
    """The Placemarks of a KML document, each a row with ``Folder`` and the columns it has.

    Parameters
    ----------
    content
        The file, UTF-8, UTF-16 or as its first line declares.
    wish
        `layer` is the name of a folder; only its Placemarks are then read.

    Returns
    -------
    reading
        In the order of the document.

    Raises
    ------
    FileRefused
        When it is no KML, is damaged, or declares a document type or entities.
    """
    text, encoding, told = _decoded(content, wish)
    _require_no_declarations(text)
    system = named_system(wish.crs) if wish.crs else WGS84
    placemarks = _Parser(wish.layer).parse(text)
    if wish.layer is not None and not placemarks:
        raise FileRefused(FileFlaw.NO_SUCH_LAYER)
    origin = Origin(
        format="KML",
        layer=wish.layer,
        crs=system.name,
        crs_from=Told.OPTION if wish.crs else Told.FILE,
        encoding=encoding,
        encoding_from=told,
    )
    return Reading(origin, _features(placemarks, system))


def _features(placemarks: list[_Placemark], system: System) -> Iterator[Feature]:
    for row, placemark in enumerate(placemarks, start=1):
        yield built_feature(row, placemark.properties, placemark.shape, system)


def _decoded(content: bytes, wish: Wish) -> tuple[str, str, Told]:
    marked = next(((m, name) for m, name in _BYTE_ORDER_MARKS if content.startswith(m)), None)
    declared = _DECLARED.match(content)
    if wish.encoding is not None:
        encoding, told = wish.encoding, Told.OPTION
    elif marked is not None:
        encoding, told = marked[1], Told.FILE
    else:
        encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
        told = Told.FILE if declared else Told.GUESS
    try:
        text = content.removeprefix(marked[0] if marked else b"").decode(encoding)
    except LookupError:
        raise FileRefused(FileFlaw.NO_SUCH_ENCODING) from None
    except UnicodeError:
        raise FileRefused(FileFlaw.NOT_UTF8 if encoding == "utf-8" else FileFlaw.DAMAGED) from None
    if not isinstance(text, str):
        raise FileRefused(FileFlaw.NO_SUCH_ENCODING)
    return text, encoding, told


def _require_no_declarations(text: str) -> None:
    """Nothing before the first element but its declaration and comments."""
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<!", start):
        raise FileRefused(FileFlaw.XML_DECLARATIONS)
    if not _ROOT.match(text, start):
        raise FileRefused(FileFlaw.UNKNOWN_FORMAT)


class _Parser:
    """Walks through the document once and keeps what belongs to Placemarks."""

    def __init__(self, folder: str | None) -> None:
        self._wanted = folder
        self._path: list[str] = []
        self._folders: list[str] = []
        self._text: list[str] | None = None
        self._column = ""
        self._shapes: list[_Shape] = []
        self._placemark: _Placemark | None = None
        self.placemarks: list[_Placemark] = []

    def parse(self, text: str) -> list[_Placemark]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.EntityDeclHandler = _refuse_declarations
        try:
            parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - it has no name
        except expat.ExpatError as error:
            where = f"line {error.lineno}, column {error.offset + 1}"
            raise FileRefused(FileFlaw.NOT_XML, where) from None
        except UnicodeError:
            raise FileRefused(FileFlaw.NOT_XML) from None
        return self.placemarks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self._path.append(tag)
        if len(self._path) > MAX_DEPTH:
            raise FileRefused(FileFlaw.TOO_DEEP)
        if tag in ("Folder", "Document"):
            self._folders.append("")
        elif tag == "Placemark":
            self._placemark = _Placemark({"Folder": self._folders[-1] if self._folders else None})
        elif tag in ("Data", "SimpleData"):
            self._column = attributes.get("name", "")
        if self._placemark is not None and tag in _SINGLE | _OTHER_SHAPES | {"MultiGeometry"}:
            self._open_shape(tag)
        if tag in _TEXTS:
            self._text = []

    def _open_shape(self, tag: str) -> None:
        if tag == "LinearRing" and self._shapes and self._shapes[-1].kind == "Polygon":
            return
        shape = _Shape(tag)
        if self._shapes:
            self._shapes[-1].parts.append(shape)
        elif self._placemark is not None:
            self._placemark.shapes.append(shape)
        self._shapes.append(shape)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._path.pop()
        text, above = "".join(self._text or ()).strip(), self._path[-1] if self._path else ""
        if tag in _TEXTS:
            self._text = None
            self._keep(tag, above, text)
        elif tag == "Placemark":
            self._close_placemark()
        elif tag in ("Folder", "Document"):
            self._folders.pop()
        elif self._shapes and tag == self._shapes[-1].kind and not self._is_ring(tag):
            self._shapes.pop()

    def _is_ring(self, tag: str) -> bool:
        return tag == "LinearRing" and self._shapes[-1].kind == "Polygon"

    def _keep(self, tag: str, above: str, text: str) -> None:
        if tag == "name" and above in ("Folder", "Document") and self._folders:
            self._folders[-1] = text[:LONGEST_TEXT]
        elif self._placemark is None:
            return
        elif tag == "coordinates" and self._shapes:
            self._shapes[-1].rings.append(text)
        elif tag in ("name", "description") and above == "Placemark":
            self._placemark.properties[tag] = text[:LONGEST_TEXT] or None
        elif self._column and tag in ("value", "SimpleData"):
            self._placemark.properties[self._column[:200]] = text[:LONGEST_TEXT] or None

    def _close_placemark(self) -> None:
        if self._placemark is not None and (
            self._wanted is None or self._wanted == self._placemark.properties["Folder"]
        ):
            self.placemarks.append(self._placemark)
            if len(self.placemarks) > MAX_PLACEMARKS:
                raise FileRefused(FileFlaw.TOO_MANY_FEATURES, f"more than {MAX_PLACEMARKS}")
        self._placemark, self._shapes = None, []


def _refuse_declarations(*_: object) -> None:
    raise FileRefused(FileFlaw.XML_DECLARATIONS)


def _positions(text: str, builder: Builder) -> list[list[float]]:
    """Positions of one ring; heights are left out, and remarked unless they are 0."""
    positions = []
    for word in text.split():
        numbers = word.split(",")
        if len(numbers) not in (2, 3):
            raise FeatureRefused(Refusal.NOT_COORDINATES)
        try:
            longitude, latitude, *height = (float(number) for number in numbers)
        except ValueError:
            raise FeatureRefused(Refusal.NOT_COORDINATES) from None
        if any(height):
            builder.remarks.add(Remark.THIRD_DIMENSION)
        positions.append([longitude, latitude])
    return positions
