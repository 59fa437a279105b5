"""When things happen: the musrenbang calendar of each planning year, and office hours.

Instants are whole seconds since 1970 (UTC) here, because there are millions of them.
"""

import random
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

DAY = 86_400
_JAKARTA = 7 * 3_600
_SATURDAY = 5

# For each status the days on which its forum sits: (month, day) and the years before the planning
# year. What has a unit sits on a day of its own in each of them.
_SITTINGS: dict[str, tuple[str, tuple[int, int, int], tuple[int, int, int]]] = {
    "disepakati_rt": ("rt", (-2, 11, 12), (-1, 1, 4)),
    "disepakati_rw": ("rw", (-2, 12, 8), (-1, 1, 12)),
    "verifikasi_kel": ("kelurahan", (-1, 1, 6), (-1, 1, 19)),
    "prioritas_kel": ("kelurahan", (-1, 1, 18), (-1, 2, 8)),
    "validasi_mitra": ("kelurahan", (-1, 2, 6), (-1, 2, 13)),
    "musren_kec": ("kecamatan", (-1, 2, 12), (-1, 2, 24)),
    "forum_pd": ("kota", (-1, 2, 27), (-1, 3, 12)),
    "musren_kota": ("kota", (-1, 3, 17), (-1, 3, 27)),
    "masuk_rkpd": ("kota", (-1, 6, 24), (-1, 7, 9)),
    "masuk_kua_ppas": ("kota", (-1, 8, 4), (-1, 8, 15)),
    "masuk_apbd": ("kota", (-1, 11, 24), (-1, 12, 29)),
}


@dataclass(frozen=True, slots=True)
class Seasons:
    """The calendar of one demo; the same seed gives the same sittings."""

    seed: int

    def sitting(self, year: int, status: str, codes: Mapping[str, str]) -> int | None:
        """When the forum that can give this status sat for those areas; None where none gives it.

        A unit that is missing among the areas (an RT) sits with the city.
        """
        if status not in _SITTINGS:
            return None
        level = _SITTINGS[status][0]
        return _sitting(self.seed, year, status, codes.get(level, codes["kota"]))


@cache
def _sitting(seed: int, year: int, status: str, place: str) -> int:
    _, (years_a, month_a, day_a), (years_b, month_b, day_b) = _SITTINGS[status]
    first = midnight(year + years_a, month_a, day_a)
    last = midnight(year + years_b, month_b, day_b)
    chance = random.Random(f"{seed}/{year}/{status}/{place}").random()  # noqa: S311 - a made-up calendar
    return first + int(chance * (last - first))


@cache
def midnight(year: int, month: int, day: int) -> int:
    """Midnight in Jakarta."""
    return timegm((year, month, day, 0, 0, 0)) - _JAKARTA


def end_of(day: date) -> int:
    return midnight(day.year, day.month, day.day) + DAY - 1


def at_the_office(second: int, chance: float) -> int:
    """The same day or the next working one, between eight and half past three."""
    days = (second + _JAKARTA) // DAY
    weekday = (days + 3) % 7
    if weekday >= _SATURDAY:
        days += 7 - weekday
    return days * DAY - _JAKARTA + 8 * 3_600 + int(chance * 7.5 * 3_600)


def in_the_evening(second: int, chance: float) -> int:
    """The same day, between half past seven and half past nine, when neighbours meet."""
    days = (second + _JAKARTA) // DAY
    return days * DAY - _JAKARTA + int((19.5 + 2 * chance) * 3_600)


def at_home(second: int, chance: float) -> int:
    """The same day, between six in the morning and ten at night."""
    days = (second + _JAKARTA) // DAY
    return days * DAY - _JAKARTA + int((6 + 16 * chance) * 3_600)


def instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
