"""Call nameless areas by their level and code wherever the public reads them.

Revision: 0004, after 0003
"""

from collections.abc import Sequence
from pathlib import Path

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VIEWS = Path(__file__).parents[1] / "views"
FIRST, END = "CREATE VIEW map.area AS", "CREATE VIEW map.base AS"

# Tiles are kept for a year under the instant of this column, and they carry names.
STAMP = """
UPDATE peta.boundary_edition AS edition
SET loaded = NOW()
WHERE EXISTS (
    SELECT 1
    FROM peta.area AS area
    WHERE
        area.city_id = edition.city_id
        AND area.edition_id = edition.edition_id
        AND area.name IN ('', area.code)
)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute((VIEWS / "area_v2.sql").read_text(encoding="utf-8"))
    op.execute(STAMP)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    views = (VIEWS / "map_v1.sql").read_text(encoding="utf-8")
    first = views[views.index(FIRST) : views.index(END)]
    op.execute(first.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
    op.execute(STAMP)
