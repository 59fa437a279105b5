"""Let who follows a city ask cheaply whether anything has changed.

Revision: 0029, after 0028
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "change_txid_v1.sql"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute("GRANT SELECT ON map.change_txid TO peta_app, peta_public")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.change_txid")
