"""Short files, short functions, few positional parameters."""

import ast

from tests.house.source import code_lines, functions, own_files, product_modules, shown

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
PERCENTILE_95 = 40
MOST_POSITIONAL = 5


def test_no_function_is_longer_than_sixty_lines():
    too_long = [
        f"{shown(path)}:{function.name} {code_lines(function)}"
        for path in product_modules()
        for function in functions(path)
        if code_lines(function) > LONGEST_FUNCTION
    ]

    assert too_long == []


def test_nineteen_of_twenty_functions_fit_in_forty_lines():
    lengths = sorted(
        code_lines(function) for path in product_modules() for function in functions(path)
    )

    assert lengths[int(len(lengths) * 0.95)] <= PERCENTILE_95


def test_no_file_is_longer_than_four_hundred_lines():
    too_long = [
        f"{shown(path)} {len(path.read_text(encoding='utf-8').splitlines())}"
        for path in own_files(".py", ".ts", ".tsx", ".css", ".sql", ".sh")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
        and not shown(path).endswith("api/types.ts")  # generated from the OpenAPI document
        and not shown(path).startswith("migrations/versions/")  # generated, then never touched
    ]

    assert too_long == []


def test_no_function_takes_more_than_five_positional_parameters():
    crowded = [
        f"{shown(path)}:{function.name}"
        for path in product_modules()
        for function in functions(path)
        if len(_positional(function)) > MOST_POSITIONAL
        and "cli" not in path.parts  # there a parameter is an option of the command
        and not _is_route(function)  # there a parameter is a dependency, passed by name
    ]

    assert crowded == []


def _positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [argument.arg for argument in function.args.posonlyargs + function.args.args]
    return [name for name in names if name not in ("self", "cls")]


def _is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("router." in ast.unparse(decorator) for decorator in function.decorator_list)
