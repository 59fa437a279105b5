"""What a row is known by, and a judged row made whole for the paths that write row by row."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

import numpy as np
import orjson
import shapely

from app.lists.judge import CONTACTS, PLACE_WORDS, Judged, reasons_of
from app.lists.places import Place
from app.lists.source import ListBlock, cell_text
from app.readings.cells import Cell
from app.usulan.records import NewProposer
from app.usulan.workflow import FIRST_STATUS

CONTENT = (
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
    "funding_source",
    "inclusion",
    "channel",
)
_SAID = (
    *CONTENT,
    "area",
    "declared_area",
    "accuracy_m",
    *CONTACTS,
    "proposer_role",
    *PLACE_WORDS,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a row stands and since when."""

    status: str
    created: datetime
    updated: datetime
    reason_code: str | None
    reason: str | None
    place: Place


def draft_of(judged: Judged, row: int, place: Place) -> Draft:
    """The part of a row that its history is made of."""
    status, code, reason = reasons_of(judged, row)
    return Draft(
        status,
        judged.values["created_at"][row],
        judged.values["updated_at"][row],
        code,
        reason,
        place,
    )


def content_of(judged: Judged, row: int) -> dict[str, Any]:
    """The columns of a record that need no looking up."""
    found = {name: judged.value(name, row) for name in CONTENT}
    found["funding"] = found.pop("funding_source")
    found["inclusion"] = found["inclusion"] or ()
    found["channel"] = found["channel"] or "musrenbang"
    return found


def proposer_of(judged: Judged, row: int) -> NewProposer | None:
    """The contact behind a row; its consent has been seen to."""
    name, phone, email = (judged.value(each, row) for each in CONTACTS)
    if not (name or phone or email):
        return None
    return NewProposer(
        name=name,
        phone=phone,
        email=email,
        role=judged.value("proposer_role", row),
        consented=judged.values["created_at"][row],
    )


def digests(judged: Judged) -> list[bytes]:
    """Of what a record takes from each row: equal ones change nothing.

    Without key and year, which a record keeps, and without times, which its history has.
    """
    spots = zip(
        judged.positions.longitudes.tolist(), judged.positions.latitudes.tolist(), strict=True
    )
    shapes: Any = repeat(None)
    if judged.positions.shapes:
        shapes = [_hex(judged.positions.shapes.get(row)) for row in range(len(judged.at))]
    digest, dumps = hashlib.sha256, orjson.dumps
    return [
        digest(dumps(said, default=str)).digest()
        for said in zip(spots, shapes, *_said_columns(judged), strict=False)
    ]


def _said_columns(judged: Judged) -> Iterator[Any]:
    """One for each name, whether the list has it or not; what is left out means its default."""
    for name in _SAID:
        column = judged.column(name)
        if name == "channel":
            column = [each or "musrenbang" for each in column]
        elif name == "inclusion" and name in judged.values:
            column = [each or None for each in column]
        yield column
    if "status" in judged.values:
        yield [reasons_of(judged, row) for row in range(len(judged.at))]
    else:
        yield repeat((FIRST_STATUS, None, None), len(judged.at))


def _hex(shape: Any) -> str | None:  # noqa: ANN401 - a geometry or None
    return None if shape is None else shapely.to_wkb(shape, hex=True)


def keys(judged: Judged, block: ListBlock) -> list[str]:
    """The row's own key, else a hash of the row as the file has it.

    Of the whole row and not of what was understood of it, so that another mapping of the same
    file changes records and doubles none.
    """
    own = judged.column("source_id")
    if "source_id" in judged.values and None not in judged.values["source_id"]:
        return list(judged.values["source_id"])
    rows = _rows(block, judged.at)
    return [_hashed(text) if key is None else key for key, text in zip(own, rows, strict=True)]


def _hashed(row: str) -> str:
    said = row.encode("utf-8", "surrogatepass")
    return f"baris-{hashlib.sha256(said).hexdigest()[:32]}"


def _rows(block: ListBlock, at: Sequence[int]) -> Iterator[str]:
    columns = block.rows.columns
    shapes = block.shapes
    for row in at:
        cells = [_said(column[row]) for column in columns]
        if shapes is not None:
            cells.append(_hex(shapes[row]) or "")
        yield "\x1f".join(cells)


def _said(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else cell_text(cell)


def is_simple(judged: Judged) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Rows that are submitted and nothing more, without a contact, line or surface."""
    simple = np.ones(len(judged.at), dtype=bool)
    if "status" in judged.values:
        plain = [status in (None, FIRST_STATUS) for status in judged.values["status"]]
        simple &= np.array(plain, dtype=bool)
    for name in CONTACTS:
        if name in judged.values:
            simple &= np.array([value is None for value in judged.values[name]], dtype=bool)
    simple[list(judged.positions.shapes)] = False
    return simple
