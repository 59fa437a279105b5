"""What a load does to the city's records, told row by row: new ones, and old values to new ones."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import shapely
from psycopg import Connection
from psycopg.rows import dict_row

from app.lists.judge import Judged
from app.lists.source import ListBlock
from app.statements import load_statement
from app.usulan.change import ChangedUsulan
from app.usulan.records import NewUsulan

MOST_TOLD = 1_000
_DECIMALS = 6
_NAMES = (
    "category",
    "title",
    "problem",
    "address",
    "landmark",
    "volume",
    "unit",
    "estimated_cost",
    "beneficiaries",
    "severity",
    "inclusion",
    "channel",
    "funding",
    "accuracy_m",
    "area_code",
    "declared_area",
)


class Changes:
    """The first thousand of each kind; further ones are only in the counts of the report."""

    def __init__(self, connection: Connection, city_id: int, *, are_wanted: bool) -> None:
        self._connection = connection
        self._city_id = city_id
        self.are_wanted = are_wanted
        self._created: list[dict[str, Any]] = []
        self._updated: list[dict[str, Any]] = []

    def told(self) -> dict[str, Any] | None:
        """Created and updated rows; None when nobody asked."""
        if not self.are_wanted:
            return None
        return {"created": self._created, "updated": self._updated}

    def created(self, block: ListBlock, judged: Judged, rows: Sequence[int]) -> None:
        """Note rows that became records."""
        if not self.are_wanted:
            return
        for row in rows[: MOST_TOLD - len(self._created)]:
            self._created.append(
                {
                    "row": block.rows.numbers[judged.at[row]],
                    "title": judged.values["title"][row],
                    "category": judged.values["category"][row],
                }
            )

    def updated(
        self, block: ListBlock, judged: Judged, changes: Sequence[tuple[int, ChangedUsulan]]
    ) -> None:
        """Note rows that change records; to be called before they do."""
        kept = changes[: MOST_TOLD - len(self._updated)] if self.are_wanted else ()
        if not kept:
            return
        ids = [change.usulan_id for _, change in kept]
        values = {"city_id": self._city_id, "usulan_ids": ids}
        with self._connection.cursor(row_factory=dict_row) as cursor:
            cursor.execute(load_statement("lists", "read_before"), values)
            before = {record["usulan_id"]: record for record in cursor}
        for row, change in kept:
            old = before[change.usulan_id]
            self._updated.append(
                {
                    "row": block.rows.numbers[judged.at[row]],
                    "number": old["number"],
                    "fields": dict(_differences(old, change.after)),
                }
            )


def _differences(old: dict[str, Any], new: NewUsulan) -> Iterator[tuple[str, list[Any]]]:
    """Each field that changes, with its old and its new value."""
    for name in _NAMES:
        before, after = _plain(old[name]), _plain(getattr(new, name))
        if before != after:
            yield name, [before, after]
    if old["status"] != new.events[-1].status:
        yield "status", [old["status"], new.events[-1].status]
    after = None
    if new.geometry is not None:
        after = shapely.to_wkt(new.geometry, rounding_precision=_DECIMALS, trim=True)
    before = old["geometry"] and shapely.to_wkt(
        shapely.from_wkt(old["geometry"]), rounding_precision=_DECIMALS, trim=True
    )
    if before != after:
        yield "geometry", [before, after]


def _plain(value: Any) -> Any:  # noqa: ANN401 - of whatever kind the field is
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple | list) else value
