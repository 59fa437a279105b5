"""Numbers of RT and RW as people write them: `012`, `O3`, `VII`."""

import re

from spatial.errors import SpatialError

_LABEL = re.compile(r"(?:R\.?\s?[TW])?[\s.:]*(?:NO(?:MOR)?[\s.:]*)?(.*)", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9OIL]{0,3}[0-9][0-9OIL]{0,3}(?:\.0)?", re.IGNORECASE)
# A letter O for a nought, a small L or capital I for a one: typed, or read by a scanner.
_LOOKALIKES = str.maketrans("OoIiLl", "001111")
_ROMAN_SIGNS = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
GREATEST_NUMBER = 999


class NotANumeral(SpatialError):
    """A word that is no number of an RT or RW.

    Parameters
    ----------
    word
        The word, cut to a readable length.
    """

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"{self.word!r} is no number of an RT or RW"


def neighbourhood_number(label: str) -> int | None:
    """Number of the one RT or RW that a label names, or None when it names none.

    Parameters
    ----------
    label
        With or without the word: ``RW 01``, ``RT O3``, ``012``, ``VII``, ``7.0``.

    Returns
    -------
    number
        1 to 999; None for anything else, a number with a letter behind it included, because
        RT 05A is not RT 05.
    """
    found = _LABEL.fullmatch(label.strip()[:40])
    try:
        return read_numeral(found[1]) if found else None
    except NotANumeral:
        return None


def read_numeral(word: str) -> int:
    """Number that one word writes, in digits with look-alike letters or in Roman signs.

    Parameters
    ----------
    word
        The number alone.

    Returns
    -------
    number
        1 to 999.

    Raises
    ------
    NotANumeral
        When it is none, or out of range.
    """
    number = 0
    if _DIGITS.fullmatch(word):
        number = int(word.removesuffix(".0").translate(_LOOKALIKES))
    elif re.fullmatch("[IVX]{1,7}", word.upper()):
        number = _from_roman(word.upper())
    if not 1 <= number <= GREATEST_NUMBER:
        raise NotANumeral(word[:40])
    return number


def _from_roman(word: str) -> int:
    """0 for signs in an order that nobody writes."""
    number, rest = 0, word
    for sign, worth in _ROMAN_SIGNS:
        while rest.startswith(sign):
            number, rest = number + worth, rest[len(sign) :]
    return number if _to_roman(number) == word else 0


def _to_roman(number: int) -> str:
    text = ""
    for sign, worth in _ROMAN_SIGNS:
        count, number = divmod(number, worth)
        text += sign * count
    return text
