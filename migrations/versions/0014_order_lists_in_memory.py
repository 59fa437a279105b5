"""Tell those who keep a city in memory when its usulan were made and changed.

As `map.point` tells it: of a private need the month alone. Lists are ordered by it.

Revision: 0014, after 0013
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEWS = Path(__file__).parents[1] / "views"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute((VIEWS / "resident_v2.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP VIEW map.resident")
    op.execute((VIEWS / "resident_v1.sql").read_text(encoding="utf-8"))
    op.execute("GRANT SELECT ON map.resident TO peta_app, peta_public")
