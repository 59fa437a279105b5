"""Areas of one boundary edition and the hierarchy that their parent codes make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from spatial.errors import InconsistentAreas, UnknownArea

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
NOBODY = -1


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One area of an edition.

    Attributes
    ----------
    code
        Unique within the edition.
    level
        One of `LEVELS`.
    parent_code
        Code of the area it belongs to; None, or a code that is not loaded, at the top.
    name
        As published; may be empty.
    geometry
        Polygon or MultiPolygon in degrees, EPSG:4326; None for an area known by code only,
        which holds no place but keeps its children in the hierarchy.
    """

    code: str
    level: str
    parent_code: str | None
    name: str
    geometry: BaseGeometry | None


class Hierarchy:
    """Which area belongs to which, by parent codes alone, never by geometry.

    Levels may be missing in places: an RT may name a kelurahan as its parent. Areas are
    numbered in the order of their codes (by code point, as collation "C" in PostgreSQL), so
    that among numbers the smallest is the smallest code.

    Parameters
    ----------
    records
        The areas of one edition, in any order.

    Raises
    ------
    InconsistentAreas
        When a code occurs twice, a level is unknown, or a parent is not of a higher level.
    """

    def __init__(self, records: Iterable[AreaRecord]) -> None:
        self.records = tuple(sorted(records, key=lambda record: record.code))
        self._numbers = _numbers_by_code(self.records)
        self.ranks = np.array([_rank(record) for record in self.records], dtype=np.intp)
        self.parents = np.array(
            [_parent_number(record, self._numbers) for record in self.records],
            dtype=np.intp,
        )
        self._require_lower_than_parents()
        self.is_leaf = np.ones(len(self.records), dtype=bool)
        self.is_leaf[self.parents[self.parents != NOBODY]] = False
        self.lineages = self._lineages()

    def _require_lower_than_parents(self) -> None:
        has_parent = self.parents != NOBODY
        wrong = has_parent & (self.ranks <= self.ranks[self.parents])
        if wrong.any():
            record = self.records[int(np.flatnonzero(wrong)[0])]
            raise InconsistentAreas(
                record.code, f"its parent {record.parent_code} is not of a higher level"
            )

    def _lineages(self) -> npt.NDArray[np.intp]:
        """For each area and level the number of its ancestor there (itself at its own), or -1."""
        lineages = np.full((len(self.records), len(LEVELS)), NOBODY, dtype=np.intp)
        current = np.arange(len(self.records))
        for _ in LEVELS:
            known = np.flatnonzero(current != NOBODY)
            lineages[known, self.ranks[current[known]]] = current[known]
            current[known] = self.parents[current[known]]
        return lineages

    def number(self, code: str) -> int:
        """Position of an area in `records`.

        Parameters
        ----------
        code
            Code of a loaded area.

        Returns
        -------
        number
            0 for the smallest code.

        Raises
        ------
        UnknownArea
            When no area has the code.
        """
        try:
            return self._numbers[code]
        except KeyError:
            raise UnknownArea(code) from None

    def chain(self, code: str) -> tuple[str, ...]:
        """Codes from the highest loaded level down to an area, itself included.

        A parent that is not loaded ends the chain; missing levels are simply not in it.

        Parameters
        ----------
        code
            Code of a loaded area.

        Returns
        -------
        codes
            Usually kota first; at least the code itself.

        Raises
        ------
        UnknownArea
            When no area has the code.
        """
        lineage = self.lineages[self.number(code)]
        return tuple(self.records[number].code for number in lineage if number != NOBODY)


def _numbers_by_code(records: Iterable[AreaRecord]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number, record in enumerate(records):
        if record.code in numbers:
            raise InconsistentAreas(record.code, "the code occurs twice")
        numbers[record.code] = number
    return numbers


def _rank(record: AreaRecord) -> int:
    if record.level not in LEVELS:
        raise InconsistentAreas(record.code, f"unknown level {record.level!r}")
    return LEVELS.index(record.level)


def _parent_number(record: AreaRecord, numbers: Mapping[str, int]) -> int:
    if record.parent_code is None:
        return NOBODY
    return numbers.get(record.parent_code, NOBODY)
