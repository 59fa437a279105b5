"""Instants as a person in a city reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def moment_words(moment: datetime, time_zone: str) -> str:
    """`25 Februari 2026, 14.30 WIB`: by the clock of a zone, which is named."""
    here = moment.astimezone(ZoneInfo(time_zone))
    return f"{here.day} {_MONTHS[here.month - 1]} {here.year}, {here:%H.%M} {here.tzname()}"
