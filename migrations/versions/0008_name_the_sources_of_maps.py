"""Keep whose work each level of boundaries and each kind of the reference map is.

An edition has one source and licence of its own, but its levels may come from several files of
several offices, and the reference map had none.

Revision: 0008, after 0007
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "source_v1.sql"
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON peta.map_source TO peta_app;
GRANT SELECT ON map.source TO peta_app, peta_public;
"""
KNOWN = """
INSERT INTO peta.map_source (city_id, edition_id, layer, source, licence)
SELECT DISTINCT edition.city_id, edition.edition_id, area.level, edition.source, edition.licence
FROM peta.boundary_edition AS edition
INNER JOIN peta.area AS area
    ON
        edition.city_id = area.city_id
        AND edition.edition_id = area.edition_id
WHERE edition.source <> ''
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "map_source",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id"], ["peta.city.city_id"], name=op.f("fk_map_source_city")
        ),
        sa.PrimaryKeyConstraint(
            "city_id", "edition_id", "layer", "source", name=op.f("pk_map_source")
        ),
        schema="peta",
    )
    op.execute(KNOWN)
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.source")
    op.drop_table("map_source", schema="peta")
