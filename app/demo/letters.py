"""Titles, problems, addresses: what a resident would write, from the words and the place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

from app.demo.figures import Figures
from app.demo.phrasebook import CategoryWords, Phrasebook
from app.demo.places import Place
from app.demo.templates import Template, as_sentences, fill
from app.demo.town import NOTHING, Town
from app.usulan.limits import LONGEST_PROBLEM, LONGEST_TITLE

_UNITS = {"m": "meter", "m2": "meter persegi", "SR": "sambungan", "orang": "orang", "KK": "KK"}
_PHYSICAL = ("SP", "KP02", "KP03", "KP04", "KP05", "KP07")
OWN_PICKS = 9
"""The first picks decide voice and place; the others choose words."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one sender wrote."""

    title: str
    problem: str
    address: str | None
    landmark: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What one usulan is about: enough to write about it."""

    category: str
    spot: int
    place: Place
    figures: Figures
    is_carried: bool


class Writer:
    """Writes letters; the same picks give the same letter."""

    def __init__(self, book: Phrasebook, town: Town) -> None:
        self._book = book
        self._town = town
        self._names = {record.code: record.name for record in town.index.records}

    def write(self, subject: Subject, picks: list[int]) -> Letter:
        words = self._book.categories[subject.category]
        given = self._given(subject, picks)
        known = {**given, **words.topics[picks[8] % len(words.topics)]}
        flow = cycle(picks[OWN_PICKS:])
        title, about = _title(words, known, flow)
        problem = self._problem(subject, about, known, flow)
        return Letter(title, self._in_voice(problem, picks[0]), *_whereabouts(given, picks))

    def _problem(
        self, subject: Subject, about: frozenset[str], known: dict[str, str], flow: Iterator[int]
    ) -> str:
        words, common = self._book.categories[subject.category], self._book.common
        is_physical = subject.category.startswith(_PHYSICAL)
        fitting = words.problems.fitting(about)
        problem = fitting[next(flow) % len(fitting)]
        chapters: list[tuple[tuple[Template, ...], int]] = [((problem.template,), 100)]
        effects = words.effects.fitting(about or problem.about)
        if effects:
            chapters.append((tuple(effect.template for effect in effects), 58))
        if subject.is_carried:
            chapters.append((common.promises_carried, 88))
        else:
            chapters.append((common.promises_physical if is_physical else common.promises, 12))
            chapters.append((common.promises, 12))
        chapters.append((common.asks_physical if is_physical else common.asks, 38))
        sentences = [
            fill(texts[next(flow) % len(texts)], known, flow)
            for texts, percent in chapters
            if next(flow) % 100 < percent
        ]
        return as_sentences(" ".join(dict.fromkeys(sentences)))

    def _in_voice(self, text: str, pick: int) -> str:
        """Some type in a hurry: short words, no capital, no full stop."""
        voice = pick % 100
        if voice < 9:
            terse = self._book.common.terse
            text = " ".join(terse.get(word, word) for word in text.split(" "))
        if voice < 5:
            text = text[0].lower() + text[1:]
        if voice < 16 and text.endswith("."):
            text = text[:-1]
        return text if len(text) <= LONGEST_PROBLEM else text[:LONGEST_PROBLEM].rsplit(".", 1)[0]

    def _given(self, subject: Subject, picks: list[int]) -> dict[str, str]:
        codes, people = subject.place.codes, subject.figures.people or 12
        near_water = int(self._town.near_water[subject.spot])
        households = max(2, round(people / 3.4))
        return {
            "jalan": self._street(subject, picks[1]),
            "patokan": self._neighbour(subject, picks[2]),
            "kali": self._town.waters.names[near_water] if near_water != NOTHING else "kali",
            "kampung": self._kampung(codes, picks[3]),
            "rt": _rt_words(codes, picks[4]),
            "vol": _volume_words(subject.figures),
            "kk": f"{households} KK" if picks[5] % 3 else f"sekitar {_round_five(households)} KK",
            "jiwa": f"{people} orang",
        }

    def _street(self, subject: Subject, pick: int) -> str:
        streets = self._town.streets
        way = int(streets.way[subject.spot])
        name = streets.names[way] or streets.names[int(self._town.near_street[subject.spot])]
        if pick % 5 < 2:
            name = name.replace("Jl. ", "Jalan ").replace("Gg. ", "Gang ")
        if not streets.names[way] and pick % 10 < 3:
            return f"gang tembusan {name}"
        return name

    def _neighbour(self, subject: Subject, pick: int) -> str:
        landmark = int(self._town.near_landmark[subject.spot])
        if landmark != NOTHING and pick % 10 < 6:
            return self._town.landmarks[landmark].name
        neighbours = self._book.common.neighbours
        return neighbours[pick % len(neighbours)]

    def _kampung(self, codes: Mapping[str, str], pick: int) -> str:
        name = self._names[codes.get("kelurahan", codes["kota"])]
        if "rw" in codes and pick % 5 == 0:
            return f"RW {codes['rw'].rsplit('-', 1)[1].lstrip('0')} {name}"
        return f"Kampung {name}" if pick % 2 else name


def _title(
    words: CategoryWords, known: dict[str, str], flow: Iterator[int]
) -> tuple[str, frozenset[str]]:
    """A title that fits and what it is about; after a few that are too long, the start of one."""
    for _ in range(4):
        phrase = words.titles.phrases[next(flow) % len(words.titles.phrases)]
        title = as_sentences(fill(phrase.template, known, flow))
        if len(title) <= LONGEST_TITLE:
            return title, phrase.about
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0], phrase.about


def _whereabouts(given: Mapping[str, str], picks: list[int]) -> tuple[str | None, str | None]:
    address = f"{given['jalan']}, {given['rt']}" if picks[6] % 10 < 6 else None
    landmark = f"dekat {given['patokan']}" if picks[7] % 10 < 5 else None
    if address is not None:
        address = address[0].upper() + address[1:]
    return address, landmark


def _rt_words(codes: Mapping[str, str], pick: int) -> str:
    """`RT 003/RW 012` in one of the ways people write it."""
    if "rw" not in codes:
        return "kampung kami"
    rw = codes["rw"].rsplit("-", 1)[1]
    if "rt" not in codes:
        return f"RW {rw}"
    rt = codes["rt"].rsplit("-", 1)[1]
    ways = (
        f"RT {rt[1:]}",
        f"RT {rt}/RW {rw}",
        f"RT {rt[1:]} RW {rw[1:]}",
        f"RT {rt.lstrip('0')}",
        f"RT {rt[1:]}/{rw[1:]}",
    )
    return ways[pick % len(ways)]


def _volume_words(figures: Figures) -> str:
    unit = figures.unit or "unit"
    return f"{figures.volume or 'beberapa'} {_UNITS.get(unit, unit)}"


def _round_five(number: int) -> int:
    return max(5, 5 * round(number / 5))
