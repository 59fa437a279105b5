"""The RW of Jakarta: names without codes, and every oddity that is known of them."""

import re
import warnings
from pathlib import Path

import pyogrio.raw
import pytest
import shapely

from spatial.boundaries.read import read_boundary_rows
from tests.app.command import Installation, Outcome
from tests.realdata.test_real_boundaries import REALDATA, pytestmark

__all__ = ["pytestmark"]  # the same marks: skipped, saying so, where the folder is absent

SHAPEFILE = REALDATA / "jakarta-rw" / "rw_jakarta_update.shp"
NAMES = ("--parent-fields", "KEC_NAME,KEL_NAME", "--dissolve-parents")
# Rows of the file that share a key: 18 keys, 41 rows.
DUPLICATES = {
    "CILINCING, KALI BARU, RW 007": 2,
    "CIPAYUNG, SETU, RW 002": 2,
    "JAGAKARSA, SRENGSENG SAWAH, RW 010": 2,
    "KEBAYORAN BARU, CIPETE UTARA, RW 010": 2,
    "KEBAYORAN BARU, KRAMAT PELA, RW 006": 2,
    "KEBAYORAN BARU, KRAMAT PELA, RW 007": 3,
    "KEBAYORAN LAMA, GROGOL SELATAN, RW 013": 2,
    "KELAPA GADING, KELAPA GADING BARAT, RW 020": 2,
    "KOJA, RAWABADAK SELATAN, RW 004": 2,
    "KOJA, RAWABADAK SELATAN, RW 011": 3,
    "MAMPANG PRAPATAN, PELA MAMPANG, RW 010": 2,
    "PADEMANGAN, ANCOL, RW 010": 2,
    "PANCORAN, KALIBATA, RW 003": 5,
    "PASAR REBO, KALISARI, RW 001": 2,
    "PASAR REBO, PEKAYON, RW 010": 2,
    "PENJARINGAN, PENJARINGAN, RW 007": 2,
    "PENJARINGAN, PLUIT, RW 021": 2,
    "SAWAH BESAR, MANGGA DUA SELATAN, RW 010": 2,
}


@pytest.fixture
def jakarta(installation: Installation) -> Installation:
    assert installation.peta("city", "add", "31.00", "DKI Jakarta").status == 0
    return installation


def load(place: Installation, *more: str, path: Path = SHAPEFILE) -> Outcome:
    options = ("--city", "31.00", "--level", "rw", "--edition", "2012", "--json")
    return place.peta("boundaries", "load", path, *options, *more)


@pytest.mark.timeout(300)
def test_jakarta_is_taken_whole_and_every_oddity_named(jakarta, tmp_path):
    page = tmp_path / "laporan.html"

    outcome = load(jakarta, *NAMES, "--report", str(page))
    again = load(jakarta, *NAMES)

    found = outcome.report
    assert outcome.status == again.status == 0
    assert (found["read"], found["accepted"], found["refused"]) == (2724, 2724, [])
    (repair,) = found["repaired"]
    assert repair["name"] == "JAGAKARSA, TANJUNG BARAT, RW 002"
    assert repair["code"] == "self_intersection"
    same = {entry["name"]: len(entry["rows"]) for entry in found["duplicate_keys"]}
    assert same == DUPLICATES
    assert (len(same), sum(same.values())) == (18, 41)
    assert found["overlaps"]["pairs"] == 54
    assert found["same_names"] == [
        {
            "name": "CENGKARENG BARAT",
            "level": "kelurahan",
            "parents": ["CENGKARENG", "KALI DERES"],
        }
    ]
    assert found["made_parents"] == {"kecamatan": 42, "kelurahan": 263}
    assert found["parents"] == {"code": 0, "name": 2701, "geometry": 0, "made": 305, "none": 0}
    assert found["origin"]["encoding_from"] == "guess"
    _assert_stored(jakarta)
    assert (again.report["written"], again.report["unchanged"]) == (0, 2701)
    assert again.report["made_parents"] == {}
    _assert_named(page.read_text(encoding="utf-8"))


def _assert_stored(place: Installation) -> None:
    levels = place.rows(
        "SELECT level, count(*), count(*) FILTER (WHERE status = 'partisipatif')"
        " FROM peta.area WHERE city_id = 3100 GROUP BY level ORDER BY level"
    )
    assert levels == [
        ("kecamatan", 42, 42),
        ("kelurahan", 263, 263),
        ("kota", 1, 1),
        ("rw", 2701, 0),
    ]
    cengkareng = place.rows(
        "SELECT area.code, above.name FROM peta.area"
        " JOIN peta.area AS above USING (city_id, edition_id)"
        " WHERE area.name = 'CENGKARENG BARAT' AND above.code = area.parent_code ORDER BY 2"
    )
    assert [above for _, above in cengkareng] == ["CENGKARENG", "KALI DERES"]
    for code, _ in cengkareng:
        assert re.fullmatch(r"31\.00\.x\d\d\.x\d{4}", code)


def _assert_named(page: str) -> None:
    for name in (*DUPLICATES, "JAGAKARSA, TANJUNG BARAT, RW 002", "CENGKARENG BARAT"):
        assert name in page


def test_without_leave_to_make_parents_nothing_is_invented(jakarta):
    outcome = load(jakarta, "--parent-fields", "KEC_NAME,KEL_NAME")

    assert outcome.status == 1
    assert {row["code"] for row in outcome.report["refused"]} == {"unknown_parent"}
    assert outcome.report["refused"][0]["key"] == "TANJUNG PRIOK, KEBON BAWANG, RW 01"
    assert "--dissolve-parents" in outcome.stderr
    assert jakarta.rows("SELECT 1 FROM peta.area") == []


def test_every_shape_and_name_is_the_one_that_gdal_reads():
    rows = read_boundary_rows(SHAPEFILE).features

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL remarks the one ring that runs the wrong way
        told, _, wkb, columns = pyogrio.raw.read(SHAPEFILE)

    shapes = shapely.from_wkb(wkb)
    ours = shapely.normalize([row.geometry for row in rows])
    assert shapely.equals_exact(ours, shapely.normalize(shapes), tolerance=0).all()
    for name, values in zip(told["fields"], columns, strict=True):
        assert [row.properties[name] or None for row in rows] == [
            (value.item() if hasattr(value, "item") else value) or None for value in values
        ]
