"""Spreadsheets are read in a process with limits: what is odd is named, what is hostile refused."""

import socket
import struct
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.read import opened_sheets
from app.sheets.table import Oddity, RowKind


def workbook(path, fill):
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def fill_plain(book):
    fill_plain_sheet(book.active)


def fill_plain_sheet(sheet):
    for row in (["NO", "USULAN", "RT", "BIAYA"], [1, "Paving", 1, 10], [2, "Talud", 2, 20]):
        sheet.append(row)


def repacked(path, changes):
    """The same archive with members replaced or added."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in {**members, **changes}.items():
            archive.writestr(name, content)
    return path


def flaw_of(path):
    with pytest.raises(SheetRefused) as refused, opened_sheets(path):
        pass
    return refused.value.flaw


def test_dates_numbers_and_texts_keep_their_kinds(tmp_path):
    moment = datetime(2026, 2, 25, 10, 30)  # noqa: DTZ001 - cells have no zone

    def fill(book):
        book.active.append(["TANGGAL", "VOLUME", "USULAN"])
        book.active.append([moment, 12.5, "Paving"])
        book.active.append([46078, 3, "Talud"])

    with opened_sheets(workbook(tmp_path / "a.xlsx", fill)) as (sheet,):
        rows = [row.cells for row in sheet.read_rows()]

    assert rows == [(moment, 12.5, "Paving"), (46078, 3, "Talud")]


def test_a_formula_without_a_stored_result_is_named_in_its_row(tmp_path):
    def fill(book):
        fill_plain(book)
        book.active["D3"] = "=D2*2"

    with opened_sheets(workbook(tmp_path / "a.xlsx", fill)) as (sheet,):
        rows = list(sheet.read_rows())

    assert rows[1].cells[3] is None
    assert [(note.oddity, note.detail) for note in rows[1].notes] == [
        (Oddity.FORMULA_WITHOUT_VALUE, "BIAYA")
    ]
    assert Oddity.FORMULAS in {note.oddity for note in sheet.notes}


def test_every_sheet_is_told_hidden_and_empty_ones_too(tmp_path):
    def fill(book):
        fill_plain(book)
        book.create_sheet("Arsip").sheet_state = "hidden"
        book["Arsip"].append(["NO", "USULAN", "RT"])

    with opened_sheets(workbook(tmp_path / "a.xlsx", fill)) as sheets:
        told = {sheet.name: {note.oddity for note in sheet.notes} for sheet in sheets}

    assert Oddity.HIDDEN_SHEET in told["Arsip"]
    assert len(told) == 2


def test_merged_titles_headers_and_cells_are_understood(tmp_path):
    def fill(book):
        sheet = book.active
        for row in (
            ["DAFTAR USULAN", None, None, None],
            ["NO", "USULAN", "LOKASI", None],
            [None, None, "RT", "RW"],
            [1, "Paving", 1, 5],
            [2, "Talud", 2, None],
        ):
            sheet.append(row)
        for block in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "D4:D5"):
            sheet.merge_cells(block)

    with opened_sheets(workbook(tmp_path / "a.xlsx", fill)) as (sheet,):
        rows = list(sheet.read_rows())

    assert sheet.head.titles == ("DAFTAR USULAN",)
    assert sheet.head.columns == ("NO", "USULAN", "LOKASI / RT", "LOKASI / RW")
    assert [row.cells for row in rows] == [(1, "Paving", 1, 5), (2, "Talud", 2, 5)]
    assert [row.kind for row in rows] == [RowKind.DATA, RowKind.DATA]


def test_a_definition_in_any_part_is_refused(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = workbook(tmp_path / "a.xlsx", fill_plain)
    with ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml")

    inner = repacked(path, {"xl/styles.xml": bomb + styles.removeprefix(b"<?xml")})
    assert flaw_of(inner) is SheetFlaw.DOCTYPE

    hidden = ('<?xml version="1.0" encoding="UTF-16"?>' + bomb.decode() + "<worksheet/>").encode(
        "utf-16"
    )
    path = repacked(path, {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": hidden})
    assert flaw_of(path) is SheetFlaw.DOCTYPE


def test_an_external_entity_reaches_neither_file_nor_host(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-77")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    port = listener.getsockname()[1]
    for target in (secret.as_uri(), f"http://127.0.0.1:{port}/x"):
        path = workbook(tmp_path / "a.xlsx", fill_plain)
        entity = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{target}">]><sst><si><t>&e;</t></si></sst>'
        assert flaw_of(repacked(path, {"xl/sharedStrings.xml": entity})) is SheetFlaw.DOCTYPE

    with pytest.raises(TimeoutError):
        listener.accept()
    listener.close()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = repacked(
        workbook(tmp_path / "a.xlsx", fill_plain), {"xl/media/image1.bin": bytes(300 * 2**20)}
    )

    assert flaw_of(path) is SheetFlaw.ARCHIVE_BOMB


def test_a_sheet_that_grows_without_end_is_stopped(tmp_path):
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9))
    content = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>' + rows + b"</sheetData></worksheet>"
    )
    path = workbook(tmp_path / "a.xlsx", fill_plain)

    assert flaw_of(repacked(path, {"xl/worksheets/sheet1.xml": content})) is (
        SheetFlaw.TOO_MANY_COLUMNS
    )


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "a\\..\\evil.xml"])
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    path = repacked(workbook(tmp_path / "a.xlsx", fill_plain), {name: b"<a/>"})

    assert flaw_of(path) is SheetFlaw.BAD_ARCHIVE


def test_doubled_names_are_refused(tmp_path):
    path = repacked(workbook(tmp_path / "a.xlsx", fill_plain), {"XL/Workbook.xml": b"<workbook/>"})

    assert flaw_of(path) is SheetFlaw.BAD_ARCHIVE


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", SheetFlaw.EMPTY),
        (b"PK\x03\x04 no archive", SheetFlaw.BAD_ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetFlaw.OLD_EXCEL),
        (b"<html><table></table></html>", SheetFlaw.HTML),
        (b'{"type": "FeatureCollection"}', SheetFlaw.NOT_A_TABLE),
        (b"\x00\x01\x02\x03" * 50, SheetFlaw.NOT_A_TABLE),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content, flaw):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    assert flaw_of(path) is flaw


def test_an_archive_of_something_else_is_no_table(tmp_path):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed.getvalue())

    assert flaw_of(path) is SheetFlaw.NOT_A_TABLE


def test_a_packed_member_with_changed_bytes_is_a_damaged_archive(tmp_path):
    path = workbook(tmp_path / "a.xlsx", fill_plain)
    content = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        start = archive.getinfo("xl/workbook.xml").header_offset
    content[start + 60 : start + 90] = b"\xff" * 30
    path.write_bytes(content)

    assert flaw_of(path) is SheetFlaw.BAD_ARCHIVE


def test_damaged_workbooks_are_refused_and_never_crash(tmp_path):
    path = workbook(tmp_path / "a.xlsx", fill_plain)
    whole = path.read_bytes()

    for cut in (30, 100, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:cut])
        assert flaw_of(path) in (SheetFlaw.BAD_ARCHIVE, SheetFlaw.BAD_XML)


RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize(
    "target",
    [
        b'Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"',
        b'Target="file:///etc/passwd" TargetMode="External"',
        b'Target="../../../../etc/passwd"',
        b'Target="/xl/worksheets/sheet9.xml"',
    ],
)
def test_a_sheet_that_is_not_in_the_file_is_named_instead_of_left_out(tmp_path, target):
    def fill(book):
        fill_plain(book)
        fill_plain_sheet(book.create_sheet("Kedua"))

    path = workbook(tmp_path / "a.xlsx", fill)
    with ZipFile(path) as archive:
        relations = archive.read(RELATIONS)
    repacked(path, {RELATIONS: relations.replace(b'Target="/xl/worksheets/sheet2.xml"', target)})

    with pytest.raises(SheetRefused) as refused, opened_sheets(path):
        pass

    assert refused.value.flaw is SheetFlaw.SHEET_MISSING
    assert "Kedua" in str(refused.value)


def test_a_member_that_claims_more_bytes_than_there_are_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", fill_plain)
    whole = path.read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<L", whole[end + 16 : end + 20])
    entry = whole.rindex(b"PK\x01\x02", start, end)
    changed = bytearray(whole)
    changed[entry + 20 : entry + 24] = len(whole).to_bytes(4, "little")
    path.write_bytes(changed)

    assert flaw_of(path) is SheetFlaw.BAD_ARCHIVE
