"""Names of areas as keys: what counts as the same spelling, and what as a slip."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST_GUESSED = 6
"""Letters of a name that may be guessed from one slip; Mojo, Moja and Maja are other places."""


def name_as_written(name: str) -> str:
    """Name without regard to case and blanks at its ends.

    Parameters
    ----------
    name
        As published or as typed.

    Returns
    -------
    written
        Equal for two names that are spelled alike.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def name_key(name: str) -> str:
    """Name without blanks, signs, accents and the spelling of before 1972.

    Parameters
    ----------
    name
        As published or as typed.

    Returns
    -------
    key
        Equal for ``Pasar Kliwon`` and ``Pasarkliwon``, for ``Soerakarta`` and ``Surakarta``.
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    plain = re.sub(r"[^0-9a-z]", "", letters)
    return plain.replace("oe", "u").replace("dj", "j").replace("tj", "c")


def one_slip_away(key: str, keys: Iterable[str]) -> list[str]:
    """Keys that differ from one by a single letter added, left out, changed or swapped.

    Parameters
    ----------
    key
        Of the name that was not found.
    keys
        Of the names that are known.

    Returns
    -------
    close
        In order; empty for a key too short to guess from.
    """
    if len(key) < SHORTEST_GUESSED:
        return []
    return sorted(known for known in keys if _is_one_slip(key, known))


def _is_one_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    ends = (
        (one[start + 1 :], other[start + 1 :]),  # changed
        (one[start + 1 :], other[start:]),  # added
        (one[start:], other[start + 1 :]),  # left out
    )
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return any(left == right for left, right in ends) or (
        swapped and one[start + 2 :] == other[start + 2 :]
    )
