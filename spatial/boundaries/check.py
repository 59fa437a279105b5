"""What a set of boundaries is worth: accepted, mended, refused, doubled, overlapping, with holes.

Sizes are ellipsoidal, so they do not depend on a projection. Two areas overlap when they share
more than 1 m2; a hole is an interior ring of their union that encloses anything at all.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from spatial.boundaries.codes import find_intended_code, read_code
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, Refusal, Remark
from spatial.boundaries.mend import Mended, Surface, mend_surface, surface_of
from spatial.boundaries.whereabouts import require_in_place
from spatial.crs import ellipsoidal_area_m2

OVERLAP_M2 = 1.0
MAX_NAME = 200
# Letters drawn as nothing: of Hangul, Braille and Khmer; a name of them would look missing.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a file is said to hold.

    Attributes
    ----------
    city
        Code of the city.
    level
        Level of its areas.
    code_field, name_field
        Properties that hold code and name; without a name field names are empty.
    """

    city: str
    level: str
    code_field: str
    name_field: str | None


@dataclass(frozen=True, slots=True)
class BoundaryArea:
    """One accepted area.

    Attributes
    ----------
    code, name
        As the file had them, blanks tidied.
    surface
        Valid; of several rows with the code their union.
    """

    code: str
    name: str
    surface: Surface


@dataclass(frozen=True, slots=True)
class Repair:
    """A row that was mended.

    Attributes
    ----------
    key
        Its code.
    what
        What was wrong.
    area_change_m2
        Area after minus area before.
    """

    key: str
    what: str
    area_change_m2: float


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken.

    Attributes
    ----------
    row
        1 for the first of the file.
    key
        Its code as the file had it, cut to a readable length; empty when it had none.
    why
        The reason.
    meant
        The code that was probably meant, or None.
    """

    row: int
    key: str
    why: Refusal
    meant: str | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two areas that share ground.

    Attributes
    ----------
    keys
        Their codes, the smaller first.
    m2
        How much they share.
    """

    keys: tuple[str, str]
    m2: float


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found out about a set of boundaries.

    Attributes
    ----------
    read
        Rows of the file; accepted ones and refused ones sum to it.
    areas
        Accepted, by code.
    repaired, refused
        Rows mended and rows not taken, in the order of the file.
    duplicate_keys
        Rows of each code that occurs more than once.
    remarks
        How many accepted rows had each oddity.
    """

    read: int
    areas: tuple[BoundaryArea, ...]
    repaired: tuple[Repair, ...]
    refused: tuple[RefusedRow, ...]
    duplicate_keys: Mapping[str, tuple[int, ...]]
    remarks: Mapping[Remark, int]

    @property
    def accepted(self) -> int:
        """Rows that were taken."""
        return self.read - len(self.refused)


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    mended: Mended
    feature: Feature


def check_boundaries(features: Iterable[Feature], expected: Expectation) -> Checked:
    """Rows of a file taken, mended and refused, each with its reason.

    Parameters
    ----------
    features
        As `spatial.boundaries.read` gives them.
    expected
        What they should be.

    Returns
    -------
    checked
        Rows that share a code are united into one area.
    """
    rows: list[_Row] = []
    refused: list[RefusedRow] = []
    for feature in features:
        try:
            rows.append(_row(feature, expected))
        except FeatureRefused as error:
            refused.append(_refused(feature, expected, error.refusal))
    by_code: dict[str, list[_Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return Checked(
        read=len(rows) + len(refused),
        areas=tuple(_united(by_code[code]) for code in sorted(by_code)),
        repaired=tuple(
            Repair(row.code, row.mended.what, row.mended.area_change_m2)
            for row in rows
            if row.mended.what is not None
        ),
        refused=tuple(refused),
        duplicate_keys={
            code: tuple(row.feature.row for row in same)
            for code, same in by_code.items()
            if len(same) > 1
        },
        remarks=_counted(rows),
    )


def _row(feature: Feature, expected: Expectation) -> _Row:
    if feature.refusal is not None:
        raise FeatureRefused(feature.refusal)
    value = feature.properties.get(expected.code_field)
    code = read_code(value, level=expected.level, city=expected.city)
    name = _name(feature.properties.get(expected.name_field) if expected.name_field else None)
    mended = mend_surface(feature.geometry)
    require_in_place(mended.surface, city=expected.city)
    return _Row(code, name, mended, feature)


def _name(value: object) -> str:
    if value is None:
        return ""
    name = " ".join(str(value).split())
    # Control characters and lone surrogates have no place in a name; databases refuse NUL.
    if len(name) > MAX_NAME or any(map(_is_unseen, name)):
        raise FeatureRefused(Refusal.BAD_TEXT)
    return unicodedata.normalize("NFC", name)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" or letter in _FILLERS


def _refused(feature: Feature, expected: Expectation, why: Refusal) -> RefusedRow:
    value = feature.properties.get(expected.code_field)
    key = "" if value is None else str(value)[:40]
    numeric = (Refusal.CODE_WAS_A_NUMBER, Refusal.CODE_OF_ANOTHER_SCHEME)
    return RefusedRow(feature.row, key, why, find_intended_code(value) if why in numeric else None)


def _united(rows: Sequence[_Row]) -> BoundaryArea:
    first = rows[0]
    if len(rows) == 1:
        return BoundaryArea(first.code, first.name, first.mended.surface)
    union = surface_of(shapely.union_all([row.mended.surface for row in rows]))
    return BoundaryArea(first.code, first.name, union or first.mended.surface)


def _counted(rows: Iterable[_Row]) -> dict[Remark, int]:
    found: dict[Remark, int] = {}
    for row in rows:
        for remark in row.feature.remarks:
            found[remark] = found.get(remark, 0) + 1
    return found


def find_overlaps(areas: Sequence[BoundaryArea]) -> list[Overlap]:
    """Pairs of areas that share more than `OVERLAP_M2`, the largest first.

    Parameters
    ----------
    areas
        Of one level.

    Returns
    -------
    overlaps
        Each pair once.
    """
    shapes = np.array([area.surface for area in areas], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.intersection(shapes[first], shapes[second])
    found = [
        Overlap(_pair(areas[one].code, areas[other].code), size_m2)
        for one, other, size_m2 in zip(first, second, map(_size_m2, shared), strict=True)
        if size_m2 > OVERLAP_M2
    ]
    return sorted(found, key=lambda overlap: (-overlap.m2, overlap.keys))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _size_m2(geometry: shapely.Geometry) -> float:
    surface = surface_of(geometry)
    return 0.0 if surface is None else ellipsoidal_area_m2(surface)


def hole_sizes_m2(areas: Sequence[BoundaryArea]) -> list[float]:
    """Size of each hole between areas, the largest first.

    Rings that enclose nothing measurable, left by rounding where edges touch, are no holes.

    Parameters
    ----------
    areas
        Of one level.

    Returns
    -------
    sizes_m2
        Ellipsoidal, each above 0; empty when the union has no interior ring.
    """
    union = surface_of(shapely.union_all([area.surface for area in areas]))
    if union is None:
        return []
    parts = getattr(union, "geoms", [union])
    sizes = [
        ellipsoidal_area_m2(shapely.Polygon(ring)) for part in parts for ring in part.interiors
    ]
    return sorted((size for size in sizes if size > 0), reverse=True)
