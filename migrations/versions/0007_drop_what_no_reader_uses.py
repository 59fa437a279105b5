"""Drop what costs every new usulan something and serves no reader.

Positions are looked for by their cell; rows of lists have no tracking code; almost no usulan
continues another; and an area of a city already vouches for the city.

Revision: 0007, after 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BY_CODE = {
    "ix_usulan_tracking_hash": ["tracking_hash"],
    "ix_usulan_city_id_tracking_hash": ["city_id", "tracking_hash"],
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_usulan_position", "usulan", schema="peta")
    op.drop_constraint("fk_usulan_city", "usulan", schema="peta")
    op.drop_index("ix_usulan_tracking_hash", "usulan", schema="peta")
    op.drop_constraint("uq_usulan_city_id_tracking_hash", "usulan", schema="peta")
    op.alter_column("usulan", "tracking_hash", nullable=True, schema="peta")
    for name, columns in _BY_CODE.items():
        op.create_index(
            name,
            "usulan",
            columns,
            unique=len(columns) > 1,
            schema="peta",
            postgresql_where=sa.text("tracking_hash IS NOT NULL"),
        )
    op.drop_constraint("uq_usulan_city_id_continues_id", "usulan", schema="peta")
    op.create_index(
        "ix_usulan_continues",
        "usulan",
        ["city_id", "continues_id"],
        unique=True,
        schema="peta",
        postgresql_where=sa.text("continues_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_usulan_continues", "usulan", schema="peta")
    op.create_unique_constraint(
        "uq_usulan_city_id_continues_id", "usulan", ["city_id", "continues_id"], schema="peta"
    )
    for name in _BY_CODE:
        op.drop_index(name, "usulan", schema="peta")
    # What nobody was given: a value that no code hashes to.
    op.execute(
        "UPDATE peta.usulan"
        " SET tracking_hash = decode(repeat('00', 16), 'hex') || uuid_send(usulan_id)"
        " WHERE tracking_hash IS NULL"
    )
    op.alter_column("usulan", "tracking_hash", nullable=False, schema="peta")
    op.create_unique_constraint(
        "uq_usulan_city_id_tracking_hash", "usulan", ["city_id", "tracking_hash"], schema="peta"
    )
    op.create_index("ix_usulan_tracking_hash", "usulan", ["tracking_hash"], schema="peta")
    op.create_foreign_key(
        "fk_usulan_city",
        "usulan",
        "city",
        ["city_id"],
        ["city_id"],
        source_schema="peta",
        referent_schema="peta",
    )
    op.create_index(
        "ix_usulan_position", "usulan", ["position"], schema="peta", postgresql_using="gist"
    )
