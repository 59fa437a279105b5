"""Why a row of a list was rejected."""

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Stable words in the rejects file."""

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
    NOT_OWN_AREA = "BUKAN_WILAYAH_SENDIRI"
    NOT_OWN_STEP = "BUKAN_WEWENANG"


_NAMES = {
    "title": "judul",
    "problem": "permasalahan",
    "category": "kategori",
    "status": "status",
    "year": "tahun",
    "area": "kode wilayah",
    "longitude": "bujur",
    "latitude": "lintang",
    "geometry": "geometri",
    "volume": "volume",
    "unit": "satuan",
    "estimated_cost": "perkiraan biaya",
    "beneficiaries": "penerima manfaat",
    "severity": "kegawatan",
    "funding_source": "sumber dana",
    "channel": "jalur",
    "reason_code": "kode alasan",
    "reason": "alasan",
    "consent": "persetujuan",
    "created_at": "tanggal diajukan",
    "updated_at": "tanggal berubah",
    "proposer_name": "nama pengusul",
    "proposer_phone": "telepon pengusul",
    "proposer_email": "surel pengusul",
    "place": "lokasi",
}


def said_name(field: str) -> str:
    """A field as people call it, with its name in mappings where that is another word."""
    words = _NAMES.get(field, field)
    return words if words == field else f"{words} ({field})"


class RowRejected(ValueError):
    """A row that cannot be taken, why, and in which field."""

    def __init__(self, reason: Reason, sentence: str, *, word: str | None = None) -> None:
        super().__init__(f"{reason}: {sentence}")
        self.reason = reason
        self.sentence = sentence
        self.word = word
        """The word of the list that is not known, where that is the reason."""

    def and_then(self, other: "RowRejected") -> "RowRejected":
        """The same with what else is wrong; where cells are shifted nothing else counts."""
        if self.reason is Reason.COLUMNS:
            return self
        told = f"{self.sentence}; {other.sentence}"
        return RowRejected(self.reason, told, word=self.word or other.word)

    def __reduce__(self) -> tuple[Any, ...]:
        """As it travels between processes."""
        return RowRejected, (self.reason, self.sentence), vars(self)


def refuse(rejected: dict[int, RowRejected], row: int, found: RowRejected) -> None:
    """Note what is wrong with a row, beside what was found wrong with it before."""
    before = rejected.get(row)
    rejected[row] = found if before is None else before.and_then(found)
