"""What a load of boundaries did, as lines for a person."""

from collections.abc import Callable, Sequence
from typing import Any

import typer

from app.cli.output import grouped

MOST_LINES = 20
WORST = 5
MOST_NAMED = 4
_TOLD_BY = {"option": "disebutkan", "file": "menurut berkas", "guess": "ditebak"}


def tell(found: dict[str, Any], *, dry_run: bool) -> None:
    """Print the report of a load."""
    done = "Diperiksa, tidak disimpan" if dry_run else "Dimuat"
    typer.echo(
        f"{done}: {grouped(found['accepted'])} dari {grouped(found['read'])} wilayah"
        f" tingkat {found['level']},"
        f" edisi {found['edition']}{' (aktif)' if found['active'] else ''}."
    )
    parents = sum(found["made_parents"].values())
    induk = f" dan {grouped(parents)} wilayah induk baru" if parents else ""
    wrote = "Akan ditulis" if dry_run else "Ditulis"
    typer.echo(
        f"{wrote} {grouped(found['written'])} {found['level']}{induk}, sama seperti sebelumnya"
        f" {grouped(found['unchanged'])}."
    )
    _tell_origin(found["origin"])
    if names := found["guessed_names"]:
        shown = ", ".join(map(repr, names))
        typer.echo(f"  Periksa ejaan {shown}; bila keliru, sebutkan --encoding (cp1252, gbk, ...).")
    typer.echo(source_words(found["source"], found["licence"]))
    _tell_some(found["repaired"], _repair, "perbaikan")
    _tell_refused(found["refused"])
    _tell_some(found["duplicate_keys"], _duplicate, "kunci kembar")
    _tell_some(found["same_names"], _same_name, "nama kembar")
    _tell_some(found["astray"], _astray, "wilayah di luar induknya")
    _tell_some(found["distant"], _distant, "wilayah yang jauh")
    _tell_remarks(found["remarks"])
    _tell_some(found["kept_borders"], _kept_border, "batas yang tidak diubah")
    _tell_overlaps(found["overlaps"])
    _tell_holes(found["holes"])
    _tell_parents(found)
    tell_people(found)


def _tell_refused(refused: Sequence[dict[str, Any]]) -> None:
    """Row by row, but many of one reason in one line: a file of the whole province has hundreds."""
    reasons: dict[str, list[dict[str, Any]]] = {}
    for entry in refused:
        reasons.setdefault(entry["why"], []).append(entry)
    for why, entries in reasons.items():
        if len(entries) <= WORST:
            _tell_some(entries, _refusal, "penolakan")
            continue
        rows = ", ".join(f"{entry['row']} {entry['key']!r}" for entry in entries[:WORST])
        typer.echo(f"  ditolak {grouped(len(entries))} baris: {why}")
        typer.echo(f"    baris {rows}, …; semuanya ada dengan --json")


def _tell_overlaps(overlaps: dict[str, Any]) -> None:
    pairs, m2 = grouped(overlaps["pairs"]), grouped(overlaps["m2"])
    typer.echo(f"Tumpang tindih: {pairs} pasang, {m2} m2.")
    for each in overlaps["largest"][:WORST]:
        typer.echo(f"  {' dan '.join(_all_called(each))}: {grouped(each['m2'])} m2")
    if overlaps["pairs"]:
        typer.echo("  Sepakati batasnya dengan wilayah tetangga, betulkan berkasnya, muat lagi.")


def _tell_holes(holes: dict[str, Any]) -> None:
    count, m2 = grouped(holes["count"]), grouped(holes["m2"])
    typer.echo(f"Celah di antara wilayah: {count}, {m2} m2.")
    for each in holes["largest"][:WORST]:
        place = f"bujur {each['longitude']:.5f}, lintang {each['latitude']:.5f}"
        called = _all_called(each)
        more = f" dan {grouped(len(called) - MOST_NAMED)} lain" * (len(called) > MOST_NAMED)
        between = "; ".join(called[:MOST_NAMED]) + more
        typer.echo(f"  antara {between}: {grouped(each['m2'])} m2, {place}")
    if holes["count"]:
        typer.echo("  Rapatkan batasnya bila bukan sungai atau laut; --report menggambar semuanya.")


def _tell_parents(found: dict[str, Any]) -> None:
    parents, made = found["parents"], found["made_parents"]
    typer.echo(
        f"Wilayah induk dari kode: {grouped(parents['code'])},"
        f" dari nama: {grouped(parents['name'])}, dari letak: {grouped(parents['geometry'])};"
        f" dibuat: {grouped(parents['made'])}."
    )
    for level, count in made.items():
        if parents["name"]:
            typer.echo(f"  {grouped(count)} {level} dibuat dari wilayah di bawahnya")
        else:
            typer.echo(
                f"  {grouped(count)} {level} dibuat tanpa nama;"
                f" muat berkas {level} untuk memberinya nama"
            )


def tell_people(found: dict[str, Any]) -> None:
    """Sums that made parents took over from the areas beneath them."""
    summed, lacking = found["summed_people"], found["unsummed_people"]
    if summed:
        typer.echo(
            f"Penduduk {grouped(len(summed))} wilayah induk dijumlahkan dari wilayah di bawahnya:"
        )
        _tell_some(summed, _crowd, "induk")
    if lacking:
        typer.echo(
            f"Penduduk {grouped(len(lacking))} wilayah induk tidak dijumlahkan, sebab tidak semua"
            " wilayah di bawahnya punya angka:"
        )
        _tell_some(lacking, _called, "induk")


def _crowd(entry: dict[str, Any]) -> str:
    households = entry["households"]
    homes = "" if households is None else f", {grouped(households)} KK"
    return f"{entry['level']} {_called(entry)}: {grouped(entry['population'])} jiwa{homes}"


def source_words(source: str, licence: str) -> str:
    """Whose work a file is, or how to say so."""
    if not source:
        return "Sumber tidak disebut; tambahkan --source dan --licence agar tampil di bawah peta."
    return f"Sumber: {source}{f' (lisensi {licence})' if licence else ', lisensi tidak disebut'}."


def _tell_origin(origin: dict[str, Any]) -> None:
    parts = [origin["format"]]
    if origin["layer"]:
        parts.append(f"lapisan {origin['layer']!r}")
    parts.append(f"sistem koordinat {origin['crs']} ({_TOLD_BY[origin['crs_from']]})")
    if origin["encoding"]:
        parts.append(f"teks {origin['encoding']} ({_TOLD_BY[origin['encoding_from']]})")
    typer.echo(f"Dibaca sebagai {', '.join(parts)}.")


def _tell_some(
    entries: Sequence[dict[str, Any]], line: Callable[[dict[str, Any]], str], what: str
) -> None:
    for entry in entries[:MOST_LINES]:
        typer.echo(f"  {line(entry)}")
    if len(entries) > MOST_LINES:
        typer.echo(
            f"  dan {grouped(len(entries) - MOST_LINES)} {what} lain; semuanya ada dengan --json"
        )


def _called(entry: dict[str, Any]) -> str:
    return _named(entry["key"], entry.get("name"))


def _all_called(entry: dict[str, Any]) -> list[str]:
    return [_named(key, name) for key, name in zip(entry["keys"], entry["names"], strict=True)]


def _named(key: str, name: str | None) -> str:
    return f"{name} ({key})" if name else key


def _repair(entry: dict[str, Any]) -> str:
    change = f"luas berubah {grouped(entry['area_change_m2'])} m2"
    return f"diperbaiki {_called(entry)}: {entry['what']}, {change}"


def _refusal(entry: dict[str, Any]) -> str:
    return f"ditolak baris {entry['row']} {entry['key']!r}: {entry['why']}"


def _duplicate(entry: dict[str, Any]) -> str:
    return f"{_called(entry)} ada di baris {entry['rows']}: disatukan"


def _same_name(entry: dict[str, Any]) -> str:
    return f"{entry['level']} {entry['name']!r} ada di {' dan '.join(entry['parents'])}"


def _astray(entry: dict[str, Any]) -> str:
    percent = 100 * entry["share"]
    return f"{_called(entry)}: hanya {grouped(percent)} % di dalam induknya {entry['parent']}"


def _kept_border(entry: dict[str, Any]) -> str:
    return (
        f"{_called(entry)}: nama dan status diambil, batas tidak diubah karena edisi sudah dipakai"
        f" usulan (berbeda {grouped(entry['m2'])} m2)"
    )


def _distant(entry: dict[str, Any]) -> str:
    return f"{_called(entry)}: {entry['km']} km dari wilayah lainnya; periksa koordinatnya"


def _tell_remarks(remarks: dict[str, int]) -> None:
    from app.areas.boundary_words import REMARKS
    from spatial.boundaries.flaws import Remark

    for remark, rows in remarks.items():
        typer.echo(f"  {grouped(rows)} wilayah: {REMARKS[Remark(remark)]}")
