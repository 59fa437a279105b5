"""Text files say neither their encoding nor their separator; both are found out."""

import codecs
import os
from pathlib import Path

import pytest

from app.sheets.delimited import best_separator
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.read import opened_sheets
from app.sheets.table import Oddity

LINES = "NO;USULAN;BIAYA\n1;Perbaikan gang “Mawar”;1,5\n2;Café warga;2,25\n"


def read(path):
    with opened_sheets(path) as (sheet,):
        return sheet, list(sheet.read_rows())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_the_letters_survive_every_encoding(tmp_path, codec):
    path = tmp_path / "a.csv"
    path.write_bytes(LINES.encode(codec))

    _, rows = read(path)

    assert [row.cells[1] for row in rows] == ["Perbaikan gang “Mawar”", "Café warga"]


def test_a_guessed_encoding_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(LINES.encode("cp1252"))

    sheet, _ = read(path)

    assert (Oddity.ENCODING, "cp1252") in {(note.oddity, note.detail) for note in sheet.notes}


def test_bytes_that_cp1252_lacks_mean_latin_1(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"NO,USULAN,RT\n1,caf\xe9 \x8d,2\n2,b,3\n")

    sheet, _ = read(path)

    assert "latin-1" in {note.detail for note in sheet.notes}


def test_a_file_of_two_encodings_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"NO,USULAN,RT\n1,caf\xc3\xa9,2\n2,caf\xe9,3\n")

    sheet, _ = read(path)

    assert Oddity.MIXED_ENCODING in {note.oddity for note in sheet.notes}


@pytest.mark.parametrize(
    ("lines", "separator"),
    [
        (["a,b,c\n", "1,2,3\n"], ","),
        (["a;b;c\n", "1,5;2,5;3,5\n"], ";"),
        (["a\tb\n", "x, y, z\tw\n"], "\t"),
        (["a|b|c\n", "1|2, 3|4\n"], "|"),
        (["DAFTAR USULAN, 2026\n", "a;b;c\n", "1;2;3\n", "4;5;6\n"], ";"),
        (["a,b\n", '"x;y;z",1\n'], ","),
    ],
)
def test_the_separator_is_the_one_that_cuts_evenly(lines, separator):
    assert best_separator(lines) == separator


def test_an_announced_separator_is_followed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\nNO|USULAN, lengkap|RT\n1|Paving, talud|3\n2|Lampu, got|4\n")

    sheet, rows = read(path)

    assert sheet.head.columns == ("NO", "USULAN, lengkap", "RT")
    assert [row.number for row in rows] == [3, 4]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('NO,USULAN,RT\n1,"dua\nbaris",3\n\n2,Talud,4\n')

    _, rows = read(path)

    assert [(row.number, row.cells[1]) for row in rows] == [(2, "dua\nbaris"), (4, "Talud")]


def test_rows_can_be_read_again_and_side_by_side(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NO,USULAN,RT\n1,a,3\n2,b,4\n")

    with opened_sheets(path) as (sheet,):
        first = [row.cells for row in sheet.read_rows()]
        beside = [one.cells for one, _ in zip(sheet.read_rows(), sheet.read_rows(), strict=True)]

    assert first == beside == [("1", "a", "3"), ("2", "b", "4")]


def test_a_cell_without_end_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('NO,USULAN,RT\n1,"' + "x" * 200_000)

    with pytest.raises(SheetRefused) as refused, opened_sheets(path):
        pass

    assert refused.value.flaw is SheetFlaw.BAD_TEXT


def test_a_byte_order_mark_that_stands_twice_is_no_part_of_the_first_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 * 2 + b"title,category\nPaving,SP01\n")

    with opened_sheets(path) as (sheet,):
        assert sheet.head.columns == ("title", "category")


@pytest.mark.parametrize("name", [".", "", "fifo"])
def test_what_is_no_file_is_refused_in_our_own_words(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")

    with pytest.raises(SheetRefused) as refused, opened_sheets(Path(name)):
        pass

    assert refused.value.flaw is SheetFlaw.NOT_A_FILE
