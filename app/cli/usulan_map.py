"""`peta usulan map`: the mapping of a list guessed, shown and kept beside it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.output import answer
from app.whole_file import write_whole

if TYPE_CHECKING:
    from app.guesses.guess import ListGuess

_WIDEST = 28


def map_columns(
    file: Path = typer.Argument(help="Daftar usulan, CSV atau XLSX."),
    *,
    overwrite: bool = typer.Option(False, "--overwrite", help="Ganti pemetaan yang sudah ada."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Tebak arti kolom dan isinya; tulis berkas pemetaan di sebelah daftar untuk diperiksa."""
    from app.categories_file import CATEGORIES
    from app.cli.staff import nothing_done, require_file
    from app.guesses.beside import mapping_path
    from app.guesses.categories import CategoryGuesser
    from app.guesses.guess import category_words, guess_list
    from app.guesses.mapping_file import mapping_text
    from app.guesses.told import guess_facts
    from app.lists.beside import REJECT_COLUMNS
    from app.sheets.flaws import SheetRefused
    from app.sheets.read import opened_sheets

    require_file(file)
    kept = mapping_path(file)
    if os.path.lexists(kept) and not overwrite:
        nothing_done(f"{kept.name} sudah ada; tambahkan --overwrite untuk menggantinya")
    try:
        with opened_sheets(file) as sheets:
            guesser = CategoryGuesser(category_words(CATEGORIES))
            guess = guess_list(sheets, guesser, leave_out=REJECT_COLUMNS)
    except SheetRefused as refused:
        nothing_done(str(refused))
    _write(mapping_text(guess, file.name), kept)
    if as_json:
        answer({"mapping_file": str(kept), **guess_facts(guess)}, as_json=True)
    else:
        _show(guess, kept)


def _write(text: str, kept: Path) -> None:
    """Whole or not at all; a link that stands there is replaced and not followed."""
    from app.cli.staff import nothing_done

    try:
        write_whole(kept, text.encode())
    except OSError:
        nothing_done("berkas pemetaan tidak dapat ditulis di sebelah daftar")


def _show(guess: "ListGuess", kept: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    from app.guesses.guess import SAMPLED_ROWS
    from app.guesses.mapping_file import SURENESS, percent
    from app.guesses.told import why_no_list
    from app.sheets.note_words import is_worth_telling, note_words

    table = Table("isian", "kolom", "keyakinan", "contoh")
    names = [*(each.column for each in guess.columns), *guess.unused]
    for each in guess.columns:
        sureness = f"{SURENESS[each.sureness].id} ({percent(each.score)})"
        table.add_row(each.field, _cut(each.column), sureness, _example(guess, each.column))
    for name in names[len(guess.columns) :]:
        table.add_row("-", _cut(name), "tidak dipakai", _example(guess, name))
    console = Console(markup=False)
    console.print(table)
    for note in filter(is_worth_telling, guess.notes):
        console.print(f"  {note_words(note)}")
    if (why := why_no_list(guess)) is not None:
        console.print(f"Perhatian: {why}.")
    for line in _missing(guess):
        console.print(line)
    if not guess.is_all:
        console.print(
            f"Ditebak dari {SAMPLED_ROWS} baris pertama; jumlah baris dalam pemetaan hanya dari"
            " baris itu, dan kata yang muncul sesudahnya belum tercantum."
        )
    console.print(f"Pemetaan ditulis ke {kept}; periksa sebelum memuat.")


def _missing(guess: "ListGuess") -> Iterator[str]:
    """What every row needs and no column was found for."""
    from app.lists.judge import REQUIRED
    from app.lists.reasons import said_name

    fields = {each.field for each in guess.columns}
    if missing := [name for name in REQUIRED if name not in fields]:
        yield f"Isian wajib tanpa kolom: {', '.join(map(said_name, missing))}."
    if "category" in missing:
        yield (
            "  Isi baris category dalam pemetaan (kolom judul pun boleh), atau tambahkan kolom"
            " berisi kode. Daftar kode: peta usulan categories"
        )


def _example(guess: "ListGuess", column: str) -> str:
    """The first words that stand in the column."""
    position = guess.names.index(column)
    return _cut(next((row[position] for row in guess.first_rows if row[position]), ""))


def _cut(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"
