"""Loading a file of boundaries into an edition: compared, stored, and told in a report.

Each level may come from its own file, in any order. A parent that no file has brought yet is
made by uniting its children (decision record 0006).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import shapely
from psycopg import Connection

from app.areas.people import Crowd, MadeCrowds, sum_crowds
from app.areas.service import (
    NewArea,
    NewEdition,
    StoredEdition,
    add_edition,
    bounds_of,
    find_edition,
    store_areas,
    store_people,
)
from app.areas.sources import Source, keep_source
from app.areas.steps import Progress
from app.cities.service import KnownCity
from app.statements import load_statement
from app.stored_words import LEVELS
from spatial.boundaries.check import BoundaryArea
from spatial.boundaries.codes import is_provisional, kind_of, level_of, parent_code
from spatial.boundaries.mend import Surface, surface_of
from spatial.boundaries.naming import KnownArea, NamedParent
from spatial.crs import ellipsoidal_area_m2

MADE_STATUS = "partisipatif"
STATUSES = ("resmi", "indikatif", "partisipatif")
"""From the most binding down; a parent made from its children is as binding as the weakest."""
LEAST_SHARE_INSIDE = 0.95
LEAST_TOLD_M2 = 1.0
_NUMBERED = {"rw": "RW", "rt": "RT"}


_NOBODY = MadeCrowds({}, (), {})


class EditionInUse(ValueError):
    """Areas would change in which usulan are placed already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLoad:
    """Checked areas of one level, and the edition they belong to."""

    city: KnownCity
    level: str
    edition: NewEdition
    areas: tuple[BoundaryArea, ...]
    parents: tuple[NamedParent, ...] = ()
    """Parents that are made under provisional codes, with their names."""


@dataclass(frozen=True, slots=True)
class Astray:
    """An area that lies partly outside its parent, which was drawn by other hands."""

    code: str
    name: str
    parent: str
    share: float
    """Part of its ground that lies inside, 0 to 1."""


@dataclass(frozen=True, slots=True)
class KeptBorder:
    """An area whose border stays, because usulan are placed in its edition."""

    code: str
    name: str
    m2: float
    """Ground on which the border that stays and the file's disagree."""


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load did to its edition."""

    edition: StoredEdition
    with_parent: int
    parents_made: Mapping[str, int]
    """How many of each level, the kota apart."""
    written: frozenset[str]
    unchanged: int
    astray: tuple[Astray, ...]
    """Of loaded areas and loaded parents, where this load brought either."""
    kept_borders: tuple[KeptBorder, ...] = ()
    """Areas of an edition in use that took a name and status, but not the file's border."""
    crowds: MadeCrowds = _NOBODY
    made_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """An area as it stands, or as it will."""

    area: NewArea
    is_made: bool


def read_known_areas(connection: Connection, city: KnownCity, edition: str) -> list[KnownArea]:
    """What an edition has, for files that name areas; other loaders of the city wait from now."""
    connection.execute(load_statement("areas", "lock_city"), {"city_id": city.city_id})
    found = find_edition(connection, city.city_id, edition)
    known = _read_known(connection, city, found) if found else {}
    return [
        KnownArea(code, area.level, area.name, area.parent_code, area.geometry)
        for code, area in ((code, entry.area) for code, entry in known.items())
    ]


def load_boundaries(
    connection: Connection, load: BoundaryLoad, *, progress: Progress
) -> LoadOutcome:
    """Store the areas of one level and the parents they need; the same areas again do nothing.

    In an edition with usulan names and status may change, and an area with others beneath it
    keeps its border. Raises EditionInUse when one without would move there, one would come or
    get another parent. A second loader of the city waits from the start, so that what it
    compares with still stands when it writes.
    """
    connection.execute(load_statement("areas", "lock_city"), {"city_id": load.city.city_id})
    new = [_new_area(load, area) for area in load.areas]
    edition = find_edition(connection, load.city.city_id, load.edition.name)
    known = _read_known(connection, load.city, edition) if edition else {}
    new, kept = _with_kept_borders(connection, load, edition, known, new)
    progress("menyatukan wilayah induk")
    future = known | {area.code: _Known(area, is_made=False) for area in new}
    made = _made_parents(load, future)
    wanted = [*new, *made.values()]
    if edition is None:
        edition = add_edition(connection, load.city.city_id, load.edition, bounds=bounds_of(wanted))
    elif moving := [area.code for area in wanted if _moves(known.get(area.code), area)]:
        _require_unused(connection, load, edition, moving)
    written = store_areas(
        connection,
        load.city.city_id,
        edition.edition_id,
        wanted,
        progress=lambda done: progress("menyimpan wilayah", done, len(wanted)),
    )
    source = Source(load.edition.source, load.edition.licence)
    keep_source(connection, load.city.city_id, load.level, source, edition_id=edition.edition_id)
    crowds = _crowds(known, future, made)
    store_people(connection, load.city.city_id, edition.edition_id, crowds.changed)
    if written or crowds.changed:
        values = {"city_id": load.city.city_id, "edition_id": edition.edition_id}
        connection.execute(load_statement("areas", "stamp_edition"), values)
    own = frozenset(area.code for area in new)
    return LoadOutcome(
        edition=edition,
        with_parent=sum(area.parent_code is not None for area in new),
        parents_made=_count_levels(area for area in made.values() if area.code not in known),
        written=written,
        unchanged=len(own - written),
        astray=_find_astray(own, future),
        kept_borders=kept,
        crowds=crowds,
        made_names={area.code: area.name for area in made.values()},
    )


def read_made_codes(connection: Connection, city: KnownCity, edition: str) -> frozenset[str]:
    """Parents of an edition that no file has brought; they follow the areas beneath them."""
    found = find_edition(connection, city.city_id, edition)
    known = _read_known(connection, city, found) if found else {}
    return frozenset(code for code, entry in known.items() if entry.is_made)


def _crowds(
    known: Mapping[str, _Known], future: Mapping[str, _Known], made: Mapping[str, NewArea]
) -> MadeCrowds:
    """People of made parents; an area that is loaded again keeps the numbers it has."""
    before = {code: _crowd(entry.area, entry.area) for code, entry in known.items()}
    areas = {code: entry.area for code, entry in future.items()} | dict(made)
    after = {
        code: _crowd(area, known[code].area if code in known else area)
        for code, area in areas.items()
    }
    return sum_crowds(before, after, made)


def _crowd(area: NewArea, counted: NewArea) -> Crowd:
    return Crowd(area.level, area.parent_code, counted.population, counted.households)


def _with_kept_borders(
    connection: Connection,
    load: BoundaryLoad,
    edition: StoredEdition | None,
    known: Mapping[str, _Known],
    new: list[NewArea],
) -> tuple[list[NewArea], tuple[KeptBorder, ...]]:
    """In an edition in use, areas that have others beneath them with the borders they had.

    Usulan are placed from the lowest areas up, so these borders need not follow the file for a
    name to come in; were they moved, usulan in holes between the lowest areas would be too.
    """
    moving = {area.code for area in new if _moves(known.get(area.code), area)}
    if edition is None or not moving or not _count_placed(connection, load, edition):
        return new, ()
    above = {each.area.parent_code for each in known.values()}
    held = {code: known[code].area for code in moving & known.keys() & above}
    kept = [
        KeptBorder(area.code, area.name, _disagreement_m2(held[area.code], area))
        for area in new
        if area.code in held
    ]
    same = [
        replace(area, geometry=held[area.code].geometry) if area.code in held else area
        for area in new
    ]
    return same, tuple(border for border in kept if border.m2 > LEAST_TOLD_M2)


def _disagreement_m2(before: NewArea, area: NewArea) -> float:
    return ellipsoidal_area_m2(shapely.symmetric_difference(before.geometry, area.geometry))


def _count_levels(made: Iterable[NewArea]) -> dict[str, int]:
    levels = [area.level for area in made]
    return {level: levels.count(level) for level in LEVELS[1:] if level in levels}


def _find_astray(own: frozenset[str], future: Mapping[str, _Known]) -> tuple[Astray, ...]:
    found = []
    for code, child in future.items():
        above = future.get(child.area.parent_code or "")
        if above is None or above.is_made or child.is_made or not own & {code, above.area.code}:
            continue
        inside = shapely.intersection(child.area.geometry, above.area.geometry).area
        share = inside / child.area.geometry.area
        if share < LEAST_SHARE_INSIDE:
            found.append(Astray(code, child.area.name, above.area.code, share))
    return tuple(sorted(found, key=lambda astray: (astray.share, astray.code)))


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
    if code == city.code:
        return None
    parent = parent_code(code)
    # In a province that is one city here, the kota between it and a kecamatan is no level.
    is_kota = parent is not None and level_of(parent) == "kota"
    return city.code if is_kota else parent


def _read_known(
    connection: Connection, city: KnownCity, edition: StoredEdition
) -> dict[str, _Known]:
    values = {"city_id": city.city_id, "edition_id": edition.edition_id}
    found = {}
    for code, level, parent, name, status, wkb, population, households in connection.execute(
        load_statement("areas", "read_areas"), values
    ):
        area = NewArea(
            code=code,
            level=level,
            parent_code=parent,
            name=name,
            kind=kind_of(code),
            geometry=shapely.from_wkb(wkb),
            population=population,
            households=households,
            status=status,
        )
        # A loaded area always has a name.
        is_made = name == "" or (status == MADE_STATUS and is_provisional(code))
        found[code] = _Known(area, is_made=is_made)
    kota = found.get(city.code)
    if kota is not None and _is_made_kota(city, kota.area, found):
        found[city.code] = replace(kota, is_made=True)
    return found


def _is_made_kota(city: KnownCity, kota: NewArea, known: Mapping[str, _Known]) -> bool:
    """A kota that was made has a name too, the city's; it is its children and nothing more."""
    beneath = (code for code in sorted(known) if known[code].area.parent_code == city.code)
    children = [known[code].area.geometry for code in beneath]
    if kota.name != city.name or not children:
        return False
    union = _made_area(city, city.code, children).geometry
    return _multi_wkb(union) == _multi_wkb(kota.geometry)


def _made_parents(load: BoundaryLoad, future: Mapping[str, _Known]) -> dict[str, NewArea]:
    """Parents that no file has brought, each the union of its children, the lowest level first."""
    shapes: dict[str, Surface] = {code: known.area.geometry for code, known in future.items()}
    parents = {code: known.area.parent_code for code, known in future.items()}
    names = {code: known.area.name for code, known in future.items()}
    names |= {parent.code: parent.name for parent in load.parents}
    statuses = {code: known.area.status for code, known in future.items()}
    made: dict[str, NewArea] = {}
    for level in reversed(LEVELS[:-1]):
        for code in sorted({parent for parent in parents.values() if parent is not None}):
            if level_of(code) != level or not _is_to_be_made(future.get(code)):
                continue
            children = sorted(child for child, parent in parents.items() if parent == code)
            union = _made_area(load.city, code, [shapes[child] for child in children])
            weakest = max((statuses[child] for child in children), key=STATUSES.index)
            status = MADE_STATUS if is_provisional(code) else weakest
            area = replace(union, name=names.get(code) or union.name, status=status)
            made[code] = area
            shapes[code], parents[code] = area.geometry, area.parent_code
            statuses[code] = status
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


def _count_placed(connection: Connection, load: BoundaryLoad, edition: StoredEdition) -> int:
    """How many usulan the edition has; no more come until the transaction ends."""
    connection.execute(load_statement("areas", "hold_usulan"))
    values = {"city_id": load.city.city_id, "edition_id": edition.edition_id}
    (placed,) = next(iter(connection.execute(load_statement("areas", "count_usulan"), values)))
    return int(placed)


def _require_unused(
    connection: Connection, load: BoundaryLoad, edition: StoredEdition, moving: list[str]
) -> None:
    placed = _count_placed(connection, load, edition)
    if placed:
        named = ", ".join(moving[:5]) + f" dan {len(moving) - 5} lain" * (len(moving) > 5)
        raise EditionInUse(
            f"edisi {load.edition.name!r} sudah dipakai {placed} usulan, jadi wilayah tidak"
            f" ditambah dan batas wilayah terbawah tidak digeser ({named}); muat berkas ini"
            " sebagai edisi baru (--edition dengan nama lain)"
        )
