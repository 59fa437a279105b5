"""Why a file was not read as a table, in words for whoever sent it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.language import Words


class SheetFlaw(StrEnum):
    """Stable words that a report may carry."""

    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"
    LOCKED = "locked"
    HTML = "html"
    BAD_ARCHIVE = "bad_archive"
    ARCHIVE_BOMB = "archive_bomb"
    DOCTYPE = "doctype"
    BAD_XML = "bad_xml"
    SHEET_MISSING = "sheet_missing"
    BAD_TEXT = "bad_text"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MUCH = "too_much"
    READER_FAILED = "reader_failed"


SENTENCES: Mapping[SheetFlaw, Words] = MappingProxyType(
    {
        SheetFlaw.NOT_A_FILE: Words("bukan berkas yang dapat dibaca", "not a readable file"),
        SheetFlaw.EMPTY: Words("berkas kosong", "the file is empty"),
        SheetFlaw.TOO_LARGE: Words("berkas terlalu besar", "the file is too large"),
        SheetFlaw.NOT_A_TABLE: Words("bukan CSV atau XLSX", "neither CSV nor XLSX"),
        SheetFlaw.OLD_EXCEL: Words(
            "format Excel lama atau berkas terkunci; simpan ulang sebagai .xlsx tanpa sandi",
            "old Excel format or a locked file; save it again as .xlsx without a password",
        ),
        SheetFlaw.LOCKED: Words("berkas memakai sandi", "the file has a password"),
        SheetFlaw.HTML: Words(
            "isinya halaman web, bukan lembar kerja; buka lalu simpan ulang sebagai .xlsx",
            "a web page, not a spreadsheet; open it and save it again as .xlsx",
        ),
        SheetFlaw.BAD_ARCHIVE: Words("berkas XLSX rusak", "the XLSX file is damaged"),
        SheetFlaw.ARCHIVE_BOMB: Words(
            "isi berkas jauh lebih besar daripada yang wajar",
            "its contents are far larger than is reasonable",
        ),
        SheetFlaw.DOCTYPE: Words(
            "berkas memuat definisi XML yang tidak diterima", "XML definitions are not accepted"
        ),
        SheetFlaw.BAD_XML: Words("isi XLSX tidak dapat dibaca", "the XLSX content is unreadable"),
        SheetFlaw.SHEET_MISSING: Words(
            "isi lembar ini tidak ada di dalam berkas XLSX",
            "the content of this sheet is not inside the XLSX file",
        ),
        SheetFlaw.BAD_TEXT: Words(
            "teks tidak dapat dibaca dengan pengodean apa pun", "unreadable in any encoding"
        ),
        SheetFlaw.TOO_MANY_COLUMNS: Words("lebih dari 500 kolom", "more than 500 columns"),
        SheetFlaw.TOO_MUCH: Words(
            "membaca berkas ini memakan terlalu banyak waktu atau memori",
            "reading this file takes too much time or memory",
        ),
        SheetFlaw.READER_FAILED: Words("berkas tidak dapat dibaca", "the file cannot be read"),
    }
)


class SheetRefused(ValueError):
    """A file of which no table was read; its text is Indonesian, `words` has both languages."""

    def __init__(self, flaw: SheetFlaw, detail: str = "") -> None:
        self.flaw = flaw
        self.detail = detail
        self.words = SENTENCES[flaw]
        super().__init__(self.words.id + f" ({detail})" * bool(detail))

    def __reduce__(self) -> tuple[Any, ...]:
        """As it travels between processes."""
        return SheetRefused, (self.flaw, self.detail), vars(self)
