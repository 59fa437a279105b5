"""The controlled list of what can be asked for: from its file to the database, and to readers."""

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from app.language import Language
from app.usulan.queries import put_categories, read_categories


def load_categories(connection: Connection, path: Path) -> int:
    """Make the table say what the file says; how many categories there are.

    A category that left the file stays, for the usulan that have it.
    """
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["category"]
    rows = [
        {
            "code": entry["code"],
            "group_code": entry["group"],
            "ordinal": ordinal,
            **{name: entry[name] for name in _COLUMNS},
        }
        for ordinal, entry in enumerate(listed, start=1)
    ]
    put_categories(connection, rows)
    return len(rows)


_COLUMNS = (
    "name",
    "name_en",
    "units",
    "geometry",
    "precision",
    "programmes",
    "funding",
    "synonyms",
)


async def category_list(connection: AsyncConnection, language: Language) -> list[dict[str, Any]]:
    """All categories in their order, named in one language; words to search by in all."""
    return [
        {
            "code": row.code,
            "group": row.group_code,
            "name": row.name if language == "id" else row.name_en,
            "units": row.units,
            "geometry": row.geometry,
            "precision": row.precision,
            "synonyms": row.synonyms,
        }
        for row in await read_categories(connection)
    ]
