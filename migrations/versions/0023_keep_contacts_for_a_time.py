"""Keep contacts for a time that each city sets.

Revision: 0023, after 0022
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # A fixed default is kept beside the table: no row is written.
    op.add_column(
        "city",
        sa.Column("contact_months", sa.SmallInteger(), nullable=False, server_default="12"),
        schema="peta",
    )
    op.create_check_constraint(
        "contact_months", "city", "contact_months BETWEEN 1 AND 120", schema="peta"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("city", "contact_months", schema="peta")
