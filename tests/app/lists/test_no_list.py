"""A file that is no list of usulan is recognised, named, and led to the command that takes it."""

import json

import pytest

from tests.app.command import Installation
from tests.app.lists.loading import PROBLEM
from tests.app.lists.test_formats import workbook

AREAS = [
    ("DAFTAR RT PER TANGGAL 12 SEPTEMBER 2012",),
    ("NO", "NAMA_KEC", "NAMA_KEL", "NO_RW", "NO_RT"),
    *((n, "LAWEYAN", "PAJANG" if n < 9 else "BUMI", 1 + n // 4, 1 + n % 4) for n in range(1, 20)),
]
PEOPLE = [
    ("KODE", "KELURAHAN", "JUMLAH PENDUDUK", "JUMLAH KK"),
    *((f"33.72.01.{1000 + n}", f"Kelurahan {n}", 900 + 7 * n, 300 + n) for n in range(1, 12)),
]


def refusal(city: Installation, path, *more: str) -> str:
    outcome = city.peta("usulan", "load", path, "--city", "33.72", "--dry-run", *more)
    assert outcome.status == 1
    return outcome.stderr


@pytest.mark.parametrize("sheets", [[("Provinsi", AREAS)], [("A", AREAS), ("B", AREAS)]])
def test_a_roster_of_rt_is_called_what_it_is(city: Installation, sheets):
    told = refusal(city, city.file("roster.xlsx", workbook(*sheets)))

    assert "tampaknya daftar nama wilayah: kecamatan, kelurahan, RW, RT" in told
    assert "kolom NAMA_KEC, NAMA_KEL, NO_RW, NO_RT" in told
    assert "bukan daftar usulan" in told
    assert "peta boundaries load" in told


def test_a_roster_without_a_header_is_recognised_by_its_values(city: Installation):
    lines = [f"{'PAJANG' if n < 20 else 'BUMI'},{n // 5:02},{1 + n % 5:02}" for n in range(40)]

    told = refusal(city, city.file("roster.csv", "\n".join(lines) + "\n"))

    assert "tampaknya daftar nama wilayah: kelurahan, RW, RT" in told


def test_a_roster_stays_one_with_the_mapping_that_was_guessed_for_it(city: Installation):
    path = city.file("roster.xlsx", workbook(("Provinsi", AREAS)))

    guessed = city.peta("usulan", "map", path)

    assert guessed.status == 0
    assert "Perhatian: berkas ini tampaknya daftar nama wilayah" in " ".join(guessed.stdout.split())
    assert "tampaknya daftar nama wilayah" in refusal(city, path)


def test_a_list_of_inhabitants_is_led_to_its_command(city: Installation):
    path = city.file("penduduk.xlsx", workbook(("Data", PEOPLE)))

    told = refusal(city, path)

    assert "tampaknya daftar penduduk (kolom JUMLAH PENDUDUK, JUMLAH KK)" in told
    assert "peta population load" in told
    assert city.peta("usulan", "map", path, "--json").report["no_list"] in told


def test_a_list_that_lacks_a_column_is_still_asked_for_it(city: Installation):
    rows = [("USULAN KEGIATAN", "KELURAHAN", "RW", "RT")]
    rows += [(f"Perbaikan jalan lingkungan {n}", "PAJANG", n, n) for n in range(1, 9)]

    told = refusal(city, city.file("usul.xlsx", workbook(("Usul", rows))))

    assert "belum diketahui" in told
    assert "tampaknya" not in told


def test_formulas_and_merged_cells_are_told_with_their_first_cells(city: Installation):
    book = _with_formulas()
    path = city.file("usul.xlsx", book)

    outcome = city.peta("usulan", "load", path, "--city", "33.72", "--dry-run")
    guessed = city.peta("usulan", "map", path)

    formulas = "4 (E4, E5, E6, ...) sel rumus: yang dibaca hasilnya"
    blank = "4 (E4, E5, E6, ...) sel rumus tanpa hasil tersimpan, dibaca kosong"
    merged = "2 (A1:E1, C4:C5) sel gabungan: isinya berlaku"
    for told in (outcome.stdout, " ".join(guessed.stdout.split())):
        for words in (formulas, blank, merged):
            assert words in told


def _with_formulas() -> bytes:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("DAFTAR USULAN 2026",))
    sheet.append(())
    sheet.append(("title", "problem", "category", "source_id", "estimated_cost"))
    for row in range(4, 8):
        category = "SP01" if row != 5 else None
        cost = f"={row}*1000000"
        sheet.append((f"Jalan rusak {row}", f"{PROBLEM} {row}", category, f"K{row}", cost))
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("C4:C5")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_staff_see_what_waits_for_a_place_with_its_words_and_guesses(city: Installation):
    path = city.file(
        "daftar.csv",
        "title,problem,category,place,kelurahan\n"
        f'Jalan rusak,{PROBLEM},SP01,"RT 02, 03 RW 01",1001\n'
        f"Got mampet,{PROBLEM},SP03,dekat pasar,\n",
    )
    assert city.peta("usulan", "load", path, "--city", "33.72").status == 0

    told = city.peta("usulan", "unplaced", "--city", "33.72")
    first = city.peta("usulan", "unplaced", "--city", "33.72", "--limit", "1")
    found = json.loads(city.peta("usulan", "unplaced", "--city", "33.72", "--json").stdout)

    assert "2 usulan menunggu titik di peta.\n" in told.stdout
    assert "    tertulis: RT 02, 03 RW 01, Kel. 1001\n" in told.stdout
    assert "    dihitung di: 1001 (33.72.01.1001); " in told.stdout
    assert "    ragu: batas RW dan RT di sana belum dimuat\n" in told.stdout
    assert "    tertulis: dekat pasar\n" in told.stdout
    assert "Ditampilkan 1; sisanya dengan --limit." in first.stdout
    assert found["waiting"] == 2
    assert [row["area_name"] for row in found["unplaced"]] == ["Kota Surakarta", "1001"]


def test_every_doubt_about_a_place_has_words():
    from app.cli.usulan_unplaced import DOUBTS
    from spatial.mentions.mention import MentionDoubt
    from spatial.mentions.resolution import PlaceDoubt

    assert set(DOUBTS) == {*map(str, PlaceDoubt), *map(str, MentionDoubt)}


def test_every_oddity_of_a_sheet_has_words():
    from app.sheets.note_words import note_words
    from app.sheets.table import Note, Oddity

    assert all(note_words(Note(oddity, 3, "x")) for oddity in Oddity)
