"""What administrators look after: what was told by e-mail, and what could not be."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.permissions import Act, Actor, Thing, require
from app.cities.queries import City
from app.language import Language
from app.notices import queries
from app.notices.words import FAILURES
from app.rows import AnyRow


def require_administrator(actor: Actor, city: City) -> None:
    """Pass for whoever manages the accounts of a city; NotFound or NotPermitted for others."""
    require(actor, Act.MANAGE_ACCOUNTS, Thing(city.city_id, (city.code,)))


async def describe_notices(
    connection: AsyncConnection, actor: Actor, city: City, language: Language
) -> dict[str, Any]:
    """How many notices of a city wait, were sent and were given up, and which have failed why."""
    require_administrator(actor, city)
    counts = await queries.count_notices(connection, city.city_id)
    troubled = await queries.read_troubled(connection, city.city_id)
    return {**counts._asdict(), "troubled": [_troubled(row, language) for row in troubled]}


def _troubled(row: AnyRow, language: Language) -> dict[str, Any]:
    """Of a reporter only the number: who he is, not every administrator may read."""
    return {
        "id": str(row.notice_id),
        "kind": row.kind,
        "number": row.number,
        "account": row.email,
        "created": row.created,
        "attempts": row.attempts,
        "next_attempt": None if row.given_up is not None else row.due,
        "given_up": row.given_up,
        "failure": row.failure,
        "detail": FAILURES[row.failure].in_language(language),
        "reply_code": row.reply_code,
    }
