"""`peta base`: the reference map of a city from files."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli.boundary_summary import source_words
from app.cli.output import answer
from app.cli.progress import Steps

if TYPE_CHECKING:
    from app.base.load import BaseFile

app = typer.Typer(no_args_is_help=True)

MOST_LINES = 20


class Kind(StrEnum):
    """What the reference map is made of."""

    ROAD = "road"
    RIVER = "river"
    RAIL = "rail"
    LANDMARK = "landmark"


@app.callback()
def _base() -> None:
    """Peta dasar sendiri: jalan, sungai, rel, dan tempat."""


@app.command()
def load(
    file: Path = typer.Argument(
        help="Berkas GeoJSON, Shapefile (.shp atau .zip), GeoPackage, KML atau KMZ."
    ),
    *,
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    kind: Kind = typer.Option(
        ..., "--kind", help="road jalan, river sungai, rail rel, landmark tempat."
    ),
    name_field: str | None = typer.Option(None, help="Kolom nama; dicari sendiri bila kosong."),
    class_field: str | None = typer.Option(
        None, help="Kolom kelas jalan atau jenis tempat; dicari sendiri bila kosong."
    ),
    layer: str | None = typer.Option(None, help="Lapisan, bila berkas memuat beberapa."),
    encoding: str | None = typer.Option(
        None, help="Pengodean teks, contoh cp1252; ditebak bila kosong."
    ),
    crs: str | None = typer.Option(
        None, help="Sistem koordinat, contoh EPSG:32749; dari berkas bila kosong."
    ),
    source: str = typer.Option("", help="Asal berkas, ditampilkan di bawah peta."),
    licence: str = typer.Option("", help="Lisensi berkas, ditampilkan di bawah peta."),
    replace: bool = typer.Option(
        False, "--replace", help="Yang sejenis dan tidak ada dalam berkas dihapus."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Hanya periksa dan laporkan."),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Muat jalan, sungai, rel atau tempat; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.areas.sources import SourceRefused, source_of
    from app.base.load import BaseFile
    from spatial.boundaries.wish import Wish

    try:
        named = source_of(source, licence)
    except SourceRefused as refused:
        raise typer.BadParameter(str(refused), param_hint="--source") from None
    asked = BaseFile(
        path=file,
        kind=kind.value,
        name_field=name_field,
        class_field=class_field,
        wish=Wish(layer=layer, encoding=encoding, crs=crs),
        replaces=replace,
        refuse_none=strict,
        source=named,
    )
    found = _loaded(asked, city, keep=not dry_run, as_json=as_json)
    if as_json:
        answer({**found, "dry_run": dry_run}, as_json=True)
    else:
        _tell(found, dry_run=dry_run)


def _loaded(asked: "BaseFile", city: str, *, keep: bool, as_json: bool) -> dict[str, Any]:
    from app.areas.boundary_words import file_refusal
    from app.base.columns import ColumnMissing
    from app.base.load import NothingTaken, load_base_file
    from app.cli.staff import nothing_done, require_city, require_file, staff_connection
    from spatial.boundaries.flaws import FileRefused

    require_file(asked.path)
    try:
        with staff_connection(analyze="base" if keep else None) as connection, Steps() as steps:
            known = require_city(connection, city)
            found = load_base_file(connection, known, asked, progress=steps)
            if not keep:
                connection.rollback()
            return found
    except FileRefused as refused:
        nothing_done(file_refusal(refused))
    except ColumnMissing as missing:
        nothing_done(str(missing))
    except NothingTaken as refused:
        if as_json and refused.report:
            answer({**refused.report, "dry_run": not keep}, as_json=True)
        nothing_done(str(refused))


def _tell(found: dict[str, Any], *, dry_run: bool) -> None:
    from app.base.words import KIND_NAMES

    done, written = (
        ("Diperiksa, tidak disimpan", "Akan ditulis") if dry_run else ("Dimuat", "Ditulis")
    )
    typer.echo(
        f"{done}: {found['accepted']} dari {found['read']} {KIND_NAMES[found['kind']]},"
        f" {found['named']} bernama."
    )
    typer.echo(
        f"{written} {found['written']}, sama seperti sebelumnya {found['unchanged']},"
        f" kembar {found['duplicates']}, dihapus {found['removed']}."
    )
    typer.echo(source_words(found["source"], found["licence"]))
    if found["outside"] or found["cut"]:
        typer.echo(
            f"Di luar kota dan dilewati: {found['outside']}; dipotong di tepi: {found['cut']}."
        )
    for refused in found["refused"][:MOST_LINES]:
        typer.echo(f"  Baris {refused['row']}: {refused['why']}")
    if len(found["refused"]) > MOST_LINES:
        typer.echo(f"  ... dan {len(found['refused']) - MOST_LINES} penolakan lain (--json).")
