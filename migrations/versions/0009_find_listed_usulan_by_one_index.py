"""Let one index answer what three did for the listed usulan of a city.

Planning years, a year's categories and the peers of a private need all ask for what is listed; the
first two columns of one index serve the first two, all of it the third. Nobody asked for the rest.

Revision: 0009, after 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LISTED = "published AND status NOT IN ('draf', 'digabung', 'dibatalkan')"
BEFORE = {
    "ix_usulan_city_id_category_year": ["city_id", "category", "year"],
    "ix_usulan_city_id_rw_category_year": ["city_id", "rw", "category", "year"],
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in BEFORE:
        op.drop_index(name, "usulan", schema="peta")
    _index_listed(["city_id", "year", "category", "rw"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _index_listed(["city_id", "year"])
    for name, columns in BEFORE.items():
        op.create_index(name, "usulan", columns, schema="peta")


def _index_listed(columns: list[str]) -> None:
    op.drop_index("ix_usulan_listed_year", "usulan", schema="peta")
    op.create_index(
        "ix_usulan_listed_year",
        "usulan",
        columns,
        schema="peta",
        postgresql_where=sa.text(LISTED),
    )
