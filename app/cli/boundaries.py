"""`peta boundaries`: boundary editions from files."""

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli import editions
from app.cli.boundary_summary import tell
from app.cli.failures import disk_words
from app.cli.output import answer, report
from app.cli.progress import Steps
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.areas.boundary_file import BoundaryFile, FileOutcome
    from app.areas.steps import Progress
    from app.cities.service import KnownCity

app = typer.Typer(no_args_is_help=True)
app.command()(editions.diff)
app.command()(editions.activate)
app.command()(editions.check)

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")
City = typer.Option(..., "--city", help="Kode kota, contoh 33.72.")
File = typer.Argument(help="GeoJSON, Shapefile (.shp atau .zip), GeoPackage, KML atau KMZ.")
ParentFields = typer.Option(
    None,
    "--parent-fields",
    help="Berkas tanpa kode: kolom nama induk dari yang terluar, KEC_NAME,KEL_NAME.",
)
DissolveParents = typer.Option(
    False, "--dissolve-parents", help="Buat induk yang belum ada, dengan kode sementara (x01)."
)


class Level(StrEnum):
    """Levels from the city down."""

    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    RW = "rw"
    RT = "rt"


class Status(StrEnum):
    """How binding boundaries are."""

    RESMI = "resmi"
    INDIKATIF = "indikatif"
    PARTISIPATIF = "partisipatif"


@app.callback()
def _boundaries() -> None:
    """Batas wilayah dari berkas."""


@app.command()
def load(
    file: Path = File,
    *,
    city: str = City,
    level: Level = typer.Option(..., "--level", help="Tingkat wilayah dalam berkas."),
    edition: str = typer.Option(..., "--edition", help="Nama edisi, contoh 2025."),
    code_field: str | None = typer.Option(None, help="Kolom kode; dicari sendiri bila kosong."),
    name_field: str | None = typer.Option(None, help="Kolom nama, dari RW dan RT nomornya."),
    parent_fields: str | None = ParentFields,
    dissolve_parents: bool = DissolveParents,
    layer: str | None = typer.Option(None, help="Lapisan, bila berkas memuat beberapa."),
    encoding: str | None = typer.Option(None, help="Pengodean teks; ditebak bila kosong."),
    crs: str | None = typer.Option(None, help="Sistem koordinat, contoh EPSG:32749."),
    status: Status = typer.Option(Status.INDIKATIF, help="Kekuatan batas dalam berkas."),
    source: str = typer.Option("", help="Asal berkas, untuk ditampilkan."),
    licence: str = typer.Option("", help="Lisensi berkas, untuk ditampilkan."),
    report_file: Path | None = typer.Option(None, "--report", help="Laporan berpeta, satu HTML."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Hanya periksa dan laporkan."),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = AsJson,
) -> None:
    """Muat batas satu tingkat wilayah; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.areas.boundary_columns import AskedColumns
    from app.areas.boundary_file import BoundaryFile
    from app.areas.service import NewEdition
    from app.areas.sources import SourceRefused, source_of
    from spatial.boundaries.wish import Wish

    if not edition.strip():
        raise typer.BadParameter("nama edisi tidak boleh kosong", param_hint="--edition")
    parents = tuple(name.strip() for name in (parent_fields or "").split(",") if name.strip())
    try:
        named = source_of(source, licence)
    except SourceRefused as refused:
        raise typer.BadParameter(str(refused), param_hint="--source") from None
    described = NewEdition(
        name=edition.strip(), source=named.source, licence=named.licence, status=status.value
    )
    asked = BoundaryFile(
        path=file,
        level=level.value,
        edition=described,
        columns=AskedColumns(code_field, name_field, parents, dissolve_parents),
        wish=Wish(layer=layer, encoding=encoding, crs=crs),
        refuse_none=strict,
    )
    found = _loaded(asked, city, keep=not dry_run, as_json=as_json, report_file=report_file)
    if as_json:
        answer({**found, "dry_run": dry_run}, as_json=True)
    else:
        tell(found, dry_run=dry_run)


def _loaded(
    asked: "BoundaryFile", city: str, *, keep: bool, as_json: bool, report_file: Path | None
) -> dict[str, Any]:
    from app.areas.boundary_columns import FieldMissing
    from app.areas.boundary_file import NothingAccepted, load_boundary_file
    from app.areas.boundary_words import file_refusal
    from app.areas.load import EditionInUse
    from app.cli.staff import nothing_done, require_city, require_file, staff_connection
    from spatial.boundaries.flaws import FileRefused

    require_file(asked.path)
    _require_writable(report_file)
    try:
        with staff_connection(analyze="areas" if keep else None) as connection, Steps() as steps:
            known = require_city(connection, city)
            progress = steps if keep else _rehearsed(steps)
            outcome = load_boundary_file(connection, known, asked, progress=progress)
            if not keep:
                connection.rollback()
    except FileRefused as refused:
        nothing_done(file_refusal(refused))
    except (FieldMissing, EditionInUse) as refused:
        nothing_done(str(refused))
    except NothingAccepted as refused:
        _write_report(report_file, asked, known, refused.outcome, stored=False)
        if as_json:
            answer({**refused.outcome.report, "dry_run": not keep}, as_json=True)
        nothing_done(str(refused))
    _write_report(report_file, asked, known, outcome, stored=keep)
    return outcome.report


def _rehearsed(steps: Steps) -> "Progress":
    """The same steps by the words of a rehearsal, of which nothing stays."""

    def progress(step: str, done: int = 0, total: int = 0) -> None:
        steps(step.replace("menyimpan", "mencoba menyimpan"), done, total)

    return progress


def _require_writable(report_file: Path | None) -> None:
    """Before hours of work, not after."""
    if report_file is None:
        return
    if not report_file.absolute().parent.is_dir():
        raise typer.BadParameter("folder laporan tidak ada", param_hint="--report")
    if os.path.isdir(report_file):  # noqa: PTH112 - unlike Path.is_dir no error for a long name
        raise typer.BadParameter("itu folder, bukan berkas", param_hint="--report")


def _write_report(
    report_file: Path | None,
    asked: "BoundaryFile",
    city: "KnownCity",
    outcome: "FileOutcome",
    *,
    stored: bool,
) -> None:
    if report_file is None:
        return
    from app.areas.boundary_page import AssetsMissing, Occasion, boundary_page

    occasion = Occasion(city=city, now=datetime.now(UTC), stored=stored)
    try:
        page = boundary_page(outcome, asked, occasion)
    except AssetsMissing as missing:
        report(f"Laporan tidak ditulis: {missing}.")
        return
    try:
        write_whole(report_file, page.encode("utf-8", "replace"))
    except OSError as error:
        report(f"Laporan tidak ditulis: {disk_words(error)}.")
        return
    report(f"Laporan: {report_file}")


@app.command(name="list")
def list_(city: str = City, as_json: bool = AsJson) -> None:
    """Tampilkan edisi batas sebuah kota."""
    from app.areas.service import list_editions
    from app.cli.staff import require_city, staff_connection
    from app.stored_words import LEVELS

    with staff_connection() as connection:
        editions = list_editions(connection, require_city(connection, city).city_id)
    if as_json:
        answer({"city": city, "editions": editions}, as_json=True)
        return
    if not editions:
        typer.echo("Belum ada batas wilayah; muat dengan: peta boundaries load")
    for edition in editions:
        counts = ", ".join(f"{edition[level]} {level}" for level in LEVELS if edition[level])
        typer.echo(f"{edition['edition']}{' (aktif)' if edition['active'] else ''}: {counts}")
