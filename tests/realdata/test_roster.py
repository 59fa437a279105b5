"""The roster of Jakarta's RT: read whole, guessed, and its names found among the polygons."""

import os
from collections import Counter
from itertools import islice
from pathlib import Path

import pyogrio
import pytest

from app.guesses.categories import CategoryGuesser
from app.guesses.guess import guess_list
from app.guesses.nature import why_no_list
from app.guesses.values import Column
from app.readings.cells import plain
from app.sheets.read import opened_sheets
from app.sheets.table import Oddity, RowKind, Sheet
from spatial.mentions.gazetteer import NamedArea
from spatial.mentions.parse import mention_in_columns
from spatial.mentions.resolution import Certainty, PlaceDoubt
from spatial.mentions.resolve import Resolver

ROOT = Path(__file__).parents[2]
REALDATA = (ROOT / os.environ.get("PETA_REALDATA", "../shared/realdata")).resolve()
FOLDER = REALDATA / "jakarta-rw"
ROSTER = FOLDER / "List of RT DKI Jakarta - updated 2012.xlsx"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not REALDATA.is_dir(),
        reason=f"REAL DATA NOT TESTED: no folder {REALDATA}; set PETA_REALDATA",
    ),
]


@pytest.fixture(scope="module")
def resolver():
    table = pyogrio.read_dataframe(FOLDER / "rw_jakarta_update.shp", read_geometry=False)
    areas = {}
    for kab, kec, kel, rw in zip(
        table.KAB_NAME, table.KEC_NAME, table.KEL_NAME, table.RW, strict=True
    ):
        kecamatan, kelurahan = f"{kab}|{kec}", f"{kab}|{kec}|{kel}"
        areas[kecamatan] = NamedArea(kecamatan, "kecamatan", None, kec)
        areas[kelurahan] = NamedArea(kelurahan, "kelurahan", kecamatan, kel)
        code = f"{kelurahan}-{rw}"
        areas[code] = NamedArea(code, "rw", kelurahan, rw)
    return Resolver(areas.values())


@pytest.fixture(scope="module")
def sheets():
    with opened_sheets(ROSTER) as opened:
        yield opened


def test_every_row_of_the_workbook_is_told_by_its_kind(sheets):
    provinsi, jakbar, empty = sheets

    rows = Counter(row.kind for row in provinsi.read_rows())
    # 30,276 rows below the title: the header, the RT, and one total.
    assert rows == {RowKind.DATA: 30_274, RowKind.TOTAL: 1}
    assert provinsi.head.rows == (3,)
    assert provinsi.head.titles == ("DAFTAR RT DKI JAKARTA PER TANGGAL 12 SEPTEMBER 2012",)
    assert Oddity.FORMULAS in {note.oddity for note in jakbar.notes}
    merged = [note.detail for note in provinsi.notes if note.oddity is Oddity.MERGED_CELLS]
    assert merged == ["1 (E1:J1)"]
    assert Oddity.EMPTY_SHEET in {note.oddity for note in empty.notes}


def test_its_columns_are_guessed(sheets):
    guess = guess_list(sheets, CategoryGuesser([]))

    assert {each.field: each.column for each in guess.columns} == {
        "kecamatan": "NAMA_KEC",
        "kelurahan": "NAMA_KEL",
        "rw": "NO_RW",
        "rt": "NO_RT",
    }


@pytest.mark.parametrize("number", [0, 1])
def test_no_sheet_of_it_is_taken_for_a_list_of_usulan(sheets, number):
    told = _why_no_list(sheets[number])

    assert told is not None
    assert "tampaknya daftar nama wilayah" in told
    assert "bukan daftar usulan" in told


def test_neither_is_the_text_file():
    with opened_sheets(ROSTER.with_suffix(".csv")) as (sheet,):
        told = _why_no_list(sheet)

    assert told is not None
    assert "daftar nama wilayah: kelurahan, RW, RT" in told


def _why_no_list(sheet: Sheet) -> str | None:
    rows = [row for row in islice(sheet.read_rows(), 500) if row.kind is RowKind.DATA]
    columns = [
        Column.of(name, [row.cells[place] for row in rows])
        for place, name in enumerate(sheet.head.columns)
    ]
    return why_no_list(columns, has_header=bool(sheet.head.rows))


def test_the_text_file_without_a_header_loses_no_row():
    with opened_sheets(ROSTER.with_suffix(".csv")) as (sheet,):
        rows = list(sheet.read_rows())

        assert (len(rows), rows[0].number) == (30_017, 1)
        assert Oddity.NO_HEADER in {note.oddity for note in sheet.notes}


def test_where_roster_and_polygons_disagree_the_names_are_told(sheets, resolver):
    unknown, disagreeing = set(), set()
    certain = Counter()
    for row in sheets[0].read_rows():
        if row.kind is not RowKind.DATA:
            continue
        names = ("kecamatan", "kelurahan", "rw", "rt")
        cells = dict(zip(names, map(plain, row.cells[6:]), strict=True))
        found = resolver.resolve(mention_in_columns(cells))
        certain[found.certainty] += 1
        if found.certainty is Certainty.NONE:
            unknown.add(cells["kelurahan"])
        if PlaceDoubt.NAMES_DISAGREE in found.doubts:
            disagreeing.add(cells["kelurahan"])

    # The islands were never drawn, and no polygon is called Kerendang.
    islands = {"P. KELAPA", "P. PANGGANG", "P. TIDUNG", "P. HARAPAN", "P. PARI", "P. UNTUNG JAWA"}
    assert unknown == islands | {"KERENDANG"}
    assert disagreeing == {"GUNUNG SAHARI UTARA"}
    assert sum(certain.values()) == 30_274
    assert certain[Certainty.EXACT] > 28_000
