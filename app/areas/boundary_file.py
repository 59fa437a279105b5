"""A file of boundaries from disk to an edition, and the report about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from app.areas.boundary_words import REFUSALS, repair_words
from app.areas.load import BoundaryLoad, LoadOutcome, load_boundaries
from app.areas.service import NewEdition
from app.cities.service import KnownCity
from spatial.boundaries.check import Checked, Expectation, RefusedRow
from spatial.boundaries.examine import Examined, examine_boundaries
from spatial.boundaries.feature import Feature
from spatial.boundaries.read import read_features
from spatial.boundaries.sandbox import limits_for

# In the order they are looked for; those of BIG's files (KD…PUM, NAMOBJ) by level.
_CODE_FIELDS = ("kode", "code", "kode_wilayah", "kd_wilayah", "id_wilayah", "kode_kemendagri")
_NAME_FIELDS = ("nama", "name", "nama_wilayah", "nm_wilayah", "namobj")
_CODE_FIELDS_OF = {
    "kota": ("kode_kab", "kode_kota", "kdpkab"),
    "kecamatan": ("kode_kec", "kdcpum"),
    "kelurahan": ("kode_kel", "kode_desa", "kdepum"),
    "rw": ("kode_rw",),
    "rt": ("kode_rt",),
}
_NAME_FIELDS_OF = {
    "kota": ("kabupaten", "kota", "wadmkk"),
    "kecamatan": ("kecamatan", "wadmkc"),
    "kelurahan": ("kelurahan", "desa", "wadmkd"),
    "rw": ("rw",),
    "rt": ("rt",),
}


class FieldMissing(ValueError):
    """The file has no such property, or none that could be a code."""


class NothingAccepted(ValueError):
    """No row of the file could be taken, or one was refused where none may be."""

    def __init__(self, reason: str, report: dict[str, Any]) -> None:
        super().__init__(reason)
        self.report = report


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryFile:
    """A file, and what its owner says of it."""

    path: Path
    level: str
    edition: NewEdition
    code_field: str | None = None
    name_field: str | None = None
    refuse_none: bool = field(default=False)
    """Load nothing when a single row is refused."""


def load_boundary_file(
    connection: Connection,
    city: KnownCity,
    file: BoundaryFile,
    *,
    progress: Callable[[str], None],
) -> dict[str, Any]:
    """Read, check and store a file; the report. The caller commits, or does not.

    Raises FileRefused, FieldMissing, NothingAccepted or EditionInUse; nothing is stored then.
    """
    progress("membaca berkas")
    features = read_features(file.path)
    expected = _expectation(features, city, file)
    progress(f"memeriksa {len(features)} wilayah")
    limits = limits_for(file.path.stat().st_size)
    examined = examine_boundaries(features, expected, limits=limits)
    checked, found = examined.checked, _found(examined)
    if not checked.areas or (file.refuse_none and checked.refused):
        raise NothingAccepted(_why_nothing(checked), found)
    load = BoundaryLoad(city=city, level=file.level, edition=file.edition, areas=checked.areas)
    return found | _done(load_boundaries(connection, load, progress=progress), load)


def _expectation(features: Sequence[Feature], city: KnownCity, file: BoundaryFile) -> Expectation:
    present: dict[str, None] = {}
    for feature in features:
        present.update(dict.fromkeys(feature.properties))
    code = _chosen(present, file.code_field, (*_CODE_FIELDS, *_CODE_FIELDS_OF[file.level]))
    if code is None and any(feature.refusal is None for feature in features):
        raise FieldMissing(
            f"tidak ada kolom kode; pilih dengan --code-field dari: {_list(present)}"
        )
    name = _chosen(present, file.name_field, (*_NAME_FIELDS, *_NAME_FIELDS_OF[file.level]))
    return Expectation(
        city=city.code, level=file.level, code_field=code or _CODE_FIELDS[0], name_field=name
    )


def _chosen(
    present: Sequence[str] | dict[str, None], asked: str | None, usual: tuple[str, ...]
) -> str | None:
    if asked is not None:
        if asked not in present:
            raise FieldMissing(f"kolom {asked[:40]!r} tidak ada; yang ada: {_list(present)}")
        return asked
    by_lower = {name.lower(): name for name in present}
    return next((by_lower[name] for name in usual if name in by_lower), None)


def _list(names: Sequence[str] | dict[str, None]) -> str:
    shown = [repr(name[:40]) for name in list(names)[:30]]
    return ", ".join(shown) or "(tidak ada kolom)"


def _found(examined: Examined) -> dict[str, Any]:
    checked, holes = examined.checked, examined.hole_sizes_m2
    return {
        "read": checked.read,
        "accepted": checked.accepted,
        "repaired": [
            {
                "key": repair.key,
                "what": repair_words(repair.what),
                "code": repair.what,
                "area_change_m2": round(repair.area_change_m2, 1),
            }
            for repair in checked.repaired
        ],
        "refused": [_refusal(row) for row in checked.refused],
        "duplicate_keys": [
            {"key": key, "rows": list(rows)} for key, rows in checked.duplicate_keys.items()
        ],
        "overlaps": {
            "pairs": examined.overlapping_pairs,
            "m2": round(examined.overlap_m2),
            "largest": [
                {"keys": list(overlap.keys), "m2": round(overlap.m2, 1)}
                for overlap in examined.largest_overlaps
            ],
        },
        "holes": {"count": len(holes), "m2": round(sum(holes))},
        "distant": [
            {"key": distant.key, "km": round(distant.distance_m / 1000)}
            for distant in examined.distant
        ],
        "parents": {"code": 0, "name": 0, "geometry": 0, "made": 0, "none": 0},
        "remarks": {remark.value: count for remark, count in sorted(checked.remarks.items())},
    }


def _refusal(row: RefusedRow) -> dict[str, Any]:
    hint = f"; mungkin {row.meant}" if row.meant else ""
    return {
        "row": row.row,
        "key": row.key,
        "why": f"{REFUSALS[row.why]}{hint}",
        "code": row.why.value,
        "meant": row.meant,
    }


def _why_nothing(checked: Checked) -> str:
    if not checked.read:
        return "berkas tidak memuat satu wilayah pun"
    first = _refusal(checked.refused[0])
    return (
        f"{len(checked.refused)} dari {checked.read} wilayah ditolak; yang pertama, baris"
        f" {first['row']} {first['key']!r}: {first['why']}"
    )


def _done(outcome: LoadOutcome, load: BoundaryLoad) -> dict[str, Any]:
    own = {area.code for area in load.areas}
    return {
        "parents": {
            "code": outcome.parents_by_code,
            "name": 0,
            "geometry": 0,
            "made": outcome.parents_made,
            "none": len(own) - outcome.parents_by_code,
        },
        "city": load.city.code,
        "level": load.level,
        "edition": load.edition.name,
        "active": outcome.edition.active,
        "written": len(own & outcome.written),
        "unchanged": outcome.unchanged,
    }
