"""One act on many usulan: counted before it happens, then done to each in turn."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.permissions import Actor
from app.database import DATABASE_ERRORS, Database, is_busy
from app.errors import REFUSALS, Busy, DomainError
from app.language import Language
from app.moderation.schemas import Many, Wish
from app.moderation.service import plan, write
from app.moderation.sitting import Sitting, city_of_number, find_standing

PIECE = 50
"""So many are looked at in one transaction; what is done to one is a transaction by itself."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who acts on many, through which database, and in which language he is told."""

    database: Database
    actor: Actor
    now: datetime
    rng: random.Random
    language: Language


@dataclass(slots=True)
class _Outcome:
    well: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)


async def act_on_many(crew: Crew, many: Many) -> dict[str, Any]:
    """How many it goes well for, and why not for the others; a dry run writes nothing.

    Each is taken as it stands when its turn comes. A dry run looks at each alone: what the act
    on one changes for another it does not foresee.
    """
    numbers = list(dict.fromkeys(number.upper() for number in many.numbers))
    outcome, size = _Outcome(), PIECE if many.dry_run else 1
    for start in range(0, len(numbers), size):
        try:
            await _piece(crew, numbers[start : start + size], many, outcome)
        except DATABASE_ERRORS as error:
            if many.dry_run or not is_busy(error):
                raise
            outcome.refused.append(_refused(crew, numbers[start], Busy()))
    done = 0 if many.dry_run else outcome.well
    return {"would": outcome.well, "done": done, "refused": outcome.refused}


async def _piece(crew: Crew, numbers: Sequence[str], many: Many, outcome: _Outcome) -> None:
    """Look at some usulan in one transaction, or act on one in its own."""
    well = 0
    try:
        async with crew.database.staff_session() as connection:
            sitting = Sitting(connection, crew.actor, crew.now, crew.rng)
            for number in numbers:
                try:
                    await _one(sitting, number, many.act, is_meant=not many.dry_run)
                    well += 1
                except DomainError as error:
                    if not many.dry_run:
                        raise
                    outcome.refused.append(_refused(crew, number, error))
    except DomainError as error:
        outcome.refused.append(_refused(crew, numbers[0], error))
    else:
        outcome.well += well


async def _one(sitting: Sitting, number: str, wish: Wish, *, is_meant: bool) -> None:
    city = await city_of_number(sitting.connection, number)
    standing = await find_standing(sitting, city, number, lock=is_meant)
    step = await plan(sitting, city, standing, wish)
    if is_meant:
        await write(sitting, standing, step)


def _refused(crew: Crew, number: str, error: DomainError) -> dict[str, str]:
    refusal = REFUSALS[type(error)]
    detail = refusal.detail.in_language(crew.language).format_map(error.facts)
    if error.errors:
        detail = error.errors[0].detail.in_language(crew.language)
    return {"number": number, "code": refusal.code, "detail": detail}
