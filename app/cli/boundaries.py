"""`peta boundaries`: boundary editions from files."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from app.cli import editions
from app.cli.output import answer, report

if TYPE_CHECKING:
    from app.areas.boundary_file import BoundaryFile

app = typer.Typer(no_args_is_help=True)
app.command()(editions.diff)

MOST_LINES = 20
AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")
City = typer.Option(..., "--city", help="Kode kota, contoh 33.72.")


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
    file: Path = typer.Argument(help="Berkas GeoJSON."),
    *,
    city: str = City,
    level: Level = typer.Option(..., "--level", help="Tingkat wilayah dalam berkas."),
    edition: str = typer.Option(..., "--edition", help="Nama edisi, contoh 2025."),
    code_field: str | None = typer.Option(None, help="Kolom kode; dicari sendiri bila kosong."),
    name_field: str | None = typer.Option(None, help="Kolom nama; dicari sendiri bila kosong."),
    status: Status = typer.Option(Status.INDIKATIF, help="Kekuatan batas dalam berkas."),
    source: str = typer.Option("", help="Asal berkas, untuk ditampilkan."),
    licence: str = typer.Option("", help="Lisensi berkas, untuk ditampilkan."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Hanya periksa dan laporkan."),
    strict: bool = typer.Option(False, "--strict", help="Satu penolakan membatalkan semua."),
    as_json: bool = AsJson,
) -> None:
    """Muat batas satu tingkat wilayah; berkas yang sama dua kali tidak mengubah apa pun."""
    from app.areas.boundary_file import BoundaryFile
    from app.areas.service import NewEdition

    if not edition.strip():
        raise typer.BadParameter("nama edisi tidak boleh kosong", param_hint="--edition")
    described = NewEdition(
        name=edition.strip(), source=source, licence=licence, status=status.value
    )
    asked = BoundaryFile(
        path=file,
        level=level.value,
        edition=described,
        code_field=code_field,
        name_field=name_field,
        refuse_none=strict,
    )
    found = _loaded(asked, city, keep=not dry_run, as_json=as_json)
    if as_json:
        answer({**found, "dry_run": dry_run}, as_json=True)
    else:
        _tell(found, dry_run=dry_run)


def _loaded(asked: "BoundaryFile", city: str, *, keep: bool, as_json: bool) -> dict[str, Any]:
    from app.areas.boundary_file import FieldMissing, NothingAccepted, load_boundary_file
    from app.areas.boundary_words import file_refusal
    from app.areas.load import EditionInUse
    from app.cli.staff import nothing_done, require_city, staff_connection
    from spatial.boundaries.flaws import FileRefused

    try:
        with staff_connection(analyze="areas" if keep else None) as connection:
            known = require_city(connection, city)
            found = load_boundary_file(connection, known, asked, progress=report)
            if not keep:
                connection.rollback()
            return found
    except FileRefused as refused:
        nothing_done(file_refusal(refused))
    except (FieldMissing, EditionInUse) as refused:
        nothing_done(str(refused))
    except NothingAccepted as refused:
        if as_json:
            answer({**refused.report, "dry_run": not keep}, as_json=True)
        nothing_done(str(refused))


def _tell(found: dict[str, Any], *, dry_run: bool) -> None:
    from app.areas.boundary_words import REMARKS
    from spatial.boundaries.flaws import Remark

    done = "Diperiksa, tidak disimpan" if dry_run else "Dimuat"
    typer.echo(
        f"{done}: {found['accepted']} dari {found['read']} wilayah tingkat {found['level']},"
        f" edisi {found['edition']}{' (aktif)' if found['active'] else ''}."
    )
    typer.echo(f"Ditulis {found['written']}, sama seperti sebelumnya {found['unchanged']}.")
    for repair in found["repaired"]:
        change = f"luas berubah {repair['area_change_m2']:+.1f} m2"
        typer.echo(f"  diperbaiki {repair['key']}: {repair['what']}, {change}")
    for refused in found["refused"][:MOST_LINES]:
        typer.echo(f"  ditolak baris {refused['row']} {refused['key']!r}: {refused['why']}")
    if len(found["refused"]) > MOST_LINES:
        more = len(found["refused"]) - MOST_LINES
        typer.echo(f"  dan {more} wilayah lain yang ditolak; semuanya ada dengan --json")
    for same in found["duplicate_keys"]:
        typer.echo(f"  kode {same['key']} ada di baris {same['rows']}: disatukan")
    for distant in found["distant"][:MOST_LINES]:
        typer.echo(
            f"  {distant['key']}: {distant['km']} km dari wilayah lainnya; periksa koordinatnya"
        )
    for remark, rows in found["remarks"].items():
        typer.echo(f"  {rows} wilayah: {REMARKS[Remark(remark)]}")
    overlaps, holes, parents = found["overlaps"], found["holes"], found["parents"]
    typer.echo(f"Tumpang tindih: {overlaps['pairs']} pasang, {overlaps['m2']} m2.")
    typer.echo(f"Celah di antara wilayah: {holes['count']}, {holes['m2']} m2.")
    typer.echo(f"Wilayah induk dari kode: {parents['code']}; dibuat: {parents['made']}.")


@app.command(name="list")
def list_(city: str = City, as_json: bool = AsJson) -> None:
    """Tampilkan edisi batas sebuah kota."""
    from app.areas.service import list_editions
    from app.cli.staff import require_city, staff_connection
    from app.models.area import LEVELS

    with staff_connection() as connection:
        editions = list_editions(connection, require_city(connection, city).city_id)
    if as_json:
        answer({"city": city, "editions": editions}, as_json=True)
        return
    for edition in editions:
        counts = ", ".join(f"{edition[level]} {level}" for level in LEVELS if edition[level])
        typer.echo(f"{edition['edition']}{' (aktif)' if edition['active'] else ''}: {counts}")
