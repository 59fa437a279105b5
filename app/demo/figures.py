"""Volumes, costs, people, support: the numbers of an usulan, dear where its category is dear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from app.demo.town import Numbers
from app.demo.traits import Trait
from app.stored_words import CHANNELS

CHANNEL_SHARES = (0.71, 0.14, 0.05, 0.07, 0.03)
RARE_FUNDING = ("program_rt", "hibah_kelurahan", "ngo", "swadaya", "csr", "apbd_provinsi")
RARE_FUNDING_SHARE = 0.06
_DEAR = 5_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one usulan; None where the sender left a field empty."""

    volume: Decimal | None
    unit: str | None
    cost: int | None
    people: int | None
    severity: int | None
    supporters: int
    themes: Sequence[str]
    channel: str
    funding: str | None


class FigureMaker:
    """Draws figures for whole batches; `funding` gives the usual sources of each category."""

    def __init__(self, traits: tuple[Trait, ...], funding: Mapping[str, Sequence[str]]) -> None:
        self._traits = traits
        self._funding = funding

    def draw(
        self, trait: Numbers, lengths_m: Sequence[float | None], rng: np.random.Generator
    ) -> list[Figures]:
        count = len(trait)
        chances = rng.random((count, 12)).tolist()
        tails = rng.normal(0, 1, (count, 3)).tolist()
        channels = rng.choice(len(CHANNELS), count, p=CHANNEL_SHARES).tolist()
        return [
            self._one(self._traits[number], length_m, CHANNELS[channel], (chance, tail))
            for number, length_m, channel, chance, tail in zip(
                trait.tolist(), lengths_m, channels, chances, tails, strict=True
            )
        ]

    def _one(
        self,
        trait: Trait,
        length_m: float | None,
        channel: str,
        draws: tuple[list[float], list[float]],
    ) -> Figures:
        chance, tail = draws
        volume = _volume(trait, length_m, chance, tail[0])
        cost = volume * trait.price * float(np.exp(0.28 * tail[1]))
        people = _between(trait.people, chance[3])
        return Figures(
            volume=Decimal(volume) if chance[4] < 0.93 else None,
            unit=trait.unit,
            cost=_rounded_rupiah(cost) if chance[5] < 0.86 else None,
            people=people if chance[6] < 0.88 else None,
            severity=_severity(chance[7]),
            supporters=_supporters(tail[2], chance[8]),
            themes=[
                theme for theme, share in trait.themes.items() if _hit(chance[9], theme, share)
            ],
            channel=_channel(channel, trait, chance[10]),
            funding=self._source(trait.code, chance[11]),
        )

    def _source(self, code: str, chance: float) -> str | None:
        if chance < 0.10:
            return None
        if chance < 0.10 + RARE_FUNDING_SHARE:
            spot = (chance - 0.10) / RARE_FUNDING_SHARE
            return RARE_FUNDING[int(spot * len(RARE_FUNDING)) % len(RARE_FUNDING)]
        usual = self._funding[code]
        spot = (chance - 0.10 - RARE_FUNDING_SHARE) / (0.90 - RARE_FUNDING_SHARE)
        return usual[min(int(spot**1.8 * len(usual)), len(usual) - 1)]


def _between(limits: tuple[float, float], chance: float) -> int:
    """Small numbers are commoner than large ones: even on a logarithmic scale."""
    low, high = limits
    return round(float(low * (high / low) ** chance))


def _volume(trait: Trait, length_m: float | None, chance: list[float], tail: float) -> int:
    if length_m is None:
        return max(1, _between(trait.volume, chance[0] ** 1.4))
    if trait.unit != "m":
        return 1
    # One in ten writes a length that has little to do with what was drawn.
    guess = length_m * (1.6 + tail * 0.3 if chance[1] < 0.10 else 1 + 0.06 * tail)
    return max(5, 5 * round(guess / 5) if chance[2] < 0.8 else round(guess))


def _rounded_rupiah(cost: float) -> int:
    step = 500_000 if cost > _DEAR else 50_000
    return max(step, int(cost / step) * step)


def _severity(chance: float) -> int | None:
    for level, share in ((None, 0.05), (1, 0.22), (2, 0.45)):
        if chance < share:
            return level
        chance -= share
    return 3


def _supporters(tail: float, chance: float) -> int:
    """Most have a handful, a few have hundreds."""
    if chance < 0.18:
        return 0
    return min(int(np.exp(1.1 + 1.25 * tail)), 1_500)


def _hit(chance: float, theme: str, share: float) -> bool:
    return (chance * 977 + len(theme) * 0.137) % 1.0 < share


def _channel(channel: str, trait: Trait, chance: float) -> str:
    """Thematic forums deal with what concerns women, children, elders and the disabled."""
    is_thematic = sum(trait.themes.values()) > 0.3
    if channel == "tematik" and not is_thematic:
        return "rembug"
    if channel == "rembug" and is_thematic and chance < 0.12:
        return "tematik"
    return channel
