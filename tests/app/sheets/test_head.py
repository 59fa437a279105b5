"""Headers are found below titles, over several rows, or missing."""

from app.sheets.head import find_head
from app.sheets.rows import table_rows
from app.sheets.table import Merge, Oddity, RawRow, RowKind


def grid(text):
    """Rows of cells split by bars; whole numbers become numbers, blanks nothing."""
    return [
        RawRow(number, tuple(cell_of(cell.strip()) for cell in line.split("|")))
        for number, line in enumerate(text.strip("\n").splitlines(), 1)
    ]


def cell_of(text):
    return int(text) if text.isdigit() else text or None


def rows_of(raw, merges=()):
    return list(table_rows(raw, find_head(raw, merges), merges))


TITLED = """
DAFTAR USULAN MUSRENBANG   |       |    |    |
KELURAHAN MOJO             |       |    |    |
                           |       |    |    |
NO | USULAN                | RT | RW | BIAYA
1  | Paving gang           | 1  | 2  | 1000
2  | Talud kali            | 2  | 2  | 2000
"""


def test_titles_above_the_header_are_kept_apart():
    head = find_head(grid(TITLED), ())

    assert head.titles == ("DAFTAR USULAN MUSRENBANG", "KELURAHAN MOJO")
    assert head.columns == ("NO", "USULAN", "RT", "RW", "BIAYA")
    assert head.rows == (4,)


def test_rows_keep_the_numbers_they_have_in_the_file():
    assert [row.number for row in rows_of(grid(TITLED))] == [5, 6]


def test_merged_headers_are_joined_from_above():
    raw = grid("""
NO | USULAN | LOKASI |    |    | BIAYA
   |        | RT     | RW | KEL |
1  | Paving | 1      | 2  | Mojo | 1000
2  | Talud  | 1      | 3  | Mojo | 1000
""")
    merges = (Merge(1, 2, 1, 4), Merge(1, 0, 2, 0), Merge(1, 1, 2, 1), Merge(1, 5, 2, 5))

    head = find_head(raw, merges)

    assert head.columns == ("NO", "USULAN", "LOKASI / RT", "LOKASI / RW", "LOKASI / KEL", "BIAYA")
    assert head.rows == (1, 2)
    assert Oddity.JOINED_HEADER in {note.oddity for note in head.notes}


def test_two_header_rows_of_a_text_file_are_joined_by_their_gaps():
    raw = grid("""
NO | USULAN | LOKASI |    |     | BIAYA
   |        | RT     | RW | KEL |
1  | Paving | 1      | 2  | Mojo | 1000
2  | Talud  | 1      | 3  | Mojo | 1000
""")

    assert find_head(raw, ()).columns[2:5] == ("LOKASI / RT", "LOKASI / RW", "LOKASI / KEL")


def test_a_group_at_the_right_edge_of_a_text_file_is_joined_too():
    raw = grid("""
No | Lokasi    |       | Usulan |         | Biaya | Pengusul |
   | Kelurahan | RT/RW | Judul  | Masalah |       | Nama     | No. HP
1  | Mojo      | 1/2   | Paving | Becek   | 1000  | Sri      | 0812
2  | Mojo      | 1/3   | Talud  | Longsor | 1000  | Adi      | 0813
""")

    assert find_head(raw, ()).columns == (
        "No",
        "Lokasi / Kelurahan",
        "Lokasi / RT/RW",
        "Usulan / Judul",
        "Usulan / Masalah",
        "Biaya",
        "Pengusul / Nama",
        "Pengusul / No. HP",
    )


def test_a_remark_beside_the_first_row_makes_no_header_of_it():
    raw = grid("""
USULAN | RT     | KETERANGAN
       |        |            | lihat lampiran
Paving | satu   | mendesak
Talud  | dua    | biasa
""")

    assert find_head(raw, ()).rows == (1,)


def test_a_table_without_a_header_gets_letters_and_loses_no_row():
    raw = grid("GAMBIR|1|1\nGAMBIR|1|2\nCIDENG|1|1")
    head = find_head(raw, ())

    assert (head.columns, head.rows) == (("A", "B", "C"), ())
    assert Oddity.NO_HEADER in {note.oddity for note in head.notes}
    assert [row.number for row in rows_of(raw)] == [1, 2, 3]


def test_columns_without_a_name_or_with_the_same_are_told_apart():
    raw = grid("|KET|KET|RT\n7|a|b|1\n8|c|d|2")
    head = find_head(raw, ())

    assert head.columns == ("A", "KET", "KET (2)", "RT")
    assert {note.oddity for note in head.notes} >= {Oddity.UNNAMED_COLUMN, Oddity.SAME_COLUMN}


def test_rows_that_are_no_data_are_named_and_not_lost():
    raw = grid("""
NO | USULAN | VOL | SATUAN | BIAYA
1  | 2      | 3   | 4      | 5
KELURAHAN MOJO | | | |
1  | Paving | 10  | m      | 1000
NO | USULAN | VOL | SATUAN | BIAYA
2  | Talud  | 20  | m      | 2000
   | JUMLAH |     |        | 3000
   |        |     | Surakarta, 12 Februari 2026 |
""")

    rows = rows_of(raw)

    assert [(row.number, row.kind) for row in rows] == [
        (2, RowKind.NUMBERING),
        (3, RowKind.GROUP),
        (4, RowKind.DATA),
        (5, RowKind.HEADER_AGAIN),
        (6, RowKind.DATA),
        (7, RowKind.TOTAL),
        (8, RowKind.REMARK),
    ]
    assert rows[2].group == rows[4].group == "KELURAHAN MOJO"


def test_a_cell_merged_downwards_holds_for_every_row_it_covers():
    raw = grid("KEL|USULAN|RT\nMojo|Paving|1\n|Talud|2\nPajang|Lampu|3\nPajang|Lampu|4")
    merges = (Merge(2, 0, 3, 0),)

    rows = rows_of(raw, merges)

    assert [row.cells[0] for row in rows] == ["Mojo", "Mojo", "Pajang", "Pajang"]
    assert [note.oddity for note in rows[1].notes] == [Oddity.MERGED_CELLS]


def test_cells_beyond_the_header_are_named():
    raw = grid("USULAN|RT|RW\nPaving|1|2\nTalud|1|2|tambahan\nLampu|1|3")

    rows = rows_of(raw)

    assert [len(row.cells) for row in rows] == [4, 4, 4]
    assert find_head(raw, ()).columns == ("USULAN", "RT", "RW", "D")
