"""Find who else is told of a change by index, in a city of a million too.

The neighbours of a private need were looked for among all usulan of the city since revision 0009
took their index away, and even for needs that are not private.

Revision: 0013, after 0012
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEWS = Path(__file__).parents[1] / "views"
UNLISTED = "published AND status IN ('draf', 'digabung', 'dibatalkan')"
OF_EDITION, BY_RW = "ix_other_place_city_id_edition_id", "ix_other_place_city_id_edition_id_rw"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "ix_usulan_unlisted_year",
        "usulan",
        ["city_id", "year", "category", "rw"],
        schema="peta",
        postgresql_where=sa.text(UNLISTED),
    )
    op.create_index(BY_RW, "other_place", ["city_id", "edition_id", "rw"], schema="peta")
    op.drop_index(OF_EDITION, "other_place", schema="peta")
    op.execute((VIEWS / "change_v2.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.change")
    op.execute((VIEWS / "change_v1.sql").read_text(encoding="utf-8"))
    op.execute("GRANT SELECT ON map.change TO peta_app, peta_public")
    op.create_index(OF_EDITION, "other_place", ["city_id", "edition_id"], schema="peta")
    op.drop_index(BY_RW, "other_place", schema="peta")
    op.drop_index("ix_usulan_unlisted_year", "usulan", schema="peta")
