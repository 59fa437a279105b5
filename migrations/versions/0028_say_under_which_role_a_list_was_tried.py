"""Say under which role a list was tried: it is stored under no other without another try.

What was tried before is tried once more.

Revision: 0028, after 0027
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("list_load", sa.Column("tried_as", sa.ARRAY(sa.Text())), schema="peta")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("list_load", "tried_as", schema="peta")
