"""Seal the ends of histories, so that a change of them shows.

Revision: 0020, after 0021
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "seal",
        sa.Column("city_id", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("usulan_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("sequences", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("digests", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("committed", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary()),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        sa.CheckConstraint("kind IN ('menit', 'harian')", name="kind"),
        sa.CheckConstraint(
            "cardinality(usulan_ids) = cardinality(sequences)"
            " AND cardinality(usulan_ids) = cardinality(digests)",
            name="heads",
        ),
        schema="peta",
    )
    op.execute("GRANT SELECT, INSERT ON peta.seal TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("seal", schema="peta")
