import io
import json
import tarfile
from io import StringIO
from pathlib import Path

import psycopg
import pytest

from app.cli import db
from app.cli.db import may_replace
from app.cluster.backup import read_contents, write_backup
from app.cluster.errors import BackupRefused
from app.cluster.restore import find_replaced, restore_backup

ADD_CITY = "INSERT INTO peta.city (city_id, code, name) VALUES (%s, %s, %s)"


def ignore(_line: str) -> None:
    """Say nothing."""


def contents(urls):
    with psycopg.connect(urls.owner) as connection:
        return read_contents(connection)


def add_city(urls, number: int) -> None:
    with psycopg.connect(urls.staff) as connection:
        connection.execute(ADD_CITY, [number, f"{number:05}", f"Kota {number}"])


def test_a_restored_database_holds_what_was_saved_and_nothing_newer(fresh_urls, tmp_path):
    add_city(fresh_urls, 1)
    saved = contents(fresh_urls)
    write_backup(fresh_urls, tmp_path / "backup.tar")
    add_city(fresh_urls, 2)

    restore_backup(fresh_urls, tmp_path / "backup.tar", ignore)

    assert contents(fresh_urls) == saved
    assert saved["city"].rows == 1


def test_a_restored_database_tells_of_no_change_by_another_servers_transactions(
    fresh_urls, tmp_path
):
    with psycopg.connect(fresh_urls.staff) as connection:
        connection.execute(
            "INSERT INTO peta.change (city_id, txid, usulan_id)"
            " VALUES (1, 10^12, gen_random_uuid())"
        )
    write_backup(fresh_urls, tmp_path / "backup.tar")

    restore_backup(fresh_urls, tmp_path / "backup.tar", ignore)

    with psycopg.connect(fresh_urls.staff) as connection:
        assert connection.execute("SELECT 1 FROM peta.change").fetchall() == []


def test_a_restored_database_takes_new_writes_with_the_same_rights(fresh_urls, tmp_path):
    write_backup(fresh_urls, tmp_path / "backup.tar")

    restore_backup(fresh_urls, tmp_path / "backup.tar", ignore)
    add_city(fresh_urls, 3)

    assert contents(fresh_urls)["city"].rows == 1
    with (
        psycopg.connect(fresh_urls.public) as public,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        public.execute("SELECT 1 FROM peta.city")


def test_the_database_replaced_by_a_restore_is_kept(fresh_urls, tmp_path):
    write_backup(fresh_urls, tmp_path / "backup.tar")
    add_city(fresh_urls, 4)

    outcome = restore_backup(fresh_urls, tmp_path / "backup.tar", ignore)

    with psycopg.connect(fresh_urls.superuser, dbname=outcome["kept"]) as connection:
        assert connection.execute("SELECT city_id FROM peta.city").fetchall() == [(4,)]


def test_a_restore_tells_what_it_replaces_and_goes_on_only_after_a_yes(fresh_urls, capsys):
    assert find_replaced(fresh_urls) is None
    add_city(fresh_urls, 5)
    asked = []

    def answered(word: str):
        return lambda question: asked.append(question) or word

    replaced = find_replaced(fresh_urls)
    wanted = [
        may_replace(replaced, Path("cadangan.tar"), ask=answered(word))
        for word in ("", "tidak", "y", "ya", " YA ")
    ]

    assert wanted == [False, False, False, True, True]
    assert len(asked) == 5
    assert "berisi 1 kota dan 0 usulan" in capsys.readouterr().err
    # Where nobody can be asked, or --yes was given, it is told all the same.
    assert may_replace(replaced, Path("cadangan.tar"), ask=None)
    assert "digantikan oleh cadangan.tar" in capsys.readouterr().err
    assert may_replace(None, Path("cadangan.tar"), ask=answered("tidak"))


def test_a_restore_goes_through_while_the_database_is_in_use(fresh_urls, tmp_path):
    write_backup(fresh_urls, tmp_path / "backup.tar")

    with psycopg.connect(fresh_urls.staff) as in_use:
        restore_backup(fresh_urls, tmp_path / "backup.tar", ignore)

        with pytest.raises(psycopg.OperationalError):
            in_use.execute("SELECT 1")
    assert contents(fresh_urls)["city"].rows == 0


def test_a_backup_is_never_overwritten(fresh_urls, tmp_path):
    (tmp_path / "backup.tar").write_text("the only copy")

    with pytest.raises(BackupRefused):
        write_backup(fresh_urls, tmp_path / "backup.tar")

    assert (tmp_path / "backup.tar").read_text() == "the only copy"


def rewrite_manifest(source, target, change) -> None:
    with tarfile.open(source) as archive:
        parts = {entry.name: archive.extractfile(entry).read() for entry in archive}
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(target, "w") as archive:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def change_the_checksum_of_the_dump(manifest):
    manifest["dump_sha256"] = "0" * 64


def change_the_count_of_a_table(manifest):
    manifest["tables"]["city"]["rows"] += 1


def change_the_content_of_a_table(manifest):
    manifest["tables"]["city"]["checksum"] = "1"


def forget_a_table(manifest):
    del manifest["tables"]["usulan"]


@pytest.mark.parametrize(
    "change",
    [
        change_the_checksum_of_the_dump,
        change_the_count_of_a_table,
        change_the_content_of_a_table,
        forget_a_table,
    ],
)
def test_a_backup_that_is_not_what_it_says_changes_nothing(fresh_urls, tmp_path, change):
    write_backup(fresh_urls, tmp_path / "good.tar")
    rewrite_manifest(tmp_path / "good.tar", tmp_path / "bad.tar", change)
    add_city(fresh_urls, 5)

    with pytest.raises(BackupRefused):
        restore_backup(fresh_urls, tmp_path / "bad.tar", ignore)

    assert contents(fresh_urls)["city"].rows == 1


def test_a_file_that_is_no_backup_is_refused(fresh_urls, tmp_path):
    (tmp_path / "photo.tar").write_bytes(b"\xff\xd8\xff\xe0 not a tar file")

    with pytest.raises(BackupRefused, match="bukan cadangan"):
        restore_backup(fresh_urls, tmp_path / "photo.tar", ignore)


def test_the_question_of_a_restore_is_not_among_what_a_program_reads(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Terminal("ya\n"))

    ask = db._asker()

    assert ask is not None
    assert ask("Ketik ya: ") == "ya"
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Ketik ya: ")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True
