"""Rows as the text that PostgreSQL's COPY reads, made column by column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: lambda value: value.translate(_ESCAPES),
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: "\\\\x" + value.hex(),
    Decimal: str,
    datetime: datetime.isoformat,
}


def copy_text(rows: Sequence[Sequence[Any]]) -> bytes:
    """The lines of rows of equal length; None is a blank.

    Raises
    ------
    TypeError
        When a column holds what COPY is not told of here, or values of several kinds.
    """
    if not rows:
        return b""
    columns = [_written(column) for column in zip(*rows, strict=True)]
    return ("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n").encode()


def _written(column: Sequence[Any]) -> Iterable[str]:
    kinds = set(map(type, column))
    has_blanks = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return [NULL] * len(column)
    if len(kinds) > 1:
        raise TypeError(f"a column of several kinds: {kinds}")
    [kind] = kinds
    if kind is UUID:  # its own text is slow, and a history repeats it
        known = {each: NULL if each is None else str(each) for each in set(column)}
        return map(known.__getitem__, column)
    if kind is str and not has_blanks and not _needs_escapes(column):
        return column
    write = _WRITERS.get(kind)
    if write is None:
        raise TypeError(f"COPY is not told of {kind}")
    if has_blanks:
        return [NULL if each is None else write(each) for each in column]
    return map(write, column)


def _needs_escapes(texts: Iterable[str]) -> bool:
    joined = "".join(texts)
    return any(sign in joined for sign in "\\\n\r\t")
