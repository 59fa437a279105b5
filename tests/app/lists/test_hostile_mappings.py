"""Mapping files that somebody else has edited: read, or refused in one Indonesian sentence."""

import pytest

from app.lists.choose import kept_mapping
from app.lists.mapping import MappingRefused, read_mapping
from tests.app.lists.loading import PROBLEM

NESTED = {
    "lists in lists": "[columns]\ntitle = " + "[" * 5_000 + "]" * 5_000,
    "tables in tables": "[columns]\ntitle = " + "{a=" * 5_000 + "1" + "}" * 5_000,
    "lists over many lines": "[columns]\ntitle = " + "[\n" * 5_000 + "]" * 5_000,
    "a key of many parts": "columns" + ".a" * 3_000 + " = 1",
    "a heading of many parts": "[columns" + ' . "a"' * 3_000 + "]",
}


@pytest.fixture
def refusal(tmp_path):
    """What is said of a mapping that cannot be used."""

    def said(text: str) -> str:
        path = tmp_path / "daftar.csv.toml"
        path.write_text(text)
        with pytest.raises(MappingRefused) as refused:
            read_mapping(path)
        return str(refused.value)

    return said


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_a_mapping_in_many_layers_is_refused_before_it_is_parsed(refusal, text):
    assert "terlalu dalam" in refusal(text)


def test_dots_and_brackets_in_names_of_columns_are_no_layers(tmp_path):
    path = tmp_path / "daftar.csv.toml"
    name = "No. Urut " + "1.2.3.4.5.6.7.8.9" * 3 + "[{" * 300
    path.write_text(f"# {name}\n[columns]\ntitle = \"{name}\"  # {name}\nproblem = '{name}'\n")

    assert read_mapping(path).columns == {"title": name, "problem": name}


@pytest.mark.parametrize("piece", ['"\\', '"""\\', "'''", "'", '"', "\\"])
def test_strings_that_never_end_are_looked_through_once(refusal, piece):
    assert "TOML" in refusal(piece * (900_000 // len(piece)))


@pytest.mark.parametrize("section", ["columns", "defaults", "values.category"])
@pytest.mark.parametrize("value", ["0x" + "f" * 6_000, "['a']", "{a = 'b'}", "[{a = 1}]"])
def test_a_value_that_is_no_text_is_named_with_its_section(refusal, section, value):
    said = refusal(f"[{section}]\ncategory = {value}")

    assert f"category dalam [{section}]" in said
    assert len(said) < 200


def test_numbers_dates_and_truth_stand_for_their_text(tmp_path):
    path = tmp_path / "daftar.csv.toml"
    path.write_text("[defaults]\nyear = 2027\ncreated_at = 2026-01-31\nconsent = true\n")

    assert dict(read_mapping(path).defaults) == {
        "year": "2027",
        "created_at": "2026-01-31",
        "consent": "True",
    }


def test_a_name_that_no_mapping_can_have_is_told(tmp_path):
    with pytest.raises(MappingRefused, match="tidak dapat dibaca"):
        read_mapping(tmp_path / f"{'x' * 300}.toml")


def test_words_of_a_mapping_are_cut_short_and_kept_on_one_line(refusal):
    said = refusal("[columns]\n'" + "k" * 5_000 + "' = 'x'")

    assert len(said) < 200


def test_a_mapping_that_cannot_be_kept_is_told_and_nothing_is_loaded(city):
    listed = city.file("daftar.csv", f"judul,masalah\nJalan rusak,{PROBLEM}\n")
    beside = '[columns]\ntitle = "judul"\nproblem = "masalah"\n[defaults]\ncategory = "SP01"\n'
    city.file("daftar.csv.toml", beside)
    (city.folder / "state").mkdir()
    (city.folder / "state" / "mappings").write_text("a file where the folder should be")

    outcome = city.peta("usulan", "load", listed, "--city", "33.72")

    assert outcome.status == 1
    assert "pemetaan tidak dapat disimpan" in outcome.stderr
    assert city.rows("SELECT 1 FROM peta.usulan") == []


def test_a_kept_mapping_that_cannot_be_put_in_place_leaves_no_draft(city):
    listed = city.file("daftar.csv", f"judul,masalah\nJalan rusak,{PROBLEM}\n")
    beside = '[columns]\ntitle = "judul"\nproblem = "masalah"\n[defaults]\ncategory = "SP01"\n'
    city.file("daftar.csv.toml", beside)
    kept = kept_mapping(city.folder / "state" / "mappings", ["judul", "masalah"])
    kept.mkdir(parents=True)

    outcome = city.peta("usulan", "load", listed, "--city", "33.72")

    assert outcome.status == 1
    assert "pemetaan tidak dapat disimpan" in outcome.stderr
    assert list(kept.parent.iterdir()) == [kept]
