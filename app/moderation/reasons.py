"""Why an usulan was set back: the codes that officers choose from, in both languages."""

from collections.abc import Mapping
from typing import NamedTuple

from app.errors import FieldError, ReasonMissing
from app.field_words import field_code, field_words
from app.language import Words
from app.sentences import TOO_SHORT, is_too_short


class Reason(NamedTuple):
    """A coded reason, and the statuses that it is given for first."""

    words: Words
    suits: tuple[str, ...] = ("ditolak", "belum_diakomodir")


REASONS: Mapping[str, Reason] = {
    "A01": Reason(Words("Bukan kewenangan kota", "Not within the city's authority")),
    "A02": Reason(
        Words("Aset belum diserahkan pengembang", "Asset not yet handed over by the developer")
    ),
    "A03": Reason(Words("Status lahan bermasalah", "Status of the land is in dispute")),
    "A04": Reason(Words("Sudah dianggarkan atau dikerjakan", "Already budgeted or done")),
    "A05": Reason(Words("Duplikat, digabung", "Duplicate, merged"), ("digabung",)),
    "A06": Reason(Words("Di luar kamus usulan", "Not in the city's list of what can be asked for")),
    "A07": Reason(
        Words("Tidak sesuai prioritas RKPD atau RPJMD", "Not among the priorities of RKPD or RPJMD")
    ),
    "A08": Reason(
        Words("Keterbatasan anggaran", "Limited budget"), ("belum_diakomodir", "dicoret_perubahan")
    ),
    "A09": Reason(
        Words("Data atau teknis kurang lengkap", "Facts or technical details are lacking"),
        ("dikembalikan",),
    ),
    "A10": Reason(
        Words("Dialihkan ke sumber dana lain", "Moved to another source of funds"), ("dialihkan",)
    ),
    "A11": Reason(Words("Penerima tidak memenuhi syarat", "Recipients do not meet the conditions")),
    "A12": Reason(Words("Melewati batas waktu", "Too late for this year"), ("belum_diakomodir",)),
    "A13": Reason(Words("Tidak layak secara teknis", "Not feasible or a risk"), ("ditolak",)),
    "A14": Reason(
        Words("Bertentangan dengan tata ruang", "Against the spatial plan"), ("ditolak",)
    ),
    "A15": Reason(Words("Dibatalkan pengusul", "Withdrawn by its proposer"), ("dibatalkan",)),
}


def require_reason(code: str | None, sentence: str | None) -> None:
    """Pass with a code of the table and a sentence; ReasonMissing names which of them lacks."""
    wrong = [] if code in REASONS else [_wrong_code(code)]
    if wrong or is_too_short(sentence):
        raise ReasonMissing(errors=wrong + ([TOO_SHORT] if is_too_short(sentence) else []))


def _wrong_code(code: str | None) -> FieldError:
    kind = "missing" if code is None else "value_unknown"
    return FieldError("/reason_code", field_code(kind), field_words(kind, {}))
