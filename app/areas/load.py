"""Loading a file of boundaries into an edition: compared, stored, and told in a report.

Each level may come from its own file, in any order. A parent that no file has brought yet is
made by uniting its children (decision record 0006).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import shapely
from psycopg import Connection

from app.areas.service import (
    NewArea,
    NewEdition,
    StoredEdition,
    add_edition,
    bounds_of,
    find_edition,
    store_areas,
)
from app.cities.service import KnownCity
from app.models.area import LEVELS
from app.statements import load_statement
from spatial.boundaries.check import BoundaryArea
from spatial.boundaries.codes import kind_of, level_of, parent_code
from spatial.boundaries.mend import Surface, surface_of

MADE_STATUS = "partisipatif"
_NUMBERED = {"rw": "RW", "rt": "RT"}


class EditionInUse(ValueError):
    """Areas would change in which usulan are placed already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLoad:
    """Checked areas of one level, and the edition they belong to."""

    city: KnownCity
    level: str
    edition: NewEdition
    areas: tuple[BoundaryArea, ...]


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did to its edition."""

    edition: StoredEdition
    parents_by_code: int
    parents_made: int
    written: frozenset[str]
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Known:
    """An area as it stands, or as it will."""

    area: NewArea
    is_made: bool


def load_boundaries(
    connection: Connection, load: BoundaryLoad, *, progress: Callable[[str], None]
) -> LoadOutcome:
    """Store the areas of one level and the parents they need; the same areas again do nothing.

    Raises EditionInUse when an area of an edition with usulan would move, come or change
    parents; names and status may change at any time. A second loader of the city waits from
    the start, so that what it compares with still stands when it writes.
    """
    connection.execute(load_statement("areas", "lock_city"), {"city_id": load.city.city_id})
    new = [_new_area(load, area) for area in load.areas]
    edition = find_edition(connection, load.city.city_id, load.edition.name)
    known = _read_known(connection, load.city, edition) if edition else {}
    progress("menyatukan wilayah induk")
    future = known | {area.code: _Known(area, is_made=False) for area in new}
    made = _made_parents(load, future)
    wanted = [*new, *made.values()]
    if edition is None:
        edition = add_edition(connection, load.city.city_id, load.edition, bounds=bounds_of(wanted))
    elif any(_moves(known.get(area.code), area) for area in wanted):
        _require_unused(connection, load, edition)
    progress(f"menyimpan {len(wanted)} wilayah")
    written = store_areas(connection, load.city.city_id, edition.edition_id, wanted)
    if written:
        values = {"city_id": load.city.city_id, "edition_id": edition.edition_id}
        connection.execute(load_statement("areas", "stamp_edition"), values)
    own = frozenset(area.code for area in new)
    return LoadOutcome(
        edition=edition,
        parents_by_code=sum(area.parent_code is not None for area in new),
        parents_made=sum(area.level != "kota" and area.code not in known for area in made.values()),
        written=written,
        unchanged=len(own - written),
    )


def _new_area(load: BoundaryLoad, area: BoundaryArea) -> NewArea:
    return NewArea(
        code=area.code,
        level=load.level,
        parent_code=_parent(load.city, area.code),
        name=area.name or _name_from(area.code, load.level),
        kind=kind_of(area.code),
        geometry=area.surface,
        status=load.edition.status,
    )


def _name_from(code: str, level: str) -> str:
    """What a nameless area is called: "RW 012"; its code where nothing better is known."""
    return f"{_NUMBERED[level]} {code.rsplit('-', 1)[1]}" if level in _NUMBERED else code


def _parent(city: KnownCity, code: str) -> str | None:
    return None if code == city.code else parent_code(code)


def _read_known(
    connection: Connection, city: KnownCity, edition: StoredEdition
) -> dict[str, _Known]:
    values = {"city_id": city.city_id, "edition_id": edition.edition_id}
    found = {}
    for code, level, parent, name, status, wkb in connection.execute(
        load_statement("areas", "read_areas"), values
    ):
        area = NewArea(
            code=code,
            level=level,
            parent_code=parent,
            name=name,
            kind=kind_of(code),
            geometry=shapely.from_wkb(wkb),
            status=status,
        )
        # A loaded area always has a name; only a kota that was made has one too.
        nameless = name == "" or (level == "kota" and name == city.name)
        found[code] = _Known(area, is_made=status == MADE_STATUS and nameless)
    return found


def _made_parents(load: BoundaryLoad, future: Mapping[str, _Known]) -> dict[str, NewArea]:
    """Parents that no file has brought, each the union of its children, the lowest level first."""
    shapes: dict[str, Surface] = {code: known.area.geometry for code, known in future.items()}
    parents = {code: known.area.parent_code for code, known in future.items()}
    made: dict[str, NewArea] = {}
    for level in reversed(LEVELS[:-1]):
        for code in sorted({parent for parent in parents.values() if parent is not None}):
            if level_of(code) != level or not _is_to_be_made(future.get(code)):
                continue
            children = sorted(child for child, parent in parents.items() if parent == code)
            area = _made_area(load.city, code, [shapes[child] for child in children])
            made[code] = area
            shapes[code], parents[code] = area.geometry, area.parent_code
    return made


def _is_to_be_made(known: _Known | None) -> bool:
    return known is None or known.is_made


def _made_area(city: KnownCity, code: str, children: Iterable[Surface]) -> NewArea:
    union = surface_of(shapely.union_all(list(children)))
    if union is None:
        raise ValueError(f"the areas beneath {code} have no surface")
    return NewArea(
        code=code,
        level=level_of(code) or "kota",
        parent_code=_parent(city, code),
        name=city.name if code == city.code else "",
        kind=kind_of(code),
        geometry=union,
        status=MADE_STATUS,
    )


def _moves(known: _Known | None, area: NewArea) -> bool:
    """Whether an usulan could be placed elsewhere once the area stands as it is now given."""
    if known is None:
        return True
    before = known.area
    same_parent = before.parent_code == area.parent_code and before.level == area.level
    return not same_parent or _multi_wkb(before.geometry) != _multi_wkb(area.geometry)


def _multi_wkb(surface: Surface) -> bytes:
    parts = getattr(surface, "geoms", [surface])
    return bytes(shapely.to_wkb(shapely.MultiPolygon(list(parts))))


def _require_unused(connection: Connection, load: BoundaryLoad, edition: StoredEdition) -> None:
    connection.execute(load_statement("areas", "hold_usulan"))
    values = {"city_id": load.city.city_id, "edition_id": edition.edition_id}
    (placed,) = next(iter(connection.execute(load_statement("areas", "count_usulan"), values)))
    if placed:
        raise EditionInUse(
            f"edisi {load.edition.name!r} sudah dipakai {placed} usulan, jadi batasnya tidak"
            " diubah; muat berkas ini sebagai edisi baru (--edition dengan nama lain)"
        )
