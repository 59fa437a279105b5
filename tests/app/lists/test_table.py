"""Files that are no table of text: refused with a sentence that says where, never a traceback."""

import pytest

from app.lists.refused import ListRefused
from app.lists.source import opened_list
from tests.app.command import Installation

HEADER = b"title,problem\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEADER + b"Jalan \xe9\nGot \x81,b\n", "baris 3 memuat bita"),
        (HEADER + b"Jalan,b\nGot \x81,b\n", "baris 3 memuat bita"),
        ("title,problem\nJalan,b\n".encode("utf-16") + b"x", "baris 3 memuat bita"),
        (b"title," + b"x" * 10_000_000 + b"\n", "baris pertama lebih dari"),
        (b'"title' + b"x\n" * 131_072, "tidak dapat dibaca sebagai CSV"),
        (HEADER + "Jalan \u00e9,b\n".encode() + b"Got \xe9,b\n", "baris 3 bukan UTF-8"),
        (HEADER + b"Got \xe9,b\n" + "Jalan \u00e9,b\n".encode(), "baris 2 bukan UTF-8"),
        ("\ufefftitle,problem\n".encode() + b"Got \xe9,b\n", "baris 2 bukan UTF-8"),
        (HEADER + b"Jalan,b\n" * 200_000 + b"\xe9\n" + b"\xc3\xa9\n", "baris 200002 bukan UTF-8"),
    ],
    ids=[
        "a byte that is no letter",
        "the only byte beyond ASCII is no letter",
        "UTF-16 cut within a letter",
        "header of 10 MB",
        "header with an open quote",
        "Latin-1 after UTF-8",
        "Latin-1 before UTF-8",
        "Latin-1 after the mark of UTF-8",
        "far into a large file",
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused_with_its_line(tmp_path, content, sentence):
    path = tmp_path / "daftar.csv"
    path.write_bytes(content)

    with pytest.raises(ListRefused, match=sentence), opened_list(path) as source:
        list(source.read_blocks())


def test_a_letter_of_utf8_across_two_reads_is_one_letter(tmp_path):
    path = tmp_path / "daftar.csv"
    filler = b"Jalan,b\n" * (2**20 // 8)  # the next byte is the first of another read
    path.write_bytes(HEADER[:-1] + b"x\n" + filler[len(HEADER) + 2 :] + "\u00e9".encode() * 3)

    with opened_list(path) as source:
        last = [block.rows.columns[0][-1] for block in source.read_blocks()][-1]

    assert last == "\u00e9" * 3


def test_one_byte_a_letter_is_still_read_when_nothing_says_otherwise(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_bytes(HEADER + "Jalan \u00e9,b\n".encode("cp1252"))

    with opened_list(path) as source:
        (block,) = source.read_blocks()

    assert block.rows.columns == [("Jalan \u00e9",), ("b",)]


@pytest.mark.parametrize(
    "content",
    [
        HEADER + b"Got \x81,b\n",
        "title,problem\nJalan,b\n".encode("utf-16") + b"x",
        b"title," + b"x" * 10_000_000 + b"\n",
        HEADER + "Jalan \u00e9,b\n".encode() + b"Got \xe9,b\n",
    ],
    ids=["cp1252", "utf-16", "long header", "mixed"],
)
def test_the_command_ends_with_one_and_a_sentence(installation: Installation, content):
    installation.peta("city", "add", "33.72", "Kota Surakarta")

    outcome = installation.peta(
        "usulan", "load", installation.file("daftar.csv", content), "--city", "33.72"
    )

    assert outcome.status == 1
    assert "baris" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert installation.rows("SELECT COUNT(*) FROM peta.usulan") == [(0,)]
