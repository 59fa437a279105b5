"""Addresses of numbers: totals of one area, rows over all areas of a level."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.dependencies import Language, Now, PublicSession
from app.responses import found, found_or_table, problems
from app.standby import StandbyRoute
from app.statistics.adding import add_up, describe_area
from app.statistics.answers import (
    comparison_answer,
    ranking_answer,
    stats_answer,
    trend_answer,
)
from app.statistics.classing import class_areas, with_class
from app.statistics.comparing import compare
from app.statistics.ranking import rank_areas
from app.statistics.schemas import (
    AreaRead,
    CompareQuery,
    Comparison,
    Ranking,
    RankingQuery,
    Stats,
    StatsQuery,
    Trend,
    TrendQuery,
)
from app.statistics.trend import follow
from app.usulan.selection import Selection
from app.web.answers import json_answer

router = APIRouter(prefix="/api/v1", tags=["angka"], route_class=StandbyRoute)


@router.get("/areas/{code}", responses=found(AreaRead) | problems(404, 422))
async def get_area(connection: PublicSession, chosen: Selection, code: str) -> Response:
    """One area with the totals of the filtered set in it."""
    return json_answer(await describe_area(connection, chosen, code))


@router.get("/stats", responses=found_or_table(Stats) | problems(404, 422))
async def get_stats(
    connection: PublicSession,
    chosen: Selection,
    query: Annotated[StatsQuery, Query()],
    now: Now,
    language: Language,
) -> Response:
    """Sums per area of one level; with `by` also per value of each grouping."""
    stats = await add_up(connection, chosen, query, now=now)
    if query.coloured is not None:
        stats["classes"] = await class_areas(
            connection, chosen, query.level, query.coloured, language=language, now=now
        )
        if not query.by:
            stats["rows"] = with_class(stats["rows"], stats["classes"])
    return stats_answer(stats, query)


@router.get("/stats/ranking", responses=found_or_table(Ranking) | problems(404, 422))
async def get_ranking(
    connection: PublicSession,
    chosen: Selection,
    query: Annotated[RankingQuery, Query()],
    now: Now,
    language: Language,
) -> Response:
    """Areas of one level in the order of a measure; those with too little data at the end."""
    ranking = await rank_areas(connection, chosen, query, now=now, language=language)
    return ranking_answer(ranking, query)


@router.get("/stats/trend", responses=found_or_table(Trend) | problems(404, 422))
async def get_trend(
    connection: PublicSession,
    chosen: Selection,
    query: Annotated[TrendQuery, Query()],
    now: Now,
    language: Language,
) -> Response:
    """Sums of the chosen set by planning year, or by the month in which usulan were made."""
    return trend_answer(await follow(connection, chosen, query, now=now, language=language), query)


@router.get("/stats/compare", responses=found_or_table(Comparison) | problems(404, 422))
async def get_comparison(
    connection: PublicSession,
    chosen: Selection,
    query: Annotated[CompareQuery, Query()],
    now: Now,
    language: Language,
) -> Response:
    """Two areas or two years of the chosen set, side by side."""
    compared = await compare(connection, chosen, query, now=now, language=language)
    return comparison_answer(compared, query)
