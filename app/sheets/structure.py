"""What a sheet's XML says besides its values: merged cells, formulas without a result, hiding."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.table import Merge

MOST_MERGES = 50_000
FIRST_CELLS = 3
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(slots=True)
class Structure:
    """Of one sheet; rows count from 1, columns from 0."""

    merges: list[Merge] = field(default_factory=list)
    formulas: int = 0
    first_formulas: list[tuple[int, int]] = field(default_factory=list)
    """Row and column of the first few."""
    without_value: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Row to the columns whose formula has no stored result."""
    hidden_rows: int = 0
    hidden_columns: int = 0


def read_structure(file: IO[bytes]) -> Structure:
    """One pass over the XML of a sheet; raises SheetRefused when it is none."""
    parser = expat.ParserCreate()
    seen = _Seen(parser)
    parser.StartDoctypeDeclHandler = _refuse_definition
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    try:
        parser.ParseFile(file)
    except expat.ExpatError:
        raise SheetRefused(SheetFlaw.BAD_XML) from None
    return seen.structure


class _Seen:
    """What the parser has met so far."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.structure = Structure()
        self._parser = parser
        self._cell = ""
        self._row = 0
        self._column = -1
        self._has_formula = False
        self._has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._column += 1
            self._cell = attributes.get("r", "")
            self._has_formula = False
            self._has_value = attributes.get("t") == "str"  # an empty text is a result too
        elif name == "f":
            self._has_formula = True
        elif name == "v" and self._has_formula:
            self._parser.CharacterDataHandler = self._value
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self.structure.hidden_columns += attributes.get("hidden") in ("1", "true")

    def _value(self, _text: str) -> None:
        self._has_value = True
        self._parser.CharacterDataHandler = None

    def end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        if self._has_formula and name.rpartition(":")[2] == "c":
            self._count_formula(*(_place(self._cell) or (self._row, self._column)))

    def _count_formula(self, row: int, column: int) -> None:
        self.structure.formulas += 1
        if len(self.structure.first_formulas) < FIRST_CELLS:
            self.structure.first_formulas.append((row, column))
        if not self._has_value:
            self.structure.without_value[row].append(column)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column = -1
        self.structure.hidden_rows += attributes.get("hidden") in ("1", "true")

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last or first)
        if start is None or end is None or start > end:
            return
        if len(self.structure.merges) >= MOST_MERGES:
            raise SheetRefused(SheetFlaw.TOO_MUCH)
        self.structure.merges.append(Merge(*start, *end))


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def _refuse_definition(*_told: object) -> None:
    raise SheetRefused(SheetFlaw.DOCTYPE)
