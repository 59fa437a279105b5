"""Let roles be taken back: who, when and why stays with what was given.

The application may write the end of a role and change nothing else of it.

Revision: 0027, after 0026
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ENDED_BY = "fk_role_grant_ended_by"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("role_grant", sa.Column("ended", sa.DateTime(timezone=True)), schema="peta")
    op.add_column("role_grant", sa.Column("ended_by", sa.Uuid), schema="peta")
    op.add_column("role_grant", sa.Column("ended_why", sa.Text), schema="peta")
    op.create_foreign_key(
        ENDED_BY,
        "role_grant",
        "account",
        ["ended_by"],
        ["account_id"],
        source_schema="peta",
        referent_schema="peta",
        ondelete="SET NULL",
    )
    op.create_check_constraint(
        op.f("ck_role_grant_ended"),
        "role_grant",
        "(ended IS NULL) = (ended_why IS NULL) AND (ended_by IS NULL OR ended IS NOT NULL)",
        schema="peta",
    )
    op.execute("REVOKE UPDATE, DELETE ON peta.role_grant FROM peta_app")
    op.execute("GRANT UPDATE (ended, ended_by, ended_why) ON peta.role_grant TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # Without the column a role that was taken back would hold again.
    op.execute("DELETE FROM peta.role_grant WHERE ended IS NOT NULL")
    op.execute("REVOKE UPDATE (ended, ended_by, ended_why) ON peta.role_grant FROM peta_app")
    op.execute("GRANT UPDATE, DELETE ON peta.role_grant TO peta_app")
    op.drop_constraint(op.f("ck_role_grant_ended"), "role_grant", schema="peta", type_="check")
    op.drop_constraint(ENDED_BY, "role_grant", schema="peta", type_="foreignkey")
    for name in ("ended_why", "ended_by", "ended"):
        op.drop_column("role_grant", name, schema="peta")
