"""What is odd about a sheet, in the words of whoever made it."""

from collections.abc import Mapping
from types import MappingProxyType

from app.sheets.table import Note, Oddity

# {} stands for the note's detail.
_WORDS: Mapping[Oddity, str] = MappingProxyType(
    {
        Oddity.ENCODING: "teks dibaca sebagai {}",
        Oddity.MIXED_ENCODING: "pengodean teks bercampur",
        Oddity.SEPARATOR: "kolom dipisah dengan {}",
        Oddity.ONE_COLUMN: "hanya satu kolom; mungkin pemisahnya lain",
        Oddity.EMPTY_SHEET: "lembar kosong",
        Oddity.HIDDEN_SHEET: "lembar ini tersembunyi, tetap dibaca",
        Oddity.HIDDEN_ROWS: "{} baris tersembunyi, tetap dibaca",
        Oddity.HIDDEN_COLUMNS: "{} kolom tersembunyi, tetap dibaca",
        Oddity.DATES_FROM_1904: "tanggal dihitung dari 1904 (Excel untuk Mac)",
        Oddity.TITLE_ROWS: "{} baris judul di atas tabel, dilewati",
        Oddity.JOINED_HEADER: "judul kolom bertingkat, {}, disatukan",
        Oddity.NO_HEADER: "tanpa judul kolom; kolom disebut menurut hurufnya",
        Oddity.UNNAMED_COLUMN: "kolom {} tanpa judul",
        Oddity.SAME_COLUMN: "judul kolom {} ada lebih dari sekali",
        Oddity.FORMULAS: "{} sel rumus: yang dibaca hasilnya yang tersimpan di berkas",
        Oddity.FORMULA_WITHOUT_VALUE: (
            "{} sel rumus tanpa hasil tersimpan, dibaca kosong; buka dan simpan ulang di Excel"
        ),
        Oddity.MERGED_CELLS: "{} sel gabungan: isinya berlaku bagi semua baris gabungannya",
        Oddity.LONGER_THAN_HEADER: "baris lebih panjang daripada judul kolom",
    }
)
# What every file has is no oddity to a reader.
_USUAL = frozenset({("encoding", "utf-8"), ("separator", ","), ("encoding", "ascii")})


def note_words(note: Note) -> str:
    """One line, in Indonesian, with the row it stands in if it stands in one."""
    where = f"baris {note.row}: " if note.row is not None else ""
    return where + _WORDS[note.oddity].replace("{}", _plain(note.detail))


def is_worth_telling(note: Note) -> bool:
    return (note.oddity.value, note.detail.lower()) not in _USUAL


def _plain(detail: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in detail)[:120]
