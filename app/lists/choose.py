"""Which mapping reads a list: given, beside it, kept from before, or its own column names."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.guesses.beside import mapping_path
from app.guesses.columns import guess_columns
from app.guesses.nature import why_no_list
from app.guesses.values import Column
from app.guesses.words import header_score, header_words
from app.lists.beside import SUFFIX
from app.lists.judge import CONTACTS, REQUIRED
from app.lists.mapping import FIELDS, ListMapping, MappingRefused, column_numbers, read_mapping
from app.lists.source import ListSource
from app.readings.cells import Cell
from app.readings.reading import Sureness
from app.whole_file import write_whole

KEPT_FOLDER = "mappings"
_CONTACT_FIELDS = (*CONTACTS, "proposer_role")
_TOLD = frozenset({"title", "problem"})
_MANY = 0.5
_CERTAINLY_NAMED = 0.9
_NIK = re.compile(r"[1-9][0-9]{15}")
_CONTACT_SHAPES = (
    _NIK,
    re.compile(r"(?:\+?62|0)8[0-9 .-]{7,14}"),
    re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[a-z]{2,}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class ChosenMapping:
    """How a list is read."""

    mapping: ListMapping
    numbers: dict[str, int]
    """Field to the place of its column."""
    origin: str
    """Where it came from, as the report says it."""
    path: Path | None
    left_out: tuple[str, ...]
    """Columns that look like contacts and are not taken."""


def find_mapping(listed: Path, given: Path | None) -> tuple[Path | None, str]:
    """The mapping file that was given, or that stands beside a list or the list of its rejects."""
    if given is not None:
        return given, "diberikan"
    name = listed.name
    while name.endswith(SUFFIX):
        name = name.removesuffix(SUFFIX)
    beside = mapping_path(listed.parent / name)
    return (beside, "di sebelah berkas") if os.path.lexists(beside) else (None, "")


def fingerprint(columns: Sequence[str]) -> str:
    """The same for lists whose columns have the same names, in whatever order."""
    names = sorted(" ".join(column.casefold().split()) for column in columns)
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:16]


def kept_mapping(folder: Path, columns: Sequence[str]) -> Path:
    """Where the mapping of such columns is kept for next time."""
    return folder / f"{fingerprint(columns)}.toml"


def keep_mapping(chosen: ChosenMapping, folder: Path, columns: Sequence[str]) -> None:
    """Keep the mapping of a list that was loaded, for the next list with these columns.

    Raises MappingRefused when there is no room for it.
    """
    kept = kept_mapping(folder, columns)
    if chosen.path is None or chosen.path == kept:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(kept, chosen.path.read_bytes())
    except OSError:
        raise MappingRefused(f"pemetaan tidak dapat disimpan di {folder}") from None


def choose_mapping(
    source: ListSource,
    found: tuple[Path | None, str],
    folder: Path,
    is_category: Callable[[str], bool],
) -> ChosenMapping:
    """The mapping of a list; raises MappingRefused when a column would have to be guessed."""
    path, origin = found
    kept = kept_mapping(folder, source.columns)
    if path is None and kept.is_file():
        path, origin = kept, "disimpan dari pemuatan sebelumnya"
    sample = source.sample()
    if path is None and not source.has_header:
        _require_list(source, sample)
        raise MappingRefused("baris pertama harus memuat nama kolom, atau beri --mapping")
    if path is not None:
        mapping = read_mapping(path)
    else:
        mapping, origin = _by_names(source, sample, is_category)
    numbers = column_numbers(mapping, source.columns)
    if not _TOLD.intersection(numbers) and not _TOLD.intersection(mapping.defaults):
        _require_list(source, sample)
    _require_no_nik(numbers, sample)
    numbers = _with_consent(mapping, numbers)
    used = set(numbers.values())
    left_out = tuple(
        name
        for place, name in enumerate(source.columns)
        if place not in used and is_contact(name, sample[place])
    )
    return ChosenMapping(mapping, numbers, origin, path, left_out)


def _by_names(
    source: ListSource, sample: Sequence[Sequence[Cell]], is_category: Callable[[str], bool]
) -> tuple[ListMapping, str]:
    """Columns by the API's field names; else by names and values that leave no doubt."""
    exact = {column.lower() for column in source.columns}
    if exact.issuperset(REQUIRED):
        return ListMapping(), "nama kolom"
    columns = [Column.of(*each) for each in zip(source.columns, sample, strict=True)]
    guesses = [
        guess
        for guess in guess_columns(columns, is_category)
        if guess.field not in _CONTACT_FIELDS and guess.column.lower() not in FIELDS
    ]
    if source.has_shapes:
        guesses = [each for each in guesses if each.field not in ("longitude", "latitude")]
    unsure = [each for each in guesses if each.sureness is not Sureness.SURE]
    sure = {each.field: each.column for each in guesses if each.sureness is Sureness.SURE}
    missing = [name for name in REQUIRED if name not in sure and name not in exact]
    if unsure or missing:
        if not _TOLD.intersection(exact, sure):
            _require_list(source, sample)
        raise MappingRefused(_question(source, missing, [(g.column, g.field) for g in unsure]))
    return ListMapping(columns=sure), "kolom yang pasti"


def _require_list(source: ListSource, sample: Sequence[Sequence[Cell]]) -> None:
    """Whoever gives a list of something else is told so, not asked for columns it cannot have."""
    columns = [Column.of(*each) for each in zip(source.columns, sample, strict=True)]
    if (why := why_no_list(columns, has_header=source.has_header)) is not None:
        raise MappingRefused(why)


def _question(source: ListSource, missing: Sequence[str], unsure: Sequence[tuple[str, str]]) -> str:
    told = []
    if missing:
        told.append(f"kolom untuk {', '.join(missing)} belum diketahui")
    if unsure:
        pairs = ", ".join(f"{column[:40]!r} mungkin {name}" for column, name in unsure)
        told.append(f"belum pasti: {pairs}")
    return f"{'; '.join(told)}. Periksa dahulu dengan: peta usulan map {source.path.name}"


def _with_consent(mapping: ListMapping, numbers: dict[str, int]) -> dict[str, int]:
    """Without contacts when nothing says that their owners agreed."""
    if "consent" in numbers or "consent" in mapping.defaults:
        return numbers
    asked = [name for name in _CONTACT_FIELDS if mapping.columns.get(name)]
    if asked:
        raise MappingRefused(
            f"{asked[0]} dipetakan tanpa consent; tambahkan kolom consent atau"
            ' [defaults] consent = "ya" bila pemiliknya setuju'
        )
    return {name: place for name, place in numbers.items() if name not in _CONTACT_FIELDS}


def _require_no_nik(numbers: dict[str, int], sample: Sequence[Sequence[Cell]]) -> None:
    """No number of a person may become the key of a record, or any other of its fields."""
    for name, place in numbers.items():
        if name not in _CONTACT_FIELDS and _share(sample[place], _NIK) > _MANY:
            raise MappingRefused(f"kolom untuk {name} memuat NIK; nomor kependudukan tidak dimuat")


def is_contact(name: str, cells: Sequence[Cell]) -> bool:
    """Whether a column looks as if it told who somebody is, or how he is reached."""
    if name.lower() in _CONTACT_FIELDS or {"nik", "ktp"}.intersection(header_words(name)):
        return True
    named = max(header_score(name, each) for each in CONTACTS)
    return named >= _CERTAINLY_NAMED or any(
        _share(cells, shape) > _MANY for shape in _CONTACT_SHAPES
    )


def _share(cells: Sequence[Cell], shape: re.Pattern[str]) -> float:
    texts = list(_texts(cells))
    return sum(shape.fullmatch(text) is not None for text in texts) / max(len(texts), 1)


def _texts(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        if isinstance(cell, float) and cell.is_integer():
            yield str(int(cell))
        elif cell is not None and cell != "":
            yield str(cell).strip()
