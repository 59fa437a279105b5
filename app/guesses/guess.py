"""A whole list guessed: which sheet, which columns, which categories, which values for all."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.guesses.categories import CategoryGuesser, CategoryWords
from app.guesses.columns import ColumnGuess, guess_columns, guess_without_header
from app.guesses.values import Column
from app.readings.cells import is_nothing, plain
from app.readings.dates import DateOrder, column_order
from app.readings.numbers import NumberStyle, column_style
from app.readings.reading import Reading
from app.sheets.table import Note, RowKind, Sheet
from app.stored_words import STATUSES
from spatial.mentions.parse import mention_in_text

SAMPLED_ROWS = 2_000
SHOWN_ROWS = 5
MOST_VALUES = 200
_TELLING = ("title", "problem", "category", "place", "estimated_cost", "kelurahan", "rw", "rt")
_YEAR = re.compile(r"\b(?:tahun(?: anggaran)?|t\.?a\.?|rkpd)\s*:?\s*(20[0-9]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """A word of the category column, the code it probably means, and how many rows have it."""

    text: str
    reading: Reading[str]
    rows: int


@dataclass(frozen=True, slots=True)
class StatusGuess:
    """A word of the status column that is no status, and how many rows have it."""

    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class ListGuess:
    """What a list probably says, to be checked by a person."""

    sheet: str
    header_rows: tuple[int, ...]
    names: tuple[str, ...]
    """Of all columns, in their order."""
    columns: tuple[ColumnGuess, ...]
    unused: tuple[str, ...]
    categories: tuple[CategoryGuess, ...]
    statuses: tuple[StatusGuess, ...]
    defaults: Mapping[str, str]
    """What the titles tell of the whole list."""
    styles: Mapping[str, NumberStyle | DateOrder]
    """Field to the way of writing that its column proved."""
    kinds: Mapping[RowKind, int]
    """How many of the sampled rows are what."""
    is_all: bool
    """Whether these are all rows of the sheet; else words are counted in the first ones only."""
    notes: tuple[Note, ...]
    first_rows: tuple[tuple[str, ...], ...]


def category_words(path: Path) -> list[CategoryWords]:
    """The categories of the controlled list, as people name them."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["category"]
    return [
        CategoryWords(entry["code"], entry["name"], tuple(entry["synonyms"])) for entry in listed
    ]


def guess_list(
    sheets: Sequence[Sheet], categories: CategoryGuesser, *, leave_out: Collection[str] = ()
) -> ListGuess:
    """The guess of the most telling sheet; of equals the first.

    Columns named in `leave_out` are none of the list, and not in the guess.
    """
    guesses = [_guess_sheet(sheet, categories, leave_out) for sheet in sheets]
    return max(guesses, key=_telling)


def _telling(guess: ListGuess) -> float:
    rows = guess.kinds.get(RowKind.DATA, 0)
    return sum(each.score for each in guess.columns if each.field in _TELLING) if rows else -1.0


def _guess_sheet(
    sheet: Sheet, categories: CategoryGuesser, leave_out: Collection[str]
) -> ListGuess:
    kept = [place for place, name in enumerate(sheet.head.columns) if name not in leave_out]
    first = list(islice(sheet.read_rows(), SAMPLED_ROWS + 1))
    sampled = first[:SAMPLED_ROWS]
    rows = [row for row in sampled if row.kind is RowKind.DATA]
    columns = [
        Column.of(sheet.head.columns[place], [row.cells[place] for row in rows]) for place in kept
    ]
    guesses = guess_columns(columns, lambda text: categories.guess(text).usable)
    if not sheet.head.rows and not guesses:
        guesses = guess_without_header(columns)
    by_name = {column.name: column for column in columns}
    by_field = {guess.field: by_name[guess.column] for guess in guesses}
    used = {guess.column for guess in guesses}
    return ListGuess(
        sheet=sheet.name,
        header_rows=sheet.head.rows,
        names=tuple(sheet.head.columns[place] for place in kept),
        columns=tuple(guesses),
        unused=tuple(column.name for column in columns if column.name not in used),
        categories=tuple(_categories(by_field.get("category"), categories)),
        statuses=tuple(_statuses(by_field.get("status"))),
        defaults=_defaults(sheet.head.titles, by_field),
        styles=_styles(by_field),
        kinds=Counter(row.kind for row in sampled),
        is_all=len(first) == len(sampled),
        notes=sheet.notes,
        first_rows=tuple(
            tuple(plain(row.cells[place]) for place in kept) for row in rows[:SHOWN_ROWS]
        ),
    )


def _categories(column: Column | None, guesser: CategoryGuesser) -> list[CategoryGuess]:
    if column is None:
        return []
    counted = Counter(text for text in column.texts if not is_nothing(text))
    return [
        CategoryGuess(text, guesser.guess(text), rows)
        for text, rows in counted.most_common(MOST_VALUES)
    ]


def _statuses(column: Column | None) -> list[StatusGuess]:
    """What other systems call a status is not ours to translate: a person says what it means."""
    if column is None:
        return []
    counted = Counter(text for text in column.texts if not is_nothing(text))
    return [
        StatusGuess(text, rows)
        for text, rows in counted.most_common(MOST_VALUES)
        if text.strip().lower() not in STATUSES
    ]


def _defaults(titles: Sequence[str], by_field: Mapping[str, Column]) -> dict[str, str]:
    """Names and the year in the titles, where no column tells them."""
    found: dict[str, str] = {}
    for title in titles:
        mention = mention_in_text(title)
        for field, names in (("kelurahan", mention.kelurahan), ("kecamatan", mention.kecamatan)):
            if len(names) == 1:
                found.setdefault(field, names[0])
        if year := _YEAR.search(title):
            found.setdefault("year", year[1])
    return {field: text for field, text in found.items() if field not in by_field}


def _styles(by_field: Mapping[str, Column]) -> dict[str, NumberStyle | DateOrder]:
    found: dict[str, NumberStyle | DateOrder] = {}
    for field in ("volume", "estimated_cost", "longitude", "latitude"):
        if field in by_field and (style := column_style(by_field[field].cells).value):
            found[field] = style
    for field in ("created_at", "updated_at"):
        if field in by_field and (order := column_order(by_field[field].cells).value):
            found[field] = order
    return found
