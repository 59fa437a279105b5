"""Two areas, or two years, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import find_area
from app.errors import FieldError, InvalidFields
from app.field_words import field_code, field_words
from app.language import Language
from app.statistics.adding import per_1000
from app.statistics.measures import UNITS, Measure
from app.statistics.schemas import CompareQuery
from app.statistics.whole import NOTHING, Sums, people_of, sums_by, together
from app.usulan.selection import Chosen

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two: what it is, its sums by value and its people."""

    about: Mapping[str, Any]
    sums: Mapping[Any, Sums]
    people: int | None
    has_rate: bool

    def told(self, sums: Sums) -> dict[str, Any]:
        rate = per_1000(sums["count"], self.people) if self.has_rate else None
        return {**sums, "per_1000": rate}


async def compare(
    connection: AsyncConnection,
    chosen: Chosen,
    query: CompareQuery,
    *,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """Sums of two areas or years by the values of a grouping, and how the right one differs."""
    _require_two(chosen, query)
    if query.areas:
        left, right = [await _area_side(connection, chosen, query, code) for code in query.areas]
    else:
        left, right = [await _year_side(connection, chosen, query, year) for year in query.years]
    values = sorted({*left.sums, *right.sums}, key=lambda value: (value is None, value))
    whole = [together(side.sums) for side in (left, right)]
    return {
        "kind": "area" if query.areas else "year",
        "by": query.by,
        "measure": query.measure,
        "unit": UNITS[query.measure].in_language(language),
        "left": left.about,
        "right": right.about,
        "rows": [
            {"value": value, **_beside(left, right, _sums_of(left, right, value), query.measure)}
            for value in values
        ],
        "total": _beside(left, right, whole, query.measure),
        "numberMatched": {"left": whole[0]["count"], "right": whole[1]["count"]},
        "as_of": chosen.as_of(now).isoformat(timespec="milliseconds"),
        "edition": chosen.city.edition,
    }


def _require_two(chosen: Chosen, query: CompareQuery) -> None:
    """Two areas or two years, and no filter by what is compared."""
    if query.areas and query.years:
        raise _wrong("years", "one_kind")
    name, given, filtered = (
        ("years", query.years, chosen.filters.year)
        if query.years
        else ("areas", query.areas, chosen.filters.area)
    )
    if len(set(given)) != 2 or len(given) != 2:
        raise _wrong(name, "two_different")
    if filtered:
        raise _wrong(name.removesuffix("s"), "compared_already")


def _wrong(name: str, kind: str) -> InvalidFields:
    return InvalidFields(errors=[FieldError(name, field_code(kind), field_words(kind, {}))])


async def _area_side(
    connection: AsyncConnection, chosen: Chosen, query: CompareQuery, code: str
) -> _Side:
    area = await find_area(connection, chosen.city, code)
    if area is None:
        raise _wrong("areas", "value_unknown")
    about = {name: getattr(area, name) for name in ("code", "name", "level", "population")}
    return await _side(connection, chosen.with_filters(area=(code,)), query, about)


async def _year_side(
    connection: AsyncConnection, chosen: Chosen, query: CompareQuery, year: int
) -> _Side:
    return await _side(connection, chosen.with_filters(year=(year,)), query, {"year": year})


async def _side(
    connection: AsyncConnection, chosen: Chosen, query: CompareQuery, about: Mapping[str, Any]
) -> _Side:
    people = await people_of(connection, chosen)
    sums = await sums_by(connection, chosen, query.by)
    return _Side({**about, "population": people}, sums, people, len(chosen.filters.year) == 1)


def _sums_of(left: _Side, right: _Side, value: object) -> list[Sums]:
    return [side.sums.get(value, NOTHING) for side in (left, right)]


def _beside(left: _Side, right: _Side, sums: Sequence[Sums], measure: Measure) -> dict[str, Any]:
    """Both sides; the difference is right less left, the ratio right to left."""
    sides = {"left": left.told(sums[0]), "right": right.told(sums[1])}
    before, after = sides["left"][measure], sides["right"][measure]
    if before is None or after is None:
        return {**sides, "difference": None, "ratio": None}
    return {
        **sides,
        "difference": round(after - before, _DECIMALS),
        "ratio": round(after / before, _DECIMALS) if before else None,
    }


def flat_rows(compared: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a table, the columns of each side by its name."""
    return [
        {
            "value": row["value"],
            **{
                f"{side}_{name}": row[side][name]
                for side in ("left", "right")
                for name in row[side]
            },
            "difference": row["difference"],
            "ratio": row["ratio"],
        }
        for row in compared["rows"]
    ]
