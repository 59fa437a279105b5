"""Areas that have names and no codes: which loaded area each name means, and codes for the rest.

A parent is looked for by name within the parent named before it, then by the ground the row
shares with loaded areas. What is loaded nowhere gets a provisional code, told by its x:
`31.00.x01` a kecamatan, `31.00.x01.x0001` a kelurahan.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import shapely

from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FeatureRefused, Refusal
from spatial.boundaries.mend import Surface, mend_surface
from spatial.boundaries.numbers import NumberedPlace, numbered_place
from spatial.boundaries.words import clean_name
from spatial.mentions.names import name_as_written, name_key

NAMED_LEVELS = ("kecamatan", "kelurahan")
MOST_PROVISIONAL = {"kecamatan": 99, "kelurahan": 9999}
_PROVISIONAL = re.compile(r"x(\d+)$")
_LONGEST_LABEL = 120


class ParentBy(StrEnum):
    """How a row found its parent."""

    NAME = "name"
    GEOMETRY = "geometry"


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area that is loaded already.

    Attributes
    ----------
    code, level, name
        As loaded.
    parent
        Code of the area above, or None.
    surface
        Degrees, EPSG:4326.
    """

    code: str
    level: str
    name: str
    parent: str | None
    surface: Surface


@dataclass(frozen=True, slots=True)
class Naming:
    """How areas without codes are to be recognised.

    Attributes
    ----------
    parent_fields
        Properties with the names of the areas above, the outermost first; empty when the file
        names none.
    may_make
        Whether what is not loaded gets a provisional code.
    known
        What is loaded.
    """

    parent_fields: tuple[str, ...]
    may_make: bool
    known: tuple[KnownArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyed:
    """The key that a row was found to have.

    Attributes
    ----------
    code
        Loaded, or provisional.
    name
        For its area.
    label
        Names from the outermost parent down, for a reader.
    by
        How its parent was found.
    """

    code: str
    name: str
    label: str
    by: ParentBy


@dataclass(frozen=True, slots=True)
class NamedParent:
    """A parent that is made of its children, with the name the file gave it.

    Attributes
    ----------
    code
        Provisional.
    level, name
        Of the area.
    """

    code: str
    level: str
    name: str


@dataclass(frozen=True, slots=True)
class SameName:
    """One name that means several areas.

    Attributes
    ----------
    name
        As the file has it.
    level
        Of the areas.
    parents
        Names of the areas above them.
    """

    name: str
    level: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingPlan:
    """Keys of all rows of a file.

    Attributes
    ----------
    keys
        By row; rows that have none are in `refused`.
    refused
        Why a row has no key.
    labels
        What a reader calls each row, whether it has a key or not.
    parents
        Those that are to be made.
    same_names
        Names that occur under several parents.
    """

    keys: Mapping[int, Keyed]
    refused: Mapping[int, Refusal]
    labels: Mapping[int, str]
    parents: tuple[NamedParent, ...]
    same_names: tuple[SameName, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """What the columns of one row say."""

    path: tuple[str, ...]
    own: str
    place: NumberedPlace | None


def naming_plan(
    features: Sequence[Feature],
    naming: Naming,
    *,
    city: str,
    level: str,
    name_field: str | None,
) -> NamingPlan:
    """Keys of rows that have names and no codes; the same for the same rows and areas.

    Provisional numbers go by the alphabet and on after those that are loaded.

    Parameters
    ----------
    features
        Rows of the file.
    naming
        What is known.
    city
        Code of the city.
    level
        Of the rows.
    name_field
        Property with their own name or number; None when there is none.

    Returns
    -------
    plan
        Every row is either keyed or refused.
    """
    named: dict[int, _Named] = {}
    refused: dict[int, Refusal] = {}
    for feature in features:
        try:
            named[feature.row] = _named(feature, naming, level, name_field)
        except FeatureRefused as error:
            refused[feature.row] = error.refusal
    codes = _Codes(city, naming)
    codes.make_missing([*_paths(named.values(), level)])
    keys: dict[int, Keyed] = {}
    for feature in features:
        if feature.row in named:
            try:
                keys[feature.row] = codes.key(named[feature.row], feature, level)
            except FeatureRefused as error:
                refused[feature.row] = error.refusal
    return NamingPlan(
        keys=keys,
        refused=refused,
        labels={feature.row: _raw_label(feature, naming, name_field) for feature in features},
        parents=tuple(made for made in codes.made if made.level != level),
        same_names=_same_names(named.values(), level),
    )


def _named(feature: Feature, naming: Naming, level: str, name_field: str | None) -> _Named:
    value = feature.properties.get(name_field) if name_field else None
    fields = naming.parent_fields
    rw: object = None
    if level == "rt" and len(fields) > len(NAMED_LEVELS):
        fields, rw = fields[:-1], feature.properties.get(fields[-1])
    path = tuple(clean_name(feature.properties.get(name)) for name in fields)
    if not all(path):
        raise FeatureRefused(Refusal.NO_PARENT_NAME)
    if level in NAMED_LEVELS:
        own = clean_name(value)
        if not own:
            raise FeatureRefused(Refusal.NO_NAME)
        return _Named(path, own, None)
    place = numbered_place(value, level=level, rw=rw)
    return _Named(path, place.name, place)


def _raw_label(feature: Feature, naming: Naming, name_field: str | None) -> str:
    fields = (*naming.parent_fields, *([name_field] if name_field else []))
    values = (feature.properties.get(name) for name in fields)
    return ", ".join(" ".join(str(value).split()) for value in values if value is not None)[
        :_LONGEST_LABEL
    ]


def _paths(named: Iterable[_Named], level: str) -> Iterable[tuple[str, ...]]:
    """Names from the kecamatan down that may have to be made, each row's own at the end."""
    for row in named:
        yield (*row.path, row.own) if level in NAMED_LEVELS else row.path


def _same_names(named: Iterable[_Named], level: str) -> tuple[SameName, ...]:
    above: dict[str, dict[str, tuple[str, str]]] = {}
    for path in _paths(named, level):
        if len(path) == len(NAMED_LEVELS):
            outer, inner = path
            above.setdefault(name_key(inner), {})[name_key(outer)] = (inner, outer)
    return tuple(
        SameName(
            name=next(iter(found.values()))[0],
            level=NAMED_LEVELS[-1],
            parents=tuple(sorted(outer for _, outer in found.values())),
        )
        for _, found in sorted(above.items())
        if len(found) > 1
    )


@dataclass(slots=True)
class _Codes:
    """Codes by name within a parent, loaded and made."""

    city: str
    naming: Naming
    made: list[NamedParent] = field(default_factory=list)
    _by_name: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for area in self.naming.known:
            if area.level in NAMED_LEVELS and area.parent is not None:
                self._add(area.parent, area.name, area.code)

    def _add(self, parent: str, name: str, code: str) -> None:
        self._by_name.setdefault((parent, name_key(name)), []).append((name, code))
        if number := _PROVISIONAL.search(code):
            self._last[parent] = max(self._last.get(parent, 0), int(number[1]))

    def find(self, parent: str, name: str) -> str | None:
        """Code of a name within a parent; None when there is none, or several alike."""
        found = self._by_name.get((parent, name_key(name)), [])
        if len(found) > 1:
            alike = [pair for pair in found if name_as_written(pair[0]) == name_as_written(name)]
            found = alike if len(alike) == 1 else []
        return found[0][1] if found else None

    def make_missing(self, paths: Iterable[tuple[str, ...]]) -> None:
        """Give codes to names that have none, in the order of the alphabet."""
        if not self.naming.may_make:
            return
        unique = {tuple(map(name_key, path)): path for path in reversed(list(paths))}
        for length, level in enumerate(NAMED_LEVELS, start=1):
            for _, path in sorted(unique.items()):
                parent = self._parent(path[: length - 1])
                if len(path) < length or parent is None:
                    continue
                is_known = (parent, name_key(path[length - 1])) in self._by_name
                if not is_known and self._last.get(parent, 0) < MOST_PROVISIONAL[level]:
                    self._make(parent, level, path[length - 1])

    def _make(self, parent: str, level: str, name: str) -> None:
        number = self._last.get(parent, 0) + 1
        width = len(str(MOST_PROVISIONAL[level]))
        code = f"{parent}.x{number:0{width}d}"
        self._add(parent, name, code)
        self.made.append(NamedParent(code, level, name))

    def _parent(self, path: Sequence[str]) -> str | None:
        code: str | None = self.city
        for name in path:
            code = None if code is None else self.find(code, name)
        return code

    def key(self, named: _Named, feature: Feature, level: str) -> Keyed:
        parent, by = self._parent_of(named, feature, level)
        label = ", ".join((*named.path, named.own))[:_LONGEST_LABEL]
        if named.place is not None:
            return Keyed(f"{parent}{named.place.suffix}", named.own, label, by)
        code = self.find(parent, named.own)
        if code is None:
            raise FeatureRefused(Refusal.NO_CODE)
        return Keyed(code, named.own, label, by)

    def _parent_of(self, named: _Named, feature: Feature, level: str) -> tuple[str, ParentBy]:
        above = {"kecamatan": 0, "kelurahan": 1}.get(level, len(NAMED_LEVELS))
        if len(named.path) == above:
            code = self._parent(named.path)
            if code is not None:
                return code, ParentBy.NAME
        elif len(named.path) == 1 and above > 1:
            code = self._only_one(named.path[0])
            if code is not None:
                return code, ParentBy.NAME
        wanted = NAMED_LEVELS[above - 1] if above else "kota"
        code = self._by_ground(feature, wanted)
        if code is None:
            raise FeatureRefused(Refusal.UNKNOWN_PARENT)
        return code, ParentBy.GEOMETRY

    def _only_one(self, name: str) -> str | None:
        """The one kelurahan of the city with a name, whatever its kecamatan."""
        codes = {
            code
            for (_, key), found in self._by_name.items()
            for _, code in found
            if key == name_key(name) and code.count(".") == len(NAMED_LEVELS) + 1
        }
        return codes.pop() if len(codes) == 1 else None

    def _by_ground(self, feature: Feature, level: str) -> str | None:
        """The loaded area of a level that shares most ground with a row."""
        known = [area for area in self.naming.known if area.level == level]
        if not known or feature.refusal is not None:
            return None
        surface = mend_surface(feature.geometry).surface
        shapes = np.array([area.surface for area in known], dtype=object)
        shared = shapely.area(shapely.intersection(shapes, surface))
        largest = int(np.argmax(shared))
        return known[largest].code if shared[largest] > 0 else None
