"""Cells to values: one small reader for each kind of field, each with its refusal."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.text import ForbiddenCharacters, tidy_line, tidy_text, visible_length

_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
_DEGREES = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,20})?", re.ASCII)
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
_LONGEST_DATE = 40
# Planning years run over the same span; beyond it, a time zone may lead out of the calendar.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Reason(StrEnum):
    """Why a row was rejected; stable words in the rejects file."""

    COLUMNS = "SUSUNAN_BARIS"
    REQUIRED = "WAJIB_DIISI"
    TOO_SHORT = "TERLALU_PENDEK"
    TOO_LONG = "TERLALU_PANJANG"
    CHARACTERS = "AKSARA_TIDAK_SAH"
    NUMBER = "ANGKA_TIDAK_SAH"
    DATE = "TANGGAL_TIDAK_SAH"
    CHOICE = "PILIHAN_TIDAK_SAH"
    CATEGORY = "KATEGORI_TIDAK_DIKENAL"
    GEOMETRY = "GEOMETRI_TIDAK_SAH"
    SWAPPED = "BUJUR_LINTANG_TERTUKAR"
    OUTSIDE = "LUAR_WILAYAH"
    AREA = "WILAYAH_TIDAK_DIKENAL"
    STEP = "TRANSISI_TIDAK_SAH"
    NO_REASON = "ALASAN_WAJIB"
    CONSENT = "PERSETUJUAN_WAJIB"
    SAME_KEY = "KUNCI_GANDA"
    YEAR = "TAHUN_BERBEDA"


class RowRejected(ValueError):
    """A row that cannot be taken, why, and in which field."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(f"{reason}: {sentence}")
        self.reason = reason
        self.sentence = sentence


Cells = Mapping[str, str]
"""Field to text, blanks around it gone, never empty."""


def required(cells: Cells, name: str) -> str:
    if name not in cells:
        raise RowRejected(Reason.REQUIRED, f"{name} wajib diisi")
    return cells[name]


def line(cells: Cells, name: str, *, most: int, least: int = 0) -> str | None:
    """One line of text within its length, or None."""
    if name not in cells:
        return None
    return _of_length(_tidied(cells[name], name, tidy_line), name, least, most)


def required_line(cells: Cells, name: str, *, least: int, most: int) -> str:
    """One line of text that cannot be left out."""
    return _of_length(_tidied(required(cells, name), name, tidy_line), name, least, most)


def lines(cells: Cells, name: str, *, least: int, most: int) -> str:
    """Text of several lines within its length."""
    return _of_length(_tidied(required(cells, name), name, tidy_text), name, least, most)


def _tidied(text: str, name: str, tidy: Callable[[str], str]) -> str:
    if _is_tidy(text):
        return text
    try:
        return tidy(text)
    except ForbiddenCharacters:
        raise RowRejected(Reason.CHARACTERS, f"{name} memuat karakter terlarang") from None


def _is_tidy(text: str) -> bool:
    """Nothing in it needs tidying; true of nearly every cell, and much quicker to find out."""
    return text.isascii() and text.isprintable() and "  " not in text and text == text.strip()


def _of_length(text: str, name: str, least: int, most: int) -> str:
    if len(text) < least or visible_length(text) < least:
        raise RowRejected(Reason.TOO_SHORT, f"{name} paling sedikit {least} karakter")
    if len(text) > most:
        raise RowRejected(Reason.TOO_LONG, f"{name} paling banyak {most} karakter")
    return text


def choice(cells: Cells, name: str, allowed: tuple[str, ...]) -> str | None:
    """One of the allowed keys in any case, or None."""
    if name not in cells:
        return None
    by_lower = {key.lower(): key for key in allowed}
    found = by_lower.get(cells[name].lower())
    if found is None:
        raise RowRejected(Reason.CHOICE, f"{name} harus salah satu dari: {', '.join(allowed)}")
    return found


def whole(cells: Cells, name: str, *, least: int, most: int) -> int | None:
    """Digits only: `15.000` is refused, since it may mean fifteen or fifteen thousand."""
    if name not in cells:
        return None
    if not _WHOLE.fullmatch(cells[name]) or not least <= int(cells[name]) <= most:
        raise RowRejected(
            Reason.NUMBER,
            f"{name} harus bilangan bulat {least} sampai {most} tanpa titik atau koma",
        )
    return int(cells[name])


def amount(cells: Cells, name: str, *, most: int) -> Decimal | None:
    """A number above 0 with at most two decimals, after a point or a comma."""
    if name not in cells:
        return None
    if not _AMOUNT.fullmatch(cells[name]):
        raise RowRejected(Reason.NUMBER, f"{name} harus angka dengan paling banyak dua desimal")
    value = Decimal(cells[name].replace(",", "."))
    if not 0 < value <= most:
        raise RowRejected(Reason.NUMBER, f"{name} harus lebih besar dari 0, paling besar {most}")
    return value


def decimal(
    cells: Cells, name: str, *, least: float = -math.inf, most: float = math.inf
) -> float | None:
    """A number with a point or a comma before its decimals, or None."""
    if name not in cells:
        return None
    if not _DEGREES.fullmatch(cells[name]):
        raise RowRejected(Reason.NUMBER, f"{name} harus angka")
    value = float(cells[name].replace(",", "."))
    if not least <= value <= most:
        raise RowRejected(Reason.NUMBER, f"{name} harus angka {least} sampai {most}")
    return value


def instant(cells: Cells, name: str, zone: ZoneInfo) -> datetime | None:
    """ISO 8601, or day first as Indonesians write it; without an offset, the city's time."""
    if name not in cells:
        return None
    text = cells[name]
    if len(text) > _LONGEST_DATE:
        raise RowRejected(Reason.DATE, f"{name} harus tanggal, contoh 2026-02-25 atau 25/02/2026")
    for read in (datetime.fromisoformat, *(_reader(pattern) for pattern in _DAY_FIRST)):
        try:
            found = read(text)
        except ValueError:
            continue
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise RowRejected(
                Reason.DATE, f"{name} harus dalam tahun {_FIRST_YEAR} sampai {_LAST_YEAR}"
            )
        return found if found.tzinfo else found.replace(tzinfo=zone)
    raise RowRejected(Reason.DATE, f"{name} harus tanggal, contoh 2026-02-25 atau 25/02/2026")


def _reader(pattern: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is added after


def flag(cells: Cells, name: str) -> bool:
    """Whether a cell says yes."""
    return cells.get(name, "").lower() in ("ya", "y", "true", "1", "setuju")
