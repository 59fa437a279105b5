"""What a person in charge wants to know about the database."""

import psycopg

from app.cluster.revisions import find_revision, newest_revision
from app.cluster.sharing import embedded_server
from app.cluster.urls import database_urls
from app.settings import Settings

FACTS = """
SELECT
    current_setting('server_version') AS version,
    postgis_lib_version() AS postgis,
    pg_size_pretty(pg_database_size(current_database())) AS size,
    (
        SELECT count(*)
        FROM pg_stat_activity AS activity
        WHERE activity.datname = current_database() AND activity.pid <> pg_backend_pid()
    ) AS connections
"""


def database_status(settings: Settings) -> dict[str, object]:
    """Facts by name; only the first two when the embedded database does not run."""
    if settings.database_url is not None:
        return {"kind": "server", "running": True, **_facts(settings)}
    server = embedded_server(settings)
    running = server.is_running()
    state: dict[str, object] = {
        "kind": "embedded",
        "running": running,
        "folder": server.places.data_dir,
        "log": server.places.log_file,
    }
    return {**state, **_facts(settings)} if running else state


def _facts(settings: Settings) -> dict[str, object]:
    url = database_urls(settings).owner
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        facts = connection.execute(FACTS).fetchone() or {}
    return {**facts, "migration": find_revision(url), "newest_migration": newest_revision()}
