"""`peta usulan`: proposals from lists."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli.output import answer
from app.cli.usulan_categories import list_categories
from app.cli.usulan_map import map_columns
from app.cli.usulan_told import tell
from app.cli.usulan_unplaced import tell_unplaced

if TYPE_CHECKING:
    from app.lists.file import ListWish

app = typer.Typer(no_args_is_help=True)
app.command("map")(map_columns)
app.command("categories")(list_categories)


@app.callback()
def _usulan() -> None:
    """Usulan dari berkas."""


@app.command()
def load(
    file: Path = typer.Argument(help="Daftar usulan: CSV, XLSX, GeoJSON atau GeoPackage."),
    *,
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    year: int | None = typer.Option(
        None,
        min=2000,
        max=2100,
        help="Tahun anggaran bagi baris yang tidak menyebutnya; tanpa ini, tahun sesudah"
        " diajukan. Tahun usulan yang sudah ada tidak berubah: baris dengan tahun lain ditolak.",
    ),
    mapping: Path | None = typer.Option(
        None,
        help="Berkas pemetaan kolom (TOML). Tanpa ini dipakai yang ada di sebelah berkas, atau"
        " yang pernah dipakai bagi kolom yang sama.",
    ),
    sheet: str | None = typer.Option(None, help="Nama lembar, bila lebih dari satu yang berisi."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Hanya periksa; tunjukkan apa yang akan berubah."
    ),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Muat daftar usulan; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.cli.staff import nothing_done, require_file
    from app.lists.file import ListWish
    from app.lists.mapping import MappingRefused
    from app.lists.refused import ListRefused
    from app.settings import Settings

    require_file(file)
    wish = ListWish(
        path=file,
        mapping=mapping,
        sheet=sheet,
        year=year,
        refuse_none=strict,
        tells_changes=dry_run,
        kept_mappings=Settings().state_dir / "mappings",
    )
    try:
        found = _loaded(wish, city, keep=not dry_run)
    except (MappingRefused, ListRefused) as refused:
        read = getattr(refused, "report", None)
        if as_json and read is not None:
            answer({**read, "dry_run": dry_run, "stored": False}, as_json=True)
        nothing_done(str(refused))
    if as_json:
        answer({**found, "dry_run": dry_run, "stored": not dry_run}, as_json=True)
    else:
        tell(found, dry_run=dry_run)
    if found["read"] and found["rejected"] == found["read"]:
        nothing_done(f"semua {found['read']} baris ditolak, lihat {found['rejects_file']}")


def _loaded(wish: "ListWish", city: str, *, keep: bool) -> dict[str, Any]:
    from datetime import UTC, datetime

    from app.categories_file import CATEGORIES
    from app.cli.progress import counted
    from app.cli.staff import require_city, staff_connection
    from app.guesses.categories import CategoryGuesser
    from app.guesses.guess import category_words
    from app.lists.file import Surroundings, load_list_file

    around = Surroundings(
        now=datetime.now(UTC),
        counted=lambda rows: counted("baris", total=rows),
        guesser=CategoryGuesser(category_words(CATEGORIES)),
    )
    analyze = "usulan" if keep else None
    with staff_connection(analyze=analyze, loads_usulan=True) as connection:
        found = load_list_file(connection, require_city(connection, city), wish, around)
        if not keep:
            connection.rollback()
    return found


@app.command()
def unplaced(
    *,
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    limit: int = typer.Option(50, min=1, max=10_000, help="Paling banyak sekian."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Usulan dari berkas yang belum punya titik di peta, untuk ditempatkan petugas."""
    from app.cli.staff import require_city, staff_connection
    from app.lists.unplaced import read_unplaced

    with staff_connection() as connection:
        found = read_unplaced(connection, require_city(connection, city).city_id, most=limit)
    if as_json:
        answer(found, as_json=True)
    else:
        tell_unplaced(found)
