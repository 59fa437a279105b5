"""Mapping files that are written for whoever says by a page how a list is read."""

from pathlib import Path

from app.lists.mapping import ListMapping, column_numbers, mapping_toml, read_mapping


def test_a_mapping_that_was_written_reads_as_it_was(tmp_path: Path):
    mapping = ListMapping(
        {"title": 'Judul "A" = [1]', "problem": "Masalah # \\ 'b'"},
        {"category": {"jalan\x7frusak": "SP01", "got.mampet": "SP03"}},
        {"year": "2026"},
        "Usulan [2026]",
    )

    path = tmp_path / "pemetaan.toml"
    path.write_text(mapping_toml(mapping), encoding="utf-8")

    assert read_mapping(path) == mapping


def test_a_mapping_of_nothing_reads_as_nothing(tmp_path: Path):
    path = tmp_path / "pemetaan.toml"
    path.write_text(mapping_toml(ListMapping()), encoding="utf-8")

    assert read_mapping(path) == ListMapping()


def test_a_field_that_is_mapped_to_nothing_is_not_read_by_the_name_of_its_column():
    columns = ["title", "REASON"]

    assert column_numbers(ListMapping(), columns) == {"title": 0, "reason": 1}
    assert column_numbers(ListMapping(columns={"reason": ""}), columns) == {"title": 0}
