"""Which revision a database is at, and which one is the newest.

Every command asks this, so it is asked without Alembic, whose import takes seconds.
"""

import re

import psycopg

from app.settings import PROJECT_DIR

MIGRATIONS = PROJECT_DIR / "migrations"
_REVISION = re.compile(r'^revision: str = "(\w+)"$', re.MULTILINE)
_FOLLOWED = re.compile(r'^down_revision: str \| None = "(\w+)"$', re.MULTILINE)


def newest_revision() -> str:
    """The revision that no other one follows, as the files of the migrations say."""
    texts = [path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py")]
    revisions = {found[1] for text in texts if (found := _REVISION.search(text))}
    followed = {found[1] for text in texts if (found := _FOLLOWED.search(text))}
    (newest,) = revisions - followed
    return newest


def find_revision(owner_url: str) -> str | None:
    """The revision a database is at, or None before the first migration.

    Raises psycopg.OperationalError when there is no such database.
    """
    with psycopg.connect(owner_url) as connection:
        table = connection.execute("SELECT to_regclass('peta.alembic_version')").fetchone()
        if table is None or table[0] is None:
            return None
        found = connection.execute("SELECT version_num FROM peta.alembic_version").fetchone()
    return None if found is None else str(found[0])
