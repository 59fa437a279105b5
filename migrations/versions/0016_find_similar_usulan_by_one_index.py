"""Find what is similar to a submission by one index, in a crowd of other categories too.

All usulan of the cells around were read from the table, where they lie far apart, and most of them
left out by their category.

Revision: 0016, after 0015
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BY_CELL, BY_CATEGORY = "ix_usulan_city_id_cell", "ix_usulan_city_id_cell_category"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(BY_CATEGORY, "usulan", ["city_id", "cell", "category"], schema="peta")
    op.drop_index(BY_CELL, "usulan", schema="peta")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(BY_CELL, "usulan", ["city_id", "cell"], schema="peta")
    op.drop_index(BY_CATEGORY, "usulan", schema="peta")
