"""Text as people send it: what may be kept, what is stripped, what is refused."""

import re
import unicodedata

# Codes, numbers and keys: no blank, no control character, nothing beyond ASCII.
_PLAIN = re.compile(r"[!-~]{1,64}")
# Marks that change the direction of what follows; they can make a text read as another.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\n]+")


class ForbiddenCharacters(ValueError):
    """Control characters, or code points that are no characters."""


def is_plain(code: str) -> bool:
    """Whether a text can be a code at all; nothing else is worth a question to the database."""
    return _PLAIN.fullmatch(code) is not None


def tidy_line(text: str) -> str:
    """One line: composed (NFC), direction marks removed, every run of blanks one blank."""
    return " ".join(tidy_text(text).split())


def tidy_text(text: str) -> str:
    """Lines of text, composed (NFC), without direction marks; line breaks are kept.

    Raises ForbiddenCharacters for control characters, lone surrogates and unassigned specials.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if any(_is_forbidden(character) for character in unified):
        raise ForbiddenCharacters
    composed = unicodedata.normalize("NFC", _DIRECTION.sub("", unified))
    return _BLANKS.sub(" ", composed).strip()


def _is_forbidden(character: str) -> bool:
    # Cc control, Cs surrogate, Cn not a character (U+FFFE), Co private use.
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")
