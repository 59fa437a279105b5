"""Say to the planner that rows are many and cities few.

Counted while a single usulan was there, city_id looks unique, and every foreign-key check of
the next load then walks its whole city by whichever index is smallest. The next count keeps
to the number given here.

Revision: 0006, after 0005
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE peta.usulan ALTER COLUMN city_id SET (n_distinct = 5)")
    op.execute("ALTER TABLE peta.usulan_event ALTER COLUMN city_id SET (n_distinct = 5)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE peta.usulan ALTER COLUMN city_id RESET (n_distinct)")
    op.execute("ALTER TABLE peta.usulan_event ALTER COLUMN city_id RESET (n_distinct)")
