"""`peta boundaries diff / activate / check`: editions compared, changed over, examined."""

from collections.abc import Iterator
from typing import Any

import typer

from app.cli.output import answer

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")
City = typer.Option(..., "--city", help="Kode kota, contoh 33.72.")


def diff(
    one: str = typer.Argument(metavar="LAMA", help="Edisi lama."),
    other: str = typer.Argument(metavar="BARU", help="Edisi baru."),
    *,
    city: str = City,
    as_json: bool = AsJson,
) -> None:
    """Bandingkan dua edisi: wilayah yang dipecah, digabung, bergeser, berganti nama atau kode.

    Luas dan penduduk dibagi menurut tumpang tindih kedua edisi, diukur dalam zona UTM kota.
    Penduduk mengikuti RT (atau tingkat terhalus yang semuanya terhitung); bila tidak ada,
    mengikuti luas. Batas disebut bergeser bila tanah selebar lebih dari 1 m berpindah.
    """
    from app.editions.change_words import told

    found = _compared(city, one, other)
    if as_json:
        answer({"city": city, **found}, as_json=True)
        return
    for line in told(found):
        typer.echo(line)


def _compared(city: str, one: str, other: str) -> dict[str, Any]:
    from app.cli.staff import nothing_done, require_city, staff_connection
    from app.editions.comparing import UnknownEdition, compare_editions, read_edition

    try:
        with staff_connection() as connection:
            city_id = require_city(connection, city).city_id
            return compare_editions(
                read_edition(connection, city_id, one), read_edition(connection, city_id, other)
            )
    except UnknownEdition as unknown:
        nothing_done(str(unknown))


def activate(
    edition: str = typer.Argument(help="Edisi yang akan aktif."),
    *,
    city: str = City,
    allow_outside: bool = typer.Option(
        False, help="Teruskan walau lebih dari 1 % usulan terbuka berada di luar edisi itu."
    ),
    as_json: bool = AsJson,
) -> None:
    """Jadikan sebuah edisi aktif: usulan yang masih terbuka ditempatkan ulang di dalamnya.

    Tempat lama disimpan dan tercatat dalam riwayat; usulan yang sudah selesai tetap di
    tempatnya. Semuanya terjadi sekaligus atau tidak sama sekali, juga bila dihentikan di
    tengah jalan. Perintah yang sama sekali lagi tidak mengubah apa pun.
    """
    found = _activated(city, edition, allow_outside=allow_outside)
    if as_json:
        answer(found, as_json=True)
        return
    typer.echo(f"Edisi {found['edition']} aktif (sebelumnya {found['previous']}).")
    typer.echo(
        f"Usulan terbuka ditempatkan ulang: {found['replaced']}; wilayahnya berganti:"
        f" {found['moved']}; naik tingkat karena tanpa titik: {found['coarser']}."
    )
    typer.echo(
        f"Usulan tertutup yang tetap di tempatnya: {found['closed']}. Di luar edisi:"
        f" {found['outside']}. Baris tabel peralihan: {found['crosswalk_rows']}."
    )
    if found["outside"]:
        typer.echo("Yang di luar edisi tetap dihitung untuk kota, tidak untuk wilayah di bawahnya.")
    for line in _lacking_people(found, city):
        typer.echo(line)


def _lacking_people(found: dict[str, Any], city: str) -> Iterator[str]:
    """An edition brings its own areas, so the people of the one before are not in them."""
    lacking, areas = found["without_population"], found["areas"]
    if not lacking:
        return
    if lacking == areas:
        told = ", ".join(f"{number} {level}" for level, number in lacking.items())
        yield f"Belum ada penduduk di edisi ini: {told}."
    else:
        told = ", ".join(
            f"{number} dari {areas[level]} {level}" for level, number in lacking.items()
        )
        yield f"Penduduk belum lengkap di edisi ini; tanpa angka: {told}."
    yield (
        "  Angka per 1.000 jiwa tidak tampil di sana, dan usulan kebutuhan privat tampil setingkat"
        " lebih atas."
    )
    yield f"  Muat dengan: peta population load BERKAS --city {city} --edition {found['edition']!r}"


def _activated(city: str, edition: str, *, allow_outside: bool) -> dict[str, Any]:
    import random
    from datetime import UTC, datetime

    from app.cli.progress import counted
    from app.cli.staff import nothing_done, require_city, staff_connection
    from app.editions.activate import Activation, TooManyOutside, activate_edition, count_expected
    from app.editions.comparing import UnknownEdition

    try:
        with staff_connection(analyze="editions") as connection:
            known = require_city(connection, city)
            asked = Activation(
                city=known,
                name=edition,
                now=datetime.now(UTC),
                rng=random.SystemRandom(),
                allow_outside=allow_outside,
            )
            total = count_expected(connection, asked)
            with counted("usulan", total=max(total, 1)) as progress:
                return activate_edition(connection, asked, progress=progress)
    except (UnknownEdition, TooManyOutside) as refused:
        nothing_done(str(refused))


def check(city: str = City, as_json: bool = AsJson) -> None:
    """Periksa batas wilayah dan tempat semua usulan di dalamnya; tidak mengubah apa pun."""
    from app.cli.progress import counted
    from app.cli.staff import require_city, staff_connection
    from app.editions.check import check_boundaries

    with staff_connection() as connection, counted("usulan", total=1) as progress:
        found = check_boundaries(connection, require_city(connection, city), progress=progress)
    if as_json:
        answer(found, as_json=True)
    else:
        _tell_check(found)
    if not found["sound"]:
        raise typer.Exit(1)


def _tell_check(found: dict[str, Any]) -> None:
    for edition in found["editions"]:
        counts = [f"{edition[level]} {level}" for level in _LEVELS if edition[level]]
        typer.echo(
            f"{edition['edition']}{' (aktif)' if edition['active'] else ''}: {', '.join(counts)}"
        )
    typer.echo(
        f"{found['placed']} usulan bertitik diperiksa; salah tempat: {found['misplaced']}"
        f" {' '.join(found['misplaced_numbers'])}".rstrip()
    )
    for name, words in _FAULTS.items():
        if found[name]:
            typer.echo(f"{words}: {found[name]}")
    typer.echo("Semua benar." if found["sound"] else "Ada yang tidak benar, lihat di atas.")


_LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
_FAULTS = {
    "strays": "Usulan terbuka di luar edisi aktif",
    "uncounted": "Usulan tertutup tanpa tempat dalam edisi aktif",
    "chains": "Usulan dengan susunan wilayah yang tidak cocok",
    "crosswalk": "Wilayah yang bagiannya dalam tabel peralihan tidak berjumlah 1",
}
