"""Keep the places of usulan under several boundary editions, and what leads from one to another.

Revision: 0005, after 0004
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEWS = Path(__file__).parents[1] / "views"

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE
ON peta.area_crosswalk, peta.area_counterpart, peta.other_place TO peta_app;
GRANT SELECT ON map.other_place, map.counterpart TO peta_app, peta_public;
"""
FIRST, END = "CREATE VIEW map.usulan_place AS", "-- What lists, tiles, totals and exports read."

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _create_crosswalk()
    _create_counterpart()
    _create_other_place()
    op.execute((VIEWS / "map_v2.sql").read_text(encoding="utf-8"))
    op.execute(GRANTS)


def _create_crosswalk() -> None:
    op.create_table(
        "area_crosswalk",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("other_edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("other_code", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("m2", sa.Double(), nullable=False),
        sa.Column("area_share", sa.Double(), nullable=False),
        sa.Column("people", sa.Double(), nullable=True),
        sa.Column("population_share", sa.Double(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name=op.f("fk_area_crosswalk_area"),
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "other_edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
            name="fk_area_crosswalk_other_edition",
        ),
        sa.PrimaryKeyConstraint(
            "city_id",
            "edition_id",
            "other_edition_id",
            "code",
            "other_code",
            name=op.f("pk_area_crosswalk"),
        ),
        schema="peta",
    )


def _create_counterpart() -> None:
    op.create_table(
        "area_counterpart",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("other_edition_id", sa.Integer(), nullable=False),
        sa.Column("other_code", sa.Text(), nullable=False),
        *(sa.Column(level, sa.Text(), nullable=True) for level in LEVELS),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name=op.f("fk_area_counterpart_area"),
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "other_edition_id", "other_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name="fk_area_counterpart_other",
        ),
        sa.PrimaryKeyConstraint(
            "city_id",
            "edition_id",
            "code",
            "other_edition_id",
            name=op.f("pk_area_counterpart"),
        ),
        schema="peta",
    )


def _create_other_place() -> None:
    op.create_table(
        "other_place",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=True),
        *(sa.Column(level, sa.Text(), nullable=True) for level in LEVELS),
        sa.Column("is_origin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name=op.f("fk_other_place_usulan"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
            name=op.f("fk_other_place_boundary_edition"),
        ),
        sa.PrimaryKeyConstraint("city_id", "usulan_id", "edition_id", name=op.f("pk_other_place")),
        schema="peta",
    )
    op.create_index(
        "ix_other_place_city_id_edition_id",
        "other_place",
        ["city_id", "edition_id"],
        unique=False,
        schema="peta",
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.counterpart")
    op.execute("DROP VIEW map.other_place")
    views = (VIEWS / "map_v1.sql").read_text(encoding="utf-8")
    first = views[views.index(FIRST) : views.index(END)]
    op.execute(first.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    op.drop_table("other_place", schema="peta")
    op.drop_table("area_counterpart", schema="peta")
    op.drop_table("area_crosswalk", schema="peta")
