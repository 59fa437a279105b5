"""Ctrl-C while the embedded cluster comes up or goes down: no PostgreSQL is left behind."""

import os
import signal

import pytest

from app.cluster.processes import is_in_use
from app.cluster.server import Server
from app.cluster.sharing import running_cluster, say_nothing
from tests.faults.killing import wait_until

pytestmark = pytest.mark.timeout(300)


class ServerStoppedInHaste(Server):
    """One that is told of Ctrl-C again, just as it stops."""

    def stop(self, **asked) -> None:
        """As any other, after the signal."""
        os.kill(os.getpid(), signal.SIGINT)
        super().stop(**asked)


def use_until_interrupted(server: Server) -> None:
    with running_cluster(server):
        assert server.is_running()
        raise KeyboardInterrupt


def test_a_start_that_is_broken_off_leaves_no_postgres(installed_server):
    data_dir = installed_server.places.data_dir

    def interrupt() -> bool:
        wait_until(lambda: is_in_use(data_dir))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        installed_server.start(say_nothing, interrupt)

    assert data_dir.exists()
    assert not is_in_use(data_dir)


def test_a_second_ctrl_c_does_not_cut_short_the_stopping(installed_server):
    hasty = ServerStoppedInHaste(installed_server.places, installed_server.binaries)

    with pytest.raises(KeyboardInterrupt):
        use_until_interrupted(hasty)

    assert not is_in_use(hasty.places.data_dir)
