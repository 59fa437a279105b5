"""The report of a load in words for a person."""

from collections.abc import Iterator
from typing import Any

import typer

from app.lists.changes import MOST_TOLD
from app.lists.reasons import Reason
from app.sheets.note_words import is_worth_telling, note_words
from app.sheets.table import Note, Oddity

_SHOWN = 20
_KINDS = {
    "numbering": "nomor kolom",
    "header_again": "judul kolom yang diulang",
    "group": "judul kelompok",
    "total": "jumlah",
    "remark": "catatan",
}
WORDS_OF_REASONS = {
    Reason.COLUMNS: "lebih banyak sel daripada judul kolom",
    Reason.REQUIRED: "isian wajib kosong",
    Reason.TOO_SHORT: "isian terlalu pendek",
    Reason.TOO_LONG: "isian terlalu panjang",
    Reason.CHARACTERS: "ada aksara yang tidak dapat dipakai",
    Reason.NUMBER: "angkanya tidak dapat dibaca",
    Reason.DATE: "tanggalnya tidak dapat dibaca",
    Reason.CHOICE: "isian di luar pilihan yang ada",
    Reason.CATEGORY: "kategori tidak dikenal",
    Reason.GEOMETRY: "titik atau bentuknya tidak dapat dibaca",
    Reason.SWAPPED: "bujur dan lintang tertukar",
    Reason.OUTSIDE: "di luar wilayah kota",
    Reason.AREA: "wilayah tidak ada dalam edisi aktif",
    Reason.STEP: "urutan status tidak mungkin",
    Reason.NO_REASON: "penolakan tanpa alasan",
    Reason.CONSENT: "kontak tanpa persetujuan pengusul",
    Reason.SAME_KEY: "kunci yang sama dengan isi yang berbeda",
    Reason.YEAR: "tahun berbeda dengan usulan yang sudah ada",
    Reason.NOT_OWN_AREA: "di luar wilayah petugas yang memuat",
    Reason.NOT_OWN_STEP: "status di luar wewenang petugas yang memuat",
}
PLACE_DOUBTS = {
    "no_such_rw": "menyebut RW yang tidak ada di wilayah itu",
    "no_such_rt": "menyebut RT yang tidak ada di wilayah itu",
    "unknown_name": "menyebut nama wilayah yang tidak dikenal",
    "names_disagree": "menyebut nama wilayah yang tidak cocok satu sama lain",
    "contradiction": "menyebut tempat lain di kolom dan di kata-katanya",
}
CERTAINTY = {
    "exact": "pasti",
    "by_name": "menurut nama",
    "ambiguous": "lebih dari satu arti",
    "none": "tanpa nama wilayah yang dikenali",
}


def tell(found: dict[str, Any], *, dry_run: bool) -> None:
    """Print a report of `app.lists.file`."""
    for line in _lines(found, dry_run=dry_run):
        typer.echo(line)


def _lines(found: dict[str, Any], *, dry_run: bool) -> Iterator[str]:
    done = "Diperiksa, tidak disimpan" if dry_run else "Dimuat"
    yield (
        f"{done}: {found['read']} baris; baru {found['created']}, diperbarui {found['updated']},"
        f" tetap {found['unchanged']}, ditolak {found['rejected']}."
    )
    yield (
        f"Tanpa titik lokasi: {found['unlocated']}. Di luar wilayah: {found['outside']} (ditolak)."
    )
    yield from _places(found)
    yield from _rejects(found)
    if found["rejects_file"]:
        yield f"Baris yang ditolak, dengan alasannya: {found['rejects_file']}"
    yield from _columns(found)
    if found.get("changes") is not None:
        yield from _changes(found, found["changes"])


def _rejects(found: dict[str, Any]) -> Iterator[str]:
    for reason, rows in sorted(found["reasons"].items()):
        yield f"  {rows} baris: {WORDS_OF_REASONS[Reason(reason)]} [{reason}]"
        yield f"    contoh: {found['first_rejects'][reason]}"
    for unknown in found["unknown_categories"]:
        names = ", ".join(f"{each['name']} ({each['code']})" for each in unknown["nearest"])
        near = f": mungkin {names}" if names else ""
        yield f"  kategori {unknown['word']!r}, {unknown['rows']} baris{near}"
    if found["unknown_categories"]:
        yield "  Semua kategori: peta usulan categories"


def _places(found: dict[str, Any]) -> Iterator[str]:
    if found["without_area"]:
        yield f"  {found['without_area']} di antaranya tanpa wilayah; lihat: peta usulan unplaced"
    words = [
        f"{rows} {CERTAINTY[certainty]}" for certainty, rows in found["places_by_words"].items()
    ]
    if words:
        yield f"Wilayah menurut kata-katanya: {', '.join(words)}."
        if found["read"] - found["rejected"] > found["unlocated"]:
            yield "  Baris yang bertitik ditempatkan menurut titiknya, apa pun kata-katanya."
    for doubt, rows in found["place_doubts"].items():
        if doubt in PLACE_DOUBTS:
            yield f"  {rows} baris {PLACE_DOUBTS[doubt]}"
    for spot in found["shared_points"]:
        yield (
            f"  {spot['rows']} baris memakai satu titik yang sama:"
            f" {spot['longitude']:.6f}, {spot['latitude']:.6f}"
        )


def _columns(found: dict[str, Any]) -> Iterator[str]:
    mapping = found["mapping"]
    yield f"Kolom dibaca menurut: {mapping['from']}"
    if mapping["file"]:
        yield f"  {mapping['file']}; dengan yang lain: --mapping"
    notes = [Note(Oddity(oddity), row, detail) for oddity, row, detail in found["notes"]]
    for note in filter(is_worth_telling, notes):
        yield f"  {note_words(note)}"
    for kind, rows in found["other_rows"].items():
        yield f"  {rows} baris bukan usulan: {_KINDS[kind]}"
    for remark, forms in sorted(found["remarks"].items()):
        yield f"  dibaca menurut kebiasaan, {forms} bentuk: {remark}"
    if found["contacts_left_out"]:
        names = ", ".join(found["contacts_left_out"])
        yield f"Kontak tidak dimuat, karena tanpa pemetaan dan persetujuan: {names}"
    if found["named_columns"]:
        names = ", ".join(found["named_columns"])
        yield f"Kolom di luar pemetaan yang dibaca menurut namanya sendiri: {names}"
        yield '  Agar tidak dibaca, petakan isiannya ke kolom kosong, misalnya reason = ""'
    if found["unused_columns"]:
        yield f"Kolom yang tidak dipakai: {', '.join(found['unused_columns'])}"


def _changes(found: dict[str, Any], changes: dict[str, Any]) -> Iterator[str]:
    for row in changes["created"][:_SHOWN]:
        yield f"+ baris {row['row']}: {row['category']} {row['title']}"
    for row in changes["updated"][:_SHOWN]:
        yield f"~ baris {row['row']}: {row['number']}"
        for name, (before, after) in row["fields"].items():
            yield f"    {name}: {_said(before)} -> {_said(after)}"
    more = sum(max(0, found[kind] - _SHOWN) for kind in ("created", "updated"))
    if more:
        yield f"  dan {more} lagi; dengan --json paling banyak {MOST_TOLD} dari tiap jenis"


def _said(value: object) -> str:
    return "(kosong)" if value in (None, [], "") else str(value)
