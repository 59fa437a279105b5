"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from app.language import Language, Words
from app.spreadsheets import with_guard
from app.statistics.headings import headings_of

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


_TRUTH = {True: Words("ya", "yes"), False: Words("tidak", "no")}


def csv_text(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, language: Language | None = None
) -> str:
    """One line a row, a header first; text that a spreadsheet would run as a formula is quoted.

    Without a language the header has the names that programs know the columns by.
    """
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(headings_of(columns, language))
    for row in rows:
        writer.writerow(_cell(row[column], language) for column in columns)
    return out.getvalue()


def _cell(value: object, language: Language | None) -> object:
    if isinstance(value, str):
        return with_guard(value)
    if isinstance(value, bool):
        return _TRUTH[value].in_language(language) if language else str(value).lower()
    return "" if value is None else value
