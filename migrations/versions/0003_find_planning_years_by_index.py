"""Find the planning years of a city by index probes.

Revision: 0003, after 0002
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "planning_year_v1.sql"
LISTED = "published AND status NOT IN ('draf', 'digabung', 'dibatalkan')"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "ix_usulan_listed_year",
        "usulan",
        ["city_id", "year"],
        unique=False,
        schema="peta",
        postgresql_where=sa.text(LISTED),
    )
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute("GRANT SELECT ON map.planning_year TO peta_app, peta_public")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.planning_year")
    op.drop_index("ix_usulan_listed_year", table_name="usulan", schema="peta")
