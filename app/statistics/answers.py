"""The numbers as JSON or as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from app.language import Language
from app.statistics.comparing import flat_rows
from app.statistics.headings import Table, file_name
from app.statistics.schemas import (
    CompareQuery,
    RankingQuery,
    RankingRow,
    SideSums,
    StatsQuery,
    TrendQuery,
)
from app.statistics.tables import csv_text
from app.web.answers import json_answer

_FIRST = ("area", "name", "level")
_LAST = (
    *("count", "cost", "cost_known", "beneficiaries", "supporters"),
    *("per_1000", "population", "households"),
)


def stats_answer(stats: dict[str, Any], query: StatsQuery) -> Response:
    """What was asked for: JSON, or CSV with one line a row."""
    if query.format == "json":
        return json_answer(stats)
    columns = [*_FIRST, *dict.fromkeys(query.by), *_LAST]
    if query.coloured is not None and not query.by:
        columns.append("class")
    return _table(columns, stats["rows"], ("totals", query.level), query.headings)


def ranking_answer(ranking: dict[str, Any], query: RankingQuery) -> Response:
    """The same of a ranking."""
    if query.format == "json":
        return json_answer(ranking)
    columns = tuple(RankingRow.model_fields)
    return _table(columns, ranking["rows"], ("ranking", query.level), query.headings)


def trend_answer(trend: dict[str, Any], query: TrendQuery) -> Response:
    """The same of a trend."""
    if query.format == "json":
        return json_answer(trend)
    columns = ("period", *SideSums.model_fields)
    return _table(columns, trend["points"], ("trend", query.by), query.headings)


def comparison_answer(compared: dict[str, Any], query: CompareQuery) -> Response:
    """The same of a comparison."""
    if query.format == "json":
        return json_answer(compared)
    sides = [f"{side}_{name}" for side in ("left", "right") for name in SideSums.model_fields]
    columns = ("value", *sides, "difference", "ratio")
    return _table(columns, flat_rows(compared), ("comparison", query.by), query.headings)


def _table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    told: tuple[Table, str],
    language: Language | None,
) -> Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{file_name(*told, language)}"',
    }
    text = csv_text(columns, rows, language=language)
    return Response(text, 200, headers, media_type="text/csv; charset=utf-8")
