"""Keep the loads of lists that officers make, and tie each usulan to the load that created it.

Revision: 0026, after 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "list_load",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("load_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("areas", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_about", sa.Integer(), nullable=False),
        sa.Column("beat", INSTANT, nullable=False),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("updated", INSTANT, nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("guess", JSONB(none_as_null=True)),
        sa.Column("mapping", JSONB(none_as_null=True)),
        sa.Column("report", JSONB(none_as_null=True)),
        sa.Column("undone", JSONB(none_as_null=True)),
        sa.ForeignKeyConstraint(["city_id"], ["peta.city.city_id"], name="fk_list_load_city"),
        sa.PrimaryKeyConstraint("city_id", "load_id", name="pk_list_load"),
        sa.CheckConstraint(
            "state IN ('dibaca', 'menunggu', 'diperiksa', 'disimpan', 'selesai', 'menarik',"
            " 'ditarik', 'batal', 'gagal')",
            name=op.f("ck_list_load_state"),
        ),
        schema="peta",
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON peta.list_load TO peta_app")
    op.add_column("usulan", sa.Column("load_id", sa.Uuid()), schema="peta")
    op.create_index(
        "ix_usulan_load",
        "usulan",
        ["city_id", "load_id", "usulan_id"],
        schema="peta",
        postgresql_where=sa.text("load_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_usulan_load", "usulan", schema="peta")
    op.drop_column("usulan", "load_id", schema="peta")
    op.drop_table("list_load", schema="peta")
