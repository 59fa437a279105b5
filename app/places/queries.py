"""Reading places, from the views that the public may read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.rows import AnyRow
from app.statements import load_statement


async def find_places(
    connection: AsyncConnection, city_id: int, words: Sequence[str], *, most: int
) -> Sequence[AnyRow]:
    """Places whose names hold all the words, those first that begin with them."""
    values: dict[str, Any] = {
        "city_id": city_id,
        "patterns": [f"%{_escaped(word)}%" for word in words],
        "beginning": f"{_escaped(' '.join(words))}%",
        "most": most,
    }
    statement = load_statement("places", "find_places").decode()
    return (await connection.exec_driver_sql(statement, values)).all()


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
