"""The days on which a city's offices are closed, by the command."""

import pytest

from tests.app.command import installed


@pytest.fixture
def peta(urls, tmp_path):
    with installed(urls, tmp_path) as place:
        place.peta("city", "add", "33.72", "Kota Surakarta")
        yield place.peta


def days(told) -> list[tuple[str, str]]:
    assert told.status == 0, told.stderr
    return [(one["day"], one["name"]) for one in told.report["holidays"]]


def test_holidays_are_added_renamed_removed_and_listed(peta):
    more = ("--add", "2026-03-20=Idulfitri", "--add", "2026-01-01")
    added = days(peta("city", "holidays", "33.72", *more, "--json"))
    named = ("--add", "2026-01-01=Tahun Baru", "--remove", "2026-03-20")
    changed = days(peta("city", "holidays", "33.72", *named, "--json"))

    assert added == [("2026-01-01", "Libur"), ("2026-03-20", "Idulfitri")]
    assert changed == [("2026-01-01", "Tahun Baru")]
    assert peta("city", "holidays", "33.72").stdout == "2026-01-01  Tahun Baru\n"


@pytest.mark.parametrize(
    ("code", "option", "why"),
    [("33.72", "20 Maret", "bukan tanggal"), ("33.73", "2026-03-20", "tidak ada kota")],
)
def test_what_is_no_day_or_no_city_changes_nothing(peta, code, option, why):
    told = peta("city", "holidays", code, "--add", option)

    assert told.status == 1
    assert why in told.stderr
    assert days(peta("city", "holidays", "33.72", "--json")) == []
