"""Let reporters answer, officers keep filters, and cities have holidays.

Revision: 0019, after 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("answer", "holiday", "saved_filter")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "answer",
        sa.Column("city_id", sa.SmallInteger(), primary_key=True),
        sa.Column("usulan_id", sa.Uuid(), primary_key=True),
        sa.Column("sequence", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
        schema="peta",
    )
    op.create_table(
        "holiday",
        sa.Column("city_id", sa.SmallInteger(), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        schema="peta",
    )
    op.create_table(
        "saved_filter",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["peta.account.account_id"], ondelete="CASCADE"),
        schema="peta",
    )
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON peta.{table} TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="peta")
