"""What the public numbers must be, told in Python from the base tables: slow, and easy to read.

Beside it stands the recount in SQL (`app/statistics/recount.py`), written by others from the same
rules. Neither looks into a view or an index.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.statistics.recount import TOLD_APART, read_recount, recounted_sums
from app.usulan.filters import Filters as Criteria
from tests.app.world import CITY_ID

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
SUMS = ("count", "cost", "cost_known", "beneficiaries", "supporters")
UNLISTED = ("draf", "digabung", "dibatalkan")
FEWEST_HOUSEHOLDS = 10
_SINGLE = ("category", "group", "status", "stage", "year", "funding", "channel")

Row = Mapping[str, Any]
Filters = Mapping[str, Sequence[Any]]
Chain = Mapping[str, str | None]


@dataclass(frozen=True)
class Seen:
    """One published usulan, as the public may count it under the active edition."""

    values: Row
    """The columns that are filtered and grouped by."""
    number: str
    is_exact: bool
    listed: bool
    newest: bool
    located: bool
    chain: Chain
    sums: tuple[int, int, int, int, int]

    def is_in(self, filters: Filters) -> bool:
        return (
            (self.listed or bool(filters.get("status")))
            and (self.newest or bool(filters.get("year")))
            and all(self.values[name] in filters[name] for name in _SINGLE if filters.get(name))
            and (not filters.get("area") or bool({*self.chain.values()} & {*filters["area"]}))
        )


@dataclass(frozen=True)
class Recount:
    """Every published usulan of the city, and the areas of its active edition."""

    seen: list[Seen]
    areas: Mapping[str, Row]
    url: str

    def chosen(self, filters: Filters) -> list[Seen]:
        return [one for one in self.seen if one.is_in(filters)]

    def stats(self, filters: Filters, level: str, by: Sequence[str]) -> dict[str, Any]:
        """Sums by area and groupings, only what occurs; and how many are in none of them."""
        chosen = self.chosen(filters)
        rows: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * len(SUMS))
        for one in chosen:
            if one.chain[level] in self.areas:
                key = (one.chain[level], *(one.values[name] for name in by))
                rows[key] = [a + b for a, b in zip(rows[key], one.sums, strict=True)]
        return {
            "rows": {key: tuple(sums) for key, sums in rows.items()},
            "unassigned": len(chosen) - sum(sums[0] for sums in rows.values()),
            "unlocated": sum(not one.located for one in chosen),
            "numberMatched": len(chosen),
        }

    def in_sql(self, filters: Filters, level: str, by: Sequence[str]) -> dict[Any, Any]:
        """The rows of `stats` by the recount in SQL."""
        with psycopg.connect(self.url) as connection:
            rows = read_recount(
                connection, CITY_ID, level, by=TOLD_APART, within=filters.get("area", ())
            )
        found = recounted_sums(rows, Criteria(**filters), by)
        return {
            key: tuple(sums[name] for name in SUMS)
            for key, sums in found.items()
            if key[0] is not None
        }

    def totals(self, filters: Filters, code: str) -> dict[str, Any]:
        """What an area's own page says."""
        chosen = self.chosen({**filters, "area": [code]})
        statuses = [one.values["status"] for one in chosen]
        sums = [sum(column) for column in zip(*(one.sums for one in chosen), strict=True)]
        return {
            **dict(zip(SUMS, sums or [0] * len(SUMS), strict=True)),
            "unlocated": sum(not one.located for one in chosen),
            "by_status": {status: statuses.count(status) for status in sorted({*statuses})},
        }


def recount(url: str) -> Recount:
    """As the role that may read the tables sees them now."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = _Tables(connection)
    return Recount([tables.seen(row) for row in tables.shown()], tables.areas, url)


class _Tables:
    """The base tables of the city, in memory."""

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        def rows(query: str) -> list[dict[str, Any]]:
            return connection.execute(query, [CITY_ID]).fetchall()

        self._usulan = rows(
            "SELECT usulan.*, category.precision, category.group_code"
            " FROM peta.usulan JOIN peta.category ON category.code = usulan.category"
            " WHERE city_id = %s"
        )
        self._places = {
            (row["usulan_id"], row["edition_id"]): row
            for row in rows("SELECT * FROM peta.other_place WHERE city_id = %s")
        }
        self._leads = {
            (row["edition_id"], row["code"], row["other_edition_id"]): row
            for row in rows("SELECT * FROM peta.area_counterpart WHERE city_id = %s")
        }
        areas = rows("SELECT * FROM peta.area WHERE city_id = %s")
        [active] = rows(
            "SELECT edition_id FROM peta.boundary_edition WHERE active AND city_id = %s"
        )
        self._active = active["edition_id"]
        self._households = {
            (area["edition_id"], area["code"]): area["households"] for area in areas
        }
        self.areas = {area["code"]: area for area in areas if area["edition_id"] == self._active}
        self._newest: dict[Any, int] = defaultdict(int)
        self._crowds: dict[tuple[Any, ...], int] = defaultdict(int)
        for row in self.shown():
            if row["status"] not in UNLISTED:
                last = self._newest[row["lineage_id"]]
                self._newest[row["lineage_id"]] = max(last, row["sequence"])
                self._crowds[self._crowd_key(row)] += 1

    def shown(self) -> Iterator[Row]:
        return (row for row in self._usulan if row["published"])

    def _spot(self, row: Row) -> Row:
        """Where a private need was first placed, in the words of its present edition."""
        return self._places.get((row["usulan_id"], row["edition_id"]), row)

    def _crowd_key(self, row: Row) -> tuple[Any, ...]:
        return (row["edition_id"], self._spot(row)["rw"], row["category"], row["year"])

    def _own_chain(self, row: Row) -> Chain:
        """The public areas of an usulan in the edition of its own row."""
        if row["precision"] == "exact":
            return {level: row[level] for level in LEVELS}
        spot = self._spot(row)
        shows_rw = (
            row["precision"] == "rw"
            and spot["rw"] is not None
            and (self._households[row["edition_id"], spot["rw"]] or 0) >= FEWEST_HOUSEHOLDS
            and self._crowds[self._crowd_key(row)] > 1
        )
        return {
            **{level: spot[level] for level in LEVELS[:3]},
            "rw": spot["rw"] if shows_rw else None,
            "rt": None,
        }

    def _chain(self, row: Row) -> Chain:
        """The same under the active edition."""
        own = self._own_chain(row)
        if row["edition_id"] == self._active:
            return own
        place = self._places.get((row["usulan_id"], self._active))
        if place is not None:
            kept = LEVELS if row["precision"] == "exact" else LEVELS[:3]
            return {level: place[level] if level in kept else None for level in LEVELS}
        lowest = [code for code in own.values() if code is not None][-1]
        public_area = row["area_code"] if row["precision"] == "exact" else lowest
        lead = self._leads.get((row["edition_id"], public_area, self._active), {})
        return {level: lead.get(level) for level in LEVELS}

    def seen(self, row: Row) -> Seen:
        values = {name: row["group_code" if name == "group" else name] for name in _SINGLE}
        return Seen(
            values=values,
            number=row["number"],
            is_exact=row["precision"] == "exact",
            listed=row["status"] not in UNLISTED,
            newest=row["sequence"] >= self._newest[row["lineage_id"]],
            located=row["position"] is not None and row["precision"] != "count",
            chain=self._chain(row),
            sums=(
                1,
                row["estimated_cost"] or 0,
                int(row["estimated_cost"] is not None),
                row["beneficiaries"] or 0,
                row["supporters"],
            ),
        )
