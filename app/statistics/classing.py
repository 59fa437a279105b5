"""Classes of areas for a map and its legend, with limits that the years of a series share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.ext.asyncio import AsyncConnection

from app.areas.queries import Level
from app.language import Language
from app.statistics.adding import add_up
from app.statistics.measures import UNITS, Measure, is_thin
from app.statistics.queries import find_planning_years
from app.statistics.schemas import Colouring, StatsQuery
from app.usulan.selection import Chosen
from spatial.classes import Classing, class_breaks, class_of

Floats = npt.NDArray[np.float64]
Rows = Sequence[Mapping[str, Any]]

_STEPS: Mapping[Measure, int] = {"per_1000": 100}
"""Into how many parts one is divided where a measure has no whole numbers."""


async def class_areas(
    connection: AsyncConnection,
    chosen: Chosen,
    level: Level,
    colouring: Colouring,
    *,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """Classes of the areas of a level, thin ones left out.

    The limits are those of the values of every planning year, so that years compare. Only sums
    of several years, which share no scale with those of one, have limits of their own.
    """
    measure = colouring.measure
    plain = StatsQuery(level=level)
    areas = (await add_up(connection, chosen, plain, now=now))["rows"]
    values = _values(areas, measure)
    years = await _years(connection, chosen, measure)
    series = values
    if years:
        every = chosen.with_filters(year=years)
        by_year = StatsQuery(level=level, by=("year",))
        rows = (await add_up(connection, every, by_year, now=now))["rows"]
        series = _with_zeros(rows, areas, measure, years)
    return {
        "measure": measure,
        "method": colouring.method.value,
        "unit": UNITS[measure].in_language(language),
        "n": len(values),
        "thin": len(areas) - len(values),
        **classes_of(values, series, colouring),
        "series": {"years": list(years), "n": len(series)},
    }


async def _years(connection: AsyncConnection, chosen: Chosen, measure: Measure) -> tuple[int, ...]:
    """Planning years of the series; none where the set is compared with itself alone."""
    asked = chosen.filters.year
    if measure != "per_1000" and len(asked) != 1:
        return ()
    known = await find_planning_years(connection, chosen.city.city_id)
    return tuple(sorted({*known, *asked}))


def _values(rows: Rows, measure: Measure) -> Floats:
    return np.array([row[measure] for row in rows if not is_thin(row, measure)], dtype=np.float64)


def _with_zeros(rows: Rows, areas: Rows, measure: Measure, years: Sequence[int]) -> Floats:
    """Values by area and year; an area without a row in a year has none of anything then.

    Above an area that is filtered by, an area has a row only in years with something in it.
    """
    values = _values(rows, measure)
    idle = {
        row["area"]: {**row, "per_1000": 0.0 if row["population"] else None}
        for row in (*areas, *rows)
    }
    comparable = sum(not is_thin(row, measure) for row in idle.values())
    return np.concatenate([values, np.zeros(comparable * len(years) - len(values))])


def classes_of(values: Floats, series: Floats, colouring: Colouring) -> dict[str, Any]:
    """Limits from a series, and how many of some of its values are in each class.

    Limits are rounded up to the values' own precision, which moves no value to another class.
    """
    if len(series) == 0:
        return {"breaks": [], "classes": []}
    limits = _limits(series, colouring)
    breaks = [float(series.min()), *limits, float(series.max())]
    counts = np.bincount(class_of(values, limits), minlength=len(limits) + 1)
    return {
        "breaks": breaks,
        "classes": [
            {"from": start, "to": end, "n": number}
            for start, end, number in zip(breaks, breaks[1:], counts.tolist(), strict=False)
        ],
    }


def with_class(rows: Rows, classes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of areas, each with the number of its class from 1; None without one."""
    measure, limits = classes["measure"], classes["breaks"][1:-1]
    return [
        {
            **row,
            "class": None if is_thin(row, measure) else int(class_of(row[measure], limits)) + 1,
        }
        for row in rows
    ]


def _limits(series: Floats, colouring: Colouring) -> list[float]:
    """Lower limits of every class but the first.

    Most areas may have nothing, and quantiles of them would leave one class for all others: so
    quantiles are of those with something. Zero is in the first class, which it has to itself
    where there are fewer classes than asked for.
    """
    method, classes = colouring.method, colouring.classes
    told = series
    if method is Classing.QUANTILE and series.any():
        told = series[series > 0]
    found = list(class_breaks(told, method, classes=classes).breaks)
    if len(told) < len(series) and len(found) + 1 < classes:
        found.insert(0, float(told.min()))
    steps = _STEPS.get(colouring.measure, 1)
    rounded = {ceil(round(limit * steps, 6)) / steps for limit in found}
    return sorted(rounded)
