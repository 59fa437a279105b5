"""Where a command speaks: results on stdout, all else on stderr."""

import json
import sys
from collections.abc import Mapping
from datetime import date

NO_WORDS: Mapping[str, str] = {}


def complain(line: str) -> None:
    """Say why nothing was done."""
    print(line, file=sys.stderr)


def report(line: str) -> None:
    """Say what goes on; never mixed with a result that a program reads."""
    print(line, file=sys.stderr, flush=True)


def answer(
    facts: Mapping[str, object], *, as_json: bool, words: Mapping[str, str] = NO_WORDS
) -> None:
    """Print a result, for a program as one JSON object or for a person as lines.

    `words` are what people call names and values.
    """
    if as_json:
        print(json.dumps(facts, default=_plain, ensure_ascii=False))
        return
    told = {words.get(name, name.replace("_", " ")): value for name, value in facts.items()}
    width = max(map(len, told))
    for name, value in told.items():
        print(f"{name:<{width}}  {_said(value, words)}")


def _said(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "-" if value is None else words.get(str(value), value)


def grouped(number: float) -> str:
    """Thousands parted by points and decimals by a comma, as Indonesian writes them."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def _plain(value: object) -> str:
    """Instants by ISO 8601, anything else in its own words."""
    return value.isoformat() if isinstance(value, date) else str(value)
