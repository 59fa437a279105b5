"""What the house tests read: the project's own files, as git knows them."""

import ast
import gc
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def own_files(*suffixes: str) -> list[Path]:
    """Files of the project with one of the suffixes, tracked or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [ROOT / line for line in listing.stdout.splitlines()]
    return sorted(path for path in paths if path.suffix in suffixes and path.is_file())


def product_modules() -> list[Path]:
    """Python files of `app` and `spatial`: what runs for residents, not what tests it."""
    return [path for path in own_files(".py") if path.relative_to(ROOT).parts[0] in PRODUCT]


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file.

    Debian 12's Python 3.11.2 fails when memory is collected in the midst of parsing (CPython
    issue 106905), so collecting waits.
    """
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    first = function.body[0]
    assert first.end_lineno is not None
    return lines - (first.end_lineno - first.lineno + 1)


def shown(path: Path) -> str:
    """The path as a reader of a failing test wants to see it."""
    return str(path.relative_to(ROOT))


PRODUCT = ("app", "spatial")
