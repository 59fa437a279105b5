"""Create the tables of cities, boundaries, usulan and their history.

Revision: 0001, the first
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "category",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("units", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("geometry", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("programmes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("funding", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("synonyms", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "group_code IN ('SP', 'KP', 'SB', 'EK')",
            name=op.f("ck_category_group_code"),
        ),
        sa.CheckConstraint(
            "precision IN ('exact', 'rw', 'count')", name=op.f("ck_category_precision")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category")),
        schema="peta",
    )
    op.create_table(
        "city",
        sa.Column("city_id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="Asia/Jakarta", nullable=False),
        sa.Column("publication", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "publication IN ('at_once', 'after_check')",
            name=op.f("ck_city_publication"),
        ),
        sa.PrimaryKeyConstraint("city_id", name=op.f("pk_city")),
        sa.UniqueConstraint("code", name=op.f("uq_city_code")),
        schema="peta",
    )
    op.create_table(
        "base_feature",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("feature_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subkind", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "geom",
            Geometry(
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('road', 'river', 'rail', 'landmark')",
            name=op.f("ck_base_feature_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["city_id"], ["peta.city.city_id"], name=op.f("fk_base_feature_city")
        ),
        sa.PrimaryKeyConstraint("city_id", "feature_id", name=op.f("pk_base_feature")),
        schema="peta",
    )
    op.create_index(
        "ix_base_feature_geom",
        "base_feature",
        ["geom"],
        unique=False,
        schema="peta",
        postgresql_using="gist",
    )
    op.create_table(
        "boundary_edition",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("licence", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Text(), server_default="indikatif", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("metric_srid", sa.Integer(), nullable=False),
        sa.Column(
            "loaded",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('resmi', 'indikatif', 'partisipatif')",
            name=op.f("ck_boundary_edition_status"),
        ),
        sa.ForeignKeyConstraint(
            ["city_id"], ["peta.city.city_id"], name=op.f("fk_boundary_edition_city")
        ),
        sa.PrimaryKeyConstraint("city_id", "edition_id", name=op.f("pk_boundary_edition")),
        sa.UniqueConstraint("city_id", "name", name=op.f("uq_boundary_edition_city_id_name")),
        schema="peta",
    )
    op.create_index(
        "uq_boundary_edition_active",
        "boundary_edition",
        ["city_id"],
        unique=True,
        schema="peta",
        postgresql_where="active",
    )
    op.create_table(
        "area",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "label_point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("label_cell", sa.BigInteger(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="indikatif", nullable=False),
        sa.Column("is_leaf", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "level IN ('kota', 'kecamatan', 'kelurahan', 'rw', 'rt')",
            name=op.f("ck_area_level"),
        ),
        sa.CheckConstraint(
            "status IN ('resmi', 'indikatif', 'partisipatif')",
            name=op.f("ck_area_status"),
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id", "parent_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name=op.f("fk_area_area"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id"],
            ["peta.boundary_edition.city_id", "peta.boundary_edition.edition_id"],
            name=op.f("fk_area_boundary_edition"),
        ),
        sa.PrimaryKeyConstraint("city_id", "edition_id", "code", name=op.f("pk_area")),
        schema="peta",
    )
    op.create_index(
        "ix_area_city_id_edition_id_level",
        "area",
        ["city_id", "edition_id", "level"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_area_city_id_edition_id_parent_code",
        "area",
        ["city_id", "edition_id", "parent_code"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_area_geom",
        "area",
        ["geom"],
        unique=False,
        schema="peta",
        postgresql_using="gist",
    )
    op.create_table(
        "usulan",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("tracking_hash", sa.LargeBinary(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("landmark", sa.Text(), nullable=True),
        sa.Column("volume", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("estimated_cost", sa.BigInteger(), nullable=True),
        sa.Column("beneficiaries", sa.Integer(), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=True),
        sa.Column("inclusion", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("supporters", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "geom",
            Geometry(
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column(
            "position",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("kota", sa.Text(), nullable=False),
        sa.Column("kecamatan", sa.Text(), nullable=True),
        sa.Column("kelurahan", sa.Text(), nullable=True),
        sa.Column("rw", sa.Text(), nullable=True),
        sa.Column("rt", sa.Text(), nullable=True),
        sa.Column(
            "area_shares",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
        ),
        sa.Column("declared_area", sa.Text(), nullable=True),
        sa.Column("doubts", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("channel", sa.Text(), server_default="rembug", nullable=False),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("lineage_id", sa.UUID(), nullable=False),
        sa.Column("sequence", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("continues_id", sa.UUID(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("source_digest", sa.LargeBinary(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("beneficiaries >= 0", name=op.f("ck_usulan_beneficiaries")),
        sa.CheckConstraint("estimated_cost >= 0", name=op.f("ck_usulan_estimated_cost")),
        sa.CheckConstraint("severity BETWEEN 1 AND 3", name=op.f("ck_usulan_severity")),
        sa.CheckConstraint("supporters >= 0", name=op.f("ck_usulan_supporters")),
        sa.CheckConstraint("volume > 0", name=op.f("ck_usulan_volume")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_usulan_year")),
        sa.ForeignKeyConstraint(
            ["category"], ["peta.category.code"], name=op.f("fk_usulan_category")
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "continues_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name="fk_usulan_continues",
        ),
        sa.ForeignKeyConstraint(
            ["city_id", "edition_id", "area_code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            name=op.f("fk_usulan_area"),
        ),
        sa.ForeignKeyConstraint(["city_id"], ["peta.city.city_id"], name=op.f("fk_usulan_city")),
        sa.PrimaryKeyConstraint("city_id", "usulan_id", name=op.f("pk_usulan")),
        sa.UniqueConstraint("city_id", "continues_id", name=op.f("uq_usulan_city_id_continues_id")),
        sa.UniqueConstraint("city_id", "number", name=op.f("uq_usulan_city_id_number")),
        sa.UniqueConstraint("city_id", "source_id", name=op.f("uq_usulan_city_id_source_id")),
        sa.UniqueConstraint(
            "city_id", "tracking_hash", name=op.f("uq_usulan_city_id_tracking_hash")
        ),
        schema="peta",
    )
    op.create_index(
        "ix_usulan_city_id_category_year",
        "usulan",
        ["city_id", "category", "year"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_usulan_city_id_cell",
        "usulan",
        ["city_id", "cell"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_usulan_city_id_created_number",
        "usulan",
        ["city_id", "created", "number"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_usulan_city_id_rw_category_year",
        "usulan",
        ["city_id", "rw", "category", "year"],
        unique=False,
        schema="peta",
    )
    op.create_index(
        "ix_usulan_lineage",
        "usulan",
        ["city_id", "lineage_id", "sequence"],
        unique=False,
        schema="peta",
        postgresql_where=sa.text("sequence > 0"),
    )
    op.create_index(
        "ix_usulan_position",
        "usulan",
        ["position"],
        unique=False,
        schema="peta",
        postgresql_using="gist",
    )
    op.create_index(
        "ix_usulan_tracking_hash",
        "usulan",
        ["tracking_hash"],
        unique=False,
        schema="peta",
    )
    op.create_table(
        "proposer",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("consented", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name=op.f("fk_proposer_usulan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("city_id", "usulan_id", name=op.f("pk_proposer")),
        schema="peta",
    )
    op.create_table(
        "submission",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name=op.f("fk_submission_usulan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("city_id", "key", name=op.f("pk_submission")),
        schema="peta",
    )
    op.create_table(
        "usulan_event",
        sa.Column("city_id", sa.SmallInteger(), nullable=False),
        sa.Column("usulan_id", sa.UUID(), nullable=False),
        sa.Column("sequence", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("actor_area", sa.Text(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "details",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            name=op.f("fk_usulan_event_usulan"),
        ),
        sa.PrimaryKeyConstraint("city_id", "usulan_id", "sequence", name=op.f("pk_usulan_event")),
        schema="peta",
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("usulan_event", schema="peta")
    op.drop_table("submission", schema="peta")
    op.drop_table("proposer", schema="peta")
    op.drop_index("ix_usulan_tracking_hash", table_name="usulan", schema="peta")
    op.drop_index(
        "ix_usulan_position",
        table_name="usulan",
        schema="peta",
        postgresql_using="gist",
    )
    op.drop_index(
        "ix_usulan_lineage",
        table_name="usulan",
        schema="peta",
        postgresql_where=sa.text("sequence > 0"),
    )
    op.drop_index("ix_usulan_city_id_rw_category_year", table_name="usulan", schema="peta")
    op.drop_index("ix_usulan_city_id_created_number", table_name="usulan", schema="peta")
    op.drop_index("ix_usulan_city_id_cell", table_name="usulan", schema="peta")
    op.drop_index("ix_usulan_city_id_category_year", table_name="usulan", schema="peta")
    op.drop_table("usulan", schema="peta")
    op.drop_index("ix_area_geom", table_name="area", schema="peta", postgresql_using="gist")
    op.drop_index("ix_area_city_id_edition_id_parent_code", table_name="area", schema="peta")
    op.drop_index("ix_area_city_id_edition_id_level", table_name="area", schema="peta")
    op.drop_table("area", schema="peta")
    op.drop_index(
        "uq_boundary_edition_active",
        table_name="boundary_edition",
        schema="peta",
        postgresql_where="active",
    )
    op.drop_table("boundary_edition", schema="peta")
    op.drop_index(
        "ix_base_feature_geom",
        table_name="base_feature",
        schema="peta",
        postgresql_using="gist",
    )
    op.drop_table("base_feature", schema="peta")
    op.drop_table("city", schema="peta")
    op.drop_table("category", schema="peta")
