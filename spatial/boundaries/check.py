"""What the rows of a file are worth: accepted, mended, refused, doubled.

Sizes are ellipsoidal, so they do not depend on a projection.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from spatial.boundaries.codes import find_intended_code, parent_code, read_code
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, Refusal, Remark
from spatial.boundaries.mend import Mended, Surface, mend_surface, surface_of
from spatial.boundaries.naming import (
    NamedParent,
    Naming,
    NamingPlan,
    ParentBy,
    SameName,
    naming_plan,
)
from spatial.boundaries.whereabouts import require_in_place
from spatial.boundaries.words import clean_name

TOLD_EACH = 50


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
    naming
        How areas are recognised that have names and no codes; None when they have codes.
    """

    city: str
    level: str
    code_field: str
    name_field: str | None
    naming: Naming | None = None


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
    row
        1 for the first of the file.
    what
        What was wrong.
    area_change_m2
        Area after minus area before.
    """

    key: str
    row: int
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
        Its code as the file had it, else its name, cut to a readable length; empty when it had
        neither.
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
    labels
        What a reader calls each code that was found by names; empty when the file has codes.
    parents
        Those that are to be made under provisional codes.
    by_ground
        Codes whose parent was found by the ground they share with it.
    same_names
        Names that mean several areas.
    """

    read: int
    areas: tuple[BoundaryArea, ...]
    repaired: tuple[Repair, ...]
    refused: tuple[RefusedRow, ...]
    duplicate_keys: Mapping[str, tuple[int, ...]]
    remarks: Mapping[Remark, int]
    labels: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[NamedParent, ...] = ()
    by_ground: frozenset[str] = frozenset()
    same_names: tuple[SameName, ...] = ()

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


def check_boundaries(
    features: Sequence[Feature],
    expected: Expectation,
    *,
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Rows of a file taken, mended and refused, each with its reason.

    Parameters
    ----------
    features
        As `spatial.boundaries.read` gives them.
    expected
        What they should be.
    progress
        Told now and then how many rows are done.

    Returns
    -------
    checked
        Rows that share a code are united into one area.
    """
    plan = _plan(features, expected)
    rows: list[_Row] = []
    refused: list[RefusedRow] = []
    for done, feature in enumerate(features, start=1):
        try:
            rows.append(_row(feature, expected, plan))
        except FeatureRefused as error:
            refused.append(_refused(feature, expected, plan, error.refusal))
        if progress is not None and done % TOLD_EACH == 0:
            progress(done)
    by_code: dict[str, list[_Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return Checked(
        read=len(rows) + len(refused),
        areas=tuple(_united(by_code[code]) for code in sorted(by_code)),
        repaired=tuple(
            Repair(row.code, row.feature.row, row.mended.what, row.mended.area_change_m2)
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
        **_found_by_names(rows, plan),
    )


def _plan(features: Sequence[Feature], expected: Expectation) -> NamingPlan | None:
    if expected.naming is None:
        return None
    return naming_plan(
        features,
        expected.naming,
        city=expected.city,
        level=expected.level,
        name_field=expected.name_field,
    )


def _found_by_names(rows: Sequence[_Row], plan: NamingPlan | None) -> dict[str, Any]:
    if plan is None:
        return {}
    taken = [plan.keys[row.feature.row] for row in rows]
    above = {code for row in rows for code in _codes_above(row.code)}
    return {
        "labels": {key.code: key.label for key in taken},
        "parents": tuple(parent for parent in plan.parents if parent.code in above),
        "by_ground": frozenset(key.code for key in taken if key.by is ParentBy.GEOMETRY),
        "same_names": plan.same_names,
    }


def _codes_above(code: str) -> Iterable[str]:
    above = parent_code(code)
    while above is not None:
        yield above
        above = parent_code(above)


def _row(feature: Feature, expected: Expectation, plan: NamingPlan | None) -> _Row:
    if feature.refusal is not None:
        raise FeatureRefused(feature.refusal)
    if plan is not None:
        if feature.row in plan.refused:
            raise FeatureRefused(plan.refused[feature.row])
        code, name = plan.keys[feature.row].code, plan.keys[feature.row].name
    else:
        value = feature.properties.get(expected.code_field)
        if value in (None, "") and _is_no_surface(feature.geometry):
            raise FeatureRefused(Refusal.NOT_A_SURFACE)  # an office among the kelurahan
        code = read_code(value, level=expected.level, city=expected.city)
        named = feature.properties.get(expected.name_field) if expected.name_field else None
        name = clean_name(named)
    mended = mend_surface(feature.geometry)
    require_in_place(mended.surface, city=expected.city)
    return _Row(code, name, mended, feature)


def _is_no_surface(geometry: shapely.Geometry | None) -> bool:
    return geometry is not None and geometry.geom_type.endswith(("Point", "LineString"))


def _refused(
    feature: Feature, expected: Expectation, plan: NamingPlan | None, why: Refusal
) -> RefusedRow:
    if plan is not None:
        return RefusedRow(feature.row, plan.labels[feature.row], why, None)
    value = feature.properties.get(expected.code_field)
    if value in (None, "") and expected.name_field is not None:
        value = feature.properties.get(expected.name_field)
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
