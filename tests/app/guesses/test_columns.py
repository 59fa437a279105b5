"""Columns are taken for fields by their headers and their values together."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guesses.columns import ColumnGuess, guess_columns, guess_without_header
from app.guesses.guess import CategoryGuess, ListGuess, StatusGuess
from app.guesses.mapping_file import mapping_text
from app.guesses.values import Column
from app.guesses.words import header_score
from app.readings.reading import Reading, Sureness


def guessed(columns):
    made = [Column.of(name, cells) for name, cells in columns.items()]
    return {each.field: each.column for each in guess_columns(made, lambda _: False)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Judul Usulan", "title"),
        ("PERKIRAAN BIAYA (Rp)", "estimated_cost"),
        ("Vol.", "volume"),
        ("Kel/Desa", "kelurahan"),
        ("NAMA_KEC", "kecamatan"),
        ("LOKASI / RT/RW", "place"),
        ("Tgl. Usulan", "created_at"),
        ("Thn", "year"),
    ],
)
def test_headers_are_known_in_their_many_forms(header, field):
    assert header_score(header, field) > 0.6


def test_a_column_of_code_numbers_is_not_taken_for_names():
    assert guessed({"NO_KEL": [1001, 1002, 1003], "NAMA_KEL": ["GAMBIR", "CIDENG", "GAMBIR"]}) == {
        "kelurahan": "NAMA_KEL"
    }


def test_positions_are_known_by_their_values_alone():
    columns = {"kolom 7": [-7.5561, -7.5603, -7.5582], "kolom 8": [110.8211, 110.8304, 110.8199]}

    assert guessed(columns) == {"latitude": "kolom 7", "longitude": "kolom 8"}


def test_two_columns_that_could_be_one_field_are_in_doubt():
    values = [150_000_000, 25_000_000, 9_000_000]
    made = [Column.of(name, values) for name in ("BIAYA RAB", "BIAYA PD")]

    best = next(each for each in guess_columns(made, lambda _: False))

    assert (best.field, best.sureness) == ("estimated_cost", Sureness.AMBIGUOUS)
    assert best.rival == "BIAYA PD"


def test_a_roster_without_a_header_is_guessed_only_in_doubt():
    rows = [("GAMBIR", rw, rt) for rw in (1, 2) for rt in (1, 2, 3)] * 2
    made = [Column.of(name, cells) for name, *cells in zip("ABC", *rows, strict=True)]

    found = guess_without_header(made)

    assert {each.field: each.column for each in found} == {"kelurahan": "A", "rw": "B", "rt": "C"}
    assert {each.sureness for each in found} == {Sureness.AMBIGUOUS}


@given(
    name=st.text(max_size=40), value=st.text(min_size=1, max_size=40), titled=st.text(max_size=20)
)
def test_no_text_breaks_out_of_the_mapping_file(name, value, titled):
    guess = ListGuess(
        sheet=name,
        header_rows=(1,),
        names=(value, name, titled),
        columns=(ColumnGuess("title", value, 0.9), ColumnGuess("category", name, 0.3)),
        unused=(titled, value),
        categories=(
            CategoryGuess(value, Reading("SP01", Sureness.SURE), 1),
            CategoryGuess(value + "x", Reading(None, Sureness.UNREAD), 1),
        ),
        statuses=(StatusGuess(value, 2),),
        defaults={"kelurahan": titled},
        styles={},
        kinds={},
        is_all=True,
        notes=(),
        first_rows=(),
    )

    read = tomllib.loads(mapping_text(guess, name or "a"))

    assert read["columns"] == {"title": value}
    assert read["values"] == {"category": {value: "SP01"}, "status": {}}
    assert read["defaults"] == {"kelurahan": titled}
