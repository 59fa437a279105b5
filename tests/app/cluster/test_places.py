import os
import stat
from pathlib import Path

import psycopg
import pytest

from app.cluster.account import account_of
from app.cluster.errors import ClusterRefused, OtherMajorVersion
from app.cluster.places import LONGEST_SOCKET_PATH_BYTES, SOCKET_NAME, cluster_places, make_folders
from app.cluster.sharing import running_cluster
from tests.databases import quick_server


def socket_path_bytes(state_dir: Path) -> int:
    return len(os.fsencode(cluster_places(state_dir).socket_dir / SOCKET_NAME))


def test_the_socket_stands_beside_the_data_where_the_path_is_short(folder):
    places = cluster_places(folder)

    assert places.socket_dir.parent == places.data_dir.parent


@pytest.mark.parametrize("length", [60, 79, 80, 81, 150, 240])
def test_a_socket_path_is_never_longer_than_the_kernel_allows(folder, length):
    deep = folder / ("d" * length)

    assert socket_path_bytes(deep) <= LONGEST_SOCKET_PATH_BYTES


def test_two_long_paths_do_not_share_a_socket(folder):
    deep = folder / ("d" * 150)

    assert cluster_places(deep / "a").socket_dir != cluster_places(deep / "b").socket_dir


@pytest.mark.parametrize("name", ["proyek kota kita", "l" * 150, 'kutip "dan" koma, 100%'])
def test_a_cluster_starts_under_any_folder_name(folder, name):
    (folder / name).mkdir(mode=0o755)
    server = quick_server(folder / name)

    with running_cluster(server) as urls, psycopg.connect(urls.staff) as connection:
        answer = connection.execute("SELECT current_user").fetchone()

    assert answer == ("peta_app",)


def test_a_socket_folder_of_someone_else_is_refused(folder):
    places = quick_server(folder).places
    places.cluster_dir.mkdir()
    places.socket_dir.symlink_to(folder)

    with pytest.raises(ClusterRefused, match="milik pengguna lain"):
        make_folders(places)


def test_only_its_own_user_can_look_into_the_cluster(own_server):
    make_folders(own_server.places)

    modes = {
        stat.S_IMODE(folder.stat().st_mode)
        for folder in (own_server.places.cluster_dir, own_server.places.socket_dir)
    }
    assert modes == {0o700}


def test_a_project_under_a_private_home_keeps_its_database_where_postgres_can_go(folder):
    home = folder / "home"
    home.mkdir(mode=0o700)

    places = cluster_places(home / "project" / "var")

    # An ordinary user's own home is no obstacle to a server that runs as that user.
    stays = os.geteuid() != 0
    assert (places.cluster_dir == home / "project" / "var" / "pg") is stays
    assert (places.moved_from is None) is stays


def test_a_cluster_never_runs_as_root(folder):
    assert account_of(folder / "none-yet").uid != 0


def test_a_cluster_of_another_major_version_is_left_alone_and_the_way_out_told(own_server):
    make_folders(own_server.places)
    own_server.places.data_dir.mkdir()
    (own_server.places.data_dir / "PG_VERSION").write_text("13\n")

    with pytest.raises(OtherMajorVersion) as refusal, running_cluster(own_server):
        pass

    assert "dibuat oleh PostgreSQL 13" in str(refusal.value)
    assert "pg_dump" in str(refusal.value)
    assert "pg_restore" in str(refusal.value)
    assert [path.name for path in own_server.places.data_dir.iterdir()] == ["PG_VERSION"]
