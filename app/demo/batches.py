"""The usulan of the demo, one batch at a time; each batch follows from seed and number alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle
from typing import Any
from uuid import UUID

import numpy as np

from app.demo.figures import FigureMaker, Figures
from app.demo.letters import OWN_PICKS, Letter, Subject, Writer
from app.demo.lives import Birth, Lives
from app.demo.places import Place, Placer, draw_accuracies
from app.demo.plan import BATCH, SOURCE, YEARS, DemoPlan
from app.demo.seasons import DAY, at_home, midnight
from app.demo.shapes import draw_shapes
from app.demo.sites import Ground, draw_sites
from app.demo.town import Floats
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at
from app.usulan.records import NewEvent, NewUsulan

CARRIED_SHARE = 0.45
"""Of what was not accommodated, the share that is proposed again for the next year."""
SAME_WORDS = 0.6
"""Of those, the share that is sent in again with the same title and problem."""
LATE_SHARE = 0.09
LATE_SHARE_LAST_YEAR = 0.32
_CHANCES = 160
_PICKS = 53
_BY_KELURAHAN = ("dana_kelurahan", "swadaya", "program_rt", "hibah_kelurahan")
_STAFF_CHANNELS = ("pokir", "opd", "tematik")


@dataclass(frozen=True, slots=True)
class Makers:
    """Everything that a batch is made with; the same for all batches of a demo."""

    ground: Ground
    placer: Placer
    figures: FigureMaker
    writer: Writer
    lives: Lives
    edition_id: int


@dataclass(frozen=True, slots=True)
class _Seedling:
    """One usulan before its history is known."""

    category: str
    year: int
    spot: int
    place: Place
    figures: Figures
    picks: list[int]
    chances: Iterator[float]
    noise: bytes


def make_batch(makers: Makers, plan: DemoPlan, number: int) -> list[NewUsulan]:
    """Exactly `BATCH` usulan, carry-overs right after what they continue."""
    rows: list[NewUsulan] = []
    names = (f"{SOURCE}-{plan.seed}-{place:07d}" for place in count(number * BATCH))
    for seedling in _seedlings(makers, plan, number):
        rows.extend(_lineage(makers, seedling, names))
        if len(rows) >= BATCH:
            break
    return rows[:BATCH]


def _seedlings(makers: Makers, plan: DemoPlan, number: int) -> Iterator[_Seedling]:
    rng = np.random.default_rng([plan.seed, 1, number])
    ground = makers.ground
    sites = draw_sites(ground, BATCH, rng)
    drawn = draw_shapes(ground, sites, rng, share=plan.drawing_share(number))
    accuracies = draw_accuracies(BATCH, rng)
    at_4326: Floats = ground.town.to_degrees(sites.at_m)
    places = makers.placer.place(drawn.geometries, at_4326, accuracies, rng)
    figures = makers.figures.draw(sites.trait, drawn.lengths_m, rng)
    picks = rng.integers(0, 1 << 30, (BATCH, _PICKS)).tolist()
    chances = rng.random((BATCH, _CHANCES)).tolist()
    noise = rng.bytes(BATCH * ID_NOISE_BYTES * len(YEARS))
    years, spots, traits = sites.year.tolist(), sites.spot.tolist(), sites.trait.tolist()
    width = ID_NOISE_BYTES * len(YEARS)
    for row, place in enumerate(places):
        # Who scattered into a silent area from next door stays unheard too.
        if place is not None and place.area_code not in ground.moods.silent:
            yield _Seedling(
                category=ground.traits[traits[row]].code,
                year=years[row],
                spot=spots[row],
                place=place,
                figures=figures[row],
                picks=picks[row],
                chances=cycle(chances[row]),
                noise=noise[row * width : (row + 1) * width],
            )


def _lineage(makers: Makers, seedling: _Seedling, names: Iterator[str]) -> Iterator[NewUsulan]:
    """The usulan and, where it was not accommodated, what continues it in later years."""
    birth = _birth(seedling)
    earlier: NewUsulan | None = None
    while True:
        events = makers.lives.lead(birth, seedling.chances)
        letter = _letter(makers.writer, seedling, earlier)
        record = {"edition_id": makers.edition_id, "source_id": next(names), "events": events}
        row = _row(seedling, letter, earlier, record)
        yield row
        created = _carried_over(birth, events, seedling.chances)
        if created is None:
            return
        birth = replace(birth, year=birth.year + 1, created=created, in_season=True)
        seedling = replace(seedling, year=birth.year, figures=_a_year_later(seedling))
        earlier = row


def _birth(seedling: _Seedling) -> Birth:
    chances, year = seedling.chances, seedling.year
    late_share = LATE_SHARE_LAST_YEAR if year == YEARS[-1] else LATE_SHARE
    is_late = next(chances) < late_share
    if is_late:
        opened = midnight(year - 1, 2, 5)
        by_staff = seedling.figures.channel in _STAFF_CHANNELS
        closed = midnight(year, 8, 31) if by_staff else midnight(year - 1, 12, 30)
    elif next(chances) < 0.15:
        opened, closed = midnight(year - 2, 3, 1), midnight(year - 2, 11, 1)
    else:
        opened, closed = midnight(year - 2, 11, 1), midnight(year - 1, 1, 12)
    day = opened + int(next(chances) * (closed - opened))
    return Birth(
        year=year,
        created=at_home(day, next(chances)),
        category=seedling.category,
        codes=seedling.place.codes,
        in_season=not is_late,
        by_kelurahan=seedling.figures.funding in _BY_KELURAHAN,
    )


def _carried_over(birth: Birth, events: Sequence[NewEvent], chances: Iterator[float]) -> int | None:
    """When it is proposed again for the next year, None where it is not."""
    if events[-1].status != "belum_diakomodir" or birth.year >= YEARS[-1]:
        return None
    if next(chances) > CARRIED_SHARE:
        return None
    ended = int(events[-1].at.timestamp())
    opened = max(ended + 2 * DAY, midnight(birth.year - 1, 11, 2))
    closed = midnight(birth.year, 1, 14)
    if opened >= closed:
        return None
    return at_home(opened + int(next(chances) * (closed - opened)), next(chances))


def _a_year_later(seedling: _Seedling) -> Figures:
    """Prices rise, and more neighbours have heard of it."""
    figures = seedling.figures
    rise = 1.03 + 0.08 * next(seedling.chances)
    cost = None if figures.cost is None else int(figures.cost * rise) // 50_000 * 50_000
    more = int(next(seedling.chances) * (3 + figures.supporters))
    return replace(figures, cost=cost, supporters=figures.supporters + more)


def _letter(writer: Writer, seedling: _Seedling, earlier: NewUsulan | None) -> Letter:
    subject = Subject(
        category=seedling.category,
        spot=seedling.spot,
        place=seedling.place,
        figures=seedling.figures,
        is_carried=earlier is not None,
    )
    if earlier is None or next(seedling.chances) < SAME_WORDS:
        return writer.write(subject, seedling.picks)
    # Of the same place, so the same names, but told anew.
    turn = earlier.sequence + 1
    words = [pick + 7919 * turn for pick in seedling.picks[OWN_PICKS:]]
    return writer.write(subject, seedling.picks[:OWN_PICKS] + words)


def _row(
    seedling: _Seedling, letter: Letter, earlier: NewUsulan | None, record: dict[str, Any]
) -> NewUsulan:
    figures, place = seedling.figures, seedling.place
    usulan_id, lineage = _identity(seedling, record["events"], earlier)
    return NewUsulan(
        usulan_id=usulan_id,
        year=seedling.year,
        category=seedling.category,
        title=letter.title,
        problem=letter.problem,
        address=letter.address,
        landmark=letter.landmark,
        volume=figures.volume,
        unit=figures.unit,
        estimated_cost=figures.cost,
        beneficiaries=figures.people,
        severity=figures.severity,
        inclusion=figures.themes,
        supporters=figures.supporters,
        geometry=place.geometry,
        position=place.position,
        accuracy_m=place.accuracy_m,
        area_code=place.area_code,
        area_shares=place.shares,
        declared_area=place.declared,
        doubts=place.doubts,
        channel=figures.channel,
        funding=figures.funding,
        source=SOURCE,
        **_chain(place),
        **lineage,
        **record,
    )


def _chain(place: Place) -> dict[str, Any]:
    return dict(place.codes)


def _identity(
    seedling: _Seedling, events: Sequence[NewEvent], earlier: NewUsulan | None
) -> tuple[UUID, dict[str, Any]]:
    """Its id, and how it hangs together with the year before."""
    sequence = 0 if earlier is None else earlier.sequence + 1
    noise = seedling.noise[sequence * ID_NOISE_BYTES :]
    usulan_id = usulan_id_at(events[0].at, noise[:ID_NOISE_BYTES])
    if earlier is None:
        return usulan_id, {}
    return usulan_id, {
        "lineage_id": earlier.lineage_id or earlier.usulan_id,
        "sequence": sequence,
        "continues_id": earlier.usulan_id,
    }
