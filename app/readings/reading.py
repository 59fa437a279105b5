"""What was understood of a cell, how sure that is, and why not more."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.language import Words

T = TypeVar("T")


class Sureness(StrEnum):
    """How far a reading may be trusted, from no doubt to no value."""

    SURE = "sure"
    LIKELY = "likely"
    """The usual meaning here; another one is possible and named in `other` where there is one."""
    AMBIGUOUS = "ambiguous"
    """Two meanings, neither usual: whoever loads must choose."""
    BLANK = "blank"
    """Nothing was said, or a sign that stands for nothing."""
    UNREAD = "unread"


class Why(StrEnum):
    """What stood in the way; stable words that a report may carry."""

    DOT_MAY_BE_DECIMAL = "dot_may_be_decimal"
    COMMA_MAY_GROUP = "comma_may_group"
    MIXED_STYLES = "mixed_styles"
    BAD_GROUPING = "bad_grouping"
    SCIENTIFIC = "scientific"
    APPROXIMATE = "approximate"
    PRODUCT = "product"
    RANGE = "range"
    METRE_OR_MILLIARD = "metre_or_milliard"
    UNKNOWN_UNIT = "unknown_unit"
    USUAL_UNIT = "usual_unit"
    FRACTION_OF_RUPIAH = "fraction_of_rupiah"
    TOO_GREAT = "too_great"
    NOT_A_NUMBER = "not_a_number"
    SPREADSHEET_ERROR = "spreadsheet_error"
    TOO_LONG = "too_long"
    DAY_OR_MONTH = "day_or_month"
    TWO_DIGIT_YEAR = "two_digit_year"
    MONTH_ONLY = "month_only"
    SERIAL_NUMBER = "serial_number"
    NO_SUCH_DAY = "no_such_day"
    NOT_A_DATE = "not_a_date"
    NOT_A_YEAR = "not_a_year"
    CROSS_MAY_BE_YES = "cross_may_be_yes"
    NOT_A_BOOLEAN = "not_a_boolean"
    NOTHING_PROVES_IT = "nothing_proves_it"


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One cell understood; `value` is None when it is blank or unread."""

    value: T | None
    sureness: Sureness
    why: Why | None = None
    other: T | None = None
    """What it would be in the other meaning."""

    @property
    def usable(self) -> bool:
        """Whether the value may be stored without asking anyone."""
        return self.sureness in (Sureness.SURE, Sureness.LIKELY)


def sure(value: T) -> Reading[T]:
    return Reading(value, Sureness.SURE)


def likely(value: T, why: Why, other: T | None = None) -> Reading[T]:
    return Reading(value, Sureness.LIKELY, why, other)


def ambiguous(value: T, why: Why, other: T | None = None) -> Reading[T]:
    return Reading(value, Sureness.AMBIGUOUS, why, other)


def unread(why: Why) -> Reading[T]:
    return Reading(None, Sureness.UNREAD, why)


def blank() -> Reading[T]:
    return Reading(None, Sureness.BLANK)


SENTENCES: dict[Why, Words] = {
    Why.DOT_MAY_BE_DECIMAL: Words(
        "titik dibaca sebagai pemisah ribuan", "the dot was read as grouping thousands"
    ),
    Why.COMMA_MAY_GROUP: Words(
        "koma bisa pemisah ribuan, bisa desimal", "the comma may group thousands or mark decimals"
    ),
    Why.MIXED_STYLES: Words(
        "kolom memakai 1.234,5 dan 1,234.5 sekaligus", "the column mixes 1.234,5 and 1,234.5"
    ),
    Why.BAD_GROUPING: Words(
        "titik dan koma tidak membentuk bilangan", "dots and commas form no number"
    ),
    Why.SCIENTIFIC: Words(
        "bentuk 1,5E+08: angka di belakang bisa hilang", "1.5E+08: the last digits may be lost"
    ),
    Why.APPROXIMATE: Words("perkiraan, menurut isinya sendiri", "said to be approximate"),
    Why.PRODUCT: Words("hasil kali ukuran, misalnya 50 x 2 m", "a product such as 50 x 2 m"),
    Why.RANGE: Words("rentang, bukan satu nilai", "a range, not one value"),
    Why.METRE_OR_MILLIARD: Words(
        "M bisa meter, bisa miliar", "M may be metres or thousand million"
    ),
    Why.UNKNOWN_UNIT: Words("satuan tidak dikenal", "unknown unit"),
    Why.USUAL_UNIT: Words(
        "satuan disamakan dengan yang lazim", "the unit was taken for a usual one"
    ),
    Why.FRACTION_OF_RUPIAH: Words("pecahan rupiah dibulatkan", "parts of a rupiah were rounded"),
    Why.TOO_GREAT: Words("terlalu besar untuk nilai nyata", "too great to be real"),
    Why.NOT_A_NUMBER: Words("bukan bilangan", "not a number"),
    Why.SPREADSHEET_ERROR: Words(
        "galat rumus, misalnya #REF!", "an error of a formula, such as #REF!"
    ),
    Why.TOO_LONG: Words("terlalu panjang", "too long"),
    Why.DAY_OR_MONTH: Words(
        "hari dan bulan bisa tertukar; dibaca hari dahulu",
        "day and month may be swapped; read with the day first",
    ),
    Why.TWO_DIGIT_YEAR: Words("tahun dua angka", "a year of two digits"),
    Why.MONTH_ONLY: Words("hanya bulan dan tahun", "month and year only"),
    Why.SERIAL_NUMBER: Words("nomor seri tanggal lembar kerja", "a spreadsheet's serial number"),
    Why.NO_SUCH_DAY: Words("tanggal itu tidak ada", "there is no such day"),
    Why.NOT_A_DATE: Words("bukan tanggal", "not a date"),
    Why.NOT_A_YEAR: Words("bukan tahun", "not a year"),
    Why.CROSS_MAY_BE_YES: Words("x bisa ya, bisa tidak", "x may mean yes or no"),
    Why.NOT_A_BOOLEAN: Words("bukan ya atau tidak", "neither yes nor no"),
    Why.NOTHING_PROVES_IT: Words(
        "tidak ada isi yang membuktikannya", "no value in the column proves it"
    ),
}
