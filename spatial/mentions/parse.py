"""From words, or from the columns of a list, to a mention."""

import re
import unicodedata
from collections.abc import Mapping

from spatial.mentions.mention import Mention, MentionDoubt
from spatial.mentions.numbered import neighbourhoods_in

LONGEST_PLACE = 300
"""Characters; a longer text is prose, in which an RT may be anyone's."""

_AREA_WORDS = {
    "kelurahan": r"kelurahan|kel|desa|ds",
    "kecamatan": r"kecamatan|kec",
    "kota": r"kota(?:madya)?|kabupaten|kab",
}
_ANY_AREA = "|".join(_AREA_WORDS.values())
_STREET = re.compile(
    r"(?<![A-Za-z])(?:jalan|jln|jl|gang|gg|perum(?:ahan)?|komp(?:lek|leks)?)\b\.?\s*"
    rf"(?:(?!\bR\.?\s?[TW]\b|\b(?:{_ANY_AREA})\b)[^,;|()])*",
    re.IGNORECASE,
)
_AREA = re.compile(
    rf"(?<![A-Za-z])(?P<word>{_ANY_AREA})\b[\s.:]*"
    rf"(?P<name>[^,;|()/](?:(?!\b(?:{_ANY_AREA})\b)[^,;|()/]){{0,59}})",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:\b(?:dan|di|se)\b|[\s.:-])+$", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:(?:di|ke|dan|se|wilayah|warga|lingkungan|sekitar|seluruh|semua|kampung|dukuh)\b[\s-]*)+"
    r"|(?:\b(?:dan|di|se)\b|[\s.:-])+$",
    re.IGNORECASE,
)


def mention_in_text(text: str) -> Mention:
    """Parts of a place that a text describes.

    Parameters
    ----------
    text
        One line, as someone wrote it.

    Returns
    -------
    mention
        Empty when the text names nothing; empty with a doubt when it is too long to be a
        description of a place.
    """
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(line) > LONGEST_PLACE:
        return Mention(doubts=frozenset([MentionDoubt.TOO_LONG]))
    streets = tuple(_tidy(street) for street in _STREET.findall(line))
    neighbourhoods, doubts, rest = neighbourhoods_in(_STREET.sub("|", line))
    names: dict[str, list[str]] = {level: [] for level in _AREA_WORDS}
    for match in _AREA.finditer(rest):
        if name := _tidy_name(match["name"]):
            names[_level(match["word"])].append(name)
    loose = (_tidy(piece) for piece in re.split(r"[,;|()/]", _AREA.sub("|", rest)))
    return Mention(
        neighbourhoods=neighbourhoods,
        kelurahan=tuple(names["kelurahan"]),
        kecamatan=tuple(names["kecamatan"]),
        kota=tuple(names["kota"]),
        streets=streets,
        loose=tuple(piece for piece in loose if piece),
        doubts=doubts,
    )


def mention_in_columns(cells: Mapping[str, str]) -> Mention:
    """Parts of a place that the columns of a list name together.

    Columns of numbers and names come before words: what both tell is taken from the columns,
    and doubted when they differ.

    Parameters
    ----------
    cells
        Text under ``place``, ``rt``, ``rw``, ``kelurahan``, ``kecamatan`` or ``kota``; any may
        be missing or empty.

    Returns
    -------
    mention
        Of all columns together.
    """
    words = mention_in_text(cells.get("place", ""))
    numbers = mention_in_text(_numbers_line(cells))
    neighbourhoods = numbers.neighbourhoods or words.neighbourhoods
    doubts = words.doubts | numbers.doubts
    if numbers.neighbourhoods and not set(words.neighbourhoods) <= set(numbers.neighbourhoods):
        doubts |= {MentionDoubt.CONTRADICTION}
    return Mention(
        neighbourhoods=neighbourhoods,
        kelurahan=_names(cells, "kelurahan") or words.kelurahan,
        kecamatan=_names(cells, "kecamatan") or words.kecamatan,
        kota=_names(cells, "kota") or words.kota,
        streets=words.streets,
        loose=words.loose,
        doubts=doubts,
    )


def _numbers_line(cells: Mapping[str, str]) -> str:
    """The two columns of numbers as one text, each behind its word."""
    parts = []
    for column in ("rt", "rw"):
        cell = re.sub(r"\.0\b", "", cells.get(column, "").strip())
        if cell and not re.match(r"R\.?\s?[TW]", cell, re.IGNORECASE):
            cell = f"{column.upper()} {cell}"
        parts.append(cell)
    return " ".join(part for part in parts if part)


def _names(cells: Mapping[str, str], level: str) -> tuple[str, ...]:
    cell = " ".join(cells.get(level, "").split())[:LONGEST_PLACE]
    bare = re.sub(rf"^(?:{_AREA_WORDS[level]})\b[\s.:]*", "", cell, flags=re.IGNORECASE)
    return (_tidy_name(bare),) if _tidy_name(bare) else ()


def _level(word: str) -> str:
    return next(
        level for level, words in _AREA_WORDS.items() if re.fullmatch(words, word, re.IGNORECASE)
    )


def _tidy(piece: str) -> str:
    return _FILLER.sub("", piece.strip(" .,:;-|")).strip(" .,:;-|")


def _tidy_name(piece: str) -> str:
    """A name keeps every word of its own: Kampung Melayu is no Melayu."""
    return _TRAILING.sub("", piece.strip(" .,:;-|")).strip(" .,:;-|")
