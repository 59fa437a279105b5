"""Build the public wall: the views of schema map, and who may read what.

Revision: 0002, after 0001
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEWS = Path(__file__).parents[1] / "views" / "map_v1.sql"

# The history is append-only because the application's role cannot change or delete a row of it.
GRANTS = """
GRANT USAGE ON SCHEMA peta, map TO peta_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA peta TO peta_app;
REVOKE UPDATE, DELETE ON peta.usulan_event FROM peta_app;
REVOKE INSERT, UPDATE, DELETE ON peta.alembic_version FROM peta_app;
GRANT SELECT ON ALL TABLES IN SCHEMA map TO peta_app, peta_public;
GRANT USAGE ON SCHEMA map TO peta_public;
REVOKE SELECT ON map.usulan_place FROM peta_public;
"""

REVOKES = """
REVOKE ALL ON ALL TABLES IN SCHEMA peta FROM peta_app;
REVOKE USAGE ON SCHEMA peta, map FROM peta_app;
REVOKE USAGE ON SCHEMA map FROM peta_public;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(VIEWS.read_text(encoding="utf-8"))
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(REVOKES)
    for view in (
        "event",
        "point",
        "usulan_place",
        "base",
        "area",
        "edition",
        "category",
        "city",
    ):
        op.execute(f"DROP VIEW map.{view}")
