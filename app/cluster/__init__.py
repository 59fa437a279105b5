"""The database that Peta Usulan brings along, or the address of another.

With PETA_DATABASE_URL unset there is a private PostgreSQL with PostGIS in the state folder, on a
unix socket, run by an ordinary user; every command may start it and the last one stops it.
"""

from app.cluster.sharing import running_database, supervised_database
from app.cluster.urls import DatabaseUrls, database_urls

__all__ = [
    "DatabaseUrls",
    "database_urls",
    "running_database",
    "supervised_database",
]
