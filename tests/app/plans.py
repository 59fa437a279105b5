"""What a statement reads to find its answer."""

import re
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Literal
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.psycopg import dialect

_BIND = re.compile(r"%\((\w+)\)s")


def rows_of(connection: Connection, statement: Select) -> list[tuple]:
    """The answer to a statement made with SQLAlchemy."""
    text, values = rendered(statement)
    return connection.execute(text, values).fetchall()


def usulan_read(connection: Connection, statement: Select) -> int:
    """How many rows of the table of usulan it looked at, whether it kept them or not."""
    return usulan_read_by(connection, *rendered(statement))


def usulan_read_by(connection: Connection, text: str, values: dict[str, Any]) -> int:
    """The same of a statement as text."""
    plan = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", values).fetchone()
    return _read(plan[0][0]["Plan"])


def usulan_read_by_any(connection: Connection, statement: Select) -> int:
    """The same by the plan that is made once, whatever the values will be."""
    text, values = rendered(statement)
    places = {name: place for place, name in enumerate(dict.fromkeys(_BIND.findall(text)), start=1)}
    connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    asked = _BIND.sub(lambda bind: f"${places[bind[1]]}", text)
    connection.execute(f"PREPARE by_any AS {asked}".encode())
    given = SQL(", ").join(Literal(values[name]) for name in places)
    explain = SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE by_any ({})").format(given)
    plan = connection.execute(explain).fetchone()
    connection.execute("DEALLOCATE by_any")
    return _read(plan[0][0]["Plan"])


def rendered(statement: Select) -> tuple[str, dict[str, Any]]:
    """Text of the driver and the values in it."""
    compiled = statement.compile(dialect=dialect(), compile_kwargs={"render_postcompile": True})
    return str(compiled), compiled.params


def _read(node: dict) -> int:
    own = 0
    if node.get("Relation Name") == "usulan":
        removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = node["Actual Rows"] + sum(node.get(name, 0) for name in removed)
        own = rows * node["Actual Loops"]
    return own + sum(_read(child) for child in node.get("Plans", []))
