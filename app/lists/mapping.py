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

import json
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
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
_MOST_DOTS, _MOST_BRACKETS = 8, 200
_MOST_OF_A_WORD = 40
_SAID = re.compile(
    r"""
    "{3} (?: \\. | [^\\] )*? (?: "{3} | \\? \Z )
    | '{3} .*? (?: '{3} | \Z )
    | " (?: \\[^\n] | [^"\\\n] )* "?
    | ' [^'\n]* '?
    | \# [^\n]*
    """,
    re.DOTALL | re.VERBOSE,
)
"""Strings, also unclosed ones, and remarks: what looks like a layer of TOML in them is none."""


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
    document = _document(path)
    strays = set(document) - {"columns", "values", "defaults", "file"}
    if strays:
        raise MappingRefused(
            f"bagian {min(strays)[:_MOST_OF_A_WORD]!r} tidak dikenal dalam pemetaan"
        )
    return ListMapping(
        columns=_texts(document.get("columns", {}), "columns"),
        values={
            name: {key.strip().lower(): value for key, value in _plain(table, name).items()}
            for name, table in _known(document.get("values", {}), "values").items()
        },
        defaults=_texts(document.get("defaults", {}), "defaults"),
        sheet=_sheet(document.get("file", {})),
    )


def _document(path: Path) -> dict[str, Any]:
    name = path.name[:_MOST_OF_A_WORD]
    try:
        about = path.stat()
        is_plain = stat.S_ISREG(about.st_mode)  # a pipe would be waited for
        text = path.read_text("utf-8") if is_plain and about.st_size <= _LARGEST_FILE else ""
    except OSError:
        raise MappingRefused(f"berkas pemetaan {name} tidak dapat dibaca") from None
    except UnicodeDecodeError:
        raise MappingRefused("berkas pemetaan bukan TOML yang sah") from None
    if not is_plain:
        raise MappingRefused(f"berkas pemetaan {name} bukan berkas biasa")
    if about.st_size > _LARGEST_FILE:
        raise MappingRefused("berkas pemetaan terlalu besar")
    _require_flat(text)
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise MappingRefused(f"berkas pemetaan bukan TOML yang sah{_place(error)}") from None


def _require_flat(text: str) -> None:
    """Before it is parsed: the parser recurses, and of a key it keeps every beginning."""
    bare = _SAID.sub("", text)
    brackets = bare.count("[") + bare.count("{")
    if brackets > _MOST_BRACKETS or any(line.count(".") > _MOST_DOTS for line in bare.split("\n")):
        raise MappingRefused("berkas pemetaan bersarang terlalu dalam")


def column_numbers(mapping: ListMapping, columns: Sequence[str]) -> dict[str, int]:
    """Where each field stands in a table; a field's own name in any case needs no mapping.

    A field that is mapped to nothing stands nowhere, though a column has its name.
    """
    by_lower = {column.lower(): number for number, column in enumerate(columns)}
    numbers = {name: by_lower[name] for name in FIELDS if name in by_lower}
    for name, column in mapping.columns.items():
        if not column:
            numbers.pop(name, None)
            continue
        if column.lower() not in by_lower:
            raise MappingRefused(f"kolom {column[:40]!r} tidak ada dalam berkas")
        numbers[name] = by_lower[column.lower()]
    return numbers


def _sheet(table: Any) -> str | None:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict) or set(table) - {"sheet"}:
        raise MappingRefused("[file] hanya memuat sheet")
    return _text(table, "sheet", "file") if "sheet" in table else None


def _known(table: Any, section: str) -> dict[str, Any]:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict):
        raise MappingRefused(f"[{section}] harus berupa tabel")
    strays = set(table) - set(FIELDS)
    if strays:
        raise MappingRefused(
            f"isian {min(strays)[:_MOST_OF_A_WORD]!r} dalam [{section}] tidak dikenal"
        )
    return table


def _texts(table: Any, section: str) -> dict[str, str]:  # noqa: ANN401 - as TOML gives it
    return {name: _text(table, name, section) for name in _known(table, section)}


def _plain(table: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - as TOML gives it
    if not isinstance(table, dict):
        raise MappingRefused(f"[values.{name}] harus berupa tabel")
    return {key: _text(table, key, f"values.{name}") for key in table}


def _text(table: Mapping[str, Any], key: str, section: str) -> str:
    """A value in words; a list, a table or a number of thousands of digits has none."""
    value = table[key]
    if not isinstance(value, list | dict):
        with suppress(ValueError):  # Python writes out no number that is longer than 4,300 digits
            return str(value)
    raise MappingRefused(f"isi {key[:_MOST_OF_A_WORD]} dalam [{section}] harus berupa teks")


def mapping_toml(mapping: ListMapping) -> str:
    """The mapping file that `read_mapping` reads as this mapping."""
    lines = ["[file]", f"sheet = {_quoted(mapping.sheet)}"] if mapping.sheet else []
    tables = {"columns": mapping.columns, "defaults": mapping.defaults}
    tables |= {f"values.{name}": table for name, table in mapping.values.items()}
    for name, table in tables.items():
        lines.append(f"[{name}]")
        lines += [f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
