"""What letters say, in both languages: fixed sentences, and nothing that anybody wrote.

Titles, questions and reasons may name people and places. They stay on the page of whoever holds
the tracking code; a letter passes through many hands and says only that there is something to see.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.language import Words

PROGRESS, QUESTION = "perkembangan", "pertanyaan"
"""Kinds of notices about an usulan."""
INVITATION, RESET = "undangan", "sandi"
"""Kinds of notices for the owner of an account; both bring him a link."""
ROLE_GIVEN, ROLE_ENDED = "peran_diberi", "peran_diakhiri"
"""Kinds of notices for him too, which bring no link."""

STATUSES: Mapping[str, Words] = {
    "draf": Words("Draf", "Draft"),
    "diajukan": Words("Diajukan", "Submitted"),
    "disepakati_rt": Words("Disepakati rembug RT", "Agreed at RT meeting"),
    "disepakati_rw": Words("Disepakati rembug RW", "Agreed at RW meeting"),
    "verifikasi_kel": Words("Diperiksa kelurahan", "Checked by kelurahan"),
    "prioritas_kel": Words("Prioritas kelurahan", "Kelurahan priority"),
    "validasi_mitra": Words("Diperiksa Bappeda", "Checked by Bappeda"),
    "musren_kec": Words("Dibahas di kecamatan", "Discussed at kecamatan"),
    "forum_pd": Words("Dibahas OPD", "Discussed by agency"),
    "musren_kota": Words("Dibahas di kota", "Discussed by the city"),
    "masuk_rkpd": Words("Masuk RKPD", "In RKPD"),
    "masuk_kua_ppas": Words("Masuk KUA-PPAS", "In KUA-PPAS"),
    "masuk_apbd": Words("Masuk APBD", "In APBD"),
    "dilaksanakan": Words("Sedang dikerjakan", "Under way"),
    "selesai": Words("Selesai", "Done"),
    "dikembalikan": Words("Perlu dilengkapi", "More detail needed"),
    "belum_diakomodir": Words("Belum diakomodir", "Not yet accommodated"),
    "ditolak": Words("Ditolak", "Refused"),
    "dialihkan": Words("Dialihkan sumber dana", "Moved to other funds"),
    "digabung": Words("Digabung", "Merged"),
    "dibatalkan": Words("Dibatalkan", "Withdrawn"),
    "dicoret_perubahan": Words("Dicoret dalam perubahan", "Struck in the revision"),
}


class LetterWords(NamedTuple):
    """Subject and body; both may name facts in braces."""

    subject: Words
    body: Words


_FOLLOW = Words(
    "Alasan dan riwayatnya tampil di {base}/lacak dengan kode lacak Anda.",
    "The reason and the history are at {base}/lacak with your tracking code.",
)
_WHY_YOU = Words(
    "Surel ini dikirim otomatis karena alamat ini ditinggalkan bersama usulan tersebut. Jangan"
    " dibalas: balasan tidak dibaca siapa pun.",
    "This message was sent automatically because this address was left with that usulan. Please"
    " do not reply: nobody reads the answers.",
)

LETTERS: Mapping[str, LetterWords] = {
    PROGRESS: LetterWords(
        Words("Usulan {number}: {status}", "Usulan {number}: {status}"),
        Words(
            f"Usulan {{number}} sekarang berstatus: {{status}}.\n\n{_FOLLOW.id}\n\n{_WHY_YOU.id}\n",
            f"Usulan {{number}} now stands at: {{status}}.\n\n{_FOLLOW.en}\n\n{_WHY_YOU.en}\n",
        ),
    ),
    QUESTION: LetterWords(
        Words("Usulan {number}: ada pertanyaan untuk Anda", "Usulan {number}: a question for you"),
        Words(
            "Petugas bertanya sebelum usulan {number} dapat dilanjutkan. Baca dan jawab di"
            " {base}/lacak dengan kode lacak Anda. Tanpa jawaban usulan ini tidak dapat"
            f" diteruskan.\n\n{_WHY_YOU.id}\n",
            "Officers have a question before usulan {number} can go on. Read and answer it at"
            " {base}/lacak with your tracking code. Without an answer it cannot go"
            f" on.\n\n{_WHY_YOU.en}\n",
        ),
    ),
}

_ONCE = Words(
    "Tautan ini hanya dapat dipakai sekali. Jangan teruskan kepada siapa pun.",
    "The link works once. Pass it on to nobody.",
)

LINK_LETTERS: Mapping[str, LetterWords] = {
    INVITATION: LetterWords(
        Words("Undangan ke Peta Usulan", "Your invitation to Peta Usulan"),
        Words(
            f"Setel kata sandi Anda di sini, dalam tujuh hari:\n\n{{link}}\n\n{_ONCE.id}\n",
            f"Set your password here, within seven days:\n\n{{link}}\n\n{_ONCE.en}\n",
        ),
    ),
    RESET: LetterWords(
        Words("Kata sandi baru untuk Peta Usulan", "A new password for Peta Usulan"),
        Words(
            "Seseorang, mungkin Anda sendiri, meminta kata sandi baru untuk akun ini. Setel di"
            f" sini, dalam dua jam:\n\n{{link}}\n\n{_ONCE.id} Bila bukan Anda yang meminta,"
            " abaikan surel ini: tidak ada yang berubah.\n",
            "Somebody, perhaps you, asked for a new password for this account. Set it here,"
            f" within two hours:\n\n{{link}}\n\n{_ONCE.en} If it was not you, ignore this"
            " message: nothing changes.\n",
        ),
    ),
}
"""Letters with the link of an invitation; these go to an account's own address alone."""

_OWN_ROLES = Words(
    "Peran Anda, wilayah dan masa berlakunya tampil di {base}/akun setelah Anda masuk.",
    "Your roles, with their areas and how long they last, are at {base}/akun once you sign in.",
)
_WHY_OFFICER = Words(
    "Surel ini dikirim otomatis ke alamat akun Anda. Jangan dibalas: balasan tidak dibaca siapa"
    " pun. Bila keliru, tanyakan kepada admin kota.",
    "This message was sent automatically to the address of your account. Please do not reply:"
    " nobody reads the answers. If it is a mistake, ask the city's administrator.",
)

ROLE_LETTERS: Mapping[str, LetterWords] = {
    ROLE_GIVEN: LetterWords(
        Words("Anda diberi peran di Peta Usulan", "You were given a role in Peta Usulan"),
        Words(
            f"Akun Anda diberi peran baru.\n\n{_OWN_ROLES.id}\n\n{_WHY_OFFICER.id}\n",
            f"Your account was given a new role.\n\n{_OWN_ROLES.en}\n\n{_WHY_OFFICER.en}\n",
        ),
    ),
    ROLE_ENDED: LetterWords(
        Words("Peran Anda di Peta Usulan diakhiri", "A role of yours in Peta Usulan has ended"),
        Words(
            "Sebuah peran akun Anda diakhiri dan tidak berlaku lagi."
            f"\n\n{_OWN_ROLES.id}\n\n{_WHY_OFFICER.id}\n",
            "A role of your account was taken back and permits nothing any more."
            f"\n\n{_OWN_ROLES.en}\n\n{_WHY_OFFICER.en}\n",
        ),
    ),
}
"""Letters about roles; which role it is stands on the page, behind the sign-in."""

FAILURES: Mapping[str, Words] = {
    "alamat_tidak_sah": Words(
        "Alamat surelnya tidak dapat dikirimi.", "The address cannot be written to."
    ),
    "tanpa_penerima": Words(
        "Alamatnya sudah dihapus atau akunnya ditutup.",
        "The address was erased, or the account closed.",
    ),
    "ditolak": Words("Server surel menolaknya.", "The mail server refused it."),
    "tidak_tersambung": Words(
        "Server surel tidak dapat dihubungi.", "The mail server could not be reached."
    ),
    "terputus": Words("Pengiriman terputus beberapa kali.", "Sending was cut off several times."),
    "tautan_habis": Words(
        "Tautannya sudah dipakai, diganti atau lewat waktunya.",
        "Its link has been used or replaced, or is too old.",
    ),
    "terlambat": Words(
        "Terlalu lama menunggu untuk masih berguna.", "It waited too long to be of use."
    ),
}
"""Why an attempt failed."""
