import subprocess
import sys

import pytest

from app.cli.serve import TooManyWorkers, refuse_too_many
from app.settings import Settings

PETA = [sys.executable, "-m", "app.cli"]


def peta(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*PETA, *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_help_names_every_noun_and_imports_none():
    code = (
        "import sys; from app.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('sqlalchemy', 'geopandas', 'fastapi') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )

    assert answer.stdout.splitlines()[-1] == "[]"
    for noun in ("serve", "db", "city", "boundaries", "usulan", "demo"):
        assert f" {noun} " in answer.stdout


@pytest.mark.parametrize("noun", ["db", "city", "boundaries", "usulan", "demo"])
def test_every_noun_that_help_names_is_there(noun):
    answer = peta(noun, "--help")

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("noun", ["db", "city", "boundaries", "usulan", "demo"])
def test_help_says_indonesian_words_about_a_noun(noun):
    words = {"db": "Basis data", "city": "Kota dan kabupaten", "demo": "Kota contoh"}
    files = {"boundaries": "Batas wilayah", "usulan": "Usulan dari berkas"}

    assert (words | files)[noun] in peta(noun, "--help").stdout
    assert (words | files)[noun] in peta("--help").stdout


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["city"], ["city", "add", "--help"], ["serve", "--help"]]
)
def test_no_help_page_has_a_heading_in_english(arguments):
    shown = peta(*arguments).stdout

    assert "Tampilkan penjelasan ini." in shown
    for english in ("Options", "Arguments", "Commands", "Show this message", "required", "default"):
        assert f" {english}" not in shown
        assert f"[{english}" not in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "perintah 'nonsense' tidak ada"),
        (["city", "addd"], "perintah 'addd' tidak ada"),
        (["city", "add"], "'code' belum diisi"),
        (["city", "add", "33.72", "Surakarta", "lagi"], "kelebihan isian: lagi"),
        (["city", "list", "--jsn"], "pilihan --jsn tidak ada; mungkin --json"),
        (["usulan", "unplaced", "--city"], "--city perlu isi"),
        (["serve", "--port", "70000"], "'--port': paling banyak 65535"),
        (["demo", "load", "--size", "huge"], "'huge' bukan salah satu dari 'small', 'city'"),
    ],
)
def test_wrong_usage_is_told_in_indonesian_with_the_way_out(arguments, told):
    answer = peta(*arguments)

    assert answer.returncode == 2
    assert told in answer.stderr
    assert "--help" in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [["nonsense"], ["db", "nonsense"], ["db", "start", "--no"]])
def test_wrong_usage_ends_with_2(arguments):
    assert peta(*arguments).returncode == 2


def test_what_could_not_be_done_ends_with_1_and_one_reason(tmp_path):
    (tmp_path / "there.tar").write_text("")

    answer = peta(
        "db",
        "restore",
        str(tmp_path / "absent.tar"),
        PETA_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
    )

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stderr.startswith("Tidak ada yang diubah: berkas cadangan")
    assert "absent.tar" in answer.stderr


def test_more_processes_than_the_own_cluster_has_connections_for_are_refused(tmp_path):
    answer = peta("serve", "--port", "0", "--workers", "5", PETA_STATE_DIR=str(tmp_path / "state"))

    assert answer.returncode == 1
    assert "paling banyak 4 proses yang melayani, bukan 5" in answer.stderr
    assert "PETA_DATABASE_URL" in answer.stderr
    assert not (tmp_path / "state").exists()


def test_a_server_of_ones_own_serves_as_many_processes_as_it_has_connections_for():
    settings = Settings(_env_file=None, database_url="postgresql://own@127.0.0.1/peta")

    refuse_too_many(40, settings)

    with pytest.raises(TooManyWorkers):
        refuse_too_many(40, settings.model_copy(update={"database_url": None}))


def test_wrong_settings_end_with_1_and_the_name_of_the_setting():
    answer = peta("db", "url", PETA_ENV="production")

    assert answer.returncode == 1
    assert "PETA_SECRET_KEY" in answer.stderr


def test_an_error_of_ours_is_not_hidden(tmp_path):
    code = "import app.cli.main as m; m.app = lambda **_: 1 / 0; m.main()"

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=110, check=False
    )

    assert "ZeroDivisionError" in answer.stderr
