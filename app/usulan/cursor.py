"""Where a page of the list ends: opaque to the reader, and refused when it was tampered with."""

import base64
import binascii
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Literal, NamedTuple

import orjson

from app.errors import FieldError, InvalidFields
from app.field_words import field_words
from app.resident.tellings import Told

SortName = Literal[
    "-created",
    "created",
    "-updated",
    "updated",
    "-supporters",
    "supporters",
    "-estimated_cost",
    "estimated_cost",
]
_PURPOSE = b"list cursor\x00"
_SEAL_BYTES = 12


class Mark(NamedTuple):
    """The last row of a page: the value it was sorted by, and its number."""

    value: datetime | int | None
    number: str


@dataclass(frozen=True, slots=True)
class Sort:
    column: str
    descending: bool

    @classmethod
    def named(cls, name: SortName) -> "Sort":
        return cls(name.removeprefix("-"), name.startswith("-"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which rows of a list: so many in an order, after a mark if there is one."""

    sort: Sort
    after: Mark | None
    most: int

    def of(self, rows: Iterable[Told]) -> list[Told]:
        """These rows out of some that have all of them, as the database would give them.

        By the key of the order, what has none last, then by number.
        """
        beyond = rows if self.after is None else filter(partial(self._is_beyond, self.after), rows)
        ordered = sorted(beyond, key=attrgetter("number"))
        value_of = attrgetter(self.sort.column)
        known = [row for row in ordered if value_of(row) is not None]
        unknown = [row for row in ordered if value_of(row) is None]
        known.sort(key=value_of, reverse=self.sort.descending)
        return [*known, *unknown][: self.most]

    def _is_beyond(self, after: Mark, row: Told) -> bool:
        (mark, number), value = after, getattr(row, self.sort.column)
        if mark is None or value is None:
            return value is None and (mark is not None or row.number > number)
        if value == mark:
            return bool(row.number > number)
        return bool(value < mark if self.sort.descending else value > mark)


class Cursors:
    """Makes and reads the cursors of one list: those of another set or order do not fit."""

    def __init__(self, secret: bytes, sort: Sort, query: Sequence[tuple[str, str]]) -> None:
        self._secret = secret
        self._sort = sort
        self._context = orjson.dumps([sort.column, sort.descending, query])

    def after(self, mark: Mark) -> str:
        words = orjson.dumps([mark.value, mark.number])
        return base64.urlsafe_b64encode(self._seal(words) + words).decode().rstrip("=")

    def read(self, cursor: str) -> Mark:
        """The mark that a cursor holds; InvalidFields for one not made for this list."""
        try:
            sealed = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        except (binascii.Error, UnicodeEncodeError):
            raise _unfit() from None
        seal, words = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._seal(words)):
            raise _unfit()
        value, number = orjson.loads(words)
        return Mark(datetime.fromisoformat(value) if isinstance(value, str) else value, number)

    def _seal(self, words: bytes) -> bytes:
        message = _PURPOSE + self._context + b"\x00" + words
        return hmac.digest(self._secret, message, "sha256")[:_SEAL_BYTES]


def _unfit() -> InvalidFields:
    wrong = FieldError("cursor", "TIDAK_DIKENAL", field_words("value_unknown", {}))
    return InvalidFields(errors=[wrong])
