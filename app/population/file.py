"""Rows of a list of inhabitants: which columns, and what each row says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.population.counts import CountRefused, read_count
from app.readings.cells import Cell, plain
from app.sheets.read import opened_sheets
from app.sheets.table import RowKind, Sheet, SheetRow
from spatial.boundaries.codes import find_intended_code, level_of

_CODE = ("kode", "code", "kode_wilayah", "kode_kemendagri", "kd_wilayah")
_POPULATION = (
    *("population", "penduduk", "jiwa", "jumlah_penduduk", "jumlah_jiwa", "jml_penduduk"),
    *("jml_jiwa", "total_penduduk"),
)
_HOUSEHOLDS = (
    *("households", "kk", "jumlah_kk", "jml_kk", "kepala_keluarga"),
    *("jumlah_kepala_keluarga", "jumlah_keluarga", "keluarga"),
)
_TOTALS = ("jumlah", "total")


class ColumnsMissing(ValueError):
    """No table of the file has a column of codes and one of people."""


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """What one row says of one area; None where it says nothing."""

    row: int
    code: str
    population: int | None
    households: int | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken, and why."""

    row: int
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A row that is none of the list: a total, a heading, a remark."""

    row: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The rows of a file, each in one of three kinds."""

    rows: tuple[PeopleRow, ...]
    refused: tuple[RefusedRow, ...]
    passed: tuple[PassedRow, ...]
    unused_columns: tuple[str, ...]
    unused_sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    code: int
    population: int | None
    households: int | None

    @property
    def used(self) -> set[int | None]:
        return {self.code, self.population, self.households}


def read_people(path: Path) -> PeopleFile:
    """Every row of the first table that has the columns. Raises SheetRefused, ColumnsMissing."""
    with opened_sheets(path) as sheets:
        sheet, columns = _chosen(sheets)
        told = list(_told(sheet.read_rows(), columns))
        unused = [
            name for place, name in enumerate(sheet.head.columns) if place not in columns.used
        ]
        return PeopleFile(
            rows=tuple(row for row in told if isinstance(row, PeopleRow)),
            refused=tuple(row for row in told if isinstance(row, RefusedRow)),
            passed=tuple(row for row in told if isinstance(row, PassedRow)),
            unused_columns=tuple(unused),
            unused_sheets=tuple(other.name for other in sheets if other is not sheet),
        )


def _chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, _Columns]:
    for sheet in sheets:
        names = [_word(name) for name in sheet.head.columns]
        code = _place(names, _CODE)
        population, households = _place(names, _POPULATION), _place(names, _HOUSEHOLDS)
        if code is not None and (population is not None or households is not None):
            return sheet, _Columns(code, population, households)
    there = ", ".join(repr(name[:40]) for sheet in sheets for name in sheet.head.columns[:30])
    raise ColumnsMissing(
        "perlu kolom kode (kode atau code) dan penduduk (penduduk, jiwa atau population) atau KK"
        f" (kk atau households); yang ada: {there or '(tidak ada kolom)'}"
    )


def _word(name: str) -> str:
    """A column's name as it is compared: `Jumlah Penduduk (jiwa)` is jumlah_penduduk."""
    bare = name.partition("(")[0].strip() or name
    return "_".join(bare.casefold().replace("_", " ").replace(".", " ").split())


def _place(names: Sequence[str], usual: Sequence[str]) -> int | None:
    return next((names.index(name) for name in usual if name in names), None)


def _told(
    rows: Iterator[SheetRow], columns: _Columns
) -> Iterator[PeopleRow | RefusedRow | PassedRow]:
    first: dict[str, int] = {}
    for row in rows:
        cell = row.cells[columns.code]
        code = plain(cell)
        # A row with a code is one of the list, however much it looks like a total.
        kind = RowKind.DATA if level_of(code) is not None else _kind(row)
        if kind is not RowKind.DATA:
            shown = " ".join(text for each in row.cells if (text := plain(each)))
            yield PassedRow(row.number, kind.value, shown[:80])
            continue
        try:
            yield _row(row, cell, columns, first)
        except CountRefused as refused:
            yield RefusedRow(row.number, code[:40], str(refused))


def _kind(row: SheetRow) -> RowKind:
    first = next((text for each in row.cells if (text := plain(each))), "")
    return RowKind.TOTAL if first.casefold().startswith(_TOTALS) else row.kind


def _row(row: SheetRow, cell: Cell, columns: _Columns, first: dict[str, int]) -> PeopleRow:
    code = _code(cell)
    if first.setdefault(code, row.number) != row.number:
        raise CountRefused(f"kode sudah ada di baris {first[code]}")
    population = _count(row, columns.population, "penduduk")
    households = _count(row, columns.households, "KK")
    if population is None and households is None:
        raise CountRefused("penduduk dan KK kosong")
    return PeopleRow(row.number, code, population, households)


def _code(cell: Cell) -> str:
    code = plain(cell)
    if not code:
        raise CountRefused("kode kosong")
    if level_of(code) is None:
        meant = find_intended_code(cell if isinstance(cell, int | float) else code)
        hint = f"; mungkin {meant}" if meant and level_of(meant) else ""
        raise CountRefused(f"bukan kode wilayah seperti 33.72.05.1015{hint}")
    return code


def _count(row: SheetRow, place: int | None, what: str) -> int | None:
    if place is None:
        return None
    try:
        return read_count(row.cells[place])
    except CountRefused as refused:
        raise CountRefused(f"{what} {plain(row.cells[place])[:40]!r}: {refused}") from None
