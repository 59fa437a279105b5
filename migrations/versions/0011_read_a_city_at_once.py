"""Give those who keep a city in memory a view that is made for reading all of it.

It says what `map.point` says, in columns of one width each.

Revision: 0011, after 0010
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEW = Path(__file__).parents[1] / "views" / "resident_v1.sql"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(VIEW.read_text(encoding="utf-8"))
    op.execute("GRANT SELECT ON map.resident TO peta_app, peta_public")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.resident")
