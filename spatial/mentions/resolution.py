"""What a mention can only mean, how certain that is, and what kept it from more."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How certain the codes of a resolution are."""

    EXACT = "exact"
    """Every part named is spelled as published and found under the part above it."""
    BY_NAME = "by_name"
    """One place only, reached through another spelling, a missing level or a missing number."""
    AMBIGUOUS = "ambiguous"
    """Several places; no code is given."""
    NONE = "none"
    """No area is named."""


class PlaceDoubt(StrEnum):
    """What kept a resolution from being exact or complete; stable words."""

    OTHER_SPELLING = "other_spelling"
    MISSPELT = "misspelt"
    WITHOUT_ITS_WORD = "without_its_word"
    UNKNOWN_NAME = "unknown_name"
    NAMES_DISAGREE = "names_disagree"
    NO_KELURAHAN = "no_kelurahan"
    TOLD_BY_NUMBER = "told_by_number"
    """Of several areas of that name only one has the number."""
    NO_SUCH_RW = "no_such_rw"
    NO_SUCH_RT = "no_such_rt"
    NO_RW_NAMED = "no_rw_named"
    NO_RW_LAYER = "no_rw_layer"
    NOTHING_LOADED_BELOW = "nothing_loaded_below"
    WORDS_IN_DOUBT = "words_in_doubt"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Areas that a mention can only mean.

    Attributes
    ----------
    codes
        Each RT, RW or named area, in the order mentioned; empty unless certain.
    certainty
        How certain they are.
    candidates
        When ambiguous, what it may mean, in order of codes.
    within
        When ambiguous, the lowest area below the kota that holds every candidate.
    doubts
        Why it is not more.
    """

    codes: tuple[str, ...] = ()
    certainty: Certainty = Certainty.NONE
    candidates: tuple[str, ...] = ()
    within: str | None = None
    doubts: frozenset[PlaceDoubt] = frozenset()
