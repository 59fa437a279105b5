"""The two languages people are answered in: Indonesian unless they prefer English."""

from typing import Literal, NamedTuple

Language = Literal["id", "en"]


class Words(NamedTuple):
    """One sentence in both languages."""

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.id if language == "id" else self.en


def preferred_language(accept_language: str | None) -> Language:
    """Of an `Accept-Language` header; what we do not speak, or cannot read, means Indonesian."""
    if not accept_language:
        return "id"
    wishes = [_wish(part) for part in accept_language[:500].split(",")]
    spoken = [(quality, name) for name, quality in wishes if name in ("id", "en") and quality > 0]
    if not spoken:
        return "id"
    best = max(quality for quality, _ in spoken)
    return "id" if (best, "id") in spoken else "en"


def _wish(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name = tag.strip().lower().split("-")[0]
    # "in" is the code that Indonesian had before 1989; old phones still send it.
    name = {"in": "id"}.get(name, name)
    _, _, quality = parameter.partition("q=")
    try:
        return name, float(quality) if quality.strip() else 1.0
    except ValueError:
        return name, 0.0
