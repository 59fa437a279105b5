"""The files PostgreSQL reads: made anew at every start, so that an old folder follows the code."""

import os
import pwd
from pathlib import Path

from app.cluster.places import Places

SUPERUSER = "postgres"
OWNER = "peta_owner"
STAFF = "peta_app"
PUBLIC = "peta_public"
LOADER = "peta_loader"
"""Staff that load many rows; a role that only the owner can put on, so no web process has it."""
LOGIN_ROLES = (SUPERUSER, OWNER, STAFF, PUBLIC)

WORKERS = 4
"""Serving processes for all of whose connections there is room."""
SERVER_SETTINGS = {
    "autovacuum_vacuum_scale_factor": "0.05",
    "checkpoint_timeout": "15min",
    "jit": "off",  # short spatial queries would pay for compiling and gain nothing
    "listen_addresses": "",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "maintenance_work_mem": "256MB",
    "max_connections": "170",
    "max_wal_size": "2GB",
    "password_encryption": "scram-sha-256",
    "random_page_cost": "1.1",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "unix_socket_permissions": "0700",
    "wal_buffers": "32MB",  # a load writes faster than the WAL writer wakes
    "wal_compression": "on",
    "work_mem": "32MB",
}


def configuration_files(places: Places) -> dict[str, str]:
    """File name to text. Anyone who may reach the socket is one of a few known users."""
    return {
        "pg_hba.conf": "local all all peer map=peta\n",
        "pg_ident.conf": "".join(
            f'peta "{user}" {role}\n'
            for user in sorted({_own_name(), "root", places.account.name})
            for role in LOGIN_ROLES
        ),
    }


def server_arguments(places: Places, settings: dict[str, str]) -> list[str]:
    """Command-line settings; they win over postgresql.conf and ALTER SYSTEM."""
    socket_dir = str(places.socket_dir).replace('"', '""')
    chosen = {**SERVER_SETTINGS, "unix_socket_directories": f'"{socket_dir}"', **settings}
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def write_configuration(places: Places) -> None:
    for name, text in configuration_files(places).items():
        _replace(places.data_dir / name, text, places)


def _replace(path: Path, text: str, places: Places) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(text)
    draft.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(draft, places.account.uid, places.account.gid)
    draft.replace(path)


def _own_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
