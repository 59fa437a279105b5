"""A file of boundaries from disk to an edition: read, checked, stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from psycopg import Connection

from app.areas.boundary_columns import AskedColumns, chosen_columns
from app.areas.boundary_report import file_report, load_report, why_nothing
from app.areas.load import BoundaryLoad, load_boundaries, read_known_areas
from app.areas.service import NewEdition
from app.areas.steps import Progress
from app.cities.service import KnownCity
from spatial.boundaries.check import Expectation
from spatial.boundaries.examine import Examined, examine_boundaries
from spatial.boundaries.feature import Feature
from spatial.boundaries.naming import Naming
from spatial.boundaries.read import read_boundary_rows
from spatial.boundaries.sandbox import Limits, limits_for
from spatial.boundaries.wish import Wish

_POSITION_BYTES = 40  # of GeoJSON text, by which limits are reckoned
_POSITIONS_A_SECOND = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryFile:
    """A file, and what its owner says of it."""

    path: Path
    level: str
    edition: NewEdition
    columns: AskedColumns = field(default_factory=AskedColumns)
    wish: Wish = field(default_factory=Wish)
    refuse_none: bool = field(default=False)
    """Load nothing when a single row is refused."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What came of a file: the report, and the shapes it speaks of."""

    report: dict[str, Any]
    examined: Examined
    features: Sequence[Feature]


class NothingAccepted(ValueError):
    """No row of the file could be taken, or one was refused where none may be."""

    def __init__(self, reason: str, outcome: FileOutcome) -> None:
        super().__init__(reason)
        self.outcome = outcome


def load_boundary_file(
    connection: Connection, city: KnownCity, file: BoundaryFile, *, progress: Progress
) -> FileOutcome:
    """Read, check and store a file. The caller commits, or does not.

    Raises FileRefused, FieldMissing, NothingAccepted or EditionInUse; nothing is stored then.
    """
    progress("membaca berkas")
    rows = read_boundary_rows(
        file.path, file.wish, progress=lambda done: progress("membaca wilayah", done)
    )
    features = rows.features
    expected = _expectation(connection, city, file, features)
    progress("memeriksa wilayah", 0, len(features))
    examined = examine_boundaries(
        features,
        expected,
        limits=_limits(file.path, features),
        progress=lambda done: progress("memeriksa wilayah", done, len(features)),
    )
    progress("memeriksa wilayah", len(features), len(features))
    report = file_report(rows.origin, examined)
    checked = examined.checked
    if not checked.areas or (file.refuse_none and checked.refused):
        raise NothingAccepted(why_nothing(checked), FileOutcome(report, examined, features))
    load = BoundaryLoad(
        city=city,
        level=file.level,
        edition=file.edition,
        areas=checked.areas,
        parents=checked.parents,
    )
    outcome = load_boundaries(connection, load, progress=progress)
    report |= load_report(outcome, load, checked)
    return FileOutcome(report, examined, features)


def _expectation(
    connection: Connection, city: KnownCity, file: BoundaryFile, features: Sequence[Feature]
) -> Expectation:
    present: dict[str, None] = {}
    for feature in features:
        present.update(dict.fromkeys(feature.properties))
    if all(feature.refusal is not None for feature in features):
        # Their own reasons say more than a missing column.
        return Expectation(city=city.code, level=file.level, code_field="", name_field=None)
    columns = chosen_columns(present, file.columns, file.level)
    naming = None
    if columns.code is None:
        naming = Naming(
            parent_fields=columns.parents,
            may_make=file.columns.may_make_parents,
            known=tuple(read_known_areas(connection, city, file.edition.name)),
        )
    return Expectation(
        city=city.code,
        level=file.level,
        code_field=columns.code or "",
        name_field=columns.name,
        naming=naming,
    )


def _limits(path: Path, features: Sequence[Feature]) -> Limits:
    """By the larger of the file and of what came out of it, which may have been packed."""
    shapes = [feature.geometry for feature in features if feature.geometry is not None]
    positions = int(shapely.get_num_coordinates(shapes).sum()) if shapes else 0
    usual = limits_for(max(path.stat().st_size, positions * _POSITION_BYTES))
    return Limits(
        memory_bytes=usual.memory_bytes,
        seconds=usual.seconds + positions // _POSITIONS_A_SECOND,
        answer_bytes=usual.answer_bytes,
    )
