"""The areas of a city by name, by number and by code."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from spatial.errors import UnknownArea
from spatial.mentions.names import name_as_written, name_key, one_slip_away
from spatial.mentions.numerals import neighbourhood_number

# The words before a name that only repeat its level; Kota Bambu is a kelurahan of that name.
_LEVEL_WORDS = {
    "kota": re.compile(r"^(?:kota|kabupaten)\s+", re.IGNORECASE),
    "kecamatan": re.compile(r"^kecamatan\s+", re.IGNORECASE),
    "kelurahan": re.compile(r"^(?:kelurahan|desa)\s+", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area without its shape.

    Attributes
    ----------
    code
        Unique in the city.
    level
        One of `spatial.areas.LEVELS`.
    parent_code
        Of the area it belongs to; None at the top.
    name
        As published; of an RT or RW the number is read from it, or else from the code's end.
    """

    code: str
    level: str
    parent_code: str | None
    name: str


class Gazetteer:
    """Look-up of areas; the same name may belong to several.

    Parameters
    ----------
    areas
        Of one edition, in any order.
    """

    def __init__(self, areas: Iterable[NamedArea]) -> None:
        self._areas: Mapping[str, NamedArea] = {area.code: area for area in areas}
        self._by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        self._by_digits: dict[str, str] = {}
        for area in sorted(self._areas.values(), key=lambda each: each.code):
            self._add(area)
        self._kelurahan_by: dict[str, list[str]] = defaultdict(list)
        for area in self._areas.values():
            if area.level == "kelurahan":
                for above in ("", *self.chain(area.code)):
                    self._kelurahan_by[above].append(area.code)

    def _add(self, area: NamedArea) -> None:
        self._by_digits[re.sub(r"\D", "", area.code)] = area.code
        if area.level not in ("rw", "rt"):
            self._by_key[area.level, _bare_key(area)].append(area.code)
            return
        number = neighbourhood_number(area.name) or neighbourhood_number(
            area.code.rpartition("-")[2]
        )
        if number is not None and area.parent_code is not None:
            self._by_number[area.parent_code, area.level].setdefault(number, area.code)

    def area(self, code: str) -> NamedArea:
        """Area of a code.

        Parameters
        ----------
        code
            As it was given.

        Returns
        -------
        area
            The one with that code.

        Raises
        ------
        UnknownArea
            When no area has it.
        """
        if code not in self._areas:
            raise UnknownArea(code)
        return self._areas[code]

    def find_code(self, word: str) -> str | None:
        """Code that a word writes, with or without its dots, or None.

        Parameters
        ----------
        word
            Digits, dots and hyphens.

        Returns
        -------
        code
            Of an area that exists.
        """
        if word in self._areas:
            return word
        return self._by_digits.get(word) if word.isascii() and word.isdigit() else None

    def named(self, level: str, name: str) -> tuple[list[str], bool]:
        """Areas of a level that bear a name, and whether all are spelled so.

        Parameters
        ----------
        level
            One of `spatial.areas.LEVELS`.
        name
            As typed.

        Returns
        -------
        codes
            In order; empty when nobody is called so.
        alike
            True when each is spelled as typed, case apart.
        """
        codes = self._by_key.get((level, name_key(name)), [])
        written = name_as_written(name)
        return codes, all(name_as_written(self._areas[code].name) == written for code in codes)

    def almost_named(self, level: str, name: str) -> list[str]:
        """Areas of a level whose name is one slip away.

        Parameters
        ----------
        level
            One of `spatial.areas.LEVELS`.
        name
            As typed.

        Returns
        -------
        codes
            In order; empty for short names.
        """
        keys = [key for known, key in self._by_key if known == level]
        close = one_slip_away(name_key(name), keys)
        return sorted(code for key in close for code in self._by_key[level, key])

    def numbered(self, parent_code: str, level: str) -> Mapping[int, str]:
        """RW or RT directly beneath an area, by number.

        Parameters
        ----------
        parent_code
            Of a kelurahan or RW.
        level
            Either ``rw`` or ``rt``.

        Returns
        -------
        codes
            By number; empty when none is loaded.
        """
        return self._by_number.get((parent_code, level), {})

    def chain(self, code: str) -> Iterator[str]:
        """Codes from an area up to the top.

        Parameters
        ----------
        code
            Of an area that exists.

        Yields
        ------
        code
            Itself first.
        """
        above: str | None = code
        while above is not None and above in self._areas:
            yield above
            above = self._areas[above].parent_code

    def kelurahan_in(self, codes: Collection[str]) -> list[str]:
        """Kelurahan that are, hold or lie in any of some areas; all when there are none.

        Parameters
        ----------
        codes
            Of areas of any level.

        Returns
        -------
        kelurahan
            Their codes, in order.
        """
        if not codes:
            return sorted(self._kelurahan_by.get("", ()))
        found = {
            kelurahan
            for code in codes
            for above in self.chain(code)
            for kelurahan in self._kelurahan_by.get(above, ())
            if above in (code, kelurahan)
        }
        return sorted(found)


def _bare_key(area: NamedArea) -> str:
    """Key of a name without the word of its level: Kota Surakarta is called Surakarta."""
    bare = _LEVEL_WORDS[area.level].sub("", area.name.strip())
    return name_key(bare)
