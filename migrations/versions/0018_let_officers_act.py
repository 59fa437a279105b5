"""Let officers act: since when a status holds, questions, mergers, closed words.

Revision: 0018, after 0017
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = ("status_since", "question", "merged_into_id", "programme", "agency")
OWN = ["peta.usulan.city_id", "peta.usulan.usulan_id"]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    kinds = (sa.DateTime(timezone=True), sa.Text(), sa.Uuid(), sa.Text(), sa.Text())
    for name, kind in zip(COLUMNS, kinds, strict=True):
        op.add_column("usulan", sa.Column(name, kind), schema="peta")
    op.create_foreign_key(
        "fk_usulan_merged_into",
        "usulan",
        "usulan",
        ["city_id", "merged_into_id"],
        ["city_id", "usulan_id"],
        source_schema="peta",
        referent_schema="peta",
    )
    op.create_index(
        "ix_usulan_merged_into",
        "usulan",
        ["city_id", "merged_into_id"],
        schema="peta",
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index(
        "ix_usulan_city_id_kelurahan_status",
        "usulan",
        ["city_id", "kelurahan", "status"],
        schema="peta",
    )
    op.create_table(
        "redaction",
        sa.Column("city_id", sa.SmallInteger(), primary_key=True),
        sa.Column("usulan_id", sa.Uuid(), primary_key=True),
        sa.Column("sequence", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["city_id", "usulan_id"], OWN, ondelete="CASCADE"),
        sa.CheckConstraint("field IN ('title', 'problem', 'address', 'landmark')", name="field"),
        schema="peta",
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON peta.redaction TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("redaction", schema="peta")
    op.drop_index("ix_usulan_city_id_kelurahan_status", "usulan", schema="peta")
    op.drop_index("ix_usulan_merged_into", "usulan", schema="peta")
    op.drop_constraint("fk_usulan_merged_into", "usulan", schema="peta")
    for name in reversed(COLUMNS):
        op.drop_column("usulan", name, schema="peta")
