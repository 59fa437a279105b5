"""Let programs of officers hold keys.

Revision: 0022, after 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "api_key",
        sa.Column("key_digest", sa.LargeBinary(), primary_key=True),
        sa.Column("key_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column(
            "account_id",
            sa.Uuid(),
            sa.ForeignKey("peta.account.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("expires", INSTANT, nullable=False),
        sa.Column("used", INSTANT),
        sa.CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        sa.CheckConstraint("expires > created", name="period"),
        schema="peta",
    )
    op.create_index(None, "api_key", ["account_id"], schema="peta")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON peta.api_key TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("api_key", schema="peta")
