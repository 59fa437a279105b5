"""Kill -9 of PostgreSQL loses nothing that was acknowledged."""

from collections import Counter

import psycopg
import pytest

from app.cluster import database_urls
from app.cluster.migrations import migrate
from app.cluster.sharing import running_cluster
from tests.app.world import settle
from tests.faults.killing import kill_postgres, wait_until
from tests.faults.reporters import reporting
from tests.faults.serving import serving

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

KILLS = 3
REPORTS_BETWEEN = 20


def test_three_kills_while_residents_report_lose_and_double_nothing(
    installation, installed_server, tmp_path
):
    urls = database_urls(installation)
    with running_cluster(installed_server):
        migrate(urls, installation)
        settle(urls)

    back_after_s = []
    with serving(installation, tmp_path / "log") as served:
        wait_until(lambda: served.get("/readyz").status_code == 200)
        with reporting(served.address, reporters=4) as acknowledged:
            for _ in range(KILLS):
                enough = len(acknowledged) + REPORTS_BETWEEN
                wait_until(lambda enough=enough: len(acknowledged) > enough)
                kill_postgres(installed_server.places.data_dir)
                again = len(acknowledged) + 4  # four may have been answered just before
                back_after_s.append(
                    wait_until(lambda again=again: len(acknowledged) > again, seconds=30)
                )
        with psycopg.connect(urls.owner) as connection:
            stored = connection.execute("SELECT title, number FROM peta.usulan").fetchall()

    assert len(acknowledged) > KILLS * REPORTS_BETWEEN
    assert acknowledged.items() <= dict(stored).items()
    assert max(Counter(title for title, _ in stored).values()) == 1
    assert max(back_after_s) < 30
