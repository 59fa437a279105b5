"""Count what lies outside an edition of boundaries in its kota, as every usulan of the city is.

An edition that had been active until now left such usulan out of the kota too, so that the
numbers of the city and of its list differed.

Revision: 0015, after 0014
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COUNT_PLACES = """
UPDATE peta.other_place AS place
SET kota = area.code
FROM peta.area AS area
WHERE
    place.city_id = area.city_id
    AND place.edition_id = area.edition_id
    AND area.level = 'kota'
    AND place.area_code IS NULL
"""
COUNT_AREAS = """
INSERT INTO peta.area_counterpart (
    city_id, edition_id, code, other_edition_id, other_code, kota
)
SELECT
    pair.city_id,
    pair.edition_id,
    area.code,
    pair.other_edition_id,
    kota.code,
    kota.code
FROM (
    SELECT DISTINCT
        counterpart.city_id,
        counterpart.edition_id,
        counterpart.other_edition_id
    FROM peta.area_counterpart AS counterpart
) AS pair
INNER JOIN peta.area AS area
    ON
        pair.city_id = area.city_id
        AND pair.edition_id = area.edition_id
INNER JOIN peta.area AS kota
    ON
        pair.city_id = kota.city_id
        AND pair.other_edition_id = kota.edition_id
        AND kota.level = 'kota'
ON CONFLICT (city_id, edition_id, code, other_edition_id) DO NOTHING
"""
LEAVE_PLACES_OUT = "UPDATE peta.other_place SET kota = NULL WHERE area_code IS NULL"
TELL_CITIES = """
INSERT INTO peta.change (city_id, usulan_id)
SELECT
    city.city_id,
    '00000000-0000-0000-0000-000000000000'
FROM peta.city AS city
ON CONFLICT DO NOTHING
"""
"""All of a city may have changed, for those who keep it in memory."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(COUNT_PLACES)
    op.execute(COUNT_AREAS)
    op.execute(TELL_CITIES)


def downgrade() -> None:
    # The areas led to the kota stay: those that the kota truly holds cannot be told from them.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(LEAVE_PLACES_OUT)
    op.execute(TELL_CITIES)
