"""Keep the places that usulan had apart from the history, so that they can be erased.

Steps from before keep the places in their details: the history is append-only, and its digests
vouch for them.

Revision: 0031, after 0029
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0031"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = ["peta.usulan.city_id", "peta.usulan.usulan_id"]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "former_place",
        sa.Column("city_id", sa.SmallInteger(), primary_key=True),
        sa.Column("usulan_id", sa.Uuid(), primary_key=True),
        sa.Column("sequence", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("place", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["city_id", "usulan_id"], OWN, ondelete="CASCADE"),
        schema="peta",
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON peta.former_place TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("former_place", schema="peta")
