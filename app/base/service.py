"""Writing the reference map of a city; the caller owns the transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import shapely
from psycopg import Connection

from app.base.features import BaseFeature
from app.cities.service import KnownCity
from app.statements import load_statement
from spatial.crs import WGS84_SRID

STORED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of the features of one kind; written + unchanged + duplicates is their number."""

    written: int
    unchanged: int
    duplicates: int
    removed: int


def find_city_bounds(
    connection: Connection, city: KnownCity
) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the city's active boundaries, in degrees."""
    values = {"city_id": city.city_id}
    row = connection.execute(load_statement("base", "find_bounds"), values).fetchone()
    return None if row is None or row[0] is None else (row[0], row[1], row[2], row[3])


def store_features(
    connection: Connection,
    city: KnownCity,
    features: Sequence[BaseFeature],
    *,
    replaces: bool,
    progress: Callable[[int], None] = lambda _: None,
) -> Stored:
    """Add the features of one kind that are not there; with `replaces`, others of it go.

    `progress` is told how many are done. Two loaders of one city take turns.
    """
    connection.execute(load_statement("areas", "lock_city"), {"city_id": city.city_id})
    different = {feature.feature_id: feature for feature in features}
    wanted = list(different.values())
    key = {"city_id": city.city_id, "kind": features[0].kind}
    written = 0
    for start in range(0, len(wanted), STORED_AT_ONCE):
        some = wanted[start : start + STORED_AT_ONCE]
        added = connection.execute(load_statement("base", "add_features"), key | _arrays(some))
        written += added.rowcount
        progress(start + len(some))
    removed = _remove_others(connection, key, list(different)) if replaces else 0
    return Stored(
        written=written,
        unchanged=len(wanted) - written,
        duplicates=len(features) - len(wanted),
        removed=removed,
    )


def _arrays(features: Sequence[BaseFeature]) -> dict[str, list[object]]:
    shapes = shapely.set_srid([feature.geometry for feature in features], WGS84_SRID)
    return {
        "feature_ids": [feature.feature_id for feature in features],
        "subkinds": [feature.subkind for feature in features],
        "names": [feature.name for feature in features],
        "shapes": list(shapely.to_wkb(shapes, hex=True, include_srid=True)),
    }


def _remove_others(connection: Connection, key: Mapping[str, object], kept: Sequence[UUID]) -> int:
    values = {**key, "feature_ids": kept}
    return connection.execute(load_statement("base", "remove_others"), values).rowcount
