"""Cells that no spreadsheet takes for a formula."""

import re

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


def with_guard(cell: str) -> str:
    """The cell with an apostrophe before what starts a formula; plain numbers stay."""
    if not cell.startswith(_FORMULA_STARTS) or _PLAIN_NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def without_guard(cell: str) -> str:
    """The cell as it was before `with_guard`, so that a corrected list loads again unchanged."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
