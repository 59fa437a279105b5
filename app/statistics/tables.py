"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from app.spreadsheets import with_guard

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """One line a row, a header first; text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_cell(row[column]) for column in columns)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return with_guard(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
