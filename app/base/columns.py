"""Which columns of a file hold the name of a road or place, and its class."""

from collections.abc import Collection

_NAMES = ("nama", "name", "namobj", "nama_jalan", "nama_ruas", "nm_ruas", "nmruas", "nama_sungai")
_CLASSES = {
    "road": ("highway", "fclass", "kelas", "fungsi", "status", "jenis", "remark"),
    "river": (),
    "rail": (),
    "landmark": ("amenity", "fclass", "jenis", "kategori", "fungsi", "kelas", "remark"),
}


class ColumnMissing(ValueError):
    """The file has no such column."""


def chosen_column(
    present: Collection[str], asked: str | None, usual: tuple[str, ...]
) -> str | None:
    """The column asked for, else the first usual one there is. Raises ColumnMissing."""
    if asked is not None and asked not in present:
        there = ", ".join(repr(name[:40]) for name in list(present)[:30]) or "(tidak ada kolom)"
        raise ColumnMissing(f"kolom {asked[:40]!r} tidak ada; yang ada: {there}")
    by_lower = {name.lower(): name for name in present}
    return asked or next((by_lower[name] for name in usual if name in by_lower), None)


def name_column(present: Collection[str], asked: str | None) -> str | None:
    return chosen_column(present, asked, _NAMES)


def class_column(present: Collection[str], asked: str | None, kind: str) -> str | None:
    return chosen_column(present, asked, _CLASSES[kind])
