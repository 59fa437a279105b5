"""Keep an outbox of what is told by e-mail, and the language of whoever is told.

Revision: 0021, after 0019
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "proposer",
        sa.Column("language", sa.Text(), nullable=False, server_default="id"),
        schema="peta",
    )
    op.create_table(
        "notice",
        sa.Column("notice_id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("city_id", sa.SmallInteger()),
        sa.Column("usulan_id", sa.Uuid()),
        sa.Column("sequence", sa.SmallInteger()),
        sa.Column(
            "account_id",
            sa.Uuid(),
            sa.ForeignKey("peta.account.account_id", ondelete="CASCADE"),
        ),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("sent", INSTANT),
        sa.Column("given_up", INSTANT),
        sa.Column("failure", sa.Text()),
        sa.Column("reply_code", sa.SmallInteger()),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("(usulan_id IS NULL) <> (account_id IS NULL)", name="one_recipient"),
        sa.CheckConstraint(
            "(usulan_id IS NULL) = (city_id IS NULL) AND (usulan_id IS NULL) = (sequence IS NULL)",
            name="step",
        ),
        sa.CheckConstraint("language IN ('id', 'en')", name="language"),
        schema="peta",
    )
    op.create_index(
        "ix_notice_due",
        "notice",
        ["due"],
        schema="peta",
        postgresql_where=sa.text("sent IS NULL AND given_up IS NULL"),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON peta.notice TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("notice", schema="peta")
    op.drop_column("proposer", "language", schema="peta")
