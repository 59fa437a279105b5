"""What an account or a role cannot be: where it shows, its code, and words for a browser.

The command line has advice of its own (`app/cli/account.py`), by the same kinds.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.language import Language, Words


class _Kind(NamedTuple):
    """How a refusal is answered; `words` may name facts in braces."""

    field: str
    code: str
    words: Words


KINDS: Mapping[str, _Kind] = {
    "no_address": _Kind(
        "/email",
        "BUKAN_SUREL",
        Words("{email} bukan alamat surel.", "{email} is no e-mail address."),
    ),
    "no_account": _Kind(
        "/email",
        "AKUN_TIDAK_ADA",
        Words("Tidak ada akun {email}.", "There is no account {email}."),
    ),
    "account_closed": _Kind(
        "/email",
        "AKUN_DITUTUP",
        Words(
            "Akun {email} ditutup. Buka dahulu dengan membuatkan tautan kata sandi baru, lalu beri"
            " perannya.",
            "The account {email} is closed. Open it first with a new link for its password, then"
            " give the role.",
        ),
    ),
    "password_set": _Kind(
        "/email",
        "SANDI_SUDAH_ADA",
        Words(
            "{email} sudah menyetel kata sandi. Bila lupa, buatkan tautan kata sandi baru.",
            "{email} has set a password already. If it is forgotten, make a new link for it.",
        ),
    ),
    "unreadable_name": _Kind(
        "/name",
        "AKSARA_TIDAK_SAH",
        Words(
            "Nama memuat tanda yang tidak dapat dibaca.",
            "The name has characters that nobody can read.",
        ),
    ),
    "no_name": _Kind("/name", "WAJIB_DIISI", Words("Isi nama petugasnya.", "Give a name.")),
    "unknown_role": _Kind(
        "/role",
        "PERAN_TIDAK_DIKENAL",
        Words(
            "Peran {role} tidak dikenal. Pilih salah satu: {roles}.",
            "There is no role {role}. Choose one of: {roles}.",
        ),
    ),
    "role_not_held": _Kind(
        "/role",
        "PERAN_TIDAK_ADA",
        Words("{email} tidak punya peran {role} di sana.", "{email} has no role {role} there."),
    ),
    "of_several_areas": _Kind(
        "/area",
        "WAJIB_DIISI",
        Words(
            "{email} punya peran itu di {areas}. Pilih satu wilayah.",
            "{email} has that role in {areas}. Choose one area.",
        ),
    ),
    "of_no_city": _Kind(
        "/area",
        "PERAN_SEINSTALASI",
        Words(
            "{called} berlaku untuk seluruh instalasi. Kosongkan wilayahnya.",
            "{called} is given for the whole installation. Leave the area empty.",
        ),
    ),
    "needs_city": _Kind(
        "/city", "WAJIB_DIISI", Words("{called} memerlukan kota.", "{called} needs a city.")
    ),
    "unknown_area": _Kind(
        "/area",
        "WILAYAH_TIDAK_ADA",
        Words(
            "Wilayah {area} tidak ada dalam batas kota ini yang berlaku.",
            "There is no area {area} in the boundaries of this city.",
        ),
    ),
    "other_level": _Kind(
        "/area",
        "TINGKAT_TIDAK_COCOK",
        Words(
            "{called} diberikan untuk sebuah {level}; {area} ({area_name}) adalah {area_level}."
            " Pilih {level} tempat ia bertugas.",
            "{called} is given for a {level}; {area} ({area_name}) is a {area_level}. Choose the"
            " {level} where this officer works.",
        ),
    ),
    "without_fields": _Kind(
        "/fields",
        "PERAN_TANPA_URUSAN",
        Words(
            "{called} tidak dibatasi pada urusan. Kosongkan urusannya.",
            "{called} is not given by field. Leave the fields empty.",
        ),
    ),
    "no_field": _Kind(
        "/fields",
        "BUKAN_KODE_URUSAN",
        Words(
            "{field} bukan kode urusan. Tulis seperti 1.03.",
            "{field} is no code of a field. Write it as 1.03.",
        ),
    ),
    "day_over": _Kind(
        "/until",
        "SUDAH_LEWAT",
        Words(
            "Hari terakhir {until} sudah lewat. Pilih hari ini atau sesudahnya.",
            "The last day, {until}, is over. Choose today or a later day.",
        ),
    ),
}


class AccountRefused(ValueError):
    """An account or role that cannot be."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts

    @property
    def field(self) -> str:
        """A pointer to what is wrong."""
        return KINDS[self.kind].field

    @property
    def code(self) -> str:
        """Our stable word for it."""
        return KINDS[self.kind].code

    @property
    def words(self) -> Words:
        """Why, for whoever reads it in a browser."""
        told = KINDS[self.kind].words
        return Words(told.id.format_map(self._facts("id")), told.en.format_map(self._facts("en")))

    def _facts(self, language: Language) -> dict[str, object]:
        return {
            name: fact.in_language(language) if isinstance(fact, Words) else fact
            for name, fact in self.facts.items()
        }
