"""The index over what the public view holds answers as the server does from SQL."""

from random import Random

import mapbox_vector_tile
import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from spatial.areas import LEVELS
from spatial.index.block import UsulanRows
from spatial.index.choice import Choice
from spatial.index.index import Index
from spatial.index.totals import GROUPINGS
from spatial.index.vocabulary import Place, Vocabulary, coded
from spatial.tiles import Tile, tiles_covering
from tests.app import world

BOUNDS = (world.WEST - 0.001, world.NORTH - 0.012, world.WEST + 0.018, world.NORTH + 0.001)
EXAMPLES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
VALUES = {
    "category": ["SP01", "SP03", "KP01", "KP07", "KP09", "EK02"],
    "group": ["SP", "KP", "SB", "EK"],
    "status": ["diajukan", "selesai", "ditolak", "digabung", "dibatalkan"],
    "stage": ["rembug_rt", "musren_kec"],
    "year": [2024, 2025, 2026],
    "funding": ["apbd_kota", "swadaya"],
    "channel": ["rembug", "pokir"],
    "area": ["99.71", "99.71.01", "99.71.02.1004", "99.71.01.1001-002"],
}
chosen = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        for name, values in VALUES.items()
    },
)


def index_of(rows: list[dict], groups: dict[str, str], areas: dict[str, tuple[str, ...]]) -> Index:
    """An index over rows as the public view gives them."""
    words, codes = {}, {}
    for name in ("status", "year", "stage", "funding", "channel"):
        codes[name], words[name] = coded([row[name] for row in rows], ())
    codes["category"], words["category"] = coded([row["category"] for row in rows], tuple(groups))
    places = [Place(*(row[name] for name in (*LEVELS, "public_area"))) for row in rows]
    codes["place"], words["place"] = coded(places, ())

    def numbers(name: str, unknown: int) -> np.ndarray:
        values = [unknown if row[name] is None else row[name] for row in rows]
        return np.array(values, dtype=np.int64)

    return Index.of(
        UsulanRows(
            ids=np.arange(len(rows)),
            cells=numbers("cell", -1),
            exact=np.array([row["precision"] == "exact" for row in rows]),
            severity=numbers("severity", 0),
            listed=np.array([row["listed"] for row in rows]),
            newest=np.array([row["newest"] for row in rows]),
            cost=numbers("estimated_cost", -1),
            beneficiaries=numbers("beneficiaries", 0),
            supporters=numbers("supporters", 0),
            created=np.zeros(len(rows), dtype=np.int64),
            updated=np.zeros(len(rows), dtype=np.int64),
            **codes,
        ),
        Vocabulary(group=tuple(groups[code] for code in words["category"]), areas=areas, **words),
    )


@pytest.fixture(scope="module")
def index(town) -> Index:
    usulan = world.random_usulan(Random(4), 600)
    world.add(town, usulan)
    with psycopg.connect(town.staff, row_factory=dict_row) as connection:
        rows = connection.execute(
            "SELECT number, category, status, stage, year, channel, funding, severity,"
            " estimated_cost, beneficiaries, supporters, precision, cell, public_area, kota,"
            " kecamatan, kelurahan, rw, rt, listed, newest FROM map.point"
        ).fetchall()
        groups = connection.execute("SELECT code, group_code FROM map.category").fetchall()
        areas = connection.execute("SELECT level, code FROM map.area ORDER BY code").fetchall()
    by_level = {
        level: tuple(area["code"] for area in areas if area["level"] == level) for level in LEVELS
    }
    return index_of(rows, {row["code"]: row["group_code"] for row in groups}, by_level)


def choice_of(filters: dict) -> Choice:
    return Choice(**{name: frozenset(values) for name, values in filters.items()})


def query_of(filters: dict) -> dict[str, str]:
    return {name: ",".join(map(str, values)) for name, values in filters.items()}


def features(written: bytes) -> list[dict]:
    layers = mapbox_vector_tile.decode(written, default_options={"y_coord_down": True})
    assert list(layers) in (["cells"], [])
    found = layers.get("cells", {"features": []})["features"]
    return [
        {**feature["properties"], "at": feature["geometry"]["coordinates"]} for feature in found
    ]


def paired(ours: list[dict], theirs: list[dict]) -> list[tuple[dict, dict]]:
    """Features of both, each beside the other's nearest: one a cell, so none is near another."""
    assert len(ours) == len(theirs)
    left, pairs = list(theirs), []
    for mine in ours:
        same = [other for other in left if other.get("area") == mine.get("area")]
        nearest = min(
            same,
            key=lambda other: sum(abs(a - b) for a, b in zip(other["at"], mine["at"], strict=True)),
        )
        left.remove(nearest)
        pairs.append((mine, nearest))
    return pairs


def asked(http, tile: Tile, filters: dict) -> bytes:
    answer = http.get(f"/tiles/usulan/{tile.z}/{tile.x}/{tile.y}.mvt", params=query_of(filters))
    assert answer.status_code in (200, 204)
    return answer.content


@EXAMPLES
@given(z=st.integers(6, 14), filters=chosen)
def test_a_tile_has_the_features_of_the_sql_tile(http, index, z, filters):
    for tile in tiles_covering(BOUNDS, z):
        ours = features(index.tile(choice_of(filters), tile))
        theirs = features(asked(http, tile, filters))

        for mine, other in paired(ours, theirs):
            # Longitudes and latitudes have another mean than the integers, by less than a unit.
            steps = [abs(a - b) for a, b in zip(mine.pop("at"), other.pop("at"), strict=True)]
            assert max(steps) <= 1
            assert mine == other


@EXAMPLES
@given(
    level=st.sampled_from(LEVELS),
    by=st.lists(st.sampled_from(GROUPINGS), max_size=3, unique=True),
    filters=chosen,
)
def test_totals_are_those_of_the_sql(http, index, level, by, filters):
    query = {**query_of(filters), "level": level, "by": ",".join(by)}

    stats = http.get("/api/v1/stats", params=query).json()
    totals = index.totals(choice_of(filters), level=level, by=by)

    assert totals.matched == stats["numberMatched"]
    assert totals.unlocated == stats["unlocated"]
    assert totals.unassigned == stats["unassigned"]
    assert without_zeros(rows_of(index, totals, level, by)) == without_zeros(stats["rows"], by)


def rows_of(index: Index, totals, level: str, by: list[str]) -> list[dict]:
    words = index.vocabulary
    values = {
        name: [(words.groups if name == "group" else words.values_of(name))[code] for code in codes]
        for name, codes in zip(by, totals.values, strict=True)
    }
    names = ("count", "cost", "cost_known", "beneficiaries", "supporters")
    return [
        {
            "area": words.areas[level][area],
            **{name: values[name][row] for name in by},
            **dict(zip(names, totals.sums[:, row].tolist(), strict=True)),
        }
        for row, area in enumerate(totals.areas)
    ]


def without_zeros(rows: list[dict], by: list[str] | None = None) -> list[dict]:
    """Rows in one order; which areas without usulan a filter leaves out is the server's affair."""
    kept = ("area", *(by or ()), "count", "cost", "cost_known", "beneficiaries", "supporters")
    shown = [row if by is None else {name: row[name] for name in kept} for row in rows]
    return sorted((row for row in shown if row["count"]), key=lambda row: str(sorted(row.items())))


def test_the_town_has_every_kind_of_usulan(index):
    totals = index.totals(Choice(), level="kota")

    assert totals.matched > 300
    assert totals.unlocated > 10
    assert len(index.crowds(Choice()).areas) > 3
    assert index.cells(Choice(), level=20).sums[0].sum() > 90
