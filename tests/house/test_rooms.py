"""Each kind of thing stays in its room."""

import ast
import re
from pathlib import Path

from tests.house.source import ROOT, own_files, parsed, product_modules, shown

SQL_IN_TEXT = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b", re.DOTALL
)
QUERY_BUILDERS = {"select", "insert", "update", "delete", "text", "union_all"}
WRITERS = {"insert", "update", "delete"}
QUERY_ROOMS = ("queries.py", "filters.py", "database.py")
ROOM_FOLDERS = ("app/cluster/", "app/models/", "spatial/sql/")


def test_sql_is_never_made_by_formatting_text():
    glued = [
        f"{shown(path)}:{node.lineno}"
        for path in product_modules()
        for node in ast.walk(parsed(path))
        if _is_formatted_sql(node)
    ]

    assert glued == []


def test_queries_are_built_only_in_their_rooms():
    strays = [
        f"{shown(path)}: {', '.join(sorted(names))}"
        for path in product_modules()
        if path.name not in QUERY_ROOMS and not shown(path).startswith(ROOM_FOLDERS)
        if (names := _imported_from(path, "sqlalchemy") & QUERY_BUILDERS)
    ]

    assert strays == []


def test_what_is_written_is_written_in_one_room():
    strays = [
        f"{shown(path)}: {', '.join(sorted(names))}"
        for path in product_modules()
        if path.name != "queries.py" and not shown(path).startswith(ROOM_FOLDERS)
        if (names := _imported_from(path, "sqlalchemy") & WRITERS)
    ]

    assert strays == []


def test_only_the_map_room_imports_leaflet():
    strays = [
        shown(path)
        for path in own_files(".ts", ".tsx")
        if re.search(r"""from\s+["']leaflet|import\s*\(?["']leaflet""", path.read_text("utf-8"))
        and not shown(path).startswith("frontend/src/map/")
    ]

    assert strays == []


def test_only_the_client_fetches():
    strays = [
        shown(path)
        for path in own_files(".ts", ".tsx")
        if re.search(r"(?<![\w.])fetch\(", path.read_text("utf-8"))
        and shown(path) != "frontend/src/api/client.ts"
    ]

    assert strays == []


def test_user_text_never_enters_the_page_as_markup():
    pattern = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML")
    strays = [shown(path) for path in own_files(".ts", ".tsx") if pattern.search(path.read_text())]

    assert strays == []


def test_every_statement_file_says_what_goes_in_and_what_comes_out():
    silent = [
        shown(path)
        for path in own_files(".sql")
        if not re.match(r"(--[^\n]*\n)+", path.read_text("utf-8"))
        or not {"-- in:", "-- out:"} <= set(_header_marks(path))
    ]

    assert silent == []


def test_every_statement_of_the_library_has_a_twin():
    twins = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests" / "twins").glob("*.py"))
    alone = [
        path.stem for path in (ROOT / "spatial" / "sql").glob("*.sql") if path.stem not in twins
    ]

    assert alone == []


def _is_formatted_sql(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        fixed = " ".join(part.value for part in node.values if isinstance(part, ast.Constant))
        has_values = any(isinstance(part, ast.FormattedValue) for part in node.values)
        return has_values and bool(SQL_IN_TEXT.search(fixed))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return _is_sql_literal(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format" and _is_sql_literal(node.func.value)
    return False


def _is_sql_literal(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(SQL_IN_TEXT.search(node.value))
    )


def _imported_from(path: Path, package: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package
        for alias in node.names
    }


def _header_marks(path: Path) -> list[str]:
    return [
        line[: line.index(":") + 1]
        for line in path.read_text("utf-8").splitlines()[:12]
        if line.startswith("-- ") and ":" in line
    ]
