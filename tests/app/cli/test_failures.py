"""What `peta` says when the database or the disk fails it, and Ctrl-C while it tidies up."""

import errno
import os
import signal
import subprocess
import sys

import pytest
from psycopg import OperationalError, errors

from app.cli.failures import UNSAVED, reason_of, unfinished
from app.interrupts import uninterrupted
from app.whole_file import write_whole


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("server closed the connection\n\tThis probably"), "terputus"),
        (OperationalError("the connection is lost"), "terputus"),
        (OperationalError("connection failed: Connection refused"), "tidak dapat dihubungi"),
        (errors.DiskFull("could not extend file"), "penuh"),
        (errors.LockNotAvailable("lock timeout"), "dipakai perintah lain"),
        (OSError(errno.ENOSPC, "No space left on device", "daftar.csv"), "penyimpanan penuh"),
        (OSError(errno.EROFS, "Read-only file system", "daftar.csv"), "hanya dapat dibaca"),
    ],
)
def test_a_failure_is_told_in_indonesian_with_what_to_do(error, told):
    first = reason_of(error).splitlines()[0]

    assert told in first
    assert first.endswith(UNSAVED)
    assert "connection" not in first
    assert "No space" not in first


def test_a_failure_with_words_of_ours_keeps_them():
    assert reason_of(OSError("Porta 8000 dipakai.")) == "Porta 8000 dipakai."


def test_a_failing_disk_ends_a_command_with_1_and_no_traceback():
    code = (
        "import app.cli.main as m\n"
        "def full(**_): raise OSError(28, 'No space left on device', 'daftar.csv')\n"
        "m.app = full; m.main()"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=110, check=False
    )

    assert answer.returncode == 1
    assert answer.stderr.startswith("Gagal 'daftar.csv': penyimpanan penuh.")
    assert "Traceback" not in answer.stderr


def test_ctrl_c_is_not_heard_before_the_tidying_up_is_over():
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("arguments", "is_work"),
    [
        (["check"], False),
        (["check", "--json"], False),
        (["boundaries", "check", "--city", "33.72"], False),
        (["boundaries", "load", "rt.geojson", "--dry-run"], False),
        (["boundaries", "activate", "2026", "--city", "33.72"], True),
        (["usulan", "load", "daftar.csv", "--city", "33.72"], True),
    ],
)
def test_a_command_that_only_looks_has_nothing_unsaved_when_it_is_ended(arguments, is_work):
    assert (unfinished(arguments) == UNSAVED) is is_work
    assert is_work or "tidak ada yang diubah" in unfinished(arguments)


def test_a_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path):
    (tmp_path / "taken").mkdir()

    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "taken", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert list((tmp_path / "taken").iterdir()) == []
