"""Which area each usulan of a batch is in: by the placing rule, never by how it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from app.demo.town import NOTHING, Floats
from spatial.areas import AreaRecord
from spatial.assign import AreaIndex
from spatial.errors import OutsideAreas

POOR_FIX_SHARE = 0.04
FIX_SHARE = 0.45
DECLARED_SHARE = 0.35
DECLARED_WRONGLY = 0.07


@dataclass(frozen=True, slots=True)
class Place:
    """Where one usulan is."""

    geometry: BaseGeometry | None
    accuracy_m: float | None
    codes: dict[str, str]
    """Area code by level, from kota down to the lowest."""
    area_code: str
    shares: Sequence[Mapping[str, Any]] | None
    declared: str | None
    doubts: Sequence[str]
    position: Point | None = None
    """Of a drawn line or surface, the point that stands for it on the map."""


def draw_accuracies(count: int, rng: np.random.Generator) -> list[float | None]:
    """What phones say of their fix in metres; None where the place was picked on the map."""
    chance, spread = rng.random(count), rng.normal(0, 0.6, count)
    usual = np.clip(6.0 * np.exp(spread), 2.0, 49.0)
    poor = 52.0 + 60.0 * np.abs(spread)
    metres = np.where(chance < POOR_FIX_SHARE, poor, usual)
    known = chance < FIX_SHARE
    return [
        round(float(metre), 1) if is_known else None
        for metre, is_known in zip(metres, known, strict=True)
    ]


class Placer:
    """Places batches; keeps what is the same for each area."""

    def __init__(self, index: AreaIndex) -> None:
        self._index = index
        self._by_code = {record.code: record for record in index.records}
        self._codes = [self._levels(record.code) for record in index.records]
        self._numbers = {record.code: number for number, record in enumerate(index.records)}
        self._siblings = _children_by_parent(index.records)

    def place(
        self,
        geometries: Sequence[BaseGeometry | None],
        at_4326: Floats,
        accuracies: Sequence[float | None],
        rng: np.random.Generator,
    ) -> list[Place | None]:
        """One place each, by `AreaIndex`; None outside the city.

        A geometry that is None is known by area only: the RW (or lower) at its position.
        """
        placed = self._index.place_points(at_4326[:, 0], at_4326[:, 1])
        declared = self._declarations(placed.numbers, rng)
        accuracy_m = np.array([metres or np.nan for metres in accuracies])
        doubts = self._index.doubts(placed, accuracy_m=accuracy_m, declared=declared)
        return [
            self._one(geometry, number, metres, said, doubt)
            for geometry, number, metres, said, doubt in zip(
                geometries, placed.numbers.tolist(), accuracies, declared, doubts, strict=True
            )
        ]

    def _one(
        self,
        geometry: BaseGeometry | None,
        number: int,
        accuracy_m: float | None,
        declared: str | None,
        doubts: Sequence[str],
    ) -> Place | None:
        if geometry is not None and not isinstance(geometry, Point):
            return self._drawn(geometry, declared)
        if number == NOTHING:
            return None
        if geometry is None:
            return self._area_only(number)
        code = self._index.records[number].code
        words = [str(doubt) for doubt in doubts]
        return Place(geometry, accuracy_m, self._codes[number], code, None, declared, words)

    def _drawn(self, geometry: BaseGeometry, declared: str | None) -> Place | None:
        try:
            found = self._index.place(geometry, declared=declared)
        except OutsideAreas:
            return None
        code = found.area.code
        shares = [{"code": share.code, "share": share.share} for share in found.shares]
        words = [str(doubt) for doubt in found.doubts]
        codes = self._codes[self._numbers[code]]
        position = found.position
        return Place(geometry, None, codes, code, shares or None, declared, words, position)

    def _area_only(self, number: int) -> Place:
        codes = self._codes[number]
        code = codes.get("rw") or codes[next(reversed(codes))]
        kept = self._codes[self._numbers[code]]
        return Place(None, None, kept, code, None, code, ["tanpa_rt"])

    def _levels(self, code: str) -> dict[str, str]:
        chain = self._index.chain(code)
        return {self._by_code[step].level: step for step in chain}

    def _declarations(
        self, numbers: np.ndarray[Any, Any], rng: np.random.Generator
    ) -> list[str | None]:
        """What people say where they are: mostly right, now and then the RT next door."""
        said, wrong = rng.random(len(numbers)), rng.random(len(numbers))
        picks = rng.integers(0, 1_000, len(numbers))
        return [
            self._said(number, pick, is_wrong=mistake < DECLARED_WRONGLY)
            if number != NOTHING and speaks < DECLARED_SHARE
            else None
            for number, speaks, mistake, pick in zip(
                numbers.tolist(), said, wrong, picks, strict=True
            )
        ]

    def _said(self, number: int, pick: int, *, is_wrong: bool) -> str:
        area = self._index.records[number]
        if not is_wrong:
            return area.code
        around = self._siblings[area.parent_code or ""]
        return around[pick % len(around)]


def _children_by_parent(records: Sequence[AreaRecord]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for record in records:
        children.setdefault(record.parent_code or "", []).append(record.code)
    return children
