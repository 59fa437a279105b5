"""What a statement reads to find its answer."""

from typing import Any

from psycopg import Connection
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.psycopg import dialect


def rows_of(connection: Connection, statement: Select) -> list[tuple]:
    """The answer to a statement made with SQLAlchemy."""
    text, values = _rendered(statement)
    return connection.execute(text, values).fetchall()


def usulan_read(connection: Connection, statement: Select) -> int:
    """How many rows of the table of usulan it looked at, whether it kept them or not."""
    return usulan_read_by(connection, *_rendered(statement))


def usulan_read_by(connection: Connection, text: str, values: dict[str, Any]) -> int:
    """The same of a statement as text."""
    plan = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", values).fetchone()
    return _read(plan[0][0]["Plan"])


def _rendered(statement: Select) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(dialect=dialect(), compile_kwargs={"render_postcompile": True})
    return str(compiled), compiled.params


def _read(node: dict) -> int:
    own = 0
    if node.get("Relation Name") == "usulan":
        removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = node["Actual Rows"] + sum(node.get(name, 0) for name in removed)
        own = rows * node["Actual Loops"]
    return own + sum(_read(child) for child in node.get("Plans", []))
