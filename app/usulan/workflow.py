"""The status machine: which step may follow which, who may take it, and which forum then holds it.

`belum_diakomodir` ends a planning year, not the need: next year it is carried over as a new
usulan that continues this one.
"""

from collections.abc import Mapping

from app.errors import MoveNotAllowed, NotPermitted

WARGA = "warga"
KETUA_RT = "ketua_rt"
KETUA_RW = "ketua_rw"
KELURAHAN = "operator_kelurahan"
MITRA = "mitra_bappeda"
KECAMATAN = "operator_kecamatan"
OPD = "verifikator_opd"
BAPPEDA = "perencana_bappeda"
TAPD = "tapd"

FIRST_STATUS = "diajukan"
SUBMISSION = "pengajuan"
"""The kind of the first event of every history."""
REPLACING = "penempatan_ulang"
"""The kind of the event by which an usulan is placed in another edition of boundaries."""
SYSTEM = "sistem"
"""Who does what follows from an act on the whole city."""

# From a status to each that may follow, with the roles that may take the step.
MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "draf": {"diajukan": (WARGA,), "dibatalkan": (WARGA,)},
    "diajukan": {
        "disepakati_rt": (KETUA_RT,),
        "disepakati_rw": (KETUA_RW,),
        "verifikasi_kel": (KELURAHAN,),
        "belum_diakomodir": (KETUA_RT, KETUA_RW, KELURAHAN),
        "ditolak": (KELURAHAN,),
        "digabung": (KELURAHAN,),
        "dibatalkan": (WARGA,),
    },
    "disepakati_rt": {
        "disepakati_rw": (KETUA_RW,),
        "verifikasi_kel": (KELURAHAN,),
        "belum_diakomodir": (KETUA_RW, KELURAHAN),
        "digabung": (KELURAHAN,),
        "dibatalkan": (WARGA,),
    },
    "disepakati_rw": {
        "verifikasi_kel": (KELURAHAN,),
        "belum_diakomodir": (KELURAHAN,),
        "digabung": (KELURAHAN,),
        "dibatalkan": (WARGA,),
    },
    "verifikasi_kel": {
        "prioritas_kel": (KELURAHAN,),
        "dikembalikan": (KELURAHAN,),
        "belum_diakomodir": (KELURAHAN,),
        "ditolak": (KELURAHAN,),
        "dialihkan": (KELURAHAN,),
        "digabung": (KELURAHAN,),
        "dibatalkan": (WARGA,),
    },
    "prioritas_kel": {
        "validasi_mitra": (MITRA,),
        "musren_kec": (KECAMATAN,),
        "belum_diakomodir": (KELURAHAN, KECAMATAN),
        "dialihkan": (KELURAHAN,),
        "digabung": (KELURAHAN,),
    },
    "validasi_mitra": {
        "musren_kec": (MITRA, KECAMATAN),
        "dikembalikan": (MITRA,),
        "belum_diakomodir": (MITRA,),
        "ditolak": (MITRA,),
    },
    "musren_kec": {
        "forum_pd": (KECAMATAN,),
        "dikembalikan": (KECAMATAN,),
        "belum_diakomodir": (KECAMATAN,),
        "ditolak": (KECAMATAN,),
        "dialihkan": (KECAMATAN,),
        "digabung": (KECAMATAN,),
    },
    "forum_pd": {
        "musren_kota": (OPD,),
        "dikembalikan": (OPD,),
        "belum_diakomodir": (OPD,),
        "ditolak": (OPD,),
        "dialihkan": (OPD,),
    },
    "musren_kota": {
        "masuk_rkpd": (BAPPEDA,),
        "belum_diakomodir": (BAPPEDA,),
        "ditolak": (BAPPEDA,),
    },
    "masuk_rkpd": {
        "masuk_kua_ppas": (TAPD,),
        "belum_diakomodir": (BAPPEDA, TAPD),
        "dicoret_perubahan": (BAPPEDA,),
    },
    "masuk_kua_ppas": {
        "masuk_apbd": (TAPD,),
        "belum_diakomodir": (TAPD,),
        "dicoret_perubahan": (TAPD,),
    },
    "masuk_apbd": {
        "dilaksanakan": (KELURAHAN, OPD),
        "dicoret_perubahan": (TAPD,),
    },
    "dilaksanakan": {"selesai": (KELURAHAN, OPD), "dicoret_perubahan": (TAPD,)},
    # The reporter may say that what is called finished is not.
    "selesai": {"dilaksanakan": (WARGA,)},
    "dikembalikan": {
        "diajukan": (WARGA,),
        "verifikasi_kel": (WARGA, KELURAHAN),
        # The reporter's answer leads back to whoever asked, and nowhere else.
        "validasi_mitra": (MITRA, WARGA),
        "musren_kec": (KECAMATAN, WARGA),
        "forum_pd": (OPD, WARGA),
        "belum_diakomodir": (KELURAHAN, KECAMATAN, OPD),
        "dibatalkan": (WARGA,),
    },
    "belum_diakomodir": {},
    # Final only until its cause is lifted.
    "ditolak": {"verifikasi_kel": (KELURAHAN,)},
    "dialihkan": {"dilaksanakan": (KELURAHAN, OPD), "belum_diakomodir": (KELURAHAN, OPD)},
    "digabung": {"verifikasi_kel": (KELURAHAN,)},
    "dibatalkan": {},
    "dicoret_perubahan": {},
}

_REASONED = frozenset(
    {
        "dikembalikan",
        "belum_diakomodir",
        "ditolak",
        "dialihkan",
        "digabung",
        "dibatalkan",
        "dicoret_perubahan",
    }
)

# What whoever sent it is told of by e-mail; the others are steps between two of these.
_TOLD = frozenset(
    {
        "verifikasi_kel",
        "prioritas_kel",
        "musren_kec",
        "forum_pd",
        "masuk_rkpd",
        "masuk_apbd",
        "dilaksanakan",
        "selesai",
        "dikembalikan",
        "belum_diakomodir",
        "ditolak",
        "dialihkan",
        "digabung",
        "dicoret_perubahan",
    }
)

# Documents that others rely on from the moment they are adopted.
_ADOPTED = frozenset({"masuk_rkpd", "masuk_kua_ppas", "masuk_apbd", "dicoret_perubahan"})

# The forum that holds an usulan in each status; the others leave it where it was.
_STAGES: Mapping[str, str | None] = {
    "draf": None,
    "diajukan": None,
    "disepakati_rt": "rembug_rt",
    "disepakati_rw": "rembug_rw",
    "verifikasi_kel": "pra_kel",
    "prioritas_kel": "musren_kel",
    "validasi_mitra": "musren_kel",
    "musren_kec": "musren_kec",
    "forum_pd": "forum_pd",
    "musren_kota": "musren_kota",
    "masuk_rkpd": "rkpd",
    "masuk_kua_ppas": "kua_ppas",
    "masuk_apbd": "apbd",
    "dilaksanakan": "pelaksanaan",
    "selesai": "monev",
    "dicoret_perubahan": "perubahan",
}

# Nothing more is asked of it this year; a step back out of these is a decision of its own.
_CLOSED = frozenset(
    {
        "selesai",
        "belum_diakomodir",
        "ditolak",
        "digabung",
        "dibatalkan",
        "dicoret_perubahan",
    }
)

OPEN_STATUSES = tuple(status for status in MOVES if status not in _CLOSED)
"""Still on its way: somebody has to act on it, in the area where it lies now."""

STAGES = (
    "persiapan",
    "rembug_rt",
    "rembug_rw",
    "pra_kel",
    "musren_kel",
    "tematik",
    "musren_kec",
    "konsultasi_publik",
    "forum_pd",
    "pokir",
    "musren_kota",
    "musren_prov",
    "rkpd",
    "kua_ppas",
    "rapbd",
    "apbd",
    "dpa",
    "pelaksanaan",
    "perubahan",
    "monev",
)


def allowed_moves(status: str, role: str | None = None) -> tuple[str, ...]:
    """Statuses that may follow; with a role, only those that this role may bring about."""
    return tuple(target for target, roles in MOVES[status].items() if role is None or role in roles)


def require_move(status: str, target: str, role: str) -> None:
    """Pass when the table has the step for the role.

    Raises MoveNotAllowed when nobody may take it, NotPermitted when only others may.
    """
    if target not in MOVES[status]:
        raise MoveNotAllowed(
            facts={"status": status, "target": target},
            members={"allowed": list(allowed_moves(status))},
        )
    if role not in MOVES[status][target]:
        raise NotPermitted


def may_be_taken_back(origin: str, target: str) -> bool:
    """Whether a step from one status to another may be undone by whoever may take it.

    Not into a document that was adopted, and not out of a closed status: that was a decision of
    its own.
    """
    return target not in _ADOPTED and origin not in _CLOSED


def needs_reason(target: str) -> bool:
    """Whether a step to this status must say why, by code and sentence."""
    return target in _REASONED


def notifies(target: str, role: str) -> bool:
    """Whether a step to this status is told to whoever sent the usulan; not one of his own."""
    return target in _TOLD and role != WARGA


def stage_after(target: str, stage: str | None) -> str | None:
    """The forum that holds the usulan once it has the status; `stage` is where it was before."""
    return _STAGES.get(target, stage)
