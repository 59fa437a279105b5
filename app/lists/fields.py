"""The fields of a list and how a column of each is read: value by value, each cell once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.lists import cells as read
from app.lists.cells import Remarks
from app.lists.mapping import PLACE_FIELDS, ListMapping
from app.lists.reasons import Reason, RowRejected
from app.readings.cells import Cell, plain
from app.readings.dates import DateOrder, column_order
from app.readings.numbers import NumberStyle, column_style
from app.stored_words import CHANNELS, FUNDING_SOURCES, INCLUSION_THEMES, STATUSES
from app.usulan import limits

LONGEST_KEY = 100
_LONGEST_CODE = 64
_DEGREE = r"-?[0-9]{1,3}\.[0-9]{1,20}"
_PLAIN_DEGREES = re.compile(rf"{_DEGREE}(?:\0{_DEGREE})*")
_LONGEST_PLACE = 300
_SIGNS = frozenset("-\u2013\u2014.?")
_MOST_REMEMBERED = 50_000
_LOADED_STATUSES = frozenset(STATUSES) - {"draf"}
_STYLED = ("volume", "estimated_cost", "beneficiaries")
_DATED = ("created_at", "updated_at")

_TEXT_OR_NOTHING = frozenset((str, type(None)))

CellReader = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class Styles:
    """What the columns of a list prove of their way of writing, by field."""

    numbers: Mapping[str, NumberStyle | None]
    dates: Mapping[str, DateOrder | None]


def proven_styles(sample: Mapping[str, Sequence[Cell]]) -> Styles:
    """The styles that the first cells of each field prove."""
    return Styles(
        {name: column_style(sample[name]).value for name in _STYLED if name in sample},
        {name: column_order(sample[name]).value for name in _DATED if name in sample},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRules:
    """What the readers of a list need to know."""

    mapping: ListMapping
    styles: Styles
    zone: ZoneInfo
    category: Callable[[str], str | None]
    """The code that a word means, without doubt; or None."""
    remarks: Remarks


class FieldReader:
    """Cells of one field to values; what a text means is found out once.

    A value that stands for a refused cell is the RowRejected itself.
    """

    def __init__(self, name: str, reader: CellReader, mapping: ListMapping) -> None:
        self._name = name
        self._reader = reader
        self._meanings = mapping.values.get(name, {})
        self._default = mapping.defaults.get(name)
        self._known: dict[Cell, Any] = {}
        self.has_refused = False

    @property
    def is_as_written(self) -> bool:
        """Whether a cell stands for itself, and a blank one for nothing."""
        return not self._meanings and self._default is None

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
        if not set(map(type, cells)) <= _TEXT_OR_NOTHING:  # 1, 1.0 and True are equal as keys
            return [self._value(cell) for cell in cells]
        known = self._known
        for cell in set(cells).difference(known):
            known[cell] = self._value(cell)
        return list(map(known.__getitem__, cells))

    def constant(self) -> Any:  # noqa: ANN401 - of whatever kind the field is
        """The value of a list without such a column."""
        return self._value(None)

    def _value(self, cell: Cell) -> Any:  # noqa: ANN401 - of whatever kind the field is
        meant: Cell = cell.strip() if isinstance(cell, str) else cell
        if self._meanings and meant is not None:
            meant = self._meanings.get(plain(meant).lower(), meant)
        if meant is None or meant == "":
            meant = self._default
        if meant is None or meant == "":
            return None
        try:
            return self._reader(meant)
        except RowRejected as rejected:
            self.has_refused = True
            return rejected


class DegreeReader(FieldReader):
    """Cells of degrees: nearly all different, and nearly always plain decimals."""

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        if self.is_as_written and set(map(type, cells)) == {str}:
            texts = cast("Sequence[str]", cells)
            if _PLAIN_DEGREES.fullmatch("\0".join(texts)):
                return list(map(float, texts))
        return [self._value(cell) for cell in cells]


class ProseReader(FieldReader):
    """Cells of free text: nearly always right as they are, which is found out column by column."""

    def __init__(
        self, name: str, reader: CellReader, mapping: ListMapping, lengths: tuple[int, int]
    ) -> None:
        super().__init__(name, reader, mapping)
        self._least, self._most = lengths

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        if self.is_as_written and self._are_tidy(cells):
            return [cell or None for cell in cells]
        return [self._value(cell) for cell in cells]

    def _are_tidy(self, cells: Sequence[Cell]) -> bool:
        texts = [cell for cell in cells if cell]
        if not texts or set(map(type, texts)) != {str}:
            return not texts
        lengths = list(map(len, texts))  # type: ignore[arg-type]
        joined = " ".join(texts)  # type: ignore[arg-type]
        return (
            self._least <= min(lengths)
            and max(lengths) <= self._most
            and self._least > 1
            and read.is_tidy(joined)
        )


def field_readers(rules: FieldRules) -> dict[str, FieldReader]:
    """A reader for each field, but for places, which are read together."""
    found: dict[str, FieldReader] = {
        name: FieldReader(name, reader, rules.mapping) for name, reader in _valued(rules).items()
    }
    for name in ("longitude", "latitude"):
        found[name] = DegreeReader(name, partial(read.decimal, name=name), rules.mapping)
    for name, (least, most, reader) in _PROSE.items():
        own = partial(reader, name=name, least=least, most=most)
        found[name] = ProseReader(name, own, rules.mapping, (least, most))
    for name, most in _WORDS.items():
        found[name] = ProseReader(
            name, partial(_optional_line, name=name, most=most), rules.mapping, (2, most)
        )
    return found


_PROSE: Mapping[str, tuple[int, int, Callable[..., str]]] = {
    "title": (limits.SHORTEST_TITLE, limits.LONGEST_TITLE, read.line),
    "problem": (limits.SHORTEST_PROBLEM, limits.LONGEST_PROBLEM, read.lines),
}
_WORDS: Mapping[str, int] = {
    "source_id": LONGEST_KEY,
    "address": limits.LONGEST_PLACE,
    "landmark": limits.LONGEST_PLACE,
    "reason": 500,
    "proposer_name": limits.LONGEST_NAME,
    "proposer_phone": limits.LONGEST_PHONE,
    "proposer_email": limits.LONGEST_EMAIL,
    "proposer_role": limits.LONGEST_ROLE,
}


def _valued(rules: FieldRules) -> dict[str, CellReader]:
    remarks, numbers = rules.remarks, rules.styles.numbers
    small = {"least": limits.LEAST_SEVERITY, "most": limits.MOST_SEVERITY, "style": None}
    crowd = {"least": 0, "most": limits.LARGEST_CROWD, "style": numbers.get("beneficiaries")}
    return {
        "category": partial(_category, find=rules.category),
        "volume": _named(
            read.volume,
            "volume",
            remarks,
            style=numbers.get("volume"),
            most=limits.LARGEST_VOLUME,
        ),
        "unit": _named(read.unit, "unit", remarks, allowed=limits.UNITS),
        "estimated_cost": _named(
            read.rupiah,
            "estimated_cost",
            remarks,
            style=numbers.get("estimated_cost"),
            most=limits.LARGEST_RUPIAH,
        ),
        "beneficiaries": _named(read.whole, "beneficiaries", remarks, **crowd),
        "severity": _named(read.whole, "severity", remarks, **small),
        "year": _named(read.year, "year", remarks),
        "consent": _named(read.yes, "consent", remarks),
        "accuracy_m": partial(
            read.decimal, name="accuracy_m", least=0, most=limits.LARGEST_ACCURACY_M
        ),
        "funding_source": _chosen("funding_source", FUNDING_SOURCES),
        "channel": _chosen("channel", CHANNELS),
        "status": _status,
        "inclusion": _inclusion,
        "geometry": _verbatim,
        "area": partial(read.line, name="area", most=_LONGEST_CODE),
        "declared_area": partial(read.line, name="declared_area", most=_LONGEST_CODE),
        "reason_code": partial(read.line, name="reason_code", most=10),
        **{
            name: _named(
                read.instant, name, remarks, zone=rules.zone, order=rules.styles.dates.get(name)
            )
            for name in _DATED
        },
        **{name: partial(read.line, name=name, most=_LONGEST_PLACE) for name in PLACE_FIELDS},
    }


def _named(
    reader: Callable[..., Any],
    name: str,
    remarks: Remarks,
    **options: Any,
) -> CellReader:
    return lambda cell: reader(cell, name, remarks, **options)


def _verbatim(cell: Cell) -> str:
    return cell if isinstance(cell, str) else plain(cell)


def _chosen(name: str, allowed: Sequence[str]) -> CellReader:
    by_lower = {key.lower(): key for key in allowed}
    return partial(read.choice, name=name, allowed=by_lower)


def _optional_line(cell: Cell, name: str, most: int) -> str | None:
    """A lone sign stands for nothing; it has one letter, which `ProseReader` looks at closer."""
    text = read.line(cell, name, most=most)
    return None if text in _SIGNS else text


def _category(cell: Cell, find: Callable[[str], str | None]) -> str:
    word = plain(cell)
    code = find(word)
    if code is None:
        shown = word[:40]
        raise RowRejected(Reason.CATEGORY, f"kategori {shown!r} tidak dikenal", word=shown)
    return code


def _status(cell: Cell) -> str:
    word = plain(cell)
    if word.lower() not in _LOADED_STATUSES:
        told = (
            f"status {word[:40]!r} tidak dikenal; sebutkan artinya pada arti kata status (pemetaan)"
        )
        raise RowRejected(Reason.CHOICE, told)
    return word.lower()


def _inclusion(cell: Cell) -> tuple[str, ...]:
    allowed = {theme: theme for theme in INCLUSION_THEMES}
    words = (word.strip() for word in plain(cell).replace(";", ",").split(","))
    found = (read.choice(word, "inclusion", allowed) for word in words if word)
    return tuple(dict.fromkeys(found))
