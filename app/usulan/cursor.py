"""Where a page of the list ends: opaque to the reader, and refused when it was tampered with."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

import orjson

from app.errors import FieldError, InvalidFields
from app.field_words import field_words

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
