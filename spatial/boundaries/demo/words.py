"""Invented names: they sound Javanese, and no kelurahan, street or river is meant by them."""

from typing import Final

KECAMATAN: Final = (
    ("Contoh Tengah", -700.0, -300.0),
    ("Contoh Lor", 500.0, 2600.0),
    ("Contoh Wetan", 4200.0, -400.0),
    ("Contoh Kidul", 900.0, -2400.0),
    ("Contoh Kulon", -4200.0, -200.0),
)
KELURAHAN: Final = [
    "Argosekar",
    "Arumdalu",
    "Banyuarum",
    "Bendoayu",
    "Cemaraseta",
    "Dadaparum",
    "Gayamsekar",
    "Gondangayu",
    "Jatiluhung",
    "Jenarasri",
    "Kalidadap",
    "Karangmelati",
    "Kebonarum",
    "Kedungasri",
    "Kembangsore",
    "Kenangasri",
    "Klampisayu",
    "Kawisrejo",
    "Lebakarum",
    "Lumbungasri",
    "Majasekar",
    "Mangunayu",
    "Menuraja",
    "Mlatiwangi",
    "Nagaputih",
    "Ngasemayu",
    "Padangasri",
    "Pandanseta",
    "Pasarmulya",
    "Pelemgading",
    "Pringgading",
    "Puspawarna",
    "Randuarum",
    "Rejosekar",
    "Sambirata",
    "Sanggramulya",
    "Sawoarum",
    "Sekarjati",
    "Semanggiayu",
    "Sidoarum",
    "Sokaputih",
    "Sumberasri",
    "Talunarum",
    "Tanjungsekar",
    "Tegalgading",
    "Temuireng",
    "Tirtasekar",
    "Trembesiayu",
    "Turiputih",
    "Wanaarum",
    "Waringinputih",
    "Widaraseta",
    "Wirasekar",
    "Wukirarum",
]
MAIN_ROADS: Final = [
    "Bengawan",
    "Cendrawasih",
    "Dhandhanggula",
    "Endang",
    "Gunungsari",
    "Harjuna",
    "Jatayu",
    "Kresna",
    "Lokananta",
    "Mahabarata",
    "Nakula",
    "Pandawa",
    "Ramayana",
    "Sadewa",
    "Sembadra",
    "Sinom",
    "Srikandi",
    "Tambra",
    "Udan-Mas",
    "Werkudara",
    "Yudistira",
    "Pangkur",
    "Asmarandana",
    "Kinanti",
    "Megatruh",
    "Gambuh",
    "Maskumambang",
    "Durma",
    "Pucung",
    "Wibisana",
    "Sugriwa",
    "Anoman",
    "Laras",
    "Pelog",
    "Slendro",
]
THEMES: Final = (
    [
        "Melati",
        "Mawar",
        "Kenanga",
        "Cempaka",
        "Kantil",
        "Seruni",
        "Anyelir",
        "Dahlia",
        "Teratai",
        "Soka",
    ],
    [
        "Mangga",
        "Manggis",
        "Duku",
        "Sawo",
        "Jambu",
        "Salak",
        "Sirsak",
        "Belimbing",
        "Rambutan",
        "Nangka",
    ],
    [
        "Kutilang",
        "Perkutut",
        "Kenari",
        "Merpati",
        "Jalak",
        "Murai",
        "Gelatik",
        "Prenjak",
        "Branjangan",
        "Trucukan",
    ],
    [
        "Beringin",
        "Trembesi",
        "Asem",
        "Jati",
        "Mahoni",
        "Sengon",
        "Waru",
        "Ketapang",
        "Munggur",
        "Gayam",
    ],
    [
        "Intan",
        "Berlian",
        "Mutiara",
        "Safir",
        "Zamrud",
        "Akik",
        "Kecubung",
        "Pirus",
        "Nilam",
        "Delima",
    ],
    [
        "Gender",
        "Saron",
        "Bonang",
        "Kenong",
        "Gong",
        "Rebab",
        "Siter",
        "Suling",
        "Kendang",
        "Demung",
    ],
    [
        "Sidomukti",
        "Kawung",
        "Parang",
        "Truntum",
        "Sekarjagad",
        "Wahyu",
        "Ceplok",
        "Semen",
        "Lereng",
        "Udan",
    ],
    ["Lele", "Tawes", "Nila", "Gurami", "Wader", "Mujair", "Gabus", "Kutuk", "Sepat", "Betik"],
)
RIVER: Final = "Kali Gandasari"
STREAM: Final = "Kali Sepat"
RAILWAY: Final = "Rel Contoh Kulon-Contoh Wetan"
ESTATES: Final = (
    "Kawasan Industri Sekarjaya",
    "Asrama Militer Contoh",
    "Kampus Universitas Contoh",
    "Kompleks Pergudangan Tirta",
    "Kebun Raya Contoh",
    "Taman Makam Contoh",
)


def roman(number: int) -> str:
    """Give a number in Roman numerals, as street signs do; 0 is no numeral at all.

    Parameters
    ----------
    number
        0 or more.

    Returns
    -------
    numeral
        Capital letters.
    """
    text = ""
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, sign in signs:
        while number >= value:
            text += sign
            number -= value
    return text
