"""How long and how large the fields of an usulan may be, whichever way it comes in."""

SHORTEST_TITLE, LONGEST_TITLE = 3, 100
SHORTEST_PROBLEM, LONGEST_PROBLEM = 20, 500
LONGEST_PLACE = 200
LONGEST_NAME = 100
LONGEST_PHONE = 30
LONGEST_EMAIL = 254
LONGEST_ROLE = 50
LEAST_SEVERITY, MOST_SEVERITY = 1, 3
LARGEST_ACCURACY_M = 1_000_000
SMALLEST_VOLUME = 0.01
LARGEST_VOLUME = 999_999_999_999
LARGEST_RUPIAH = 10**15
LARGEST_CROWD = 300_000_000
UNITS = (
    "m",
    "m2",
    "m3",
    "ha",
    "unit",
    "titik",
    "paket",
    "orang",
    "KK",
    "SR",
    "kelompok",
    "kegiatan",
    "sertifikat",
)
