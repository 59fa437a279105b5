"""The words of the demo, read from `phrases/` and compiled."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.demo.templates import Template, compile_template

GROUPS = ("sp", "kp", "sb", "ek")
_MARK = "| "


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and the letters of what it is about; none goes with everything."""

    about: frozenset[str]
    template: Template

    def goes_with(self, about: frozenset[str]) -> bool:
        return not self.about or not about or not self.about.isdisjoint(about)


class Chapter:
    """Phrases of one kind, found by what they are about."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self.phrases = phrases
        self._fitting: dict[frozenset[str], tuple[Phrase, ...]] = {}

    def fitting(self, about: frozenset[str]) -> tuple[Phrase, ...]:
        """Those that go with these letters; the answer is kept, it is asked a million times."""
        if about not in self._fitting:
            found = tuple(phrase for phrase in self.phrases if phrase.goes_with(about))
            self._fitting[about] = found
        return self._fitting[about]


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """What is written about one category."""

    titles: Chapter
    problems: Chapter
    effects: Chapter
    topics: tuple[Mapping[str, str], ...]
    """Words that belong together, one set for each usulan: an oven and the cakes it bakes."""


@dataclass(frozen=True, slots=True)
class Common:
    """Sentences that fit every category, or those about things that are built."""

    promises: tuple[Template, ...]
    promises_physical: tuple[Template, ...]
    promises_carried: tuple[Template, ...]
    asks: tuple[Template, ...]
    asks_physical: tuple[Template, ...]
    neighbours: tuple[str, ...]
    """What people steer by where no landmark is near."""
    terse: Mapping[str, str]
    """Long spelling to the short one of people who type on a phone."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All words."""

    categories: Mapping[str, CategoryWords]
    common: Common


@cache
def read_phrases(name: str) -> Mapping[str, Any]:
    """One file of `phrases/`."""
    text = (files("app.demo") / "phrases" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_phrasebook() -> Phrasebook:
    content = read_phrases("common")
    slots = content["slots"]
    chapters = [read_phrases(group) for group in GROUPS]
    categories = {
        code: _category_words(words, slots)
        for chapter in chapters
        for code, words in chapter.items()
    }
    promises, asks = content["promises"], content["asks"]
    common = Common(
        promises=_compiled(promises["any"], slots),
        promises_physical=_compiled(promises["physical"], slots),
        promises_carried=_compiled(promises["carried"], slots),
        asks=_compiled(asks["any"], slots),
        asks_physical=_compiled([*asks["any"], *asks["physical"]], slots),
        neighbours=tuple(content["neighbours"]["any"]),
        terse=content["terse"],
    )
    return Phrasebook(categories, common)


def _category_words(words: Mapping[str, Any], slots: Mapping[str, Sequence[str]]) -> CategoryWords:
    topics = words.get("topics", ({},))
    known = {**slots, **words.get("slots", {}), **dict.fromkeys(topics[0], ())}
    return CategoryWords(
        titles=_chapter(words["titles"], known),
        problems=_chapter(words["problems"], known),
        effects=_chapter(words["effects"], known),
        topics=tuple(topics),
    )


def _chapter(texts: Sequence[str], slots: Mapping[str, Sequence[str]]) -> Chapter:
    return Chapter(tuple(_phrase(text, slots) for text in texts))


def _phrase(text: str, slots: Mapping[str, Sequence[str]]) -> Phrase:
    letters, mark, words = text.rpartition(_MARK)
    return Phrase(frozenset(letters if mark else ""), compile_template(words, slots))


def _compiled(texts: Sequence[str], slots: Mapping[str, Sequence[str]]) -> tuple[Template, ...]:
    return tuple(compile_template(text, slots) for text in texts)
