"""What the hashes of a row stand for, and rows in the codes of an index's vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from app.resident.rows import Integers, Rows, ids_of
from spatial.index.block import UsulanRows
from spatial.index.vocabulary import INSTANTS, Place, Vocabulary, coded

EXACT = "exact"
LISTED, NEWEST = 2, 1


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
        for name in ("subject", "progress", "means", "place"):
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


def coded_rows(rows: Rows, words: Words, vocabulary: Vocabulary) -> tuple[UsulanRows, Vocabulary]:
    """Rows as an index takes them, and the vocabulary with the values they bring at its end."""
    subjects, of_subject = _meanings(rows["subject"], words.subject)
    progress, of_progress = _meanings(rows["progress"], words.progress)
    means, of_means = _meanings(rows["means"], words.means)
    places, of_place = _meanings(rows["place"], words.place)
    years, of_year = np.unique(rows["year"], return_inverse=True)
    category, categories = coded([one.category for one in subjects], vocabulary.category)
    groups = dict(zip(vocabulary.category, vocabulary.group, strict=True))
    groups |= {one.category: one.group for one in subjects if one.category not in groups}
    status, statuses = coded([one.status for one in progress], vocabulary.status)
    stage, stages = coded([one.stage for one in progress], vocabulary.stage)
    funding, fundings = coded([one.funding for one in means], vocabulary.funding)
    channel, channels = coded([one.channel for one in means], vocabulary.channel)
    year, all_years = coded(years.tolist(), vocabulary.year)
    place, all_places = coded(places, vocabulary.place)
    exact = np.array([one.precision == EXACT for one in subjects], dtype=np.bool_)
    standing = rows["standing"]
    when_created, when_updated = (rows[name].astype(np.int64) for name in INSTANTS)
    created = vocabulary.created.extended(when_created)
    updated = vocabulary.updated.extended(when_updated)
    new = replace(
        vocabulary,
        category=categories,
        group=tuple(groups[code] for code in categories),
        status=statuses,
        year=all_years,
        stage=stages,
        funding=fundings,
        channel=channels,
        place=all_places,
        created=created,
        updated=updated,
    )
    return (
        UsulanRows(
            ids=ids_of(rows["number"]),
            cells=rows["cell"].astype(np.int64),
            exact=exact[of_subject],
            category=category[of_subject],
            status=status[of_progress],
            stage=stage[of_progress],
            funding=funding[of_means],
            channel=channel[of_means],
            year=year[of_year],
            place=place[of_place],
            severity=rows["severity"].astype(np.int64),
            listed=standing & LISTED > 0,
            newest=standing & NEWEST > 0,
            cost=rows["cost"].astype(np.int64),
            beneficiaries=rows["beneficiaries"].astype(np.int64),
            supporters=rows["supporters"].astype(np.int64),
            created=created.codes(when_created),
            updated=updated.codes(when_updated),
        ),
        new,
    )


def _meanings(hashes: Any, known: Mapping[int, Any]) -> tuple[list[Any], Integers]:  # noqa: ANN401
    """Distinct meanings, and for each row which of them it has."""
    distinct, which = np.unique(hashes, return_inverse=True)
    return [known[value] for value in distinct.tolist()], which
