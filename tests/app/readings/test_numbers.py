"""Numbers as Indonesian lists write them, each with how sure the reading is."""

from decimal import Decimal

import pytest

from app.readings.numbers import NumberStyle, column_style, read_quantity, read_rupiah
from app.readings.reading import Sureness, Why

SURE, LIKELY, AMBIGUOUS = Sureness.SURE, Sureness.LIKELY, Sureness.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "value", "sureness"),
    [
        ("1.234,5", "1234.5", SURE),
        ("1,234.5", "1234.5", SURE),
        ("1.500.000", "1500000", SURE),
        ("1,500,000", "1500000", SURE),
        ("1 500 000", "1500000", SURE),
        ("12", "12", SURE),
        ("1,5", "1.5", SURE),
        ("1.5", "1.5", SURE),
        ("0.500", "0.5", SURE),
        ("1234.567", "1234.567", SURE),
        ("-3", "-3", SURE),
        ("1.234", "1234", LIKELY),
        ("1,234", "1.234", AMBIGUOUS),
        ("1,5E+08", "150000000", LIKELY),
        ("2 ribu", "2000", SURE),
        ("± 50", "50", LIKELY),
        ("+/- 50", "50", LIKELY),
        ("kurang lebih 1,5", "1.5", LIKELY),
        ("1 (satu)", "1", SURE),
        (12, "12", SURE),
        (12.5, "12.5", SURE),
    ],
)
def test_a_number_is_read_with_how_sure_it_is(text, value, sureness):
    reading = read_quantity(text)

    assert reading.value is not None
    assert (reading.value.number, reading.sureness) == (Decimal(value), sureness)


def test_the_other_meaning_of_a_lone_separator_is_stated():
    dotted, with_comma = read_quantity("1.234"), read_quantity("1,234")

    assert dotted.other is not None
    assert with_comma.other is not None
    assert (dotted.why, dotted.other.number) == (Why.DOT_MAY_BE_DECIMAL, Decimal("1.234"))
    assert (with_comma.why, with_comma.other.number) == (Why.COMMA_MAY_GROUP, Decimal(1234))


@pytest.mark.parametrize(
    ("style", "text", "value"),
    [
        (NumberStyle.COMMA, "1.234", "1234"),
        (NumberStyle.COMMA, "1,234", "1.234"),
        (NumberStyle.POINT, "1.234", "1.234"),
        (NumberStyle.POINT, "1,234", "1234"),
    ],
)
def test_a_column_that_proved_its_style_leaves_no_doubt(style, text, value):
    reading = read_quantity(text, style)

    assert reading.value is not None
    assert (reading.value.number, reading.sureness) == (Decimal(value), SURE)


@pytest.mark.parametrize(
    ("texts", "style", "sureness"),
    [
        (["1.234", "1,5", "-"], NumberStyle.COMMA, SURE),
        (["1,234", "2.5"], NumberStyle.POINT, SURE),
        (["Rp 1.500.000,-"], NumberStyle.COMMA, SURE),
        (["1.234", "12"], None, Sureness.UNREAD),
        (["1,5", "2.5"], None, AMBIGUOUS),
    ],
)
def test_the_style_of_a_column_is_what_its_values_prove(texts, style, sureness):
    reading = column_style(texts)

    assert (reading.value, reading.sureness) == (style, sureness)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("50 m'", "50", "m"),
        ("50m\u2019", "50", "m"),
        ("45 m2", "45", "m2"),
        ("45 m²", "45", "m2"),
        ("45 meter persegi", "45", "m2"),
        ("3 unit", "3", "unit"),
        ("3 bh.", "3", "unit"),
        ("1 (satu) paket", "1", "paket"),
        ("1,2 km", "1200", "m"),
        ("15 KK", "15", "KK"),
        ("20 Org", "20", "orang"),
        ("2 ribu meter", "2000", "m"),
        ("± 1.250,5 m2", "1250.5", "m2"),
    ],
)
def test_a_unit_beside_the_number_is_kept(text, number, unit):
    quantity = read_quantity(text).value

    assert quantity is not None
    assert (quantity.number, quantity.unit) == (Decimal(number), unit)


def test_an_unknown_unit_keeps_the_number_and_says_so():
    reading = read_quantity("3 rit")

    assert reading.value is not None
    assert (reading.value.number, reading.value.unit) == (Decimal(3), None)
    assert (reading.sureness, reading.why) == (LIKELY, Why.UNKNOWN_UNIT)


def test_a_product_of_two_sizes_is_a_surface_only_in_doubt():
    reading = read_quantity("50 x 1,5 m")

    assert reading.value is not None
    assert (reading.value.number, reading.value.unit) == (Decimal(75), "m2")
    assert (reading.sureness, reading.why) == (AMBIGUOUS, Why.PRODUCT)


@pytest.mark.parametrize(
    ("text", "rupiah", "sureness"),
    [
        ("Rp 1.500.000,-", 1_500_000, SURE),
        ("Rp. 1.500.000,00", 1_500_000, SURE),
        ("Rp1.500.000", 1_500_000, SURE),
        ("1.500.000 rupiah", 1_500_000, SURE),
        ("IDR 1,500,000.00", 1_500_000, SURE),
        ("Rp6,82 M", 6_820_000_000, SURE),
        ("6,82 miliar", 6_820_000_000, SURE),
        ("118 jt", 118_000_000, SURE),
        ("118jt", 118_000_000, SURE),
        ("1,5 juta", 1_500_000, SURE),
        ("Rp 1,2 T", 1_200_000_000_000, SURE),
        ("500rb", 500_000, SURE),
        ("± Rp 25 juta", 25_000_000, LIKELY),
        ("Rp 750.000", 750_000, LIKELY),
        ("Rp 750,000", 750_000, LIKELY),
        ("1.000,5", 1_001, LIKELY),
        (150000000.0, 150_000_000, SURE),
        ("50 M", 50_000_000_000, LIKELY),
    ],
)
def test_money_becomes_whole_rupiah(text, rupiah, sureness):
    reading = read_rupiah(text)

    assert (reading.value, reading.sureness) == (rupiah, sureness)


def test_a_capital_m_without_currency_is_a_metre_only_in_doubt():
    reading = read_quantity("50 M")

    assert reading.value is not None
    assert (reading.value.unit, reading.sureness) == ("m", LIKELY)
    assert reading.why is Why.METRE_OR_MILLIARD


@pytest.mark.parametrize("text", ["", "-", "nihil", "N/A", "Tidak ada", None, " \u00a0"])
def test_signs_for_nothing_are_blank_and_no_error(text):
    assert read_quantity(text).sureness is Sureness.BLANK
    assert read_rupiah(text).sureness is Sureness.BLANK


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.50.000", Why.BAD_GROUPING),
        ("1.234,56,7", Why.BAD_GROUPING),
        ("10-15", Why.RANGE),
        ("10 s/d 15 m", Why.RANGE),
        ("#REF!", Why.SPREADSHEET_ERROR),
        ("banyak", Why.NOT_A_NUMBER),
        ("9" * 30, Why.TOO_GREAT),
        ("1e99", Why.TOO_GREAT),
        ("1.2.3e4", Why.BAD_GROUPING),
        ("1" + "." * 100_000, Why.TOO_LONG),
        (float("nan"), Why.NOT_A_NUMBER),
        (True, Why.NOT_A_NUMBER),
        ("٣", Why.NOT_A_NUMBER),
    ],
)
def test_what_is_no_number_is_refused_by_name(text, why):
    reading = read_quantity(text)

    assert (reading.value, reading.sureness, reading.why) == (None, Sureness.UNREAD, why)
