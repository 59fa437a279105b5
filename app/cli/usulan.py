"""`peta usulan`: proposals from lists."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli.output import answer
from app.cli.usulan_categories import list_categories
from app.cli.usulan_map import map_columns

if TYPE_CHECKING:
    from app.lists.table import Table

app = typer.Typer(no_args_is_help=True)
app.command("map")(map_columns)
app.command("categories")(list_categories)


@app.callback()
def _usulan() -> None:
    """Usulan dari berkas."""


@app.command()
def load(
    file: Path = typer.Argument(help="Daftar usulan, CSV."),
    *,
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    year: int | None = typer.Option(
        None,
        min=2000,
        max=2100,
        help="Tahun anggaran bagi baris yang tidak menyebutnya; tanpa ini, tahun sesudah"
        " diajukan. Tahun usulan yang sudah ada tidak berubah: baris dengan tahun lain ditolak.",
    ),
    mapping: Path | None = typer.Option(None, help="Berkas pemetaan kolom (TOML)."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Hanya periksa dan laporkan."),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Muat daftar usulan; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.cli.staff import nothing_done
    from app.lists.file import ListRefused
    from app.lists.mapping import MappingRefused
    from app.lists.table import TableRefused, look_at_table

    try:
        table = look_at_table(file)
        asked = {"mapping": mapping, "year": year, "refuse_none": strict}
        found = _loaded(table, city, asked, keep=not dry_run)
    except (TableRefused, MappingRefused, ListRefused) as refused:
        read = getattr(refused, "report", None)
        if as_json and read is not None:
            answer({**read, "dry_run": dry_run, "stored": False}, as_json=True)
        nothing_done(str(refused))
    if as_json:
        answer({**found, "dry_run": dry_run, "stored": not dry_run}, as_json=True)
    else:
        _tell(found, dry_run=dry_run)
    if found["read"] and found["rejected"] == found["read"]:
        nothing_done(f"semua {found['read']} baris ditolak, lihat {found['rejects_file']}")


def _loaded(table: "Table", city: str, asked: dict[str, Any], *, keep: bool) -> dict[str, Any]:
    from datetime import UTC, datetime

    from app.cli.progress import counted
    from app.cli.staff import require_city, staff_connection
    from app.lists.file import ListFile, load_list_file
    from app.lists.mapping import ListMapping, read_mapping

    mapping = read_mapping(asked["mapping"]) if asked["mapping"] else ListMapping()
    listed = ListFile(
        table=table, mapping=mapping, year=asked["year"], refuse_none=asked["refuse_none"]
    )
    with (
        staff_connection(analyze="usulan" if keep else None) as connection,
        counted("baris", total=max(table.lines - 1, 1)) as progress,
    ):
        known = require_city(connection, city)
        found = load_list_file(connection, known, listed, now=datetime.now(UTC), progress=progress)
        if not keep:
            connection.rollback()
    return found


def _tell(found: dict[str, Any], *, dry_run: bool) -> None:
    done = "Diperiksa, tidak disimpan" if dry_run else "Dimuat"
    typer.echo(
        f"{done}: {found['read']} baris; baru {found['created']}, diperbarui {found['updated']},"
        f" tetap {found['unchanged']}, ditolak {found['rejected']}."
    )
    typer.echo(
        f"Tanpa titik lokasi: {found['unlocated']}. Di luar wilayah: {found['outside']} (ditolak)."
    )
    for reason, rows in sorted(found["reasons"].items()):
        typer.echo(f"  {rows} baris: {reason}")
    if found["rejects_file"]:
        typer.echo(f"Baris yang ditolak, dengan alasannya: {found['rejects_file']}")
    if found["unused_columns"]:
        typer.echo(f"Kolom yang tidak dipakai: {', '.join(found['unused_columns'])}")
