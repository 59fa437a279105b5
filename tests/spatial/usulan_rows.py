"""Usulan drawn at random, and the plain recount that the index must agree with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from random import Random

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from spatial.areas import LEVELS
from spatial.grid import interleave
from spatial.index.block import UsulanRows
from spatial.index.box import Box
from spatial.index.choice import Choice
from spatial.index.moments import Moments
from spatial.index.vocabulary import INSTANTS, Place, Vocabulary, coded
from spatial.tiles import Tile

GROUP_OF = {"SP01": "SP", "SP02": "SP", "KP01": "KP", "EK01": "EK"}
STATUSES = ("diajukan", "selesai", "draf", "digabung", "dibatalkan")
UNLISTED = {"draf", "digabung", "dibatalkan"}
YEARS = (2025, 2026, 2027)
STAGES = (None, "rembug_rt", "musren_kec")
FUNDINGS = (None, "swadaya", "apbd_kota")
CHANNELS = ("rembug", "pokir")
RTS = tuple(
    Place("33", f"33.{kec}", f"33.{kec}.{kel}", f"33.{kec}.{kel}-1", f"33.{kec}.{kel}-1-{rt}")
    for kec in "12"
    for kel in "12"
    for rt in "12"
)
AREAS = {
    level: tuple(sorted({getattr(place, level) for place in RTS} | {f"99-{level}"}))
    for level in LEVELS
}
# Two label points for the first RW, as two editions may give it; one at a corner of four cells.
MIDDLE = (1_734_900_000, 1_119_000_000)
LABELS = {
    "33.1.1-1": [MIDDLE, (MIDDLE[0] + 70_000, MIDDLE[1] - 5)],
    "33.1.2-1": [(1 << 30, 1 << 30)],
    "33.2.1": [(MIDDLE[0] - 1, MIDDLE[1] + 9_000_000)],
}
MEASURES = ("cost", "known", "beneficiaries", "supporters")


@dataclass(frozen=True)
class Row:
    """One usulan as a person would write it down."""

    number: int
    position: tuple[int, int] | None
    precision: str
    place: Place
    category: str
    status: str
    year: int
    stage: str | None
    funding: str | None
    channel: str
    severity: int
    newest: bool
    cost: int | None
    beneficiaries: int
    supporters: int
    created: int
    updated: int

    @property
    def measures(self) -> tuple[int, int, int, int]:
        return (self.cost or 0, int(self.cost is not None), self.beneficiaries, self.supporters)


def _near(rng: Random) -> tuple[int, int]:
    return MIDDLE[0] + rng.randint(-40_000, 40_000), MIDDLE[1] + rng.randint(-40_000, 40_000)


def _at_a_corner(rng: Random) -> tuple[int, int]:
    """Around a corner between cells of every level."""
    steps = [0, 1, -1, 1 << 12, 1 << 17, 1 << 24]
    return (1 << 30) + rng.choice(steps), (1 << 30) + rng.choice(steps)


def _at_the_edge(rng: Random) -> tuple[int, int]:
    return rng.choice([(0, 0), (2**31 - 1, 2**31 - 1), (1 << 30, 1 << 30)])


def random_row(rng: Random, number: int) -> Row:
    precision = rng.choice(["exact", "exact", "exact", "rw", "count"])
    rt = rng.choice(RTS)
    place = rng.choice([rt, rt, Place(*rt[:4]), Place(rt.kota)])
    position = rng.choice([_near, _near, _at_a_corner, _at_the_edge])(rng)
    if precision == "rw":
        code = rng.choice(sorted(LABELS))
        kelurahan = code.split("-")[0]
        rw = code if "-" in code else None
        place = Place("33", kelurahan[:4], kelurahan, rw, None, code)
        position = rng.choice(LABELS[code])
    if precision == "count":
        place = Place(*rt[:3], None, None, rt.kelurahan)
    is_located = precision != "count" and rng.random() < 0.8
    return Row(
        number, position if is_located else None, precision, place,
        category=rng.choice(sorted(GROUP_OF)),
        status=rng.choice([*STATUSES, "diajukan", "selesai"]),
        year=rng.choice(YEARS),
        stage=rng.choice(STAGES),
        funding=rng.choice(FUNDINGS),
        channel=rng.choice(CHANNELS),
        severity=rng.randint(0, 3),
        newest=rng.random() < 0.8,
        cost=rng.choice([None, 0, 999_500, 1_004_999, rng.randint(0, 10**12)]),
        beneficiaries=rng.choice([0, 3, 255, 256, 70_000]),
        supporters=rng.choice([0, 1, rng.randint(0, 2_000)]),
        created=rng.choice([500, 700, rng.randint(0, 1_000)]),
        updated=rng.choice([1_000_000, rng.randint(0, 2_000_000)]),
    )  # fmt: skip


def random_rows(seed: int, size: int) -> list[Row]:
    """As many usulan, by a seed: drawing each value by itself would take Hypothesis minutes."""
    rng = Random(seed)
    return [random_row(rng, 7 * number) for number in range(size)]


seeds = st.integers(0, 2**32 - 1)
sets_of_rows = st.builds(random_rows, seeds, st.integers(0, 80))
EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _some(values: Iterable):
    return st.frozensets(st.sampled_from(sorted(values)), min_size=1, max_size=3)


CODES = sorted({code for place in RTS for code in place if code} | {"33.1.1-1", "99.9"})


def random_box(seed: int) -> Box:
    """A box among the rows; its edges often run through some of them."""
    rng = Random(seed)
    labels = [spot for spots in LABELS.values() for spot in spots]
    corners = [rng.choice([_near, _at_a_corner, _at_the_edge])(rng) for _ in range(2)]
    corners[0] = rng.choice([corners[0], rng.choice(labels)])
    (west, east), (north, south) = (
        sorted(place + rng.randint(-3, 3) for place in axis) for axis in zip(*corners, strict=True)
    )
    return Box(west, north, east, south)


def key_of(row: Row) -> int:
    """Its cell, with bit 62 set for an exact place."""
    cell = int(interleave(np.array([row.position[0]]), np.array([row.position[1]]))[0])
    return cell | (1 << 62 if row.precision == "exact" else 0)


def lies_in(row: Row, box: Box) -> bool:
    """Whether it is surely in a box, or in doubt and held to be in it."""
    if row.position is None:
        return False
    return _is_inside(row, box, 3) or (is_in_doubt(row, box) and key_of(row) in box.held)


def is_in_doubt(row: Row, box: Box) -> bool:
    """Whether it is among the three outermost places of a box."""
    return row.position is not None and _is_inside(row, box, 0) and not _is_inside(row, box, 3)


def _is_inside(row: Row, box: Box, margin: int) -> bool:
    x, y = row.position
    return (
        box.west + margin <= x <= box.east - margin
        and box.north + margin <= y <= box.south - margin
    )


boxes = st.builds(random_box, seeds)
choices = st.fixed_dictionaries(
    {},
    optional={
        "category": _some([*GROUP_OF, "XX"]),
        "group": _some(set(GROUP_OF.values())),
        "status": _some(STATUSES),
        "stage": _some(STAGES[1:]),
        "year": _some([*YEARS, 2030]),
        "funding": _some(FUNDINGS[1:]),
        "channel": _some(CHANNELS),
        "area": _some(CODES),
        "box": boxes,
    },
).map(lambda chosen: Choice(**chosen))


def is_in(row: Row, choice: Choice) -> bool:
    """Whether a row is in the set, word for word as the contract says it."""
    values = {
        "category": row.category,
        "group": GROUP_OF[row.category],
        "status": row.status,
        "stage": row.stage,
        "year": row.year,
        "funding": row.funding,
        "channel": row.channel,
    }
    return (
        all(value in asked for name, value in values.items() if (asked := getattr(choice, name)))
        and (bool(choice.status) or row.status not in UNLISTED)
        and (bool(choice.year) or row.newest)
        and (not choice.area or any(code in choice.area for code in row.place[:5]))
        and (choice.box is None or lies_in(row, choice.box))
    )  # fmt: skip


def columns_of(
    some: Sequence[Row], known: Vocabulary | None = None
) -> tuple[UsulanRows, Vocabulary]:
    """Rows as the index takes them, and what the codes mean."""
    words = {}
    codes = {}
    for name in ("status", "year", "stage", "funding", "channel", "place"):
        before = getattr(known, name) if known else ()
        codes[name], words[name] = coded([getattr(row, name) for row in some], before)
    categories = tuple(GROUP_OF)
    codes["category"], _ = coded([row.category for row in some], categories)
    xs, ys = zip(*[row.position or (0, 0) for row in some], strict=True) if some else ((), ())
    located = np.array([row.position is not None for row in some], dtype=bool)
    cells = interleave(np.array(xs, dtype=np.int64), np.array(ys, dtype=np.int64))
    instants = {
        name: np.array([getattr(row, name) for row in some], dtype=np.int64) for name in INSTANTS
    }
    moments = {
        name: (known.moments(name) if known else Moments.none()).extended(instants[name])
        for name in INSTANTS
    }
    filled = UsulanRows(
        ids=np.array([row.number for row in some], dtype=np.int64),
        cells=np.where(located, cells, -1),
        exact=np.array([row.precision == "exact" for row in some], dtype=bool),
        severity=np.array([row.severity for row in some], dtype=np.int64),
        listed=np.array([row.status not in UNLISTED for row in some], dtype=bool),
        newest=np.array([row.newest for row in some], dtype=bool),
        cost=np.array([-1 if row.cost is None else row.cost for row in some], dtype=np.int64),
        beneficiaries=np.array([row.beneficiaries for row in some], dtype=np.int64),
        supporters=np.array([row.supporters for row in some], dtype=np.int64),
        **codes,
        **{name: moments[name].codes(instants[name]) for name in INSTANTS},
    )
    return filled, Vocabulary(
        category=categories, group=tuple(GROUP_OF.values()), areas=AREAS, **words, **moments
    )


def cell_of(row: Row, level: int) -> tuple[int, int]:
    x, y = row.position
    return x >> (31 - level), y >> (31 - level)


def in_tile(row: Row, tile: Tile) -> bool:
    return row.position is not None and cell_of(row, tile.z) == (tile.x, tile.y)


def added_up(some: Sequence[Row]) -> tuple[int, ...]:
    return (len(some), *(sum(row.measures[step] for row in some) for step in range(4)))


def recounted_cells(some: Iterable[Row], choice: Choice, level: int) -> dict:
    """Count, cost, beneficiaries, supporters, sums of px and py of each occupied cell."""
    cells: dict = {}
    for row in some:
        if row.precision == "exact" and row.position and is_in(row, choice):
            cells.setdefault(cell_of(row, level), []).append(row)
    return {
        cell: (
            *(added_up(inside)[step] for step in (0, 1, 3, 4)),
            sum(row.position[0] for row in inside),
            sum(row.position[1] for row in inside),
        )
        for cell, inside in cells.items()
    }


def three_digits_by_hand(total: int) -> int:
    if total < 1000:
        return total
    step = Decimal(10) ** (len(str(total)) - 3)
    return int((Decimal(total) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def recounted_tile(some: Sequence[Row], choice: Choice, tile: Tile) -> list:
    """Features of the tile: properties and units from its west and north edge."""
    inside = [row for row in some if in_tile(row, tile) and is_in(row, choice)]
    groups: dict = {}
    for row in inside:
        if row.precision == "exact":
            groups.setdefault(("cell", cell_of(row, tile.z + 6)), []).append(row)
        else:
            groups.setdefault(("area", row.place.public_area), []).append(row)
    features = []
    for (kind, name), members in groups.items():
        count, cost, _, beneficiaries, supporters = added_up(members)
        properties = {
            "count": count,
            "cost": three_digits_by_hand(cost),
            "beneficiaries": three_digits_by_hand(beneficiaries),
            "supporters": three_digits_by_hand(supporters),
        }
        xs, ys = zip(*[row.position for row in members], strict=True)
        if kind == "area":
            properties |= {"precision": "rw", "area": name}
            middle = Fraction(2 * min(xs) + 1, 2), Fraction(2 * max(ys) + 1, 2)
        else:
            half = Fraction(1, 2)
            middle = Fraction(sum(xs), count) + half, Fraction(sum(ys), count) + half
        units = [floor(axis * 4096 * 2**tile.z / 2**31) for axis in middle]
        features.append((properties, (units[0] - tile.x * 4096, units[1] - tile.y * 4096)))
    return features


def in_order(features: list) -> list:
    """Features in one order, whatever order they came in."""
    return sorted(features, key=lambda feature: (sorted(map(str, feature[0].items())), feature[1]))


def tiles_of(some: Iterable[Row], z: int) -> list[Tile]:
    """Every tile of a zoom in which anything stands, and one where perhaps nothing does."""
    held = {cell_of(row, z) for row in some if row.position} | {(0, 0)}
    return [Tile(z, x, y) for x, y in sorted(held)]
