"""A guess as programs are told it, and the mapping that it proposes."""

from typing import Any

from app.guesses.guess import ListGuess
from app.guesses.nature import no_list_words
from app.readings.reading import Sureness

_CONTACT = "proposer_"
_USABLE = (Sureness.SURE, Sureness.LIKELY)


def guess_facts(guess: ListGuess) -> dict[str, Any]:
    """What was guessed of a list, each with how sure it is."""
    return {
        "sheet": guess.sheet or None,
        "header_rows": list(guess.header_rows),
        "columns": {
            each.field: {"column": each.column, "sureness": each.sureness, "score": each.score}
            for each in guess.columns
        },
        "unused": list(guess.unused),
        "categories": {
            each.text: {"code": each.reading.value, "sureness": each.reading.sureness}
            for each in guess.categories
        },
        "statuses": {each.text: each.rows for each in guess.statuses},
        "defaults": dict(guess.defaults),
        "rows": {kind.value: count for kind, count in guess.kinds.items()},
        "is_all_rows": guess.is_all,
        "no_list": why_no_list(guess),
        "notes": [[note.oddity, note.row, note.detail] for note in guess.notes],
    }


def why_no_list(guess: ListGuess) -> str | None:
    """What else the table probably is; None for a list of usulan."""
    return no_list_words(guess.names, {each.field: each.column for each in guess.columns})


def proposed_mapping(guess: ListGuess) -> dict[str, Any]:
    """What a mapping would hold: columns that are not in doubt, and no contacts.

    Of the words for categories only those that are sure: a word in a column that is likely the
    right one still may mean something else.
    """
    return {
        "sheet": guess.sheet or None,
        "columns": {
            each.field: each.column
            for each in guess.columns
            if each.sureness in _USABLE and not each.field.startswith(_CONTACT)
        },
        "values": {
            "category": {
                each.text: each.reading.value
                for each in guess.categories
                if each.reading.value is not None and each.reading.sureness is Sureness.SURE
            }
        },
        "defaults": dict(guess.defaults),
    }
