"""Usulan that wait for a place on the map, told with their words and what these may mean."""

from collections.abc import Iterator
from typing import Any

import typer

from app.cli.usulan_told import CERTAINTY

MOST_GUESSES = 5
DOUBTS = {
    "other_spelling": "ejaannya lain",
    "misspelt": "mungkin salah ketik",
    "without_its_word": "tanpa kata RT, RW atau kelurahan di depannya",
    "unknown_name": "namanya tidak dikenal",
    "names_disagree": "nama kelurahan dan kecamatannya tidak cocok",
    "no_kelurahan": "kelurahannya tidak disebut",
    "told_by_number": "dikenal dari nomornya",
    "no_such_rw": "RW itu tidak ada di peta",
    "no_such_rt": "RT itu tidak ada di peta",
    "no_rw_named": "RW-nya tidak disebut",
    "no_rw_layer": "kota ini tidak punya lapisan RW",
    "nothing_loaded_below": "batas RW dan RT di sana belum dimuat",
    "words_in_doubt": "kata-katanya meragukan",
    "rw_without_word": "nomor RW tanpa kata RW",
    "rw_carried": "RW diambil dari kata sebelumnya",
    "range_or_rw": "angkanya dapat berarti rentang RT atau RT dan RW",
    "several_rw": "beberapa RW",
    "mixed_order": "urutan RT dan RW bercampur",
    "bad_range": "rentangnya tidak masuk akal",
    "unread_number": "ada nomor yang tidak terbaca",
    "contradiction": "kata-katanya bertentangan",
    "too_long": "terlalu panjang untuk dibaca",
}
"""What `spatial.mentions` doubts, in words."""


def tell_unplaced(found: dict[str, Any]) -> None:
    """Print what `app.lists.unplaced` found."""
    rows, waiting = found["unplaced"], found["waiting"]
    shown = f" Ditampilkan {len(rows)}; sisanya dengan --limit." * (len(rows) < waiting)
    typer.echo(f"{waiting} usulan menunggu titik di peta.{shown}")
    for row in rows:
        for line in _lines(row):
            typer.echo(line)


def _lines(row: dict[str, Any]) -> Iterator[str]:
    place = row["place"] or {}
    yield f"{row['number']}  {row['title']}"
    yield f"    tertulis: {row['address'] or '(tidak menyebut tempat)'}"
    area = f"{row['area_name']} ({row['area_code']})" if row["area_name"] else row["area_code"]
    sure = CERTAINTY.get(str(place.get("certainty")), "menurut kode dalam berkas")
    yield f"    dihitung di: {area}; {sure}"
    others = [each for each in row["guesses"] if each["code"] != row["area_code"]]
    if others:
        names = "; ".join(f"{each['name']} ({each['code']})" for each in others[:MOST_GUESSES])
        more = f" dan {len(others) - MOST_GUESSES} lain" * (len(others) > MOST_GUESSES)
        word = "mungkin" if place.get("candidates") else "tepatnya"
        yield f"    {word}: {names}{more}"
    if place.get("doubts"):
        yield f"    ragu: {', '.join(DOUBTS[doubt] for doubt in place['doubts'])}"
