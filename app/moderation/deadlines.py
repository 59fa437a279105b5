"""Until when an usulan should leave its status: so many working days after it came there."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

WORKING_DAYS: Mapping[str, int] = {
    "diajukan": 5,
    "disepakati_rt": 5,
    "disepakati_rw": 5,
    "verifikasi_kel": 10,
    "prioritas_kel": 10,
    "validasi_mitra": 10,
    "musren_kec": 10,
    "forum_pd": 15,
    "musren_kota": 15,
    # The reporter's own time to answer.
    "dikembalikan": 10,
}
"""From here on the calendar of the budget decides, or nobody has to act any more."""

FIRST_DAY = date(2015, 1, 1)
"""What came to its status earlier is due as if it had come then."""
_SATURDAY = 5
_AHEAD = timedelta(days=400)


def working_days(until: date, holidays: Collection[date] = ()) -> list[date]:
    """Mondays to Fridays but for the holidays, from `FIRST_DAY` to a year after `until`."""
    off = frozenset(holidays)
    number = (until + _AHEAD - FIRST_DAY).days
    every = (FIRST_DAY + timedelta(days=place) for place in range(number))
    return [day for day in every if day.weekday() < _SATURDAY and day not in off]
