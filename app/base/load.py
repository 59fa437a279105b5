"""A file of the reference map from disk to the database: read, cut to the city, stored."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import shapely
from psycopg import Connection

from app.areas.sources import REFERENCE_MAP, Source, forget_sources, keep_source
from app.areas.steps import Progress
from app.base.columns import class_column, name_column
from app.base.features import REACH_M, Ground, Sorted, sort_rows
from app.base.service import Stored, find_city_bounds, store_features
from app.base.words import KIND_NAMES, refusal_words
from app.cities.service import KnownCity
from spatial.boundaries.feature import Feature
from spatial.boundaries.read import read_boundary_rows
from spatial.boundaries.wish import Wish
from spatial.crs import widened_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFile:
    """A file, and what its owner says of it."""

    path: Path
    kind: str
    name_field: str | None = None
    class_field: str | None = None
    wish: Wish = field(default_factory=Wish)
    replaces: bool = False
    """What stands of this kind and is not in the file goes."""
    refuse_none: bool = False
    source: Source = field(default_factory=Source)
    """Whose work the file is."""


class NothingTaken(ValueError):
    """No row could be taken, or one was refused where none may be."""

    def __init__(self, reason: str, report: dict[str, Any]) -> None:
        super().__init__(reason)
        self.report = report


def load_base_file(
    connection: Connection, city: KnownCity, file: BaseFile, *, progress: Progress
) -> dict[str, Any]:
    """Read a file and store what belongs to the city; the report. The caller commits, or not.

    Raises FileRefused, ColumnMissing or NothingTaken; nothing is stored then.
    """
    bounds = find_city_bounds(connection, city)
    if bounds is None:
        raise NothingTaken(
            f"kota {city.code} belum punya batas aktif; muat dahulu: peta boundaries load", {}
        )
    progress("membaca berkas")
    rows = read_boundary_rows(
        file.path, file.wish, progress=lambda done: progress("membaca baris", done)
    ).features
    present = dict.fromkeys(name for row in rows for name in row.properties)
    ground = Ground(
        city_code=city.code,
        kind=file.kind,
        bounds=widened_bounds(bounds, REACH_M),
        name_field=name_column(present, file.name_field),
        subkind_field=class_column(present, file.class_field, file.kind),
    )
    progress("memilih yang di dalam kota")
    found = sort_rows(rows, ground)
    report = _report(rows, found, ground)
    if not found.taken or (file.refuse_none and found.refused):
        raise NothingTaken(_why_nothing(rows, found, ground), report)
    stored = store_features(
        connection,
        city,
        found.taken,
        replaces=file.replaces,
        progress=lambda done: progress("menyimpan", done, len(found.taken)),
    )
    if file.replaces:
        forget_sources(connection, city.city_id, file.kind, edition_id=REFERENCE_MAP)
    keep_source(connection, city.city_id, file.kind, file.source, edition_id=REFERENCE_MAP)
    return report | _told(stored) | asdict(file.source)


def _report(rows: Sequence[Feature], found: Sorted, ground: Ground) -> dict[str, Any]:
    refused = [{"row": row, "why": refusal_words(why), "code": why} for row, why in found.refused]
    return {
        "kind": ground.kind,
        "read": len(rows),
        "accepted": len(found.taken),
        "outside": found.outside,
        "cut": found.cut,
        "named": sum(bool(feature.name) for feature in found.taken),
        "name_field": ground.name_field,
        "class_field": ground.subkind_field,
        "refused": refused,
    }


def _told(stored: Stored) -> dict[str, int]:
    return {
        "written": stored.written,
        "unchanged": stored.unchanged,
        "duplicates": stored.duplicates,
        "removed": stored.removed,
    }


def _why_nothing(rows: Sequence[Feature], found: Sorted, ground: Ground) -> str:
    kind = KIND_NAMES[ground.kind]
    if not rows:
        return "berkas tidak memuat satu baris pun"
    if found.refused and (found.taken or len(found.refused) == len(rows)):
        row, why = found.refused[0]
        ratio = f"{len(found.refused)} dari {len(rows)} baris ditolak"
        return f"{ratio}; baris {row}: {refusal_words(why)}"
    hint = "; bujur dan lintang tampaknya tertukar" if _is_swapped(rows, ground) else ""
    return f"tidak ada {kind} dalam berkas ini yang terletak di kota{hint}"


def _is_swapped(rows: Sequence[Feature], ground: Ground) -> bool:
    box = shapely.box(*ground.bounds)
    shapes = [row.geometry for row in rows if row.geometry is not None]
    swapped = shapely.transform(shapes, lambda pairs: pairs[:, ::-1])
    return bool(shapely.intersects(swapped, box).any())
