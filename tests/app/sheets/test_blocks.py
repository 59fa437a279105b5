"""Text is read by the block, and where a block is plainly of one kind not looked at row by row."""

from collections import Counter

import pytest

from app.readings.cells import plain
from app.sheets.blocks import read_blocks
from app.sheets.read import opened_sheets
from app.sheets.table import RowKind

HEADER = "no,usulan,biaya,alamat"
ODDITIES = {
    "nothing odd": [],
    "a sum": ["Total,,5000,"],
    "the header again": [HEADER],
    "a name of the header as a cell": ["9,alamat,3,Jl. C"],
    "a blank line": [""],
    "a row of blanks": [" , , , "],
    "a row of empty cells": [",,,"],
    "a short row": ["7,Jalan"],
    "a long row": ["7,Jalan,100,Jl. A,lagi"],
    "a group": ["KELURAHAN MOJO,,,", "8,Gang,200,Jl. B"],
    "cells left empty": ["8,,,Jl. B", "9,Got,,"],
}


def written(folder, oddities, at):
    lines = [f"{number},Perbaikan {number},{number * 100},Jl. {number}" for number in range(40)]
    path = folder / "daftar.csv"
    path.write_text("\n".join([HEADER, *lines[:at], *oddities, *lines[at:], ""]))
    return path


@pytest.mark.parametrize("at", [0, 3, 19, 25, 40])
@pytest.mark.parametrize("oddities", ODDITIES.values(), ids=ODDITIES)
def test_blocks_of_text_have_the_rows_that_are_found_row_by_row(tmp_path, oddities, at):
    with opened_sheets(written(tmp_path, oddities, at)) as (sheet,):
        blocks = list(read_blocks(sheet, most=10))
        rows = list(sheet.read_rows())

    listed = [row for row in rows if row.kind is RowKind.DATA]
    assert [number for block in blocks for number in block.numbers] == [r.number for r in listed]
    assert [group for block in blocks for group in block.groups] == [row.group for row in listed]
    cells = [row for block in blocks for row in zip(*block.columns, strict=True)]
    assert [list(map(plain, row)) for row in cells] == [list(map(plain, r.cells)) for r in listed]
    others = sum((block.others for block in blocks), Counter())
    assert others == Counter(row.kind for row in rows if row.kind is not RowKind.DATA)
    assert max(len(block.numbers) for block in blocks) <= 10
