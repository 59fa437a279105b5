"""Keep the borders of areas as coarsely as each zoom shows them.

Nothing is drawn here: an edition that stood before is shown as it was until its areas are
loaded again or it is made the active one.

Revision: 0012, after 0011
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "outline_v1.sql"
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON peta.outline TO peta_app;
GRANT SELECT ON map.outline TO peta_app, peta_public;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "outline",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("zoom", sa.Integer(), nullable=False),
        sa.Column("geom", Geometry("GEOMETRY", srid=3857, spatial_index=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name=op.f("fk_outline_area"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("city_id", "edition_id", "code", "zoom", name=op.f("pk_outline")),
        schema="peta",
    )
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.outline")
    op.drop_table("outline", schema="peta")
