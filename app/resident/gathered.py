"""Rows as they come from the database, kept in narrow columns until an index is made of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from app.resident.rows import Integers, Rows, ids_of

KINDS = ("subject", "progress", "means", "place")
"""Columns of hashes, few of which are distinct."""
_PLAIN = {
    "cell": np.int64,
    "year": np.int16,
    "standing": np.uint8,
    "severity": np.uint8,
    "cost": np.int64,
    "beneficiaries": np.int32,
    "supporters": np.int32,
    "created": np.int64,
    "updated": np.int64,
}
_KINDS_OF_COLUMNS = {"id": np.int64, **dict.fromkeys(KINDS, np.int32), **_PLAIN}

Column = npt.NDArray[Any]


class Hashes:
    """Distinct hashes, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._ascending: Integers = np.empty(0, dtype=np.int64)
        self._numbers = np.empty(0, dtype=np.int32)

    def __len__(self) -> int:
        """Count the distinct ones."""
        return len(self._ascending)

    def in_order(self) -> list[int]:
        """All of them by their numbers."""
        hashes: list[int] = self._ascending[np.argsort(self._numbers)].tolist()
        return hashes

    def numbered(self, hashes: Integers) -> tuple[Column, list[int]]:
        """The number of each hash, and the first places of those that were not known."""
        places, known = self._sought(hashes)
        if known.all():
            return self._numbers[places], []
        strange = np.flatnonzero(~known)
        new, firsts = np.unique(hashes[strange], return_index=True)
        self._take(new)
        return self._numbers[self._sought(hashes)[0]], strange[firsts].tolist()

    def _sought(self, hashes: Integers) -> tuple[Column, npt.NDArray[np.bool_]]:
        if not len(self):
            return np.zeros(len(hashes), dtype=np.intp), np.zeros(len(hashes), dtype=np.bool_)
        places = np.searchsorted(self._ascending, hashes)
        np.minimum(places, len(self) - 1, out=places)
        return places, self._ascending[places] == hashes

    def _take(self, new: Integers) -> None:
        numbers = np.arange(len(self), len(self) + len(new), dtype=np.int32)
        every = np.concatenate([self._ascending, new])
        order = np.argsort(every)
        self._ascending = every[order]
        self._numbers = np.concatenate([self._numbers, numbers])[order]


class Gathered:
    """Rows of one city as they come: 68 bytes of each, where 153 came.

    They lie in few large pieces of memory, each of which goes back whole when it is let go;
    smaller ones would leave holes between what stays.
    """

    def __init__(self, *, piece_rows: int = 2**20) -> None:
        self._piece_rows = piece_rows
        self._hashes: Mapping[str, Hashes] = {kind: Hashes() for kind in KINDS}
        self._pieces: list[dict[str, Column]] = []
        self._count = 0
        self._examples: list[Rows] = []

    def take(self, rows: Rows) -> None:
        """Add a block; UnreadableRows for what is no public number."""
        columns: dict[str, Column] = {name: rows[name] for name in _PLAIN}
        columns["id"] = ids_of(rows["number"])
        new: set[int] = set()
        for kind in KINDS:
            columns[kind], firsts = self._hashes[kind].numbered(rows[kind].astype(np.int64))
            new.update(firsts)
        if new or not self._examples:
            self._examples.append(rows[sorted(new)])
        self._put(columns, len(rows))

    def _put(self, columns: Mapping[str, Column], count: int) -> None:
        done = 0
        while done < count:
            first = self._count % self._piece_rows
            if not first:
                self._pieces.append(_piece(self._piece_rows))
            some = min(count - done, self._piece_rows - first)
            for name, column in self._pieces[-1].items():
                column[first : first + some] = columns[name][done : done + some]
            done, self._count = done + some, self._count + some

    def examples(self) -> Rows:
        """Some of the rows, as they came, which have every hash that any has."""
        examples: Rows = np.concatenate(self._examples)
        return examples

    def hashes(self, kind: str) -> list[int]:
        """The distinct hashes of a kind; its column has their positions."""
        return self._hashes[kind].in_order()

    def column(self, name: str) -> Column:
        """A column of all rows."""
        parts = [
            piece[name][: self._count - number * self._piece_rows]
            for number, piece in enumerate(self._pieces)
        ]
        nothing: Column = np.empty(0, dtype=_KINDS_OF_COLUMNS[name])
        return parts[0] if len(parts) == 1 else np.concatenate([nothing, *parts])


def _piece(rows: int) -> dict[str, Column]:
    """Room for so many rows; memory is taken up only as they come."""
    widths = {name: np.dtype(kind).itemsize for name, kind in _KINDS_OF_COLUMNS.items()}
    room, first = np.empty(sum(widths.values()) * rows, dtype=np.uint8), 0
    columns: dict[str, Column] = {}
    for name, width in widths.items():
        columns[name] = room[first : first + width * rows].view(_KINDS_OF_COLUMNS[name])
        first += width * rows
    return columns
