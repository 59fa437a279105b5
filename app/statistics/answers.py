"""The sums as JSON or as a table."""

from typing import Any

from starlette.responses import Response

from app.statistics.schemas import StatsQuery
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
    columns = (*_FIRST, *dict.fromkeys(query.by), *_LAST)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="usulan-{query.level}.csv"',
    }
    return Response(
        csv_text(columns, stats["rows"]), 200, headers, media_type="text/csv; charset=utf-8"
    )
