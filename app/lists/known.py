"""Rows against what the city has already: which are new, changed, unchanged or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection

from app.lists.reasons import Reason, RowRejected
from app.statements import load_statement
from app.usulan.bulk import LastEvent


@dataclass(frozen=True, slots=True)
class KnownRow:
    """The record of a row that came before."""

    number: str
    year: int
    digest: bytes | None
    usulan_id: Any
    stage: str | None
    last: LastEvent
    is_from_now: bool
    areas: tuple[str | None, ...]
    """Codes of the areas that hold it."""


@dataclass(frozen=True, slots=True)
class Identities:
    """What the rows of a block are known by, one entry each."""

    keys: Sequence[str]
    digests: Sequence[bytes]
    years: Sequence[int | None]
    """The planning year that row or command name; None where it follows from the date."""


@dataclass(slots=True)
class Sorted:
    """Rows of a block by what is to be done with them."""

    new: list[int] = field(default_factory=list)
    changed: list[tuple[int, KnownRow]] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    refused: list[tuple[int, RowRejected]] = field(default_factory=list)


def find_known(connection: Connection, city_id: int, keys: Sequence[str]) -> dict[str, KnownRow]:
    """Records of the city by the keys that lists gave them."""
    values = {"city_id": city_id, "source_ids": _text_array(keys)}
    rows = connection.execute(load_statement("lists", "find_sources"), values, prepare=False)
    return {
        key: KnownRow(
            number,
            year,
            digest,
            usulan_id,
            stage,
            LastEvent(sequence, status, last),
            is_now,
            tuple(areas),
        )
        for key, number, year, digest, usulan_id, status, stage, sequence, last, is_now, *areas in (
            rows
        )
    }


def _text_array(texts: Sequence[str]) -> str:
    """The text of an array of any texts; psycopg's own list dumper is ten times slower."""
    joined = "\0".join(texts).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + joined.replace("\0", '","') + '"}' if texts else "{}"


def sort_rows(rows: Identities, known: Mapping[str, KnownRow]) -> Sorted:
    """The first row of each key decides; the same again is unchanged, another is refused."""
    if not known and len(set(rows.keys)) == len(rows.keys):
        return Sorted(new=list(range(len(rows.keys))))
    found = Sorted()
    firsts: dict[str, int] = {}
    for row, key in enumerate(rows.keys):
        first = firsts.setdefault(key, row)
        if first != row:
            same_year = rows.years[row] == rows.years[first]
            _again(found, row, is_same=same_year and rows.digests[row] == rows.digests[first])
        elif (before := known.get(key)) is None:
            found.new.append(row)
        else:
            _against(found, row, rows, before)
    return found


def _against(found: Sorted, row: int, rows: Identities, before: KnownRow) -> None:
    year = rows.years[row]
    keeps_year = year in (None, before.year)
    is_same = keeps_year and rows.digests[row] == before.digest
    if before.is_from_now or is_same:
        _again(found, row, is_same=is_same)
    elif keeps_year:
        found.changed.append((row, before))
    else:
        told = (
            f"sudah ada untuk tahun {before.year} ({before.number}); tahun tidak dapat"
            f" diubah, untuk {year} beri source_id lain"
        )
        found.refused.append((row, RowRejected(Reason.YEAR, told)))


def _again(found: Sorted, row: int, *, is_same: bool) -> None:
    if is_same:
        found.unchanged.append(row)
        return
    told = "source_id sudah dipakai baris lain dalam berkas ini"
    found.refused.append((row, RowRejected(Reason.SAME_KEY, told)))
