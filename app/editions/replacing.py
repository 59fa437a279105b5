"""Where usulan lie in an edition that is about to be active.

What has a position is placed by it, as if it came in now. What is known by its area alone goes
to the lowest area that holds that one. What the public may know of a private need follows from
the place it was first given, never from its position: the two maps laid over each other would
otherwise show in which strip between an old border and a new one it lies (decision 0012).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.areas.queries import DOUBTS
from spatial.areas import LEVELS
from spatial.assign import AreaIndex
from spatial.errors import OutsideAreas

Columns = dict[str, str | None]
"""`area_code` and a code or None for each level."""

_DECLARED_OTHERWISE = "beda_deklarasi"


class Unplaced(NamedTuple):
    """An usulan as `find_unplaced.sql` gives it."""

    usulan_id: UUID
    edition_id: int
    status: str
    stage: str | None
    is_open: bool
    is_private: bool
    shape: bytes | None
    area_code: str
    accuracy_m: float | None
    doubts: list[str]
    sequence: int
    digest: bytes
    origin_edition_id: int
    origin_area_code: str
    kota: str | None
    kecamatan: str | None
    kelurahan: str | None
    rw: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """The edition to place in, and how the areas of the others lead to it and back."""

    edition_id: int
    index: AreaIndex
    levels: Mapping[str, str]
    """Code to level."""
    top: str
    """The area of the whole city."""
    kota: str | None
    """The same where it is of the level kota, and so counts what lies in no other area too."""
    leads: Mapping[int, Mapping[str, str | None]]
    """For each other edition the counterpart here of each of its areas."""
    back: Mapping[int, Mapping[str, str | None]]
    """For each other edition its counterpart of each area here."""

    def columns(self, code: str | None) -> Columns:
        """The chain of an area; for no area nothing but the kota, whose usulan all are."""
        if code is None:
            return {"area_code": None, **dict.fromkeys(LEVELS), "kota": self.kota}
        chain = {self.levels[member]: member for member in self.index.chain(code)}
        return {"area_code": code, **{level: chain.get(level) for level in LEVELS}}

    def counterpart(self, edition_id: int, code: str | None) -> str | None:
        """The area here that holds an area of another edition (or of this one: itself)."""
        if code is None or edition_id == self.edition_id:
            return code
        return self.leads[edition_id].get(code)

    def is_same_ground(self, edition_id: int, code: str, here: str | None) -> bool:
        """Whether each of the two areas holds the other."""
        return edition_id == self.edition_id or (
            here is not None and self.back[edition_id].get(here) == code
        )


@dataclass(frozen=True, slots=True)
class Replaced:
    """Where an usulan lies in the target edition."""

    usulan: Unplaced
    columns: Columns
    """Outside the edition all but the kota are None."""
    public: Columns | None
    """Of a private need, all that may be shown; None for others."""
    doubts: list[str]
    shares: list[dict[str, Any]] | None = None
    position: Point | None = None
    """Only where it is another than before is possible: of a line or surface."""

    @property
    def is_outside(self) -> bool:
        return self.columns["area_code"] is None


def replaced(batch: Sequence[Unplaced], target: Target) -> Iterator[Replaced]:
    """The new place of each, in no particular order."""
    shaped = [(usulan, shapely.from_wkb(usulan.shape)) for usulan in batch if usulan.shape]
    spots = [(usulan, shape) for usulan, shape in shaped if isinstance(shape, Point)]
    yield from _by_position(spots, target)
    for usulan, shape in shaped:
        if not isinstance(shape, Point):
            yield _by_shape(usulan, shape, target)
    for usulan in batch:
        if usulan.shape is None:
            yield _by_area(usulan, target)


def _by_position(spots: Sequence[tuple[Unplaced, Point]], target: Target) -> Iterator[Replaced]:
    if not spots:
        return
    points = np.array([point for _, point in spots], dtype=object)
    index = target.index
    placed = index.place_points(shapely.get_x(points), shapely.get_y(points))
    known_m = [np.nan if u.accuracy_m is None else u.accuracy_m for u, _ in spots]
    doubts = index.doubts(placed, accuracy_m=known_m)
    for (usulan, _), number, doubt in zip(spots, placed.numbers.tolist(), doubts, strict=True):
        code = None if number < 0 else index.records[number].code
        yield _settled(usulan, code, [str(word) for word in doubt], target)


def _by_shape(usulan: Unplaced, shape: BaseGeometry, target: Target) -> Replaced:
    try:
        placement = target.index.place(shape, accuracy_m=usulan.accuracy_m)
    except OutsideAreas:
        return _settled(usulan, None, [], target)
    return _settled(
        usulan,
        placement.area.code,
        [str(word) for word in placement.doubts],
        target,
        shares=[{"code": part.code, "share": part.share} for part in placement.shares] or None,
        position=placement.position,
    )


def _by_area(usulan: Unplaced, target: Target) -> Replaced:
    # From the first place, so that going there and back loses nothing.
    code = target.counterpart(usulan.origin_edition_id, usulan.origin_area_code)
    doubts = [] if code is None or target.levels[code] == "rt" else ["tanpa_rt"]
    return _settled(usulan, code, doubts, target)


def _settled(
    usulan: Unplaced, code: str | None, doubts: Sequence[str], target: Target, **found: Any
) -> Replaced:
    """With what the sender declared compared once, in the edition it was declared in."""
    kept = {word for word in usulan.doubts if word == _DECLARED_OTHERWISE}
    public = _public(usulan, target) if usulan.is_private else None
    columns = target.columns(code)
    if code is None and public is not None:
        columns = public
    return Replaced(
        usulan=usulan,
        columns=columns,
        public=public,
        doubts=[word for word in DOUBTS if word in {*doubts, *kept}],
        **found,
    )


def _public(usulan: Unplaced, target: Target) -> Columns:
    """The area that holds the first place's kelurahan; its RW only where both are the same."""
    origin = usulan.origin_edition_id
    first = usulan.kelurahan or usulan.kecamatan or usulan.kota
    here = target.counterpart(origin, first) or target.top
    rw = target.counterpart(origin, usulan.rw)
    kept_rw = (
        usulan.rw is not None
        and rw is not None
        and target.levels[rw] == "rw"
        and target.columns(rw)["kelurahan"] == here
        and target.is_same_ground(origin, usulan.rw, rw)
    )
    return target.columns(rw if kept_rw else here)
