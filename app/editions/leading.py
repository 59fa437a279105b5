"""The ways between two editions: the crosswalk, and the counterpart of each area."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psycopg import Connection

from app.editions.comparing import LoadedEdition
from app.statements import load_statement
from spatial.areas import LEVELS, Hierarchy
from spatial.boundaries.crosswalk import counterparts, crosswalk

Counterparts = Mapping[str, str | None]


def write_leads(
    connection: Connection,
    city_id: int,
    edition: LoadedEdition,
    others: Sequence[LoadedEdition],
) -> tuple[dict[int, Counterparts], dict[int, Counterparts], int]:
    """Counterparts from each other edition, those back to it, and how many crosswalk rows.

    What was written before between the same editions is replaced.
    """
    leads: dict[int, Counterparts] = {}
    back: dict[int, Counterparts] = {}
    rows = 0
    for other in others:
        rows += _write_crosswalk(connection, city_id, other, edition)
        leads[other.stored.edition_id] = _write_counterparts(connection, city_id, other, edition)
        back[other.stored.edition_id] = _write_counterparts(connection, city_id, edition, other)
    return leads, back, rows


def _between(city_id: int, one: LoadedEdition, other: LoadedEdition) -> dict[str, int]:
    return {
        "city_id": city_id,
        "edition_id": one.stored.edition_id,
        "other_edition_id": other.stored.edition_id,
    }


def _write_crosswalk(
    connection: Connection, city_id: int, one: LoadedEdition, other: LoadedEdition
) -> int:
    between = _between(city_id, one, other)
    overlaps = crosswalk(one.areas, other.areas, metric_srid=other.stored.metric_srid)
    connection.execute(load_statement("editions", "forget_crosswalk"), between)
    rows = (
        (
            *between.values(),
            overlap.code,
            overlap.into,
            overlap.level,
            overlap.m2,
            overlap.area_share,
            overlap.people,
            overlap.population_share,
            overlap.by,
        )
        for overlap in overlaps
    )
    _copy(connection, "copy_crosswalk", rows)
    return len(overlaps)


def _write_counterparts(
    connection: Connection, city_id: int, one: LoadedEdition, other: LoadedEdition
) -> Counterparts:
    found = counterparts(one.areas, other.areas, metric_srid=other.stored.metric_srid)
    between = _between(city_id, one, other)
    connection.execute(load_statement("editions", "forget_counterparts"), between)
    _copy(connection, "copy_counterpart", _counterpart_rows(city_id, one, other, found))
    return found


def _counterpart_rows(
    city_id: int, one: LoadedEdition, other: LoadedEdition, found: Counterparts
) -> Iterator[tuple[Any, ...]]:
    hierarchy = Hierarchy(other.areas.records)
    levels = {record.code: record.level for record in other.areas.records}
    kota = next((code for code, level in levels.items() if level == "kota"), None)
    for code, held_by in found.items():
        counted_in = held_by or kota
        if counted_in is None:
            continue
        chain = {levels[member]: member for member in hierarchy.chain(counted_in)}
        yield (
            city_id,
            one.stored.edition_id,
            code,
            other.stored.edition_id,
            counted_in,
            *(chain.get(level) for level in LEVELS),
        )


def _copy(connection: Connection, statement: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(load_statement("editions", statement)) as copy,
    ):
        for row in rows:
            copy.write_row(row)
