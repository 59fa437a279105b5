"""What is wrong with a field, in words: from the validator's error types to our codes."""

from collections.abc import Mapping
from typing import Any

from app.language import Words

_CODES: Mapping[str, str] = {
    "missing": "WAJIB_DIISI",
    "extra_forbidden": "TIDAK_DIKENAL",
    "string_too_short": "TERLALU_PENDEK",
    "string_too_long": "TERLALU_PANJANG",
    "too_long": "TERLALU_BANYAK",
    "literal_error": "PILIHAN_TIDAK_SAH",
    "enum": "PILIHAN_TIDAK_SAH",
    "greater_than": "DI_LUAR_RENTANG",
    "greater_than_equal": "DI_LUAR_RENTANG",
    "less_than": "DI_LUAR_RENTANG",
    "less_than_equal": "DI_LUAR_RENTANG",
    "string_unicode": "AKSARA_TIDAK_SAH",
    "forbidden_characters": "AKSARA_TIDAK_SAH",
    "one_place": "SATU_LOKASI",
    "consent_missing": "PERSETUJUAN_WAJIB",
    "encoded_body": "PENGODEAN_TIDAK_DIDUKUNG",
    "not_utf8": "BUKAN_UTF_8",
    "repeated_name": "NAMA_GANDA",
    "said_twice": "GANDA",
    "two_different": "HARUS_DUA",
    "one_kind": "HANYA_SATU_JENIS",
    "compared_already": "GANDA",
    "value_unknown": "TIDAK_DIKENAL",
    "not_continuable": "TIDAK_DAPAT_DILANJUTKAN",
    "key_used": "SUDAH_DIPAKAI",
    "overtaken": "SUDAH_BERUBAH",
    "not_now": "BELUM_ATAU_TIDAK_LAGI",
    "not_mergeable": "TIDAK_DAPAT_DIGABUNG",
    "not_asked_here": "TIDAK_DIKENAL",
    "already_so": "SUDAH_DEMIKIAN",
    "last_administrator": "ADMIN_TERAKHIR",
    "words_not_there": "TIDAK_DITEMUKAN",
    "geometry_not_of_category": "GEOMETRI_TIDAK_COCOK",
    "one_target": "WAJIB_DIISI",
    "not_undoable": "TIDAK_DAPAT_DIURUNGKAN",
    "too_many_keys": "TERLALU_BANYAK",
}

_WORDS: Mapping[str, Words] = {
    "missing": Words("Wajib diisi.", "This is required."),
    "extra_forbidden": Words("Isian ini tidak dikenal.", "This field is not known."),
    "string_too_short": Words(
        "Paling sedikit {min_length} karakter.", "At least {min_length} characters."
    ),
    "string_too_long": Words(
        "Paling banyak {max_length} karakter.", "At most {max_length} characters."
    ),
    "too_long": Words("Paling banyak {max_length} nilai.", "At most {max_length} values."),
    "literal_error": Words("Pilih salah satu: {expected}.", "Choose one of: {expected}."),
    "greater_than": Words("Harus lebih besar dari {gt}.", "Must be greater than {gt}."),
    "greater_than_equal": Words("Paling kecil {ge}.", "At least {ge}."),
    "less_than": Words("Harus lebih kecil dari {lt}.", "Must be less than {lt}."),
    "less_than_equal": Words("Paling besar {le}.", "At most {le}."),
    "string_type": Words("Harus berupa teks.", "Must be text."),
    "int_type": Words("Harus bilangan bulat.", "Must be a whole number."),
    "int_parsing": Words("Harus bilangan bulat.", "Must be a whole number."),
    "int_from_float": Words("Harus bilangan bulat.", "Must be a whole number."),
    "float_type": Words("Harus berupa angka.", "Must be a number."),
    "float_parsing": Words("Harus berupa angka.", "Must be a number."),
    "decimal_type": Words("Harus berupa angka.", "Must be a number."),
    "decimal_parsing": Words("Harus berupa angka.", "Must be a number."),
    "decimal_max_places": Words(
        "Paling banyak {decimal_places} angka di belakang koma.",
        "At most {decimal_places} decimal places.",
    ),
    "finite_number": Words("Harus angka yang terhingga.", "Must be a finite number."),
    "timezone_aware": Words(
        "Sertakan selisih waktu, misalnya 2026-02-25T14:30:00+07:00.",
        "Include the offset, such as 2026-02-25T14:30:00+07:00.",
    ),
    "string_unicode": Words(
        "Ada aksara yang tidak dapat disimpan.", "There are characters that cannot be stored."
    ),
    "forbidden_characters": Words(
        "Ada aksara kendali yang tidak dapat diterima.",
        "There are control characters that are not accepted.",
    ),
    "bbox": Words(
        "Tulis barat,selatan,timur,utara dalam derajat, barat tidak melebihi timur.",
        "Write west,south,east,north in degrees, west not beyond east.",
    ),
    "zoom": Words(
        "Tulis tingkat zoom 0 sampai 22, atau kata zoom.",
        "Write a zoom, 0 to 22, or the word zoom.",
    ),
    "too_deep": Words("Susunannya terlalu dalam.", "It is nested too deeply."),
    "one_place": Words(
        "Isi salah satu: geometry atau area.", "Give one of the two: geometry or area."
    ),
    "consent_missing": Words(
        "Kontak hanya disimpan dengan persetujuan Anda (consent: true).",
        "Contact details are kept only with your consent (consent: true).",
    ),
    "already_so": Words("Sudah demikian.", "It is so already."),
    "last_administrator": Words(
        "Ini admin terakhir kota ini yang dapat masuk. Beri peran admin kota kepada orang lain dan"
        " tunggu ia menyetel kata sandi, atau minta admin instalasi.",
        "This is the city's last administrator who can sign in. Make somebody else administrator"
        " and wait until a password is set, or ask whoever runs the installation.",
    ),
    "words_not_there": Words(
        "Kata-kata ini tidak ada dalam isian tersebut.", "These words are not in that field."
    ),
    "geometry_not_of_category": Words(
        "Kategori ini tidak menerima garis atau bidang usulan ini.",
        "This category does not take the line or surface of this usulan.",
    ),
    "one_target": Words(
        "Isi programme, agency, atau keduanya.", "Give programme, agency, or both."
    ),
    "too_many_keys": Words(
        "Anda sudah punya {most} kunci. Akhiri salah satunya dahulu.",
        "You have {most} keys already. End one of them first.",
    ),
    "not_undoable": Words(
        "Langkah terakhir tidak dapat diurungkan: sudah lewat 24 jam, bukan langkah petugas, atau"
        " sudah ada keputusan yang bergantung padanya.",
        "The last step cannot be undone: it is older than 24 hours, not an officer's, or something"
        " follows from it.",
    ),
    "key_used": Words(
        "Kunci ini sudah dipakai untuk isian lain.",
        "This key was already used with another body.",
    ),
    "not_now": Words(
        "Keadaannya sekarang tidak memungkinkan ini; periksa dahulu.",
        "As it stands now this cannot be done; look at it again first.",
    ),
    "overtaken": Words(
        "Usulan ini sudah diubah sejak Anda membukanya. Periksa keadaannya, lalu ulangi.",
        "This usulan has changed since you opened it. Look at it again, then repeat.",
    ),
    "not_mergeable": Words(
        "Usulan hanya dapat digabung ke usulan lain sekota yang dapat Anda lihat dan yang tidak"
        " digabung atau dibatalkan.",
        "An usulan can only be merged into another one of the city that you can see and that is"
        " neither merged nor withdrawn.",
    ),
    "not_asked_here": Words(
        "Isian ini tidak berlaku untuk status tersebut.", "This does not go with that status."
    ),
    "not_continuable": Words(
        "Hanya usulan tahun lalu yang belum diakomodir, dalam kategori yang sama, yang dapat "
        "diajukan ulang, dan hanya sekali.",
        "Only an earlier year's usulan that was not accommodated, of the same category, can be "
        "continued, and only once.",
    ),
    "encoded_body": Words(
        "Kirim isi tanpa dimampatkan, tanpa Content-Encoding.",
        "Send the body uncompressed, without Content-Encoding.",
    ),
    "not_utf8": Words(
        "Isi harus teks UTF-8; bukan UTF-16, Latin-1 atau isi yang dimampatkan.",
        "The body must be UTF-8 text; not UTF-16, Latin-1 or compressed.",
    ),
    "repeated_name": Words(
        "Isian {name} tertulis lebih dari sekali dalam objek yang sama.",
        "The name {name} stands more than once in the same object.",
    ),
    "key": Words("1 sampai 200 aksara ASCII tanpa spasi.", "1 to 200 ASCII characters, no blanks."),
    "said_twice": Words("Sebutkan satu kali saja.", "Say this once."),
    "two_different": Words(
        "Sebutkan tepat dua yang berbeda, dipisah koma.",
        "Name exactly two different ones, parted by a comma.",
    ),
    "one_kind": Words(
        "Bandingkan dua wilayah (areas) atau dua tahun (years), tidak keduanya.",
        "Compare two areas or two years, not both.",
    ),
    "compared_already": Words(
        "Ini yang dibandingkan, jadi tidak dapat sekaligus menyaring.",
        "This is what is compared, so it cannot be a filter as well.",
    ),
    "value_unknown": Words("Nilai ini tidak dikenal.", "This value is not known."),
}
_ANY = Words("Nilai ini tidak sah.", "This value is not valid.")


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "?"


def field_code(kind: str) -> str:
    """Our stable word for a validator's error type."""
    return _CODES.get(kind, "FORMAT_TIDAK_SAH" if kind in _WORDS else "NILAI_TIDAK_SAH")


def field_words(kind: str, context: Mapping[str, Any]) -> Words:
    words, facts = _WORDS.get(kind, _ANY), _Facts(context)
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace("'", "").replace(" or ", ", ")
    return Words(words.id.format_map(facts), words.en.format_map(facts))
