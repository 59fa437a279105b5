import pytest

from app.spreadsheets import with_guard, without_guard
from app.statistics.tables import csv_text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_starts_a_formula_is_quoted_and_comes_back(start):
    cell = f"{start}A1+5"

    assert with_guard(cell) == f"'{cell}"
    assert without_guard(with_guard(cell)) == cell


@pytest.mark.parametrize("number", ["-5", "+5", "-7.565", "-7,565", "5"])
def test_a_plain_number_is_no_formula(number):
    assert with_guard(number) == number


@pytest.mark.parametrize("cell", ["-5-3", "-.5+A1", "-5.5.5", "--5", "-", "-²", "-5\n"])
def test_what_is_nearly_a_number_is_quoted(cell):
    assert with_guard(cell) == f"'{cell}"


def test_tables_of_figures_follow_the_same_rule():
    text = csv_text(["a", "b"], [{"a": "-5", "b": "=1+1"}, {"a": None, "b": 3}])

    assert text.splitlines()[1:] == ["-5,'=1+1", ",3"]
