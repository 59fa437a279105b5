"""`peta usulan map` writes a mapping to check, and never over one that was checked."""

import json

import pytest
from typer.testing import CliRunner

from app.cli.usulan import app
from app.lists.mapping import read_mapping
from tests.app.guesses.messy import write_messy_list


@pytest.fixture
def listed(tmp_path):
    return write_messy_list(tmp_path / "usulan mojo.xlsx")


def run(*arguments):
    return CliRunner().invoke(app, ["map", *map(str, arguments)])


def test_the_mapping_is_kept_beside_the_list(listed):
    result = run(listed)

    kept = listed.with_name("usulan mojo.xlsx.toml")
    assert result.exit_code == 0
    assert read_mapping(kept).columns["title"] == "URAIAN USULAN KEGIATAN"
    assert "PERMASALAHAN" in result.output


def test_a_mapping_that_was_checked_is_not_overwritten(listed):
    kept = listed.with_name("usulan mojo.xlsx.toml")
    kept.write_text('[defaults]\ncategory = "SP01"\n')

    result = run(listed)

    assert result.exit_code == 1
    assert kept.read_text() == '[defaults]\ncategory = "SP01"\n'
    assert run(listed, "--overwrite").exit_code == 0


def test_a_list_that_is_not_there_is_told_by_its_name(tmp_path):
    result = run(tmp_path / "tidak-ada.xlsx")

    assert result.exit_code == 1
    assert "tidak-ada.xlsx' tidak ada; periksa nama dan foldernya" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_list_without_categories_is_told_that_every_row_needs_one_and_how(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NO,USULAN,RT\n1,Paving gang,1\n2,Talud sungai,2\n3,Jalan berlubang,3\n")

    result = run(path)

    kept = path.with_name("a.csv.toml").read_text()
    assert "kategori (category)" in result.output
    assert "peta usulan categories" in result.output
    assert '# category = "USULAN"' in kept
    assert "isi satu kode untuk semua baris" not in kept
    # It stands beside the list, where the loader looks by itself.
    assert "--mapping" not in kept


def test_words_that_are_no_status_wait_for_their_meaning(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"{n},Paving gang {n},{n},OPEN\n" for n in range(1, 9))
    path.write_text(f"NO,USULAN,RT,STATUS\n{rows}9,Talud,9,diajukan\n")

    run(path)

    kept = path.with_name("a.csv.toml").read_text()
    assert '# "OPEN" = "diajukan"  # belum dikenal; 8 baris' in kept
    assert '"diajukan" =' not in kept
    assert read_mapping(path.with_name("a.csv.toml")).values["status"] == {}


def test_marks_in_a_header_are_shown_as_they_are(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NO,[red]USULAN[/nowhere],RT\n1,Paving,1\n2,Talud,2\n")

    result = run(path)

    assert result.exit_code == 0
    assert "[red]" in result.output


def test_programs_get_one_object(listed):
    told = json.loads(run(listed, "--json").output)

    assert told["sheet"] == "Usulan 2026"
    assert told["columns"]["volume"] == {
        "column": "VOLUME / VOL",
        "sureness": "sure",
        "score": told["columns"]["volume"]["score"],
    }
    assert told["rows"]["data"] == 9


def test_what_is_no_list_is_refused_and_nothing_written(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 old")

    result = run(path)

    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "bukan berkas yang dapat dibaca"),
        (".", "bukan berkas yang dapat dibaca"),
        ("x" * 300 + ".csv", "tidak ada; periksa nama dan foldernya"),
    ],
)
def test_a_name_that_is_no_file_is_refused_in_our_own_words(tmp_path, monkeypatch, name, why):
    monkeypatch.chdir(tmp_path)

    result = run(name)

    assert (result.exit_code, result.exception.args) == (1, (1,))
    assert why in result.stderr


@pytest.mark.parametrize("options", [[], ["--overwrite"]])
def test_a_link_beside_the_list_is_not_written_through(listed, options):
    elsewhere = listed.with_name("elsewhere")
    kept = listed.with_name("usulan mojo.xlsx.toml")
    kept.symlink_to(elsewhere)

    run(listed, *options)

    assert not elsewhere.exists()
    assert kept.is_symlink() == (not options)


def test_columns_of_a_file_of_rejects_are_no_columns_of_the_list(tmp_path):
    path = tmp_path / "ditolak.csv"
    rows = "".join(f"{n},WAJIB_DIISI,kosong,{n},Paving gang {n},{n}\n" for n in range(1, 9))
    path.write_text(f"_baris,_kode_alasan,_alasan,NO,USULAN,RT\n{rows}")

    run(path)

    kept = read_mapping(path.with_name("ditolak.csv.toml"))
    assert kept.columns["title"] == "USULAN"
    assert not {"_baris", "_kode_alasan", "_alasan"} & set(kept.columns.values())


@pytest.mark.parametrize(("rows", "is_told"), [(2_000, False), (2_001, True)])
def test_a_count_of_the_first_rows_only_is_called_that(tmp_path, rows, is_told):
    path = tmp_path / "a.csv"
    path.write_text("NO,USULAN,RT\n" + "".join(f"{n},Paving gang {n},1\n" for n in range(rows)))

    result = run(path)

    assert ("Ditebak dari 2000 baris pertama" in result.output) == is_told
