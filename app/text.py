"""Text as people send it: what may be kept, what is stripped, what is refused."""

import re
import unicodedata

# Codes, numbers and keys: no blank, no control character, nothing beyond ASCII.
_PLAIN = re.compile(r"[!-~]{1,64}")
# Marks that change the direction of what follows; they can make a text read as another.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Letters that are drawn as nothing: fillers of Hangul, the empty Braille cell.
_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0\u2800]")
# Marks that are drawn as nothing and join nothing: soft hyphens, blanks of no width, inherent
# vowels of Khmer, old tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff]"
)
# Marks that mean something to the letter before them and are nothing by themselves: joiners,
# selectors of a variant, tags of a flag.
_JOINING = re.compile(
    "[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_PICTURES = range(0x1F000, 0x1FB00)


class ForbiddenCharacters(ValueError):
    """Control characters, or code points that are no characters."""


def is_plain(code: str) -> bool:
    """Whether a text can be a code at all; nothing else is worth a question to the database."""
    return _PLAIN.fullmatch(code) is not None


def tidy_line(text: str) -> str:
    """One line: composed (NFC), direction marks removed, every run of blanks one blank."""
    return " ".join(tidy_text(text).split())


def tidy_text(text: str) -> str:
    """Lines of text, composed (NFC), without direction marks and what nobody sees.

    Line breaks are kept. A text in which nothing can be seen is empty. Raises
    ForbiddenCharacters for control characters, lone surrogates and unassigned specials.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if unified.isascii() and unified.replace("\n", "").isprintable():
        return _BLANKS.sub(" ", unified).strip()  # of what is looked for below there is nothing
    seen = _FILLERS.sub(" ", _UNSEEN.sub("", _DIRECTION.sub("", unified)))
    if any(_is_forbidden(character) for character in seen):
        raise ForbiddenCharacters
    composed = _BLANKS.sub(" ", unicodedata.normalize("NFC", seen)).strip()
    return composed if visible_length(composed) else ""


def visible_length(text: str) -> int:
    """How many characters of a text are seen by themselves.

    Not joiners, not accents alone; blanks and line breaks in a row are one.
    """
    seen = " ".join(_JOINING.sub("", text).split())
    if seen.isascii():
        return len(seen)
    return sum(unicodedata.category(character) not in ("Mn", "Me") for character in seen)


def _is_forbidden(character: str) -> bool:
    # Cc control, Cs surrogate, Cn not a character (U+FFFE), Co private use. A telephone knows
    # pictures that are newer than our tables; they are characters all the same.
    if ord(character) in _PICTURES:
        return False
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")
