"""The guess as a mapping file: TOML to check, each line with how sure it is."""

import json
import re
from collections.abc import Iterator
from shlex import quote

from app.guesses.columns import ColumnGuess
from app.guesses.guess import CategoryGuess, ListGuess
from app.guesses.words import HEADER_WORDS
from app.language import Words
from app.readings.reading import Sureness
from app.stored_words import STATUSES
from app.usulan.workflow import FIRST_STATUS

SURENESS: dict[Sureness, Words] = {
    Sureness.SURE: Words("yakin", "sure"),
    Sureness.LIKELY: Words("mungkin sekali", "likely"),
    Sureness.AMBIGUOUS: Words("ragu, periksa", "in doubt, check"),
    Sureness.BLANK: Words("kosong", "blank"),
    Sureness.UNREAD: Words("belum dikenal, isi kodenya", "not known, fill in the code"),
}
STYLES = {
    "comma": Words("desimal koma", "decimal comma"),
    "point": Words("desimal titik", "decimal point"),
    "day_first": Words("hari dahulu", "day first"),
    "month_first": Words("bulan dahulu", "month first"),
}
LOADED_STATUSES = tuple(status for status in STATUSES if status != "draf")
_HEADING = """\
# Pemetaan kolom untuk {name}
# Ditebak dari judul kolom dan isinya. Periksa setiap baris, hapus tanda # untuk memakainya,
# lalu muat daftarnya; berkas ini ditemukan sendiri di sebelahnya:
#   peta usulan load {name} --city KODE
"""
_NO_CATEGORY = (
    "wajib, dan tidak ada kolomnya; boleh kolom judul: tiap baris menurut kata-katanya,"
    " yang meragukan ditolak"
)
_CONTACT = "kontak: dimuat hanya bila ada persetujuan, isi juga consent"


def percent(score: float) -> str:
    """How sure a guess is, as people say it."""
    return f"{100 * score:.0f} %"


def mapping_text(guess: ListGuess, name: str) -> str:
    """A mapping file that the loader reads; what is in doubt stands behind a #."""
    lines = [_HEADING.format(name=_remark(quote(name)))]
    if guess.sheet:
        lines += ["[file]", f"sheet = {_quoted(guess.sheet)}  # {_rows(guess)}", ""]
    lines += ["[columns]", *_column_lines(guess), ""]
    lines += ["[values.category]", *map(_category_line, guess.categories), ""]
    if guess.statuses:
        lines += ["[values.status]", *_status_lines(guess), ""]
    lines += ["[defaults]", *_default_lines(guess)]
    return "\n".join(lines) + "\n"


def _rows(guess: ListGuess) -> str:
    rows = ", ".join(f"{count} {kind.value}" for kind, count in sorted(guess.kinds.items()))
    header = "-".join(map(str, guess.header_rows)) or "tidak ada"
    first = "seluruhnya" if guess.is_all else "baris pertama saja"
    return f"baris judul kolom: {header}; contoh, {first}: {rows}"


def _column_lines(guess: ListGuess) -> Iterator[str]:
    fields = {each.field: each.column for each in guess.columns}
    for each in sorted(guess.columns, key=lambda guessed: [*HEADER_WORDS].index(guessed.field)):
        is_contact = each.field.startswith("proposer_") and "consent" not in fields
        is_doubtful = each.sureness is Sureness.AMBIGUOUS
        told = [
            f"{SURENESS[each.sureness].id} ({percent(each.score)})",
            *_column_remarks(each, guess),
        ]
        told += [_CONTACT] if is_contact else []
        mark = "# " if is_doubtful or is_contact else ""
        yield f"{mark}{each.field} = {_quoted(each.column)}  # {'; '.join(told)}"
    title = fields.get("title")
    if "problem" not in fields and title is not None:
        yield f"# problem = {_quoted(title)}  # tidak ada kolom permasalahan; boleh kolom judul"
    if "category" not in fields and title is not None:
        yield f"# category = {_quoted(title)}  # {_NO_CATEGORY}"
    for column in guess.unused:
        yield f"# tidak dipakai: {_remark(column)}"


def _column_remarks(each: ColumnGuess, guess: ListGuess) -> Iterator[str]:
    if each.field in guess.styles:
        yield f"{STYLES[guess.styles[each.field].value].id}, terbukti dari isinya"
    if each.rival is not None:
        yield f"atau kolom {_remark(each.rival)}"


def _category_line(each: CategoryGuess) -> str:
    told = f"{SURENESS[each.reading.sureness].id}; {each.rows} baris"
    if each.reading.other is not None:
        told += f"; atau {each.reading.other}"
    is_open = each.reading.sureness in (Sureness.AMBIGUOUS, Sureness.UNREAD)
    mark = "# " if is_open else ""
    return f"{mark}{_quoted(each.text)} = {_quoted(each.reading.value or '')}  # {told}"


def _status_lines(guess: ListGuess) -> Iterator[str]:
    yield f"# Isi artinya dan hapus tanda #; pilihannya: {', '.join(LOADED_STATUSES)}"
    for each in guess.statuses:
        told = f"belum dikenal; {each.rows} baris"
        yield f"# {_quoted(each.text)} = {_quoted(FIRST_STATUS)}  # {told}"


def _default_lines(guess: ListGuess) -> Iterator[str]:
    for field, text in guess.defaults.items():
        yield f"{field} = {_quoted(text)}  # dari baris judul di atas tabel"
    if not any(each.field == "category" for each in guess.columns):
        yield '# category = ""  # hanya bila semua baris berkategori sama: kode dari daftar'


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _remark(text: str) -> str:
    """Text that stays inside its comment."""
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", text)[:120]
