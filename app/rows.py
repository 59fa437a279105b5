"""Rows as queries give them, whatever their columns."""

from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, Select

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
Expression = ColumnElement[Any]
Condition = ColumnElement[bool]


def columns_of(row: AnyRow) -> RowMapping:
    """The columns by name; some names (`count`, `index`) are methods of a row as well."""
    if not isinstance(row, Row):  # of the driver's own
        return row._asdict()
    return row._mapping  # noqa: SLF001 - public in spite of its name, says SQLAlchemy
