"""A list from disk to the database, with the rejects beside it."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields
from datetime import datetime
from errno import EDQUOT, ENOSPC
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from app.cities.service import KnownCity
from app.guesses.categories import CategoryGuesser
from app.lists import beside
from app.lists.apart import EndedApart, apart
from app.lists.cells import Remarks
from app.lists.choose import ChosenMapping, choose_mapping, find_mapping, keep_mapping
from app.lists.fields import FieldRules, field_readers, proven_styles
from app.lists.judge import JudgeRules
from app.lists.limits import LoadLimits
from app.lists.load import ListLoader
from app.lists.mapping import ListMapping, read_mapping
from app.lists.places import CityAreas, read_city_areas
from app.lists.prepare import Preparer, Tallies, YearRule
from app.lists.refused import ListRefused
from app.lists.rejects import rejects_file
from app.lists.report import ListReport
from app.lists.source import ListSource, opened_list
from app.readings.reading import Sureness
from app.statements import load_statement

_TOLD_WORDS = 5
# Rows from which a process of its own, and a raster over the areas, are made sooner than missed.
_WORTH_A_PROCESS = 10_000
_WORTH_A_LOOKUP = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """What the owner of a list says of it."""

    path: Path
    mapping: Path | None = None
    sheet: str | None = None
    year: int | None = None
    refuse_none: bool = False
    """Load nothing when a single row is rejected."""
    tells_changes: bool = False
    limits: LoadLimits | None = None
    """Of an officer who loads; None: whoever runs the machine loads anything."""
    rejects: Path | None = None
    """Where rejected rows go; None: beside the list."""
    kept_mappings: Path
    """Folder in which mappings are kept for next time."""

    @property
    def rejects_path(self) -> Path:
        """The file of rejected rows."""
        return self.rejects or beside.rejects_path(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a load needs beside the list and the database."""

    now: datetime
    counted: Callable[[int], AbstractContextManager[Callable[[int], None]]]
    """About how many rows there are to something that is told how many are done."""
    guesser: CategoryGuesser


def load_list_file(
    connection: Connection, city: KnownCity, wish: ListWish, around: Surroundings
) -> dict[str, Any]:
    """Load a list and write its rejects; the report. The caller commits, or does not.

    Raises ListRefused or MappingRefused; nothing is stored then.
    """
    found = find_mapping(wish.path, wish.mapping)
    before = read_mapping(found[0]) if found[0] is not None else ListMapping()
    with opened_list(wish.path, wish.sheet or before.sheet) as source:
        # Before the areas are read: another edition may be about to become the active one.
        connection.execute(load_statement("usulan", "lock_statistics"))
        areas = read_city_areas(connection, city.city_id)
        if areas is None:
            raise ListRefused(
                f"{city.name} belum punya batas wilayah; muat dengan: peta boundaries load"
            )
        shapes = {
            code: tuple(kinds)
            for code, kinds in connection.execute(load_statement("lists", "read_categories"))
        }
        find = _category_finder(shapes, around.guesser)
        chosen = choose_mapping(
            source, found, wish.kept_mappings, lambda word: find(word) is not None
        )
        report = _load(connection, city, (wish, around, source, chosen), (areas, shapes, find))
        if wish.refuse_none and report["rejected"]:
            name = wish.rejects_path.name
            told = f"{report['rejected']} dari {report['read']} baris ditolak; lihat {name}"
            raise ListRefused(told, report)
        if not wish.tells_changes:
            keep_mapping(chosen, wish.kept_mappings, source.columns)
    return report


def _load(
    connection: Connection,
    city: KnownCity,
    listed: tuple[ListWish, Surroundings, ListSource, ChosenMapping],
    rules: tuple[CityAreas, dict[str, tuple[str, ...]], Callable[[str], str | None]],
) -> dict[str, Any]:
    wish, around, source, chosen = listed
    areas, shapes, find = rules
    zone, remarks, sample = ZoneInfo(city.time_zone), Remarks(), source.sample()
    styles = proven_styles({name: sample[place] for name, place in chosen.numbers.items()})
    reading = FieldRules(
        mapping=chosen.mapping, styles=styles, zone=zone, category=find, remarks=remarks
    )
    judging = JudgeRules(
        readers=field_readers(reading), numbers=chosen.numbers, shapes=shapes, now=around.now
    )
    years, rng = YearRule(wish.year, zone), random.SystemRandom()
    preparer = Preparer(
        city.city_id,
        areas,
        judging,
        years=years,
        rng=rng,
        remarks=remarks,
        limits=wish.limits,
    )
    are_many = source.rows > _WORTH_A_LOOKUP
    work = partial(preparer.prepared, source.read_blocks(), are_many=are_many)
    try:
        with (
            apart(work) if source.rows > _WORTH_A_PROCESS else nullcontext(work()) as blocks,
            rejects_file(source, wish.rejects_path) as reject,
            around.counted(source.rows) as progress,
        ):
            loader = ListLoader(
                connection,
                city.city_id,
                preparer,
                rng=rng,
                reject=reject,
                tells_changes=wish.tells_changes,
            )
            tallies = loader.load(blocks, progress=progress)
    except OSError as error:
        why = ": penyimpanan penuh" if error.errno in (ENOSPC, EDQUOT) else ""
        told = f"daftar penolakan tidak dapat ditulis di sebelah berkas ini{why}"
        raise ListRefused(told) from None
    except EndedApart:
        told = "pembacaan daftar terhenti di tengah jalan; mungkin memori komputer habis"
        raise ListRefused(told) from None
    unknown = _unknown(loader.report.unknown_categories, around.guesser)
    report = _report(city, (wish, source, chosen), loader, tallies)
    return report | {"unknown_categories": unknown}


def _report(
    city: KnownCity,
    listed: tuple[ListWish, ListSource, ChosenMapping],
    loader: ListLoader,
    tallies: Tallies,
) -> dict[str, Any]:
    wish, source, chosen = listed
    used = set(chosen.numbers.values())
    report = {
        **{name.name: _plain(getattr(loader.report, name.name)) for name in fields(ListReport)},
        "city": city.code,
        "sheet": source.sheet or None,
        "mapping": {"from": chosen.origin, "file": str(chosen.path) if chosen.path else None},
        "columns": {name: source.columns[place] for name, place in chosen.numbers.items()},
        "named_columns": [
            source.columns[place]
            for name, place in chosen.numbers.items()
            if chosen.path is not None and name not in chosen.mapping.columns
        ],
        "unused_columns": [
            column for place, column in enumerate(source.columns) if place not in used
        ],
        "contacts_left_out": list(chosen.left_out),
        "places_by_words": tallies.places_by_words,
        "place_doubts": tallies.place_doubts,
        "shared_points": tallies.shared_points,
        "remarks": {f"{name}: {why}": rows for (name, why), rows in tallies.remarks.items()},
        "notes": [[note.oddity.value, note.row, note.detail] for note in source.notes],
        "rejects_file": str(wish.rejects_path) if loader.report.rejected else None,
    }
    if loader.sums is not None:
        report["areas"] = loader.sums.told()
    told = loader.changes.told()
    return report if told is None else report | {"changes": told}


def _plain(count: int | list[Any] | Mapping[str, Any]) -> int | list[Any] | dict[str, Any]:
    return count if isinstance(count, int | list) else dict(count)


def _unknown(words: Counter[str], guesser: CategoryGuesser) -> list[dict[str, Any]]:
    """The commonest words that name no category, with the categories that come near."""
    return [
        {
            "word": word,
            "rows": rows,
            "nearest": [{"code": near.code, "name": near.name} for near in guesser.nearest(word)],
        }
        for word, rows in words.most_common(_TOLD_WORDS)
    ]


def _category_finder(
    shapes: dict[str, tuple[str, ...]], guesser: CategoryGuesser
) -> Callable[[str], str | None]:
    """The code that a word is, or names beyond doubt."""

    def find(word: str) -> str | None:
        if word.upper() in shapes:
            return word.upper()
        guess = guesser.guess(word)
        is_sure = guess.sureness is Sureness.SURE and guess.value in shapes
        return guess.value if is_sure else None

    return find
