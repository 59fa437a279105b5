"""What a person reads of a load of boundaries."""

import re

from app.cli.boundary_summary import tell

NOTHING = {"count": 0, "m2": 0, "largest": []}
LOADED = {
    **dict.fromkeys(("guessed_names", "repaired", "refused", "distant", "astray"), ()),
    **dict.fromkeys(
        ("duplicate_keys", "same_names", "kept_borders", "summed_people", "unsummed_people"), ()
    ),
    "remarks": {"third_dimension": 1234},
    "accepted": 5393,
    "read": 5400,
    "level": "rw",
    "edition": "2025",
    "active": True,
    "written": 2701,
    "unchanged": 2692,
    "made_parents": {"kelurahan": 1267},
    "origin": dict.fromkeys(("layer", "encoding"))
    | {"format": "GeoJSON", "crs": "EPSG:4326", "crs_from": "file"},
    "source": "Bappeda",
    "licence": "",
    "overlaps": {"pairs": 0, **NOTHING},
    "holes": NOTHING,
    "parents": {"code": 5393, "name": 0, "geometry": 1004, "made": 1267},
}


def test_every_count_of_a_report_parts_its_thousands(capsys):
    tell(LOADED, dry_run=False)

    told = capsys.readouterr().out
    assert "Dimuat: 5.393 dari 5.400 wilayah tingkat rw, edisi 2025 (aktif)." in told
    assert "Ditulis 2.701 rw dan 1.267 wilayah induk baru, sama seperti sebelumnya 2.692." in told
    assert "dari kode: 5.393, dari nama: 0, dari letak: 1.004; dibuat: 1.267." in told
    without_names = told.replace("EPSG:4326", "").replace("edisi 2025", "")
    assert re.findall(r"\d{4,}", without_names) == []
