"""Names and other words of files, tidied or refused."""

import unicodedata

from spatial.boundaries.flaws import FeatureRefused, Refusal

MAX_NAME = 200
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# Letters drawn as nothing: of Hangul, Braille and Khmer; a name of them would look missing.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f"


def clean_name(value: object) -> str:
    """A name with single blanks, in composed letters.

    Parameters
    ----------
    value
        As the file had it.

    Returns
    -------
    name
        Empty for None.

    Raises
    ------
    FeatureRefused
        When it is too long, or has control characters or bytes that its encoding does not know.
    """
    if value is None:
        return ""
    name = " ".join(str(value).split())
    # Control characters and lone surrogates have no place in a name; databases refuse NUL.
    if len(name) > MAX_NAME or any(map(_is_unseen, name)):
        raise FeatureRefused(Refusal.BAD_TEXT)
    if _UNREADABLE in name:
        raise FeatureRefused(Refusal.BAD_TEXT)
    return unicodedata.normalize("NFC", name)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" or letter in _FILLERS
