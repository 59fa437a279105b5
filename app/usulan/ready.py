"""Usulan with their histories as binary COPY takes them, made without the database.

What takes long can so be done in another process, or while the database is still busy. The rows
are those that `app.usulan.bulk` writes for the same records; a test holds the two together.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
import shapely

from app.statements import copied_names
from app.usulan import packed
from app.usulan.bulk import Objects, spots_of
from app.usulan.columns import COPY_USULAN, ReadyColumns
from app.usulan.keys import References
from app.usulan.numbers import usulan_number
from app.usulan.records import NewUsulan
from app.usulan.steps import ready_steps


def ready_usulan(city_id: int, rows: Sequence[NewUsulan], *, rng: random.Random) -> ReadyColumns:
    """All that can be done before the database is asked; every row brings its id, none a contact.

    Nonces are drawn before numbers.
    """
    ids = [row.usulan_id for row in rows if row.usulan_id is not None]
    histories = [row.events for row in rows]
    events = ready_steps(city_id, ids, histories, rng=rng)
    numbers = [usulan_number(city_id, row.year, rng) for row in rows]
    own = {each: each.bytes for each in ids}
    return ReadyColumns(
        city_id,
        list(own.values()),
        numbers,
        _references(rows),
        usulan=_usulan(city_id, rows, own, numbers),
        events=events,
    )


def _usulan(
    city_id: int, rows: Sequence[NewUsulan], own: dict[UUID, bytes], numbers: list[str]
) -> bytes:
    ids = list(map(packed.value, own.values()))
    lineages = [
        each if row.lineage_id is None else _uuid(row.lineage_id)
        for each, row in zip(ids, rows, strict=True)
    ]
    columns: dict[str, packed.Column] = {
        "city_id": packed.value(packed.smallint(city_id)),
        "usulan_id": ids,
        "number": packed.texts(numbers),
        "tracking_hash": packed.NULL,  # nobody waits for a tracking code
        **_each(rows, "year", packed.smallint),
        **_each(rows, "category", packed.text),
        "title": packed.texts([row.title for row in rows]),
        "problem": packed.texts([row.problem for row in rows]),
        **_content(rows),
        **_places(rows),
        **_each(rows, "accuracy_m", packed.double),
        **_each(rows, "edition_id", packed.integer),
        **_each(rows, "area_code kota kecamatan kelurahan rw rt", packed.text),
        "area_shares": [_shares(row) for row in rows],
        **_each(rows, "declared_area", packed.text),
        "doubts": packed.each([tuple(row.doubts) for row in rows], packed.words),
        **_each(rows, "channel funding", packed.text),
        "status": packed.each([row.events[-1].status for row in rows], packed.text),
        "stage": packed.each([row.events[-1].stage for row in rows], packed.text),
        **_each(rows, "published", _boolean),
        "lineage_id": lineages,
        **_each(rows, "sequence", packed.smallint),
        **_each(rows, "continues_id", _sixteen),
        **_each(rows, "source source_id", packed.text),
        **_each(rows, "source_digest", bytes),
        **_each(rows, "load_id", _sixteen),
        "created updated": _times(rows),
    }
    return packed.copied(copied_names("usulan", COPY_USULAN), columns, len(rows))


def _content(rows: Sequence[NewUsulan]) -> dict[str, packed.Column]:
    """What is asked for, as large as whoever asks says."""
    return {
        **_each(rows, "address landmark", packed.text),
        **_each(rows, "volume", packed.cents),
        **_each(rows, "unit", packed.text),
        **_each(rows, "estimated_cost", packed.bigint),
        **_each(rows, "beneficiaries", packed.integer),
        **_each(rows, "severity", packed.smallint),
        "inclusion": packed.each([tuple(row.inclusion) for row in rows], packed.words),
        **_each(rows, "supporters", packed.integer),
    }


def _each(
    rows: Sequence[NewUsulan], names: str, pack: Callable[[Any], bytes]
) -> dict[str, packed.Column]:
    return {name: packed.each([getattr(row, name) for row in rows], pack) for name in names.split()}


def _times(rows: Sequence[NewUsulan]) -> list[packed.Packed]:
    created = packed.microseconds([row.events[0].at for row in rows])
    updated = packed.microseconds([row.events[-1].at for row in rows])
    return packed.fixed([(">i8", created), (">i8", updated)], len(rows))


def _references(rows: Sequence[NewUsulan]) -> References:
    continued = frozenset(row.continues_id for row in rows if row.continues_id is not None)
    return References(
        frozenset((row.edition_id, row.area_code) for row in rows),
        frozenset(row.category for row in rows),
        continued - {row.usulan_id for row in rows},
    )


def _uuid(one: UUID) -> packed.Packed:
    return packed.value(_sixteen(one))


def _sixteen(one: UUID) -> bytes:
    return one.bytes


def _boolean(told: int) -> bytes:
    return bytes((told,))


def _shares(row: NewUsulan) -> packed.Packed:
    if not row.area_shares:
        return packed.NULL
    return packed.value(packed.jsonb(orjson.dumps(list(row.area_shares)).decode()))


def _places(rows: Sequence[NewUsulan]) -> dict[str, packed.Column]:
    shapes, points, cells = spots_of(rows)
    told = [
        packed.NULL if cell is None else packed.value(packed.bigint(cell))
        for cell in cells.tolist()
    ]
    return {"geom": _ewkb(shapes), "position": _ewkb(points), "cell": told}


def _ewkb(shapes: Objects) -> list[packed.Packed]:
    found = shapely.to_wkb(shapes, include_srid=True).tolist()
    return [packed.NULL if each is None else packed.value(each) for each in found]
