"""A messy list, written before the guesser, is understood as its clerk meant it."""

import tomllib
from pathlib import Path

import pytest

from app.guesses.categories import CategoryGuesser
from app.guesses.guess import category_words, guess_list
from app.guesses.mapping_file import mapping_text
from app.lists.mapping import read_mapping
from app.readings.reading import Sureness
from app.sheets.read import opened_sheets
from app.sheets.table import RowKind
from tests.app.guesses.messy import write_messy_list

CATEGORIES = Path(__file__).parents[3] / "data" / "categories.toml"


@pytest.fixture(scope="module")
def guesser():
    return CategoryGuesser(category_words(CATEGORIES))


@pytest.fixture(scope="module")
def guess(guesser, tmp_path_factory):
    path = write_messy_list(tmp_path_factory.mktemp("lists") / "usulan.xlsx")
    with opened_sheets(path) as sheets:
        return guess_list(sheets, guesser)


def test_the_sheet_of_the_list_is_chosen_among_others(guess):
    assert guess.sheet == "Usulan 2026"


def test_its_rows_are_told_from_groups_sums_and_signatures(tmp_path):
    with opened_sheets(write_messy_list(tmp_path / "a.xlsx")) as sheets:
        rows = list(sheets[1].read_rows())

    kinds = [row.kind for row in rows]
    own = [row.number for row in rows if row.kind is RowKind.DATA]
    assert own == [9, 10, 11, 12, 13, 15, 16, 17, 18]
    assert kinds.count(RowKind.GROUP) == 2
    assert kinds.count(RowKind.TOTAL) == kinds.count(RowKind.NUMBERING) == 1
    assert kinds.count(RowKind.REMARK) == 2
    assert rows[-4].group == "B. BIDANG SOSIAL BUDAYA"


def test_every_column_is_taken_for_what_it_is(guess):
    assert {each.field: each.column for each in guess.columns} == {
        "title": "URAIAN USULAN KEGIATAN",
        "problem": "PERMASALAHAN",
        "category": "JENIS USULAN",
        "address": "LOKASI / ALAMAT",
        "place": "LOKASI / RT/RW",
        "volume": "VOLUME / VOL",
        "unit": "VOLUME / SAT",
        "estimated_cost": "PERKIRAAN BIAYA (Rp)",
        "proposer_name": "PENGUSUL",
        "proposer_phone": "NO HP",
        "created_at": "TGL USULAN",
    }


def test_titles_fill_what_no_column_tells(guess):
    assert guess.defaults == {"kelurahan": "MOJO", "kecamatan": "PASAR KLIWON", "year": "2026"}


def test_kinds_are_taken_for_categories_and_the_unknown_left_open(guess):
    found = {each.text: each.reading.value for each in guess.categories}

    assert found == {
        "Jalan lingkungan": "SP01",
        "Talud / turap": "SP06",
        "Drainase": "SP03",
        "PJU": "SP07",
        "RTLH": "KP07",
        "Pelatihan": "EK01",
        "Posyandu": "SB04",
        "Difabel": "KP09",
        "Lain-lain": None,
    }


def test_the_written_mapping_can_be_read_by_the_loader(guess, tmp_path):
    path = tmp_path / "usulan.xlsx.toml"
    path.write_text(mapping_text(guess, "usulan.xlsx"), encoding="utf-8")

    mapping = read_mapping(path)

    assert mapping.sheet == "Usulan 2026"
    assert mapping.columns["place"] == "LOKASI / RT/RW"
    assert mapping.values["category"]["pju"] == "SP07"
    assert mapping.defaults["year"] == "2026"


def test_a_contact_without_consent_is_only_proposed(guess):
    text = mapping_text(guess, "usulan.xlsx")

    assert "proposer_phone" not in tomllib.loads(text)["columns"]
    assert '# proposer_phone = "NO HP"' in text


def test_every_line_says_how_sure_it_is(guess):
    lines = mapping_text(guess, "usulan.xlsx").splitlines()

    assigned = [line for line in lines if " = " in line and not line.startswith("#")]
    assert all("  # " in line for line in assigned)
    assert any(line.startswith('# "Lain-lain" = ""') for line in lines)


@pytest.mark.parametrize(
    ("text", "code", "sureness"),
    [
        ("SP01", "SP01", Sureness.SURE),
        ("SP07 - Penerangan jalan", "SP07", Sureness.SURE),
        ("Penerangan Jalan", "SP07", Sureness.SURE),
        ("gorong gorong", "SP02", Sureness.SURE),
        ("Perbaikan jalan rusak RW 3", "SP01", Sureness.LIKELY),
        ("Pemasangan PJU", "SP07", Sureness.LIKELY),
        # It takes rain back into the ground: no source of clean water, though it is a well.
        ("Sumur resapan", "SP03", Sureness.SURE),
        ("Pembuatan sumur resapan", "SP03", Sureness.LIKELY),
        ("sampah menumpuk", "KP05", Sureness.AMBIGUOUS),
        ("Infrastruktur", None, Sureness.UNREAD),
        ("", None, Sureness.UNREAD),
    ],
)
def test_words_are_taken_for_a_category_with_how_sure_it_is(guesser, text, code, sureness):
    reading = guesser.guess(text)

    assert (reading.value, reading.sureness) == (code, sureness)
