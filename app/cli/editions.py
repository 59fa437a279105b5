"""`peta boundaries diff`: editions compared."""

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
    from app.areas.change_words import told

    found = _compared(city, one, other)
    if as_json:
        answer({"city": city, **found}, as_json=True)
        return
    for line in told(found):
        typer.echo(line)


def _compared(city: str, one: str, other: str) -> dict[str, Any]:
    from app.areas.comparing import UnknownEdition, compare_editions, read_edition
    from app.cli.staff import nothing_done, require_city, staff_connection

    try:
        with staff_connection() as connection:
            city_id = require_city(connection, city).city_id
            return compare_editions(
                read_edition(connection, city_id, one), read_edition(connection, city_id, other)
            )
    except UnknownEdition as unknown:
        nothing_done(str(unknown))
