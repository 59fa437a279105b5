"""The application starts without its database and becomes ready alone."""

import pytest

from app.cluster.migrations import migrate
from app.cluster.sharing import running_cluster
from app.cluster.urls import DATABASE, embedded_urls
from tests.app.world import settle
from tests.databases import quick_server
from tests.faults.killing import wait_until
from tests.faults.serving import serving

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more


def test_the_application_starts_while_the_database_is_down_and_becomes_ready_alone(
    installation, tmp_path
):
    server = quick_server(installation.state_dir.parent)
    urls = embedded_urls(server.places.socket_dir, DATABASE)

    # The superuser migrates nothing here: a server of our own stands in for one by network.
    with serving(installation, tmp_path / "log", PETA_DATABASE_URL=urls.superuser) as served:
        wait_until(served.is_alive)
        without = (served.get("/readyz").status_code, served.checks()["database"])
        with running_cluster(server):
            wait_until(lambda: served.checks()["database"])
            unmigrated = served.get("/readyz").status_code
            migrate(urls, installation)
            settle(urls)
            wait_until(lambda: served.get("/readyz").status_code == 200)

    assert without == (503, False)
    assert unmigrated == 503
