"""Write down which usulan a transaction changed, for the indexes that are kept in memory.

A reader asks for every visible change that it has not been given yet, and reads those usulan
again from the views.

Revision: 0010, after 0009
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "change_v1.sql"
GRANTS = """
GRANT SELECT, INSERT, DELETE ON peta.change TO peta_app;
GRANT SELECT ON map.change TO peta_app, peta_public;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "change",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column(
            "txid",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id())::text::bigint"),
            nullable=False,
        ),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("city_id", "txid", "usulan_id", name=op.f("pk_change")),
        schema="peta",
    )
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.change")
    op.drop_table("change", schema="peta")
