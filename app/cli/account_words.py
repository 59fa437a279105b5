"""Why `peta account` did nothing, and the command that helps, by the kind of the refusal."""

from collections.abc import Mapping

from app.accounts.refusals import AccountRefused

ADVICE: Mapping[str, str] = {
    "no_address": "{email!r} bukan alamat surel",
    "no_account": "tidak ada akun {email}",
    "account_closed": "akun {email} ditutup; bukalah dahulu: peta account reset {email}",
    "password_set": "{email} sudah menyetel kata sandi; menggantinya: peta account reset {email}",
    "unreadable_name": "nama memuat tanda yang tak dapat dibaca",
    "no_name": "nama tidak boleh kosong",
    "unknown_role": "peran {role!r} tidak dikenal; pilih: {roles}",
    "role_not_held": "{email} tidak punya peran {role} di sana; lihat: peta account list",
    "of_several_areas": "{email} punya peran itu di {areas}; sebutkan satu dengan --area",
    "of_no_city": "{role} berlaku seinstalasi, tanpa --city dan --area",
    "needs_city": "{role} memerlukan --city",
    "unknown_area": "wilayah {area!r} tidak ada dalam batas kota ini yang berlaku",
    "other_level": (
        "{role} diberikan untuk sebuah {level}; {area} ({area_name}) adalah {area_level}"
    ),
    "without_fields": "{role} tidak dibatasi pada urusan",
    "no_field": "{field!r} bukan kode urusan, contoh 1.03",
    "day_over": "hari terakhir {until} sudah lewat",
}


def advice(refused: AccountRefused) -> str:
    """The sentence for whoever typed the command."""
    return ADVICE[refused.kind].format_map(refused.facts)
