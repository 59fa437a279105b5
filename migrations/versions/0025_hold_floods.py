"""Let a city say from where on usulan without a contact are held.

Revision: 0025, after 0023
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LIMITS = {"hold_above": sa.Integer(), "hold_times": sa.SmallInteger()}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name, kind in LIMITS.items():
        op.add_column("city", sa.Column(name, kind), schema="peta")
        op.create_check_constraint(
            op.f(f"ck_city_{name}"),
            "city",
            sa.column(name) >= sa.literal_column("1"),
            schema="peta",
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in reversed(LIMITS):
        op.drop_column("city", name, schema="peta")
