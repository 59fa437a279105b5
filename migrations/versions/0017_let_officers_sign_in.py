"""Let officers sign in: accounts, roles by area and field, sign-ins, invitations, attempts.

The public role sees none of it.

Revision: 0017, after 0016
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("attempt", "invitation", "sign_in", "role_grant", "account")
"""Those that point to others first."""
INSTANT = sa.DateTime(timezone=True)


def _account(name: str | None = None) -> sa.ForeignKey:
    ondelete = "CASCADE" if name is None else "SET NULL"
    return sa.ForeignKey("peta.account.account_id", ondelete=ondelete, name=name)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("disabled", INSTANT),
        sa.CheckConstraint("email = lower(email)", name="email"),
        schema="peta",
    )
    op.create_table(
        "role_grant",
        sa.Column("grant_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, _account(), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("city_id", sa.SmallInteger, sa.ForeignKey("peta.city.city_id")),
        sa.Column("area_code", sa.Text),
        sa.Column("fields", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date),
        sa.Column("given_by", sa.Uuid, _account("fk_role_grant_given_by")),
        sa.Column("created", INSTANT, nullable=False),
        sa.CheckConstraint("(city_id IS NULL) = (area_code IS NULL)", name="area"),
        sa.CheckConstraint("valid_to >= valid_from", name="period"),
        schema="peta",
    )
    op.create_index(None, "role_grant", ["account_id"], schema="peta")
    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.LargeBinary, primary_key=True),
        sa.Column("sign_in_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("account_id", sa.Uuid, _account(), nullable=False),
        sa.Column("began", INSTANT, nullable=False),
        sa.Column("seen", INSTANT, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        schema="peta",
    )
    op.create_index(None, "sign_in", ["account_id"], schema="peta")
    op.create_table(
        "invitation",
        sa.Column("token_digest", sa.LargeBinary, primary_key=True),
        sa.Column("account_id", sa.Uuid, _account(), nullable=False),
        sa.Column("created", INSTANT, nullable=False),
        sa.Column("expires", INSTANT, nullable=False),
        schema="peta",
    )
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.LargeBinary, primary_key=True),
        sa.Column("began", INSTANT, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        schema="peta",
    )
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON peta.{table} TO peta_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_table(table, schema="peta")
