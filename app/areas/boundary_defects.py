"""What is wrong with a file of boundaries, each piece with its place on the map."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely

from app.areas.boundary_file import FileOutcome


class Kind(StrEnum):
    """Kinds of defects, in the order a reader wants them."""

    REFUSED = "refused"
    REPAIRED = "repaired"
    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    HOLE = "hole"
    ASTRAY = "astray"
    DISTANT = "distant"


@dataclass(frozen=True, slots=True)
class Defect:
    """One piece of what is wrong."""

    number: int
    called: str
    detail: str
    m2: float | None
    shape: shapely.Geometry | None
    """Degrees; of a refused row only the box around it."""

    @property
    def box(self) -> str:
        """South, west, north and east for a map; empty without a place."""
        if self.shape is None:
            return ""
        west, south, east, north = self.shape.bounds
        return ",".join(f"{edge:.7f}" for edge in (south, west, north, east))


@dataclass(frozen=True, slots=True)
class DefectKind:
    """All defects of one kind, and what a reader is told of it."""

    kind: Kind
    title: str
    word: str
    """Before the number of one: "Celah 3"."""
    colour: str
    meaning: str
    advice: str
    defects: tuple[Defect, ...]


# Title, word before a number, colour, what it means, what to do.
_TOLD = {
    Kind.REFUSED: (
        "Ditolak",
        "Ditolak",
        "#181D1B",
        "Baris ini tidak dimuat sama sekali.",
        "Perbaiki menurut alasannya di berkas asal, lalu muat ulang berkas itu.",
    ),
    Kind.REPAIRED: (
        "Diperbaiki",
        "Diperbaiki",
        "#7A5200",
        "Bentuknya tidak sah, sudah diperbaiki dan dimuat.",
        "Periksa di peta apakah bentuk hasilnya benar.",
    ),
    Kind.DUPLICATE: (
        "Kunci kembar",
        "Kembar",
        "#7C4A93",
        "Beberapa baris menyebut wilayah yang sama; semuanya disatukan menjadi satu wilayah.",
        "Bila seharusnya wilayah yang berbeda, betulkan nomor atau namanya di berkas asal.",
    ),
    Kind.OVERLAP: (
        "Tumpang tindih",
        "Tumpang tindih",
        "#A32A2A",
        "Dua wilayah mengaku tanah yang sama. Titik di sana dihitung pada kode terkecil.",
        "Sepakati batasnya dengan wilayah tetangga, lalu betulkan di berkas asal.",
    ),
    Kind.HOLE: (
        "Celah",
        "Celah",
        "#1F4178",
        "Tanah di antara wilayah yang tidak dimiliki siapa pun.",
        "Periksa apakah memang kosong (sungai, laut) atau batasnya kurang rapat.",
    ),
    Kind.ASTRAY: (
        "Di luar induknya",
        "Di luar induk",
        "#1C6A47",
        "Sebagian wilayah ini berada di luar batas induk menurut kodenya.",
        "Batas induk dan anak digambar terpisah; yang dipakai adalah kodenya.",
    ),
    Kind.DISTANT: (
        "Jauh dari yang lain",
        "Jauh",
        "#8A4310",
        "Wilayah ini terletak jauh dari wilayah lain dalam berkas.",
        "Periksa koordinatnya.",
    ),
}


def defects_of(outcome: FileOutcome) -> list[DefectKind]:
    """Every kind in its order, the empty ones too."""
    found = {
        Kind.REFUSED: _refused(outcome),
        Kind.REPAIRED: _by_key(outcome, "repaired", _repair_detail),
        Kind.DUPLICATE: _by_key(outcome, "duplicate_keys", _rows_detail),
        Kind.OVERLAP: _overlaps(outcome),
        Kind.HOLE: _holes(outcome),
        Kind.ASTRAY: _by_key(outcome, "astray", _astray_detail),
        Kind.DISTANT: _by_key(outcome, "distant", _distant_detail),
    }
    return [DefectKind(kind, *_TOLD[kind], tuple(found[kind])) for kind in Kind]


def called(outcome: FileOutcome, code: str) -> str:
    """What a reader calls an area: its names from the parent down, or name and code."""
    checked = outcome.examined.checked
    if code in checked.labels:
        return f"{checked.labels[code]} ({code})"
    name = next((area.name for area in checked.areas if area.code == code), "")
    return f"{name} ({code})" if name else code


def _refused(outcome: FileOutcome) -> Iterable[Defect]:
    shapes = {feature.row: feature.geometry for feature in outcome.features}
    for number, row in enumerate(outcome.report["refused"], start=1):
        shown = f"baris {row['row']}" + f", {row['key']}" * bool(row["key"])
        yield Defect(number, shown, row["why"], None, _box(shapes.get(row["row"])))


def _box(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """The box around a shape that nobody has checked, if it is on the map."""
    if shape is None or shape.is_empty:
        return None
    bounds = np.array(shape.bounds)
    on_map = np.isfinite(bounds).all() and (np.abs(bounds) <= (180, 85, 180, 85)).all()
    return shapely.box(*bounds).buffer(1e-6) if on_map else None


def _by_key(
    outcome: FileOutcome, member: str, detail: Callable[[dict[str, Any]], str]
) -> Iterable[Defect]:
    """Defects of single areas, as a member of the report lists them."""
    shapes = {area.code: area.surface for area in outcome.examined.checked.areas}
    for number, entry in enumerate(outcome.report.get(member, ()), start=1):
        key = entry["key"]
        yield Defect(number, called(outcome, key), detail(entry), None, shapes.get(key))


def _overlaps(outcome: FileOutcome) -> Iterable[Defect]:
    for number, overlap in enumerate(outcome.examined.overlaps, start=1):
        both = " dan ".join(called(outcome, key) for key in overlap.keys)
        yield Defect(number, both, "", overlap.m2, overlap.surface)


def _holes(outcome: FileOutcome) -> Iterable[Defect]:
    for number, hole in enumerate(outcome.examined.holes, start=1):
        middle = hole.surface.representative_point()
        place = f"bujur {middle.x:.5f}, lintang {middle.y:.5f}"
        yield Defect(number, place, "", hole.m2, hole.surface)


def _repair_detail(entry: dict[str, Any]) -> str:
    change = str(entry["area_change_m2"]).replace(".", ",")
    return f"{entry['what']}; luas berubah {change} m2"


def _rows_detail(entry: dict[str, Any]) -> str:
    rows = entry["rows"]
    return f"{len(rows)} baris: {', '.join(map(str, rows))}"


def _astray_detail(entry: dict[str, Any]) -> str:
    percent = f"{100 * entry['share']:.1f}".replace(".", ",")
    return f"{percent} % di dalam induknya, {entry['parent']}"


def _distant_detail(entry: dict[str, Any]) -> str:
    return f"{entry['km']} km dari wilayah lainnya"
