"""Which columns of a boundary file hold codes, names and parents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.areas.boundary_words import LEVEL_NAMES

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
    "kecamatan": ("kecamatan", "wadmkc", "kec_name"),
    "kelurahan": ("kelurahan", "desa", "wadmkd", "kel_name"),
    "rw": ("rw", "no_rw", "nomor_rw"),
    "rt": ("rt", "no_rt", "nomor_rt"),
}
_NUMBERED = ("rw", "rt")
# How many names lead from the city to the parent: kecamatan, kelurahan, RW.
_PARENTS_OF = {"kota": 0, "kecamatan": 0, "kelurahan": 1, "rw": 2, "rt": 3}
_NAMED_PARENTS_OF = _PARENTS_OF | {"rt": 2}


class FieldMissing(ValueError):
    """The file has no such property, or none that could be a code."""


@dataclass(frozen=True, slots=True)
class AskedColumns:
    """What the owner of a file says of its columns."""

    code: str | None = None
    name: str | None = None
    parents: tuple[str, ...] = ()
    may_make_parents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns to use; without a code areas are known by their names."""

    code: str | None
    name: str | None
    parents: tuple[str, ...]


def chosen_columns(present: Collection[str], asked: AskedColumns, level: str) -> Columns:
    """Columns as asked, or by their usual names. Raises FieldMissing with those there are."""
    code = _chosen(present, asked.code, (*_CODE_FIELDS, *_CODE_FIELDS_OF[level]))
    by_names = asked.code is None and (asked.parents or asked.may_make_parents)
    usual = (*_NAME_FIELDS, *_NAME_FIELDS_OF[level])
    if by_names or (code is None and level in _NUMBERED):
        # A column called `name` beside one called `rw` is seldom its number.
        usual = (*_NAME_FIELDS_OF[level], *_NAME_FIELDS) if level in _NUMBERED else usual
        name = _chosen(present, asked.name, usual)
        _require_names(present, asked, level, name)
        return Columns(code=None, name=name, parents=asked.parents)
    if code is None:
        raise FieldMissing(
            f"tidak ada kolom kode; pilih dengan --code-field dari: {_list(present)};"
            " berkas yang hanya memuat nama: --parent-fields dan --dissolve-parents"
        )
    return Columns(code=code, name=_chosen(present, asked.name, usual), parents=())


def _require_names(
    present: Collection[str], asked: AskedColumns, level: str, name: str | None
) -> None:
    if name is None:
        what = "nomor" if level in _NUMBERED else "nama"
        raise FieldMissing(
            f"tidak ada kolom {what} {LEVEL_NAMES[level]}; pilih dengan --name-field dari:"
            f" {_list(present)}"
        )
    for parent in asked.parents:
        _require_present(present, parent)
    given, most, needed = len(asked.parents), _PARENTS_OF[level], _NAMED_PARENTS_OF[level]
    if given > most:
        raise FieldMissing(
            f"--parent-fields untuk tingkat {LEVEL_NAMES[level]} paling banyak {most} kolom,"
            " dari yang terluar (kecamatan, kelurahan, RW)"
        )
    if asked.may_make_parents and given < needed:
        raise FieldMissing(
            f"--dissolve-parents untuk tingkat {LEVEL_NAMES[level]} memerlukan --parent-fields"
            f" dengan {needed} kolom (kecamatan, kelurahan); kolom yang ada: {_list(present)}"
        )


def _require_present(present: Collection[str], name: str) -> None:
    if name not in present:
        raise FieldMissing(f"kolom {name[:40]!r} tidak ada; yang ada: {_list(present)}")


def _chosen(present: Collection[str], asked: str | None, usual: tuple[str, ...]) -> str | None:
    if asked is not None:
        _require_present(present, asked)
        return asked
    by_lower = {name.lower(): name for name in present}
    return next((by_lower[name] for name in usual if name in by_lower), None)


def _list(names: Collection[str] | Sequence[str]) -> str:
    shown = [repr(name[:40]) for name in list(names)[:30]]
    return ", ".join(shown) or "(tidak ada kolom)"
