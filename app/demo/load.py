"""Loading the demo: city and usulan in one transaction, so that a killed load leaves nothing."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from psycopg import Connection
from sqlalchemy import Connection as SqlConnection

from app.areas.service import StoredEdition
from app.demo.ahead import noise_of, ready_batches
from app.demo.batches import Makers
from app.demo.figures import FigureMaker
from app.demo.ground import BOUNDARIES, CATEGORIES, CITY_ID, ensure_ground, read_area_index
from app.demo.letters import Writer
from app.demo.lives import Lives, read_journey
from app.demo.moods import draw_moods
from app.demo.phrasebook import read_phrasebook
from app.demo.places import Placer
from app.demo.plan import BATCH, SOURCE, DemoPlan
from app.demo.seasons import Seasons, end_of
from app.demo.sites import prepare_ground
from app.demo.town import Floats, Town, build_town, read_layers
from app.demo.traits import read_traits
from app.statements import load_statement
from app.usulan.bulk import begin_bulk, end_bulk
from app.usulan.categories import load_categories
from app.usulan.columns import copy_ready

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class DemoState:
    """How far the demo was loaded before."""

    usulan: int
    seed: int | None
    """None where there is no usulan of the demo yet."""
    is_foreign: bool
    """The code of the demo city belongs to a city that is not fictional."""


def find_state(connection: Connection) -> DemoState:
    values = {"city_id": CITY_ID, "source": SOURCE}
    row = connection.execute(load_statement("demo", "find_demo"), values).fetchone()
    if row is None:
        return DemoState(0, None, is_foreign=False)
    is_demo, usulan, first = row
    seed = int(first.split("-")[1]) if first else None
    return DemoState(usulan, seed, is_foreign=not is_demo)


def load_demo(connection: SqlConnection, plan: DemoPlan, progress: Progress) -> int:
    """Write what is missing of the demo; how many usulan were added.

    The caller owns the transaction. `progress` is told the usulan written so far.
    """
    load_categories(connection, CATEGORIES)
    plain = psycopg_of(connection)
    edition = ensure_ground(plain)
    present = find_state(plain).usulan
    town, population = read_town(plain, edition)
    makers = prepare_makers(plain, plan, town, population, edition.edition_id)
    written = present
    begin_bulk(plain)
    # Areas loaded a moment ago are unknown to the planner: each usulan would walk them all.
    plain.execute(load_statement("areas", "analyze"))
    numbers = range(present // BATCH, plan.batches)
    with closing(ready_batches(makers, plan, numbers)) as batches:
        for number, ready in zip(numbers, batches, strict=True):
            written += copy_ready(plain, ready, rng=noise_of(plan, number))
            progress(written)
    end_bulk(plain, CITY_ID)
    plain.execute(load_statement("demo", "analyze"))
    return written - present


def psycopg_of(connection: SqlConnection) -> Connection:
    """The driver's own connection, in the same transaction: bulk loading speaks COPY."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, Connection):
        raise TypeError("the demo is loaded through psycopg")
    return driver


def read_town(connection: Connection, edition: StoredEdition) -> tuple[Town, Floats]:
    """The town over the areas of the database, and the population of each of them."""
    index, population = read_area_index(connection, edition)
    return build_town(read_layers(BOUNDARIES), index), population


def prepare_makers(
    connection: Connection, plan: DemoPlan, town: Town, population: Floats, edition_id: int
) -> Makers:
    """Everything that batches are made with."""
    moods = draw_moods(town, population, np.random.default_rng([plan.seed, 0]))
    traits = read_traits()
    rows = connection.execute(load_statement("demo", "read_funding")).fetchall()
    funding: dict[str, list[str]] = dict(rows)
    journey = read_journey([trait.code for trait in traits])
    return Makers(
        ground=prepare_ground(town, moods, traits),
        placer=Placer(town.index),
        figures=FigureMaker(traits, funding),
        writer=Writer(read_phrasebook(), town),
        lives=Lives(journey, Seasons(plan.seed), last=end_of(plan.today)),
        edition_id=edition_id,
    )
