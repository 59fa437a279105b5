"""Whether the database has the schema that this version of the application was written for."""

import psycopg
from sqlalchemy.exc import DBAPIError

from app.database import Database, is_busy, read_revision

# Undefined table, column, function and schema; a right that the next migration may grant.
_LACKING = frozenset({"42P01", "42703", "42883", "3F000", "42501"})


def lacks_schema(error: BaseException) -> bool:
    """Whether a statement named what the database does not have, or not for this role."""
    # A submission asks the driver itself, whose errors come as they are.
    told = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(told, psycopg.Error) and told.sqlstate in _LACKING


async def is_migrated(database: Database, newest: str) -> bool:
    """Whether the database stands at the newest migration; not, when it cannot be asked."""
    try:
        async with database.staff_session() as connection:
            return await read_revision(connection) == newest
    except Exception as error:
        if not (is_busy(error) or lacks_schema(error)):
            raise
        return False
