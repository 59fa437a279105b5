"""A file of rejects sent again: it is read as the list was read whose rows it has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import namedtuple_row

from app.lists.beside import REJECT_COLUMNS
from app.lists.choose import fingerprint
from app.lists.source import GEOMETRY_COLUMN
from app.loads.orders import Order
from app.sheets.table import Sheet
from app.statements import load_statement


def are_rejects(sheets: Sequence[Sheet]) -> bool:
    """Whether a table begins as a file of rejects does."""
    return any(set(REJECT_COLUMNS).issubset(sheet.head.columns) for sheet in sheets)


def mapping_again(
    connection: Connection,
    order: Order,
    load: Any,  # noqa: ANN401 - a row of `read_load.sql`
    found: dict[str, Any],
) -> dict[str, Any]:
    """What was found in a file of rejects, with the mapping of the newest load of such columns.

    `load` is the one that brings the file. What is guessed of words that the other did not know is
    added, and the year for which that one was sent. Unchanged where there is no such load.
    """
    values = {"city_id": order.city_id, "area_code": load.area_code}
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        rows: list[Any] = cursor.execute(
            load_statement("loads", "find_mappings"), values
        ).fetchall()
    names = _fingerprint(found["names"])
    before = next((row for row in rows if _fingerprint(_columns(row)) == names), None)
    if before is None:
        return found
    guessed, mapping = found["mapping"], before.mapping
    year = {} if before.year is None or load.year is not None else {"year": str(before.year)}
    again = {
        "sheet": guessed["sheet"],
        "columns": mapping["columns"],
        "values": _joined(guessed["values"], mapping["values"]),
        "defaults": year | mapping["defaults"],
    }
    return {**found, "mapping": again, "rejects_of_file": before.file_name}


def _columns(row: Any) -> list[str]:  # noqa: ANN401 - a row of the statement
    return [*row.columns.values(), *row.unused_columns]


def _fingerprint(names: Iterable[str]) -> str:
    """Without the column that only the rejects of a map file have."""
    return fingerprint([name for name in names if name.lower() != GEOMETRY_COLUMN])


def _joined(
    guessed: Mapping[str, Mapping[str, str]], chosen: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """The meanings of both; where they differ, what was chosen."""
    names = dict.fromkeys((*guessed, *chosen))
    return {name: {**guessed.get(name, {}), **chosen.get(name, {})} for name in names}
