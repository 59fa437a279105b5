"""Columns to fields: header words and values weighed together, each field given once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.guesses.values import EVIDENCE, Column, speaks_for_itself
from app.guesses.words import HEADER_WORDS, header_score
from app.readings.reading import Sureness

SURE, LIKELY, LEAST = 0.85, 0.55, 0.3
_HEADER, _VALUES = 0.7, 0.3
_VALUES_ALONE = 0.6
_CLOSE = 0.08


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column taken for a field."""

    field: str
    column: str
    score: float
    """0 to 1."""
    rival: str | None = None
    """Another column that is nearly as likely."""

    @property
    def sureness(self) -> Sureness:
        if self.score < LIKELY or (self.rival is not None and self.score < SURE):
            return Sureness.AMBIGUOUS
        return Sureness.SURE if self.score >= SURE and self.rival is None else Sureness.LIKELY


def guess_columns(
    columns: Sequence[Column], is_category: Callable[[str], bool]
) -> list[ColumnGuess]:
    """The most likely field of each column, at most one column a field, best first."""
    scores = {
        (field, number): score
        for number, column in enumerate(columns)
        for field, score in _field_scores(column, is_category).items()
        if score >= LEAST
    }
    guesses: list[ColumnGuess] = []
    taken: set[int] = set()
    for (field, number), score in sorted(scores.items(), key=lambda item: (-item[1], item[0][1])):
        if number in taken or any(guess.field == field for guess in guesses):
            continue
        taken.add(number)
        rivals = [
            columns[other].name
            for (same, other), close in scores.items()
            if same == field and other not in taken and score - close < _CLOSE
        ]
        guesses.append(
            ColumnGuess(field, columns[number].name, round(score, 2), next(iter(rivals), None))
        )
    return guesses


def _field_scores(column: Column, is_category: Callable[[str], bool]) -> dict[str, float]:
    """How likely a column holds each field, 0 to 1."""
    own = speaks_for_itself(column)
    scores: dict[str, float] = {}
    for field in HEADER_WORDS:
        if named := header_score(column.name, field):
            scores[field] = _named_score(column, field, named, is_category)
        elif field == own:
            scores[field] = _VALUES_ALONE
    return scores


def _named_score(
    column: Column, field: str, named: float, is_category: Callable[[str], bool]
) -> float:
    """Of a field that the header names; values that cannot be it count against it."""
    spoken = 0.0
    if column.texts:
        spoken = max(-1.0, min(1.0, EVIDENCE[field](column)))
    if field == "category" and spoken >= -0.5:
        share = column.share(is_category)
        spoken = max(spoken, share) if share > 0.5 else spoken
    if spoken < -0.5:
        return 0.0
    return max(0.0, min(1.0, _HEADER * named + _VALUES * (0.5 + spoken / 2)))


def guess_without_header(columns: Sequence[Column]) -> list[ColumnGuess]:
    """Names, RW and RT of a roster without a header; never more than a doubtful guess.

    Two columns of small numbers beside a column of names: the one that changes less often is
    taken for the RW.
    """
    names = [each for each in columns if EVIDENCE["kelurahan"](each) > 0.3]
    numbers = [
        each
        for each in columns
        if each not in names and each.share(lambda text: text.isdigit() and len(text) <= 3) > 0.95
    ]
    if len(names) != 1 or len(numbers) != 2:
        return []
    rw, rt = sorted(numbers, key=_changes)
    fields = (("kelurahan", names[0]), ("rw", rw), ("rt", rt))
    return [ColumnGuess(field, column.name, 0.45) for field, column in fields]


def _changes(column: Column) -> int:
    return sum(before != after for before, after in pairwise(column.texts))
