"""Areas of a level in the order of a measure, with how sure each place is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.placing import active_edition
from app.errors import FieldError, InvalidFields
from app.field_words import field_words
from app.language import Language
from app.statistics.adding import add_up
from app.statistics.measures import UNITS, Measure, is_thin
from app.statistics.queries import find_beneath, read_area_names
from app.statistics.schemas import RankingQuery, StatsQuery
from app.usulan.queries import find_unknown_codes
from app.usulan.selection import Chosen
from spatial.rates import poisson_interval

Rows = Sequence[Mapping[str, Any]]


async def rank_areas(
    connection: AsyncConnection,
    chosen: Chosen,
    query: RankingQuery,
    *,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """Areas with a rank, the greatest value first, then those with too little data for one.

    The counts of the rows, of the `rest` and `unassigned` make `numberMatched`.
    """
    measure = query.measure or ("per_1000" if len(chosen.filters.year) == 1 else "count")
    stats = await add_up(connection, chosen, StatsQuery(level=query.level), now=now)
    among = await _among(connection, chosen, stats["rows"], query.within)
    rows = ranked(among, measure)
    shown = rows[: query.limit]
    names = await _kelurahan_names(connection, chosen, query.level)
    told = {name: stats[name] for name in _OF_THE_SET}
    return {
        "rows": [{**row, "kelurahan": names.get(row["area"].split("-")[0])} for row in shown],
        "measure": measure,
        "unit": UNITS[measure].in_language(language),
        "ranked": sum(not row["thin"] for row in rows),
        "thin": sum(row["thin"] for row in rows),
        "rest": {
            "areas": len(stats["rows"]) - len(shown),
            "count": _total(stats["rows"]) - _total(shown),
        },
        **told,
    }


_OF_THE_SET = ("unassigned", "unlocated", "numberMatched", "as_of", "edition")


def _total(rows: Rows) -> int:
    return sum(row["count"] for row in rows)


async def _among(
    connection: AsyncConnection, chosen: Chosen, rows: Rows, within: Sequence[str]
) -> Rows:
    """The areas beneath some, which must exist; all without."""
    if not within:
        return rows
    await _require_areas(connection, chosen.city.city_id, within)
    beneath = await find_beneath(
        connection,
        city_id=chosen.city.city_id,
        edition_id=active_edition(chosen.city),
        codes=within,
    )
    return [row for row in rows if row["area"] in beneath]


async def _require_areas(connection: AsyncConnection, city_id: int, codes: Sequence[str]) -> None:
    if await find_unknown_codes(connection, city_id, categories=(), areas=codes):
        words = field_words("value_unknown", {})
        raise InvalidFields(errors=[FieldError("within", "TIDAK_DIKENAL", words)])


async def _kelurahan_names(
    connection: AsyncConnection, chosen: Chosen, level: str
) -> Mapping[str, str]:
    """Names of kelurahan by code, where RW and RT need them: each numbers its own from 001."""
    if level not in ("rw", "rt"):
        return {}
    return await read_area_names(
        connection,
        city_id=chosen.city.city_id,
        edition_id=active_edition(chosen.city),
        level="kelurahan",
    )


def ranked(rows: Rows, measure: Measure) -> list[dict[str, Any]]:
    """Rows of totals as a ranking; equal values share a rank, and the next one is as many lower."""
    compared = [row for row in rows if not is_thin(row, measure)]
    places = _places(compared, measure)
    by_count = places if measure == "count" else _places(compared, "count")
    intervals = _intervals(rows) if measure == "per_1000" else {}
    found = [
        _ranked(row, measure, intervals.get(row["area"], (None, None)), (places, by_count))
        for row in rows
    ]
    return sorted(found, key=_order)


def _places(rows: Rows, measure: Measure) -> dict[str, int]:
    """Rank of each area: one more than there are areas of a greater value."""
    first: dict[Any, int] = {}
    for place, value in enumerate(sorted((row[measure] for row in rows), reverse=True), 1):
        first.setdefault(value, place)
    return {row["area"]: first[row[measure]] for row in rows}


def _intervals(rows: Rows) -> dict[str, tuple[float, float]]:
    """Exact 95 % intervals of rates, of areas with a rate."""
    with_rate = [row for row in rows if row["per_1000"] is not None]
    low, high = poisson_interval([row["count"] for row in with_rate])
    return {
        row["area"]: (
            round(1000 * least / row["population"], 2),
            round(1000 * most / row["population"], 2),
        )
        for row, least, most in zip(with_rate, low.tolist(), high.tolist(), strict=True)
    }


def _ranked(
    row: Mapping[str, Any],
    measure: Measure,
    interval: tuple[float | None, float | None],
    places: tuple[Mapping[str, int], Mapping[str, int]],
) -> dict[str, Any]:
    rank, by_count = (place.get(row["area"]) for place in places)
    low, high = interval
    return {
        "rank": rank,
        **{name: row[name] for name in ("area", "name", "level")},
        "value": row[measure],
        "low": low,
        "high": high,
        **{name: row[name] for name in ("count", "population", "households")},
        "thin": rank is None,
        "rank_by_count": by_count,
        "shift": None if rank is None or by_count is None else by_count - rank,
    }


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["rank"] is None, row["rank"] or 0, row["area"])
