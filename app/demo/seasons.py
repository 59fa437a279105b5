"""When things happen: the musrenbang calendar of each planning year, and office hours.

Instants are whole seconds since 1970 (UTC) here, because there are millions of them.
"""

import random
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

DAY = 86_400
_JAKARTA = 7 * 3_600
_SATURDAY = 5

# For each status the days on which its forum sits: (month, day) and the years before the planning
# year. What has a unit sits on a day of its own in each of them.
_SITTINGS: dict[str, tuple[str | None, tuple[int, int, int], tuple[int, int, int]]] = {
    "disepakati_rt": ("rt", (-2, 11, 12), (-1, 1, 4)),
    "disepakati_rw": ("rw", (-2, 12, 8), (-1, 1, 12)),
    "verifikasi_kel": ("kelurahan", (-1, 1, 6), (-1, 1, 19)),
    "prioritas_kel": ("kelurahan", (-1, 1, 18), (-1, 2, 8)),
    "validasi_mitra": ("kelurahan", (-1, 2, 6), (-1, 2, 13)),
    "musren_kec": ("kecamatan", (-1, 2, 12), (-1, 2, 24)),
    "forum_pd": (None, (-1, 2, 27), (-1, 3, 12)),
    "musren_kota": (None, (-1, 3, 17), (-1, 3, 27)),
    "masuk_rkpd": (None, (-1, 6, 24), (-1, 7, 9)),
    "masuk_kua_ppas": (None, (-1, 8, 4), (-1, 8, 15)),
    "masuk_apbd": (None, (-1, 11, 24), (-1, 12, 29)),
}


@dataclass(frozen=True, slots=True)
class Seasons:
    """The calendar of one demo; the same seed gives the same sittings."""

    seed: int

    def sitting(self, year: int, status: str, unit: str) -> int | None:
        """When the forum that can give this status sat, None where no forum gives it."""
        entry = _SITTINGS.get(status)
        if entry is None:
            return None
        level, (years_a, month_a, day_a), (years_b, month_b, day_b) = entry
        first = midnight(year + years_a, month_a, day_a)
        last = midnight(year + years_b, month_b, day_b)
        place = unit if level is not None else ""
        return first + int(_share(self.seed, year, status, place) * (last - first))

    @staticmethod
    def unit_level(status: str) -> str | None:
        entry = _SITTINGS.get(status)
        return entry[0] if entry is not None else None


@cache
def _share(seed: int, year: int, status: str, place: str) -> float:
    return random.Random(f"{seed}/{year}/{status}/{place}").random()  # noqa: S311 - a made-up calendar


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
