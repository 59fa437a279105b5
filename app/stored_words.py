"""Words that stand in tables as they are; here, so that who needs them loads no tables."""

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
STATUSES = (
    "draf",
    "diajukan",
    "disepakati_rt",
    "disepakati_rw",
    "verifikasi_kel",
    "prioritas_kel",
    "validasi_mitra",
    "musren_kec",
    "forum_pd",
    "musren_kota",
    "masuk_rkpd",
    "masuk_kua_ppas",
    "masuk_apbd",
    "dilaksanakan",
    "selesai",
    "dikembalikan",
    "belum_diakomodir",
    "ditolak",
    "dialihkan",
    "digabung",
    "dibatalkan",
    "dicoret_perubahan",
)
CHANNELS = ("rembug", "musrenbang", "tematik", "pokir", "opd")
FUNDING_SOURCES = (
    "swadaya",
    "dana_kelurahan",
    "hibah_kelurahan",
    "program_rt",
    "apbd_kota",
    "apbd_provinsi",
    "apbn_dak",
    "csr",
    "baznas",
    "ngo",
    "hibah_bansos",
)
INCLUSION_THEMES = ("perempuan", "lansia", "difabel", "anak", "kelompok_rentan")
