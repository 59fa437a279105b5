"""The values that codes stand for: categories, statuses, years, areas and so on."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from spatial.areas import LEVELS, NOBODY
from spatial.errors import ForgottenValues, TooManyValues, UnknownCode
from spatial.index.moments import Moments

MOST_VALUES = 255
SHORT_COLUMNS = ("category", "status", "year", "stage", "funding", "channel")
INSTANTS = ("created", "updated")

Value = TypeVar("Value", bound=Hashable)
Numbers = npt.NDArray[np.intp]


class Place(NamedTuple):
    """Where a row is counted: its area at every level, and the area that the public sees.

    Attributes
    ----------
    kota, kecamatan, kelurahan, rw, rt
        Codes under the edition that the index is for; None where unknown or not public.
    public_area
        Code of the area that a crowd is shown as, under the edition of its own row.
    """

    kota: str | None = None
    kecamatan: str | None = None
    kelurahan: str | None = None
    rw: str | None = None
    rt: str | None = None
    public_area: str | None = None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What each code of a column means: the value at that position.

    Values are only ever added, at the end, so that codes given out stay true.

    Attributes
    ----------
    category, group
        Category codes, and the group of each of them.
    status, year, stage, funding, channel
        Values as the public sees them; None may be one of them.
    place
        Distinct places; there may be any number of them. In the order of their areas from the
        kota down an area and all beneath is one stretch of them, which is quickest to filter.
    areas
        By level, the codes of all areas of the edition, ascending.
    created, updated
        Stretches of time that the instants of rows fall into.

    Raises
    ------
    TooManyValues
        When a column of bytes has more than 255 values.
    """

    category: tuple[str, ...]
    group: tuple[str, ...]
    status: tuple[str, ...]
    year: tuple[int, ...]
    stage: tuple[str | None, ...]
    funding: tuple[str | None, ...]
    channel: tuple[str | None, ...]
    place: tuple[Place, ...]
    areas: Mapping[str, tuple[str, ...]]
    created: Moments = field(default_factory=Moments.none)
    updated: Moments = field(default_factory=Moments.none)

    def __post_init__(self) -> None:
        """Refuse what a byte cannot tell apart."""
        for name in SHORT_COLUMNS:
            if len(self.values_of(name)) > MOST_VALUES:
                raise TooManyValues(name, len(self.values_of(name)), MOST_VALUES)

    def moments(self, name: str) -> Moments:
        """Stretches of time of a column of `INSTANTS`."""
        found: Moments = getattr(self, name)
        return found

    def values_of(self, name: str) -> tuple[Hashable, ...]:
        """Values of a column by its name."""
        values: tuple[Hashable, ...] = getattr(self, name)
        return values

    def require_meaning(self, name: str, codes: npt.NDArray[np.int64]) -> None:
        """Raise UnknownCode unless every code of a column stands for a value."""
        number = len(self.moments(name) if name in INSTANTS else self.values_of(name))
        strange = codes[(codes < 0) | (codes >= number)]
        if len(strange):
            raise UnknownCode(name, int(strange[0]))

    def require_codes_of(self, older: "Vocabulary") -> None:
        """Raise ForgottenValues unless every code of an older vocabulary means the same here."""
        for name in (*SHORT_COLUMNS, "group", "place"):
            known = older.values_of(name)
            if self.values_of(name)[: len(known)] != known:
                raise ForgottenValues(name)
        for name in INSTANTS:
            if not self.moments(name).begins_with(older.moments(name)):
                raise ForgottenValues(name)
        if self.areas is not older.areas and self.areas != older.areas:
            raise ForgottenValues("areas")

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Distinct groups, ascending."""
        return tuple(sorted(set(self.group)))

    @cached_property
    def group_numbers(self) -> Numbers:
        """For each category the position of its group in `groups`."""
        return np.array([self.groups.index(group) for group in self.group], dtype=np.intp)

    @cached_property
    def public_areas(self) -> tuple[str, ...]:
        """Distinct public areas in the order of the places, so that numbers given out stay true."""
        return tuple(dict.fromkeys(place.public_area for place in self.place if place.public_area))

    @cached_property
    def public_area_ranks(self) -> Numbers:
        """For each public area its position when they are ordered by code."""
        return np.argsort(np.argsort(np.array(self.public_areas, dtype=np.str_)))

    @cached_property
    def public_area_numbers(self) -> Numbers:
        """For each place the position of its public area in `public_areas`, or -1."""
        return _positions((place.public_area for place in self.place), self.public_areas)

    @cached_property
    def area_numbers(self) -> Mapping[str, Numbers]:
        """By level, for each place the position of its area in `areas`, or -1."""
        return {
            level: _positions((getattr(place, level) for place in self.place), self.areas[level])
            for level in LEVELS
        }

    @cached_property
    def upper_numbers(self) -> Numbers:
        """For each place the first place with the same areas down to the kelurahan."""
        first: dict[Hashable, int] = {}
        return np.array(
            [first.setdefault(place[:3], number) for number, place in enumerate(self.place)],
            dtype=np.intp,
        )

    def places_within(self, codes: Iterable[str]) -> npt.NDArray[np.bool_]:
        """For each place whether one of these areas, or one beneath, holds it."""
        within = np.zeros(len(self.place), dtype=np.bool_)
        for code in codes:
            within[self._places_of_areas.get(code, [])] = True
        return within

    @cached_property
    def _places_of_areas(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, place in enumerate(self.place):
            for code in {code for code in place[:5] if code is not None}:
                places.setdefault(code, []).append(number)
        return places


def coded(
    values: Iterable[Value], known: tuple[Value, ...]
) -> tuple[npt.NDArray[np.int64], tuple[Value, ...]]:
    """Codes of values, and the known values with the new ones added at the end.

    Parameters
    ----------
    values
        Value of each row.
    known
        Values that have codes already: their positions.

    Returns
    -------
    codes
        For each row the position of its value in `all_values`.
    all_values
        Begins with `known`; new ones in the order in which they came.
    """
    numbers = {value: number for number, value in enumerate(known)}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return np.array(codes, dtype=np.int64), tuple(numbers)


def _positions(values: Iterable[str | None], among: tuple[str, ...]) -> Numbers:
    numbers: dict[str | None, int] = {code: number for number, code in enumerate(among)}
    return np.array([numbers.get(value, NOBODY) for value in values], dtype=np.intp)
