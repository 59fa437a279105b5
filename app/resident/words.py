"""What the hashes of a row stand for, and rows in the codes of an index's vocabulary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from app.resident.gathered import KINDS, Gathered
from app.resident.rows import Rows
from spatial.index.block import UsulanRows
from spatial.index.sums import narrowed
from spatial.index.vocabulary import INSTANTS, Place, Vocabulary, coded

EXACT = "exact"
LISTED, NEWEST = 2, 1
_KIND_OF = {
    "category": "subject",
    "status": "progress",
    "stage": "progress",
    "funding": "means",
    "channel": "means",
    "place": "place",
}
"""Which of the hashes tells a column."""


class Subject(NamedTuple):
    """What is asked for, and how precisely the public may know where."""

    category: str
    group: str
    precision: str


class Progress(NamedTuple):
    """How far it has come."""

    status: str
    stage: str | None


class Means(NamedTuple):
    """Who pays, and through whom it came."""

    funding: str | None
    channel: str


@dataclass(frozen=True, slots=True)
class Words:
    """Meanings by hash; they grow as rows bring new ones, and none is ever lost."""

    subject: dict[int, Subject] = field(default_factory=dict)
    progress: dict[int, Progress] = field(default_factory=dict)
    means: dict[int, Means] = field(default_factory=dict)
    place: dict[int, Place] = field(default_factory=dict)

    def unknown(self, rows: Rows) -> Rows:
        """Some of the rows, which have every hash that has no meaning yet."""
        found: set[int] = set()
        for name, known in self._kinds():
            hashes, firsts = np.unique(rows[name], return_index=True)
            found.update(
                first
                for value, first in zip(hashes.tolist(), firsts.tolist(), strict=True)
                if value not in known
            )
        return rows[sorted(found)]

    def learn(self, rows: Rows, told: Iterable[Mapping[str, Any]]) -> None:
        """Take the meanings from what the database says of each of the rows."""
        rows_by_number = {row["number"].decode(): row for row in rows}
        for words in told:
            row = rows_by_number[words["number"]]
            self.subject[int(row["subject"])] = Subject(
                words["category"], words["group_code"], words["precision"]
            )
            self.progress[int(row["progress"])] = Progress(words["status"], words["stage"])
            self.means[int(row["means"])] = Means(words["funding"], words["channel"])
            self.place[int(row["place"])] = Place(*(words[name] for name in Place._fields))

    def _kinds(self) -> Iterator[tuple[str, Mapping[int, object]]]:
        for name in KINDS:
            yield name, getattr(self, name)


def empty_vocabulary(areas: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """No words yet, over the areas of an edition: by level their codes, ascending."""
    return Vocabulary(
        category=(),
        group=(),
        status=(),
        year=(),
        stage=(),
        funding=(),
        channel=(),
        place=(),
        areas=areas,
    )


def coded_rows(
    gathered: Gathered, words: Words, vocabulary: Vocabulary
) -> tuple[UsulanRows, Vocabulary]:
    """Rows as an index takes them, and the vocabulary with the values they bring at its end."""
    subjects = [words.subject[each] for each in gathered.hashes("subject")]
    exact = np.array([one.precision == EXACT for one in subjects], dtype=np.bool_)
    years, of_year = np.unique(gathered.column("year"), return_inverse=True)
    codes, new = _codes(gathered, words, vocabulary, years.tolist())
    numbers = {name: gathered.column(name) for name in KINDS}
    standing = gathered.column("standing")
    return (
        UsulanRows(
            ids=gathered.column("id"),
            cells=gathered.column("cell"),
            exact=exact[numbers["subject"]],
            **{name: codes[name][numbers[kind]] for name, kind in _KIND_OF.items()},
            year=codes["year"][of_year],
            severity=gathered.column("severity"),
            listed=standing & LISTED > 0,
            newest=standing & NEWEST > 0,
            cost=gathered.column("cost"),
            beneficiaries=gathered.column("beneficiaries"),
            supporters=gathered.column("supporters"),
            **{name: new.moments(name).codes(gathered.column(name)) for name in INSTANTS},
        ),
        new,
    )


def _codes(
    gathered: Gathered, words: Words, known: Vocabulary, years: Sequence[int]
) -> tuple[dict[str, Any], Vocabulary]:
    """By column the code of each distinct value, narrow before there are as many as rows."""
    subjects = [words.subject[each] for each in gathered.hashes("subject")]
    progress = [words.progress[each] for each in gathered.hashes("progress")]
    means = [words.means[each] for each in gathered.hashes("means")]
    found = {
        "category": coded([one.category for one in subjects], known.category),
        "status": coded([one.status for one in progress], known.status),
        "stage": coded([one.stage for one in progress], known.stage),
        "funding": coded([one.funding for one in means], known.funding),
        "channel": coded([one.channel for one in means], known.channel),
        "year": coded(years, known.year),
        "place": coded([words.place[each] for each in gathered.hashes("place")], known.place),
    }
    values: dict[str, Any] = {name: all_values for name, (_, all_values) in found.items()}
    groups = dict(zip(known.category, known.group, strict=True))
    groups |= {one.category: one.group for one in subjects if one.category not in groups}
    values["group"] = tuple(groups[code] for code in values["category"])
    for name in INSTANTS:
        values[name] = known.moments(name).extended(gathered.column(name))
    codes = {name: narrowed(numbers) for name, (numbers, _) in found.items()}
    return codes, replace(known, **values)
