"""Sentences with holes: compiled once, filled many times."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")
_START = re.compile(r"(?:^|[.!?] )([a-z])")


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole filled from what is known of the usulan, else with one of its options.

    What was chosen once is known from then on, so that a text does not change its mind.
    """

    name: str
    options: tuple["Template", ...]


Template = tuple[str | Hole, ...]

GIVEN = ("jalan", "patokan", "kali", "kampung", "rt", "vol", "kk", "jiwa")
"""Holes that the usulan itself fills: its place and its numbers."""


def compile_template(text: str, slots: Mapping[str, Sequence[str]]) -> Template:
    """The text cut at its holes; raises KeyError for a hole that nothing fills."""
    pieces = _SLOT.split(text)
    parts: list[str | Hole] = []
    for literal, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if literal:
            parts.append(literal)
        if name:
            options = () if name in GIVEN else slots[name]
            parts.append(Hole(name, tuple(compile_template(option, slots) for option in options)))
    return tuple(parts)


def fill(template: Template, known: dict[str, str], picks: Iterator[int]) -> str:
    """The text with its holes filled: from `known`, which grows by what `picks` choose."""
    filled = []
    for part in template:
        if isinstance(part, str):
            filled.append(part)
            continue
        if part.name not in known:
            options = part.options
            known[part.name] = fill(options[next(picks) % len(options)], known, picks)
        filled.append(known[part.name])
    return "".join(filled)


def as_sentences(text: str) -> str:
    """The text with a capital at the start of each sentence."""
    return _START.sub(lambda match: match.group(0)[:-1] + match.group(1).upper(), text)
