"""Words of a list to the codes of the 40 categories, by their names and synonyms."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from app.readings.cells import either
from app.readings.reading import Reading, Sureness

# Words that stand in proposals of every kind.
_EVERYWHERE = either(
    "pembangunan|perbaikan|pengadaan|pembuatan|peningkatan|rehabilitasi|rehab|renovasi|bantuan"
    "|sarana|prasarana|kegiatan|usulan|program|fasilitas|umum|warga|rumah|kampung|lingkungan|dan"
    "|di|ke|untuk|rt|rw|rusak|baru|pemeliharaan|penambahan|pemasangan|alat|anak|kelompok|sakit"
    "|mati|punya|tidak|belum|biaya|layanan|kota|usaha|mampu|lain"
)

_MOST_NEAREST = 3
_ALIKE = 0.6  # the share of letters that `difflib` itself takes for a close match


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category as people name it."""

    code: str
    name: str
    synonyms: tuple[str, ...]


class CategoryGuesser:
    """Codes of categories for words; the same words always give the same code."""

    def __init__(self, categories: Iterable[CategoryWords]) -> None:
        self._codes: dict[str, str] = {}
        self._categories: dict[str, CategoryWords] = {}
        self._phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        for category in categories:
            self._codes[category.code.casefold()] = category.code
            self._categories[category.code] = category
            pieces = [category.name, *re.split(r"[,/]", category.name), *category.synonyms]
            for phrase in (_words(piece) for piece in pieces):
                self._phrases[phrase].add(category.code)
                for word in set(phrase) - _EVERYWHERE:
                    self._words[word].add(category.code)
        self._phrases.pop((), None)

    def guess(self, text: str) -> Reading[str]:
        """The code a text means; ambiguous with the second in `other`, unread when none does."""
        words = _words(text)
        for word in words:
            if word in self._codes:
                return Reading(self._codes[word], Sureness.SURE)
        whole = self._phrases.get(words, set())
        if whole:
            return _decided(whole, Sureness.SURE)
        inside = self._longest_inside(words)
        if inside:
            return _decided(inside, Sureness.LIKELY)
        return _decided(self._by_words(words), Sureness.LIKELY)

    def nearest(self, text: str) -> list[CategoryWords]:
        """Up to three categories that a text may mean, slips of the pen included; best first."""
        guess = self.guess(text)
        codes = [code for code in (guess.value, guess.other) if code is not None]
        written = {" ".join(phrase): sorted(found) for phrase, found in self._phrases.items()}
        typed = " ".join(_words(text))
        for phrase in get_close_matches(typed, written, n=_MOST_NEAREST, cutoff=_ALIKE):
            codes += written[phrase]
        return [self._categories[code] for code in dict.fromkeys(codes)][:_MOST_NEAREST]

    def _longest_inside(self, words: tuple[str, ...]) -> set[str]:
        """Codes of the longest phrase that stands in the text, word for word."""
        for length in range(min(len(words), 6), 0, -1):
            found: set[str] = set()
            for start in range(len(words) - length + 1):
                phrase = words[start : start + length]
                if length > 1 or phrase[0] not in _EVERYWHERE:
                    found |= self._phrases.get(phrase, set())
            if found:
                return found
        return set()

    def _by_words(self, words: tuple[str, ...]) -> set[str]:
        """Codes that share most of the telling words."""
        votes: dict[str, float] = defaultdict(float)
        for word in words:
            codes = self._words.get(word, set())
            for code in codes:
                votes[code] += 1 / len(codes)
        best = max(votes.values(), default=0)
        return {code for code, vote in votes.items() if vote == best}


def _decided(codes: set[str], sureness: Sureness) -> Reading[str]:
    if not codes:
        return Reading(None, Sureness.UNREAD)
    first, *others = sorted(codes)
    if others:
        return Reading(first, Sureness.AMBIGUOUS, other=others[0])
    return Reading(first, sureness)


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text[:500]).casefold()
    return tuple(re.findall(r"[a-z0-9]+", plain))
