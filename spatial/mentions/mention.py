"""What a text says of a place, before anyone asks whether there is such a place."""

from dataclasses import dataclass
from enum import StrEnum


class MentionDoubt(StrEnum):
    """What in the words may mean two things; stable words that a report may carry."""

    RW_WITHOUT_WORD = "rw_without_word"
    """`RT 003/012`: the second number is taken for the RW, as identity papers have it."""
    RW_CARRIED = "rw_carried"
    """`RT 1 RW 5, RT 2`: the last RT is taken to lie in the RW before it."""
    RANGE_OR_RW = "range_or_rw"
    """`RT 003-012`: ten RT, or one RT and its RW; nothing is taken."""
    SEVERAL_RW = "several_rw"
    """`RT 1 RW 2, 3`: the RT may be of either."""
    MIXED_ORDER = "mixed_order"
    """`RW 5, RT 1 RW 6`: the RT may belong to the RW before or behind it."""
    BAD_RANGE = "bad_range"
    """`RT 9 s/d 4`, or more than anyone means."""
    UNREAD_NUMBER = "unread_number"
    """`RT 05A`: a number that is none."""
    CONTRADICTION = "contradiction"
    """A column and the words beside it name different places."""
    TOO_LONG = "too_long"
    """More than a description of a place; nothing is taken."""


@dataclass(frozen=True, slots=True, order=True)
class Neighbourhood:
    """An RT, an RW or an RT of an RW, by number.

    Attributes
    ----------
    rt
        Number of the RT; None for a whole RW.
    rw
        Number of the RW; None when only the RT was named.
    """

    rt: int | None
    rw: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """The parts of a described place, as written.

    Attributes
    ----------
    neighbourhoods
        In the order named, each once.
    kelurahan, kecamatan, kota
        Names that followed their word, without it.
    streets
        Streets and lanes, with their word; they never tell an area.
    loose
        Words of unknown role; one of them may be the name of an area.
    doubts
        What may mean two things.
    """

    neighbourhoods: tuple[Neighbourhood, ...] = ()
    kelurahan: tuple[str, ...] = ()
    kecamatan: tuple[str, ...] = ()
    kota: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    doubts: frozenset[MentionDoubt] = frozenset()
