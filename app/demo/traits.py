"""How each category behaves in the demo: how often, where, how big, how dear, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.demo.phrasebook import read_phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One category; the fields are explained in `phrases/traits.toml`."""

    code: str
    weight: float
    siting: str
    volume: tuple[float, float]
    unit: str
    price: int
    people: tuple[float, float]
    poor: float
    themes: Mapping[str, float]
    river: float = 0.0
    """Share that lies at a river although the rest does not."""
    line: float = 0.0
    polygon: float = 0.0
    area: float = 0.0


def read_traits() -> tuple[Trait, ...]:
    """All categories, by code."""
    entries = read_phrases("traits")
    return tuple(
        Trait(
            code=code,
            volume=tuple(entry.pop("volume")),
            people=tuple(entry.pop("people")),
            **entry,
        )
        for code, entry in sorted((code, dict(entry)) for code, entry in entries.items())
    )
