"""Blocks of a list judged: columns of values of the rows that are right by themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import repeat
from typing import Any

import numpy as np

from app.lists.fields import FieldReader
from app.lists.positions import Positions, read_positions
from app.lists.reasons import Reason, RowRejected, refuse, said_name
from app.lists.source import ListBlock
from app.usulan.workflow import FIRST_STATUS, needs_reason

REQUIRED = ("category", "title", "problem")
CONTACTS = ("proposer_name", "proposer_phone", "proposer_email")
PLACE_WORDS = ("place", "rt", "rw", "kelurahan", "kecamatan")
_AHEAD = timedelta(days=1)

Values = list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRules:
    """What rows are judged by, beside the readers of their fields."""

    readers: Mapping[str, FieldReader]
    numbers: Mapping[str, int]
    """Where each field stands in a row."""
    shapes: Mapping[str, tuple[str, ...]]
    """Which geometries a category takes beside points."""
    now: datetime


@dataclass(slots=True)
class Judged:
    """Rows that are right by themselves; every list and array has one entry for each."""

    at: list[int]
    """Their places in the block."""
    values: dict[str, Values]
    """Field to values; a field that the list does not have is missing."""
    positions: Positions
    groups: list[str]
    rejected: dict[int, RowRejected] = field(default_factory=dict)
    """Place in the block to all that is wrong, under the reason found first."""

    def column(self, name: str) -> "Values | repeat[None]":
        """The values of a field, or None for each row."""
        return self.values.get(name, repeat(None, len(self.at)))

    def value(self, name: str, row: int) -> Any:  # noqa: ANN401 - of whatever kind the field is
        column = self.values.get(name)
        return None if column is None else column[row]


def judge(block: ListBlock, rules: JudgeRules) -> Judged:
    """The rows of a block that are right by themselves, and why the others are not."""
    count = len(block.rows.numbers)
    rejected = {
        row: RowRejected(Reason.COLUMNS, "baris memuat lebih banyak sel daripada kolom")
        for row in block.rows.too_long
    }
    for row, why in (block.refused or {}).items():
        refuse(rejected, row, RowRejected(Reason.GEOMETRY, f"geometri tidak terbaca: {why}"))
    values = _values(block, rules, rejected)
    _require(values, count, rejected)
    _complete_units(values)
    _date(values, rules.now, count, rejected)
    _require_consent(values, rejected)
    positions = read_positions(block, values, rules.shapes, rejected)
    groups = block.rows.groups
    at = list(range(count))
    if rejected:
        at = [row for row in at if row not in rejected]
        values = {name: [column[row] for row in at] for name, column in values.items()}
        positions = positions.only(np.array(at, dtype=np.intp))
        groups = [groups[row] for row in at]
    return Judged(at, values, positions, groups, rejected)


def _values(
    block: ListBlock, rules: JudgeRules, rejected: dict[int, RowRejected]
) -> dict[str, Values]:
    values: dict[str, Values] = {}
    count = len(block.rows.numbers)
    for name, reader in rules.readers.items():
        if name in rules.numbers:
            values[name] = reader.column(block.rows.columns[rules.numbers[name]])
        elif (constant := reader.constant()) is not None:
            values[name] = [constant] * count
        if reader.has_refused and name in values:
            for row, value in enumerate(values[name]):
                if isinstance(value, RowRejected):
                    refuse(rejected, row, value)
    return values


def _require(values: Mapping[str, Values], count: int, rejected: dict[int, RowRejected]) -> None:
    for name in REQUIRED:
        column = values.get(name)
        if column is not None and None not in column:
            continue
        for row in range(count) if column is None else _blanks(column):
            refuse(rejected, row, RowRejected(Reason.REQUIRED, f"{said_name(name)} wajib diisi"))


def _blanks(column: Values) -> Iterator[int]:
    return (row for row, value in enumerate(column) if value is None)


def _complete_units(values: dict[str, Values]) -> None:
    """Volumes as numbers; a unit that stands beside one counts where its own column says none."""
    if "volume" not in values:
        return
    own = values.get("unit") or [None] * len(values["volume"])
    beside = [getattr(quantity, "unit", None) for quantity in values["volume"]]
    values["unit"] = [unit or other for unit, other in zip(own, beside, strict=True)]
    values["volume"] = [getattr(quantity, "number", None) for quantity in values["volume"]]


def _date(
    values: dict[str, Values], now: datetime, count: int, rejected: dict[int, RowRejected]
) -> None:
    """Every row gets the time it was submitted and the time it last changed."""
    if "created_at" not in values and "updated_at" not in values:
        values["created_at"] = values["updated_at"] = [now] * count
        return
    created = [_instant(told) or now for told in values.get("created_at", [None] * count)]
    updated = created
    if "updated_at" in values:
        told = [_instant(each) for each in values["updated_at"]]
        updated = [max(new or old, old) for old, new in zip(created, told, strict=True)]
    if max(updated, default=now) > now + _AHEAD:
        for row, instant in enumerate(updated):
            if instant > now + _AHEAD:
                refuse(rejected, row, RowRejected(Reason.DATE, "tanggal belum tiba"))
    values["created_at"], values["updated_at"] = created, updated


def _instant(value: Any) -> datetime | None:  # noqa: ANN401 - a refused cell stands here too
    return value if isinstance(value, datetime) else None


def _require_consent(values: Mapping[str, Values], rejected: dict[int, RowRejected]) -> None:
    contacts = [values[name] for name in CONTACTS if name in values]
    if not contacts:
        return
    consents = values.get("consent") or [None] * len(contacts[0])
    for row, (consent, *told) in enumerate(zip(consents, *contacts, strict=True)):
        if consent is not True and any(told):
            why = "kontak hanya disimpan bila persetujuan (consent) berisi ya"
            refuse(rejected, row, RowRejected(Reason.CONSENT, why))


def reasons_of(judged: Judged, row: int) -> tuple[str, str | None, str | None]:
    """Status, reason code and reason of a row; a reason only where the status needs one."""
    status = judged.value("status", row) or FIRST_STATUS
    if not needs_reason(status):
        return status, None, None
    return status, judged.value("reason_code", row), judged.value("reason", row)
