"""Where an RW would tell of too few, every public surface tells no more than of its kelurahan.

The strongest form: the bytes of every public answer are those that they would be if nobody knew
in which RW a need lies that is alone in it, or lies among few households.
"""

from collections.abc import Iterator

import psycopg
import pytest

from spatial.grid import cell_at
from tests.app.serving import serving
from tests.app.world import RW_ONLY, Spot, add, proposed
from tests.security.test_differencing import answers, differing

ALONE, AMONG_FEW, IN_COMPANY = Spot(1, 1), Spot(13, 6), Spot(9, 1)
"""One need of its category and year; an RW of six households; neither."""
WITHIN = {ALONE: Spot(5, 2), AMONG_FEW: Spot(9, 6), IN_COMPANY: Spot(13, 2)}
"""Another RW of the same kelurahan."""
FORGET_RW = """
UPDATE peta.usulan
SET geom = ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 4326),
    position = ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 4326),
    cell = %(cell)s, area_code = kelurahan, rt = NULL, rw = NULL
WHERE category = %(category)s AND rw = %(rw)s
"""


@pytest.fixture
def numbers(town) -> Iterator[list[str]]:
    needs = [
        *(proposed(AMONG_FEW, category=RW_ONLY) for _ in range(3)),
        *(proposed(IN_COMPANY, category=RW_ONLY) for _ in range(3)),
        proposed(ALONE, category=RW_ONLY),
        proposed(ALONE),
    ]
    yield add(town, needs)
    with psycopg.connect(town.superuser) as connection:
        connection.execute("TRUNCATE peta.usulan CASCADE")


def differences(settings, town, numbers: list[str], spot: Spot) -> list[str]:
    """Addresses whose answers change once nobody knows the RW of the needs there."""
    with serving(settings, town) as http:
        before = answers(http, numbers)
    at = WITHIN[spot].middle
    with psycopg.connect(town.superuser) as connection:
        where = {"x": at.x, "y": at.y, "cell": cell_at(at.x, at.y), "rw": spot.rw}
        changed = connection.execute(FORGET_RW, {**where, "category": RW_ONLY})
        assert changed.rowcount > 0
    with serving(settings, town) as http:
        after = answers(http, numbers)
    assert len(before) > 100
    return differing(before, after)


@pytest.mark.parametrize("spot", [ALONE, AMONG_FEW], ids=["alone", "among few households"])
def test_every_public_answer_is_as_if_nobody_knew_the_rw_of_too_few(settings, town, numbers, spot):
    assert differences(settings, town, numbers, spot) == []


def test_the_rw_of_needs_in_company_is_told(settings, town, numbers):
    """The comparison sees an RW that is told: it is no test that cannot fail."""
    told = differences(settings, town, numbers, IN_COMPANY)

    assert {address.partition("?")[0].split("/")[1] for address in told} >= {"api", "tiles"}
    assert len(told) > 10
