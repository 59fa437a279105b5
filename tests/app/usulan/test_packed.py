"""Packed values are read by PostgreSQL as what they were packed from."""

import random
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import psycopg
import pytest

from app.statements import copied_names
from app.usulan import packed

RNG = random.Random(5)
AMOUNTS = ("0.01", "0.10", "1", "9999.99", "10000", "10000.01", "100000000", "999999999999.99")
WORDS = (
    (),
    ("anak",),
    ("dengan, koma", 'dengan "kutip"', "NULL", "", "{}"),
    tuple(map(str, range(300))),
)
TEXTS = ("", "é \\ \t \n N \\N", "\U0001f6a7", "p" * 5_000)
INSTANTS = (
    datetime(2000, 1, 1, tzinfo=UTC),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2100, 7, 1, 6, 30, tzinfo=timezone(timedelta(hours=7))),
)
CASES = {
    "numeric(14, 2)": (
        packed.cents,
        [Decimal(text) * sign for text in AMOUNTS for sign in (1, -1)]
        + [
            Decimal(0),
            *(Decimal(RNG.randrange(10 ** RNG.randrange(1, 14))) / 100 for _ in "x" * 90),
        ],
    ),
    "smallint": (packed.smallint, [0, -1, 32_767, -32_768]),
    "integer": (packed.integer, [0, -1, 2**31 - 1, -(2**31)]),
    "bigint": (packed.bigint, [0, -1, 2**63 - 1, -(2**63)]),
    "double precision": (packed.double, [0.0, -0.1, 1e300, 12]),
    "text": (packed.text, TEXTS),
    "text[]": (packed.words, WORDS),
    "jsonb": (packed.jsonb, ['{"b": [1, null], "a": "é"}', "{}", '"x"']),
}


NAMES = ("place", "value")


@pytest.fixture
def copied_as(urls):
    """What a column of a type holds after COPY."""
    with psycopg.connect(urls.superuser) as connection:

        def read(kind, column, count):
            connection.execute(f"CREATE TEMP TABLE packed (place int, value {kind}) ON COMMIT DROP")
            places = packed.fixed([(">i4", np.arange(count))], count)
            with connection.cursor().copy("COPY packed FROM STDIN WITH (FORMAT binary)") as copy:
                copy.write(packed.copied(NAMES, {"place": places, "value": column}, count))
            rows = connection.execute("SELECT value FROM packed ORDER BY place").fetchall()
            connection.rollback()
            return [row[0] for row in rows]

        yield read


@pytest.mark.parametrize("kind", CASES)
def test_every_value_is_read_as_what_it_was(copied_as, kind):
    pack, values = CASES[kind]
    column = [*values, None, values[0]]

    found = copied_as(kind, packed.each(column, pack), len(column))

    expected = [list(told) if isinstance(told, tuple) else told for told in column]
    if kind == "jsonb":
        expected = [{"b": [1, None], "a": "é"}, {}, "x", None, {"b": [1, None], "a": "é"}]
    assert found == expected
    assert all(told.as_tuple().exponent == -2 for told in found if isinstance(told, Decimal))


def test_instants_texts_and_sameness_are_read_as_what_they_were(copied_as):
    instants = packed.fixed([(">i8", packed.microseconds(INSTANTS))], len(INSTANTS))

    assert copied_as("timestamptz", instants, len(INSTANTS)) == list(INSTANTS)
    assert copied_as("text", packed.texts(TEXTS), len(TEXTS)) == list(TEXTS)
    assert copied_as("text", packed.value(b"sama"), 3) == ["sama"] * 3
    assert copied_as("text", packed.NULL, 2) == [None, None]


def test_more_decimals_than_two_are_rounded_as_the_column_rounds_them(copied_as):
    column = [Decimal("1.005"), Decimal("1.004"), Decimal("-1.005"), Decimal("9999.995")]

    found = copied_as("numeric(14, 2)", packed.each(column, packed.cents), 4)

    assert found == list(map(Decimal, ("1.01", "1.00", "-1.01", "10000.00")))


@pytest.mark.parametrize(
    "columns", [{"value": b"", "place": b""}, {"place": b""}, {"place": b"", "value more": b""}]
)
def test_other_columns_than_those_of_the_copy_are_refused(columns):
    with pytest.raises(ValueError, match="are not the columns"):
        packed.copied(NAMES, columns, 1)


@pytest.mark.parametrize("table", ["usulan", "event"])
def test_text_and_bytes_are_copied_into_the_same_columns(table):
    assert copied_names("usulan", f"copy_{table}") == copied_names("usulan", f"copy_packed_{table}")
