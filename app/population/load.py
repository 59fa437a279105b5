"""Numbers of inhabitants and households taken over into the areas of an edition."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from psycopg import Connection

from app.areas.boundary_report import crowd_report
from app.areas.load import read_made_codes
from app.areas.people import Crowd, sum_crowds
from app.areas.service import store_people
from app.cities.service import KnownCity
from app.population.file import PeopleFile, PeopleRow, RefusedRow
from app.statements import load_statement

_NOTHING = (None, None)


class NothingTaken(ValueError):
    """Of the file nothing is stored; with the report."""

    def __init__(self, reason: str, report: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.report = report


@dataclass(frozen=True, slots=True)
class _Area:
    """An area of the edition, with the numbers that it will have."""

    code: str
    level: str
    name: str
    parent_code: str | None
    population: int | None
    households: int | None


def load_people(
    connection: Connection,
    city: KnownCity,
    edition: str | None,
    people: PeopleFile,
    *,
    refuse_none: bool = False,
) -> dict[str, Any]:
    """Take over what a file says of areas; the report. The caller commits, or does not.

    What a row leaves out stays as it was. Without `edition` the active one is meant. Raises
    NothingTaken when no row can be taken, or one cannot and `refuse_none` says so.
    """
    connection.execute(load_statement("areas", "lock_city"), {"city_id": city.city_id})
    edition_id, name = _find_edition(connection, city, edition)
    before = _read_areas(connection, city, edition_id)
    after, refused = _taken(before, people)
    counted = sum(area != before[code] for code, area in after.items())
    crowds = sum_crowds(_crowds(before), _crowds(after), read_made_codes(connection, city, name))
    after |= {code: _counted(after[code], crowd) for code, crowd in crowds.changed.items()}
    changed = [area for code, area in after.items() if area != before[code]]
    taken = len(people.rows) - (len(refused) - len(people.refused))
    report = {
        "read": len(people.rows) + len(people.refused),
        "updated": counted,
        "unchanged": taken - counted,
        "rejected": len(refused),
        "rejections": [asdict(row) for row in refused],
        "passed": [asdict(row) for row in people.passed],
        "unused_columns": list(people.unused_columns),
        "unused_sheets": list(people.unused_sheets),
        "without_population": [
            {"code": area.code, "level": area.level, "name": area.name}
            for area in after.values()
            if area.population is None
        ],
        **crowd_report(crowds, {code: area.name for code, area in after.items()}),
        "sums": _unequal_sums(after),
        "city": city.code,
        "edition": name,
    }
    _require_any(report, refuse_none=refuse_none)
    _store(connection, city, edition_id, changed)
    return report


def _find_edition(connection: Connection, city: KnownCity, name: str | None) -> tuple[int, str]:
    values = {"city_id": city.city_id, "name": name}
    found = connection.execute(load_statement("population", "find_edition"), values).fetchone()
    if found is None:
        which = "batas wilayah" if name is None else f"edisi {name[:40]!r}"
        raise NothingTaken(f"{city.name} belum punya {which}; muat dengan: peta boundaries load")
    return found[0], found[1]


def _read_areas(connection: Connection, city: KnownCity, edition_id: int) -> dict[str, _Area]:
    values = {"city_id": city.city_id, "edition_id": edition_id}
    rows = connection.execute(load_statement("population", "read_areas"), values)
    return {row[0]: _Area(*row) for row in rows}


def _taken(
    before: Mapping[str, _Area], people: PeopleFile
) -> tuple[dict[str, _Area], list[RefusedRow]]:
    """Every area as it will be, and the rows that are not taken in the order of the file."""
    after, refused = dict(before), list(people.refused)
    for row in people.rows:
        why = _why_not(before.get(row.code), row)
        if why is None:
            after[row.code] = _with(before[row.code], row)
        else:
            refused.append(RefusedRow(row.row, row.code, why))
    return after, sorted(refused, key=lambda row: row.row)


def _with(area: _Area, row: PeopleRow) -> _Area:
    return replace(
        area,
        population=area.population if row.population is None else row.population,
        households=area.households if row.households is None else row.households,
    )


def _crowds(areas: Mapping[str, _Area]) -> dict[str, Crowd]:
    return {
        code: Crowd(area.level, area.parent_code, area.population, area.households)
        for code, area in areas.items()
    }


def _counted(area: _Area, crowd: Crowd) -> _Area:
    return replace(area, population=crowd.population, households=crowd.households)


def _why_not(area: _Area | None, row: PeopleRow) -> str | None:
    if area is None:
        return "wilayah dengan kode ini tidak ada dalam edisi"
    after = _with(area, row)
    population, households = after.population, after.households
    if population is not None and households is not None and households > population:
        return f"{households} KK lebih banyak daripada {population} penduduk"
    return None


def _unequal_sums(areas: Mapping[str, _Area]) -> list[dict[str, Any]]:
    """Parents whose number is not the sum of their children's, where all of them have one."""
    children: dict[str, list[_Area]] = {}
    for area in areas.values():
        if area.parent_code is not None:
            children.setdefault(area.parent_code, []).append(area)
    found = []
    for code, parts in sorted(children.items()):
        parent = areas[code]
        for what in ("population", "households"):
            numbers = [getattr(part, what) for part in parts]
            own = getattr(parent, what)
            if own is not None and None not in numbers and sum(numbers) != own:
                found.append(
                    {
                        "code": code,
                        "level": parent.level,
                        "name": parent.name,
                        "what": what,
                        "own": own,
                        "children": sum(numbers),
                    }
                )
    return found


def _require_any(report: dict[str, Any], *, refuse_none: bool) -> None:
    read, rejected = report["read"], report["rejected"]
    if not read:
        raise NothingTaken("berkas tidak memuat satu baris wilayah pun", report)
    if rejected == read or (rejected and refuse_none):
        first = report["rejections"][0]
        raise NothingTaken(
            f"{rejected} dari {read} baris ditolak; yang pertama, baris {first['row']}"
            f" {first['code']!r}: {first['why']}",
            report,
        )


def _store(connection: Connection, city: KnownCity, edition_id: int, changed: list[_Area]) -> None:
    if not changed:
        return
    where = {"city_id": city.city_id, "edition_id": edition_id}
    store_people(connection, **where, crowds=_crowds({area.code: area for area in changed}))
    connection.execute(load_statement("areas", "stamp_edition"), where)
