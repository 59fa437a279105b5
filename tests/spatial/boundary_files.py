"""Boundary files of every format, written by GDAL or by hand, for tests to read and to damage."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

WEST, SOUTH, STEP = 110.80, -7.57, 0.01
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj")


def square(column: int, row: int = 0) -> shapely.Polygon:
    """One of a grid of squares in Surakarta, its corners exact to six decimals."""
    west, south = round(WEST + column * STEP, 6), round(SOUTH + row * STEP, 6)
    return shapely.box(west, south, round(west + STEP, 6), round(south + STEP, 6))


CODES = ("33.72.01.1001", "33.72.01.1002", "33.72.02.1001", "33.72.02.1002")
NAMES = ("Pajang", "Laweyan", "Joyotakan", "Danukusuman")
SQUARES = tuple(square(column) for column in range(4))


def written(
    path: Path,
    columns: Mapping[str, Sequence[Any]],
    shapes: Sequence[shapely.Geometry | None] = SQUARES,
    *,
    crs: str | None = "EPSG:4326",
    **options: Any,
) -> Path:
    """A file as GDAL writes it, by the ending of its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            geometry=np.array([None if s is None else shapely.to_wkb(s) for s in shapes], object),
            field_data=[_column(values) for values in columns.values()],
            fields=list(columns),
            geometry_type=options.pop("geometry_type", "Polygon"),
            crs=crs,
            **options,
        )
    return path


def _column(values: Sequence[Any]) -> Any:
    is_text = any(isinstance(value, str) for value in values)
    return np.array(values, dtype=object) if is_text else np.array(values)


def kelurahan(path: Path, **options: Any) -> Path:
    """Four kelurahan of two kecamatan."""
    return written(path, {"kode": CODES, "nama": NAMES}, **options)


def zipped(shp: Path, *, folder: str = "", parts: Sequence[str] = SHAPEFILE_PARTS) -> Path:
    """The parts of a Shapefile in an archive beside it."""
    path = shp.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in parts:
            archive.write(shp.with_suffix(suffix), f"{folder}{shp.stem}{suffix}")
    return path


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """An archive with the members given."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def kml(*placemarks: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """A KML document around placemarks."""
    inside = "".join(placemarks)
    root = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Batas</name>'
    return f"{head}{root}{inside}</Folder></Document></kml>"


def placemark(code: str, name: str, shape: shapely.Polygon, *, height: float = 0) -> str:
    """One area, its code in the columns that QGIS and Google Earth write."""
    corners = " ".join(f"{x},{y},{height:g}" for x, y in shape.exterior.coords)
    return (
        f"<Placemark><name>{name}</name><ExtendedData><SchemaData>"
        f'<SimpleData name="kode">{code}</SimpleData></SchemaData></ExtendedData><Polygon>'
        f"<outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark>"
    )


def four_placemarks() -> str:
    """The four kelurahan as KML."""
    return kml(*map(placemark, CODES, NAMES, SQUARES))
