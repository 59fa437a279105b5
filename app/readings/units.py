"""Units of volume as people write them, and the thirteen that the city counts in."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from app.readings.reading import Reading, Why, blank, likely, sure, unread

_SAME: Mapping[str, str] = {
    "m": "m|m'|m1|mtr|mtr'|meter|meter'|metre|m lari|meter lari|m panjang|meter panjang|mt",
    "m2": "m2|m^2|m 2|mtr2|meter2|meter persegi|m persegi|mtr persegi|sqm",
    "m3": "m3|m^3|m 3|mtr3|meter3|meter kubik|m kubik|kubik",
    "ha": "ha|hektar|hektare",
    "unit": "unit|units|unt|bh|buah",
    "titik": "titik|ttk|titk|lampu|tiang",
    "paket": "paket|pkt|paket kegiatan",
    "orang": "orang|org|jiwa|peserta",
    "KK": "kk|kepala keluarga|keluarga",
    "SR": "sr|sambungan rumah|sambungan",
    "kelompok": "kelompok|klp|kelp|poktan",
    "kegiatan": "kegiatan|keg|kali|kl",
    "sertifikat": "sertifikat|sertipikat|izin",
}
# Not the same thing, but what a list means by it in nearly every case.
_USUAL: Mapping[str, str] = {
    "m": "ml",
    "unit": "rumah|pcs|lembar|lokal|bangunan|ruang|gedung",
    "titik": "lokasi|lok|spot",
    "paket": "ls|lot|set|lumpsum|lump sum|sarana",
    "orang": "siswa|anak|lansia|kader|warga",
}


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    pairs = {word: unit for unit, words in table.items() for word in words.split("|")}
    return MappingProxyType(pairs)


_SAME_BY_WORD = _by_word(_SAME)
_USUAL_BY_WORD = _by_word(_USUAL)
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u00b4\u2032`", "'") | {".": " "})


UNITS = tuple(_SAME)


def read_unit(text: str) -> Reading[str]:
    """One of the thirteen; likely when the word is another that is commonly meant so."""
    word = " ".join(text.casefold().translate(_QUOTES).replace(" '", "'").split())
    if not word:
        return blank()
    if word in _SAME_BY_WORD:
        return sure(_SAME_BY_WORD[word])
    if word in _USUAL_BY_WORD:
        return likely(_USUAL_BY_WORD[word], Why.USUAL_UNIT)
    return unread(Why.UNKNOWN_UNIT)


def larger_unit(text: str) -> tuple[str, Decimal] | None:
    """The unit and the factor of `km` and its kind; None for a unit of its own."""
    return {"km": ("m", Decimal(1000)), "kilometer": ("m", Decimal(1000))}.get(text.casefold())
