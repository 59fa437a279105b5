"""Growing districts on a graph of blocks: connected, of like size, with borders on barriers."""

import heapq
from dataclasses import dataclass
from typing import Final

import numpy as np

from spatial.boundaries.demo.network import Ints
from spatial.boundaries.demo.plan import Floats

ROUNDS: Final = 26
# Largest logarithm of size over mean size at which a division is taken at once: about 20 %.
EVEN_ENOUGH: Final = 0.18


@dataclass(frozen=True)
class BlockGraph:
    """Blocks, their size, and what it costs to go from one to the next."""

    centres_m: Floats
    areas_m2: Floats
    neighbours: list[list[tuple[int, float]]]


def shared_out(total: int, sizes: Floats, least: Ints, most: Ints) -> Ints:
    """Divide a whole number among parts in proportion to size, within bounds.

    The part that is furthest below its due gets the next one; ties go to the first.

    Parameters
    ----------
    total
        What is divided.
    sizes
        Size of each part, more than 0.
    least, most
        Bounds per part; the sums must leave room for `total`.

    Returns
    -------
    numbers
        Whole numbers that add up to `total`.

    Raises
    ------
    ValueError
        When the bounds leave no room for `total`.
    """
    if not least.sum() <= total <= most.sum():
        raise ValueError(f"{total} does not lie within {least.sum()} and {most.sum()}")
    numbers = least.copy()
    due = total * sizes / sizes.sum()
    while numbers.sum() < total:
        wanting = np.where(numbers < most, (due + 1e-9) / (numbers + 0.5), -1.0)
        numbers[int(np.argmax(wanting))] += 1
    return numbers


def connected_parts(graph: BlockGraph, members: Ints) -> list[Ints]:
    """Give the connected parts of some blocks, the one with the smallest block first.

    Parameters
    ----------
    graph
        The blocks and what joins them.
    members
        Blocks to look at.

    Returns
    -------
    parts
        Sorted block numbers of each part.
    """
    waiting = set(members.tolist())
    parts = []
    for start in sorted(waiting):
        if start not in waiting:
            continue
        waiting.discard(start)
        part, frontier = [start], [start]
        while frontier:
            for other, _ in graph.neighbours[frontier.pop()]:
                if other in waiting:
                    waiting.discard(other)
                    part.append(other)
                    frontier.append(other)
        parts.append(np.asarray(sorted(part)))
    return parts


def grow_districts(
    graph: BlockGraph, members: Ints, sizes: Floats, count: int, rng: np.random.Generator
) -> Ints:
    """Divide connected blocks into connected districts of about equal size.

    Each block goes to the seed that is cheapest to reach; seeds then move to the middle of
    their district and districts that are too large pay an entrance, round after round. Of
    the rounds the most even is kept.

    Parameters
    ----------
    graph
        The blocks and the cost of going from one to the next.
    members
        Blocks to divide; connected, and at least `count` of them.
    sizes
        Size of every block of the graph.
    count
        Number of districts.
    rng
        Source of randomness.

    Returns
    -------
    districts
        For each member its district, 0 to `count` - 1; none is empty.
    """
    if count == 1:
        return np.zeros(len(members), dtype=np.int64)
    seeds = _first_seeds(graph, members, sizes, count, rng)
    place = {block: spot for spot, block in enumerate(members.tolist())}
    target = sizes[members].sum() / count
    pace = 0.3 * float(np.ptp(graph.centres_m[members], axis=0).mean()) / count**0.5
    entrance = np.zeros(count)
    best, best_spread = np.zeros(len(members), dtype=np.int64), np.inf
    for _ in range(ROUNDS):
        owner = _reached_from(graph, place, seeds, entrance)
        mass = np.bincount(owner, weights=sizes[members], minlength=count)
        spread = float(np.abs(np.log(np.maximum(mass, 1e-9) / target)).max())
        if spread < best_spread:
            best, best_spread = owner, spread
        if spread < EVEN_ENOUGH:
            break
        seeds = _middles(graph, members, sizes, owner, seeds)
        entrance = entrance + pace * np.clip(mass / target - 1, -1.0, 1.5)
        entrance -= entrance.min()
        entrance = np.minimum(entrance, 20 * pace)
    return best


def _first_seeds(
    graph: BlockGraph, members: Ints, sizes: Floats, count: int, rng: np.random.Generator
) -> list[int]:
    """Choose seeds far from one another, measured by how much lies between."""
    weight = sizes[members] / sizes[members].sum()
    centres = graph.centres_m[members]
    spread = np.sqrt(sizes[members] / graph.areas_m2[members])
    chosen = [int(rng.choice(len(members), p=weight))]
    nearest = np.full(len(members), np.inf)
    for _ in range(count - 1):
        away = centres - centres[chosen[-1]]
        nearest = np.minimum(nearest, np.hypot(away[:, 0], away[:, 1]) * spread)
        nearest[chosen[-1]] = -1.0
        chosen.append(int(np.argmax(nearest * rng.uniform(0.85, 1.0, len(members)))))
    return [int(members[spot]) for spot in chosen]


def _reached_from(
    graph: BlockGraph, place: dict[int, int], seeds: list[int], entrance: Floats
) -> Ints:
    """Give each block to the seed it is cheapest to reach from; a seed keeps its own block."""
    owner = np.full(len(place), -1, dtype=np.int64)
    for district, seed in enumerate(seeds):
        owner[place[seed]] = district
    queue = []
    for district, seed in enumerate(seeds):
        for other, cost in graph.neighbours[seed]:
            if other in place:
                queue.append((entrance[district] + cost, other, district))
    heapq.heapify(queue)
    while queue:
        spent, block, district = heapq.heappop(queue)
        if owner[place[block]] >= 0:
            continue
        owner[place[block]] = district
        for other, cost in graph.neighbours[block]:
            spot = place.get(other)
            if spot is not None and owner[spot] < 0:
                heapq.heappush(queue, (spent + cost, other, district))
    return owner


def _middles(
    graph: BlockGraph, members: Ints, sizes: Floats, owner: Ints, seeds: list[int]
) -> list[int]:
    """Move each seed to the block nearest to the middle of its district."""
    moved = []
    for district in range(len(seeds)):
        mine = members[owner == district]
        weight = sizes[mine][:, None]
        middle = (graph.centres_m[mine] * weight).sum(axis=0) / weight.sum()
        away = ((graph.centres_m[mine] - middle) ** 2).sum(axis=1)
        moved.append(int(mine[int(np.argmin(away))]))
    return moved
