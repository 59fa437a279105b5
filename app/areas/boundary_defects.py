"""What is wrong with a file of boundaries, each piece with its place on the map."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import shapely

from app.areas.boundary_file import FileOutcome
from app.areas.boundary_report import names_of
from spatial.boundaries.overlaps import find_neighbours


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
    def is_slight(self) -> bool:
        """Whether it is smaller than 1 m2, as rounded coordinates leave it."""
        return self.m2 is not None and self.m2 < 1

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

    @property
    def slight(self) -> int:
        """How many are smaller than 1 m2."""
        return sum(defect.is_slight for defect in self.defects)


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


def _called(names: Mapping[str, str], code: str) -> str:
    """What a reader calls an area: its names from the parent down, and its code."""
    return f"{names[code]} ({code})" if names.get(code) else code


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
    checked = outcome.examined.checked
    names = names_of(checked)
    shapes = {area.code: area.surface for area in checked.areas}
    for number, entry in enumerate(outcome.report.get(member, ()), start=1):
        key = entry["key"]
        yield Defect(number, _called(names, key), detail(entry), None, shapes.get(key))


def _among(outcome: FileOutcome, names: Mapping[str, str], keys: Iterable[str]) -> str:
    """Several areas: those without codes of their own by name, gathered under their parents."""
    labels = outcome.examined.checked.labels
    gathered: dict[str, list[str]] = {}
    for key in keys:
        above, _, own = labels.get(key, "").rpartition(", ")
        gathered.setdefault(above, []).append(own or _called(names, key))
    return "; ".join(
        f"{above}: {', '.join(own)}" if above else "; ".join(own) for above, own in gathered.items()
    )


def _overlaps(outcome: FileOutcome) -> Iterable[Defect]:
    names = names_of(outcome.examined.checked)
    for number, overlap in enumerate(outcome.examined.overlaps, start=1):
        both = _among(outcome, names, overlap.keys)
        yield Defect(number, both, "", overlap.m2, overlap.surface)


def _holes(outcome: FileOutcome) -> Iterable[Defect]:
    checked, holes = outcome.examined.checked, outcome.examined.holes
    names = names_of(checked)
    neighbours = find_neighbours(holes, checked.areas)
    for number, (hole, keys) in enumerate(zip(holes, neighbours, strict=True), start=1):
        middle = hole.surface.representative_point()
        place = f"bujur {middle.x:.5f}, lintang {middle.y:.5f}".replace(".", ",")
        between = _among(outcome, names, keys)
        yield Defect(number, between, place, hole.m2, hole.surface)


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
