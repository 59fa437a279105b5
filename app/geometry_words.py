"""Why a geometry is refused, in words for the person who drew it."""

from collections.abc import Mapping

from app.errors import FieldError, GeometryRefused
from app.language import Words
from spatial.errors import (
    Flaw,
    GeometryError,
    InvalidGeometry,
    SwappedAxes,
    TooManyVertices,
    UnknownCrs,
    UnsupportedGeometry,
)

_CODES: Mapping[Flaw, str] = {
    Flaw.NOT_AN_OBJECT: "BUKAN_OBJEK",
    Flaw.NOT_COORDINATES: "BUKAN_KOORDINAT",
    Flaw.NOT_A_NUMBER: "BUKAN_ANGKA",
    Flaw.NOT_FINITE: "TAK_HINGGA",
    Flaw.NOT_TWO_DIMENSIONAL: "BUKAN_DUA_DIMENSI",
    Flaw.OUTSIDE_THE_WORLD: "DI_LUAR_BUMI",
    Flaw.CROSSES_ANTIMERIDIAN: "MELINTASI_BUJUR_180",
    Flaw.EMPTY: "KOSONG",
    Flaw.TOO_FEW_POSITIONS: "TERLALU_SEDIKIT_TITIK",
    Flaw.RING_NOT_CLOSED: "TIDAK_TERTUTUP",
    Flaw.NO_LENGTH: "TANPA_PANJANG",
    Flaw.NO_AREA: "TANPA_LUAS",
    Flaw.SELF_CROSSING: "MEMOTONG_DIRI",
    Flaw.BROKEN_RINGS: "CINCIN_TIDAK_SAH",
}

_FLAWS: Mapping[Flaw, Words] = {
    Flaw.NOT_AN_OBJECT: Words("Kirim geometri GeoJSON.", "Send a GeoJSON geometry."),
    Flaw.NOT_COORDINATES: Words(
        "Koordinat tidak tersusun seperti GeoJSON.", "Coordinates are not arranged as in GeoJSON."
    ),
    Flaw.NOT_A_NUMBER: Words("Koordinat harus angka.", "Coordinates must be numbers."),
    Flaw.NOT_FINITE: Words("Koordinat harus terhingga.", "Coordinates must be finite."),
    Flaw.NOT_TWO_DIMENSIONAL: Words(
        "Setiap posisi terdiri dari dua angka: bujur, lintang.",
        "Each position is two numbers: longitude, latitude.",
    ),
    Flaw.OUTSIDE_THE_WORLD: Words(
        "Bujur paling jauh 180 dan lintang paling jauh 90 derajat.",
        "Longitude goes to 180 and latitude to 90 degrees.",
    ),
    Flaw.CROSSES_ANTIMERIDIAN: Words(
        "Geometri melintasi garis bujur 180.", "The geometry crosses the 180th meridian."
    ),
    Flaw.EMPTY: Words("Geometri kosong.", "The geometry is empty."),
    Flaw.TOO_FEW_POSITIONS: Words(
        "Garis perlu dua posisi, area perlu empat.", "A line needs two positions, a ring four."
    ),
    Flaw.RING_NOT_CLOSED: Words(
        "Posisi pertama dan terakhir area harus sama.",
        "The first and last position of a ring must be equal.",
    ),
    Flaw.NO_LENGTH: Words("Garis ini tidak punya panjang.", "The line has no length."),
    Flaw.NO_AREA: Words("Area ini tidak punya luas.", "The surface has no area."),
    Flaw.SELF_CROSSING: Words(
        "Batas area memotong dirinya sendiri.", "The outline crosses itself."
    ),
    Flaw.BROKEN_RINGS: Words(
        "Lubang atau batas area tidak tersusun benar.",
        "Holes and outline do not fit together.",
    ),
}


def geometry_refusal(error: GeometryError, *, field: str = "/geometry") -> GeometryRefused:
    """The refusal that a geometry error amounts to; swapped axes carry what was probably meant.

    `field` is the pointer or parameter that the geometry came in.
    """
    code, words = _code_and_words(error)
    members = {}
    if isinstance(error, SwappedAxes):
        members["hint"] = {"longitude": error.longitude, "latitude": error.latitude}
    return GeometryRefused(errors=[FieldError(field, code, words)], members=members)


def _code_and_words(error: GeometryError) -> tuple[str, Words]:
    match error:
        case SwappedAxes(longitude=longitude, latitude=latitude):
            meant = f"[{longitude:.6f}, {latitude:.6f}]"
            return "SUMBU_TERTUKAR", Words(
                f"Bujur dan lintang tampaknya tertukar; mungkin maksud Anda {meant}.",
                f"Longitude and latitude seem to be swapped; you probably meant {meant}.",
            )
        case UnsupportedGeometry(allowed=allowed):
            kinds = ", ".join(allowed)
            return "JENIS_TIDAK_DITERIMA", Words(
                f"Jenis geometri yang diterima di sini: {kinds}.",
                f"Geometry types accepted here: {kinds}.",
            )
        case TooManyVertices(limit=limit):
            return "TERLALU_BANYAK_TITIK", Words(
                f"Paling banyak {limit} titik.", f"At most {limit} positions."
            )
        case UnknownCrs():
            return "CRS_TIDAK_DIKENAL", Words(
                "Koordinat harus WGS 84 (EPSG:4326).", "Coordinates must be WGS 84 (EPSG:4326)."
            )
        case InvalidGeometry(flaw=flaw):
            return _CODES[flaw], _FLAWS[flaw]
    return "TIDAK_SAH", Words("Geometri ini tidak sah.", "The geometry is not valid.")
