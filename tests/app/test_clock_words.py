from datetime import UTC, datetime

import pytest

from app.clock_words import moment_words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "1 Maret 2026, 00.05 WIB"),
        ("Asia/Makassar", "1 Maret 2026, 01.05 WITA"),
        ("Asia/Jayapura", "1 Maret 2026, 02.05 WIT"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_the_city_and_names_it(zone, words):
    assert moment_words(datetime(2026, 2, 28, 17, 5, tzinfo=UTC), zone) == words
