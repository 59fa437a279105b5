"""Mapping files: which column holds which field, what its values mean, and what is missing.

[file]
sheet = "Usulan 2026"
[columns]
title = "Judul Usulan"
[values.category]
"Jalan rusak" = "SP01"
[defaults]
category = "SP01"
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLACE_FIELDS = ("place", "rt", "rw", "kelurahan", "kecamatan")
"""Words and numbers that describe a place; `spatial.mentions` finds its areas."""
FIELDS = (
    "source_id",
    "title",
    "problem",
    "category",
    "longitude",
    "latitude",
    "geometry",
    "area",
    "address",
    "landmark",
    "volume",
    "unit",
    "estimated_cost",
    "beneficiaries",
    "severity",
    "funding_source",
    "declared_area",
    "accuracy_m",
    "inclusion",
    "channel",
    "year",
    "status",
    "reason_code",
    "reason",
    "created_at",
    "updated_at",
    "proposer_name",
    "proposer_phone",
    "proposer_email",
    "proposer_role",
    "consent",
    *PLACE_FIELDS,
)
_LARGEST_FILE = 2**20


class MappingRefused(ValueError):
    """A mapping file that cannot be used."""


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How the columns of a list become fields."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field to column."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field to what its cells mean, by their text in lower case."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    """Which sheet of a workbook is the list."""


def _place(error: ValueError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f" (baris {found[1]}, kolom {found[2]})" if found else ""


def read_mapping(path: Path) -> ListMapping:
    """The mapping of a TOML file; raises MappingRefused with the place of the mistake."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise MappingRefused(f"berkas pemetaan {path.name} bukan berkas biasa")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise MappingRefused("berkas pemetaan terlalu besar")
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise MappingRefused(f"berkas pemetaan {path.name} tidak dapat dibaca") from None
    except ValueError as error:
        raise MappingRefused(f"berkas pemetaan bukan TOML yang sah{_place(error)}") from None
    strays = set(document) - {"columns", "values", "defaults", "file"}
    if strays:
        raise MappingRefused(f"bagian {min(strays)!r} tidak dikenal dalam pemetaan")
    return ListMapping(
        columns=_texts(document.get("columns", {}), "columns"),
        values={
            name: {key.strip().lower(): value for key, value in _plain(table, name).items()}
            for name, table in _known(document.get("values", {}), "values").items()
        },
        defaults=_texts(document.get("defaults", {}), "defaults"),
        sheet=_sheet(document.get("file", {})),
    )


def column_numbers(mapping: ListMapping, columns: Sequence[str]) -> dict[str, int]:
    """Where each field stands in a table; a field's own name in any case needs no mapping."""
    by_lower = {column.lower(): number for number, column in enumerate(columns)}
    numbers = {name: by_lower[name] for name in FIELDS if name in by_lower}
    for name, column in mapping.columns.items():
        if column.lower() not in by_lower:
            raise MappingRefused(f"kolom {column[:40]!r} tidak ada dalam berkas")
        numbers[name] = by_lower[column.lower()]
    return numbers


def _sheet(table: Any) -> str | None:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict) or set(table) - {"sheet"}:
        raise MappingRefused("[file] hanya memuat sheet")
    return str(table["sheet"]) if "sheet" in table else None


def _known(table: Any, section: str) -> dict[str, Any]:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict):
        raise MappingRefused(f"[{section}] harus berupa tabel")
    strays = set(table) - set(FIELDS)
    if strays:
        raise MappingRefused(f"isian {min(strays)!r} dalam [{section}] tidak dikenal")
    return table


def _texts(table: Any, section: str) -> dict[str, str]:  # noqa: ANN401 - as TOML gives it
    return {name: str(value) for name, value in _known(table, section).items()}


def _plain(table: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict):
        raise MappingRefused(f"[values.{name}] harus berupa tabel")
    return {str(key): str(value) for key, value in table.items()}
