"""`peta population`: inhabitants and households of areas, from lists."""

from pathlib import Path
from typing import Any

import typer

from app.cli.boundary_summary import tell_people
from app.cli.output import answer, grouped

app = typer.Typer(no_args_is_help=True)

MOST_LINES = 20
_WHAT = {"population": "penduduk", "households": "KK"}
_PASSED = {
    "numbering": "baris nomor kolom",
    "header_again": "kepala tabel terulang",
    "group": "judul kelompok",
    "total": "jumlah",
    "remark": "catatan",
    "data": "tanpa kode",
}


@app.callback()
def _population() -> None:
    """Jumlah penduduk dan KK tiap wilayah."""


@app.command()
def load(
    file: Path = typer.Argument(help="CSV atau XLSX dengan kolom kode, penduduk, kk."),
    *,
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    edition: str | None = typer.Option(None, help="Nama edisi; tanpa ini, yang aktif."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Hanya periksa dan laporkan."),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Muat jumlah penduduk dan KK; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.cli.staff import nothing_done, require_city, require_file, staff_connection
    from app.population.file import ColumnsMissing, read_people
    from app.population.load import NothingTaken, load_people
    from app.sheets.flaws import SheetRefused

    require_file(file)
    try:
        people = read_people(file)
        with staff_connection() as connection:
            known = require_city(connection, city)
            found = load_people(connection, known, edition, people, refuse_none=strict)
            if dry_run:
                connection.rollback()
    except (SheetRefused, ColumnsMissing) as refused:
        nothing_done(str(refused))
    except NothingTaken as refused:
        if as_json and refused.report is not None:
            answer({**refused.report, "dry_run": dry_run, "stored": False}, as_json=True)
        nothing_done(str(refused))
    if as_json:
        answer({**found, "dry_run": dry_run, "stored": not dry_run}, as_json=True)
    else:
        _tell(found, dry_run=dry_run)


def _tell(found: dict[str, Any], *, dry_run: bool) -> None:
    done = "Diperiksa, tidak disimpan" if dry_run else "Dimuat"
    _lines(
        f"{done}: {found['read']} baris, edisi {found['edition']}; diperbarui"
        f" {found['updated']}, tetap {found['unchanged']}, ditolak {found['rejected']}.",
        [
            f"ditolak baris {row['row']} {row['code']!r}: {row['why']}"
            for row in found["rejections"]
        ],
    )
    if found["passed"]:
        _lines(
            "Baris yang bukan wilayah, dilewati:",
            [
                f"baris {row['row']} ({_PASSED[row['kind']]}): {row['text']}"
                for row in found["passed"]
            ],
        )
    for name, what in (("unused_columns", "Kolom"), ("unused_sheets", "Lembar")):
        if found[name]:
            typer.echo(f"{what} yang tidak dipakai: {', '.join(found[name])}")
    tell_people(found)
    _tell_sums(found["sums"])
    _tell_missing(found["without_population"])


def _tell_sums(sums: list[dict[str, Any]]) -> None:
    if not sums:
        return
    _lines(
        "Induk yang angkanya bukan jumlah wilayah di bawahnya (keduanya disimpan apa adanya):",
        [
            f"{_called(each)}: {grouped(each['own'])} {_WHAT[each['what']]}, wilayah di bawahnya"
            f" {grouped(each['children'])}"
            for each in sums
        ],
    )


def _tell_missing(missing: list[dict[str, Any]]) -> None:
    from app.stored_words import LEVELS

    if not missing:
        typer.echo("Semua wilayah punya jumlah penduduk.")
        return
    levels = [each["level"] for each in missing]
    counts = ", ".join(f"{levels.count(level)} {level}" for level in LEVELS if level in levels)
    _lines(
        f"Tanpa jumlah penduduk: {counts}. Angka per 1.000 penduduk tidak tampil di sana.",
        [_called(each) for each in missing],
    )


def _called(area: dict[str, Any]) -> str:
    return f"{area['level']} {area['code']} {area['name']}".rstrip()


def _lines(first: str, lines: list[str]) -> None:
    typer.echo(first)
    for line in lines[:MOST_LINES]:
        typer.echo(f"  {line}")
    if len(lines) > MOST_LINES:
        typer.echo(f"  dan {len(lines) - MOST_LINES} lainnya; semuanya ada dengan --json")
