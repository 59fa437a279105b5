"""A full disk of the database: what is stored can be read, and no new thing is half stored.

Once there is room again all goes on, and nobody has to start anything.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import psycopg
import pytest

from app.cluster import DatabaseUrls, database_urls, server, sharing
from app.cluster.migrations import migrate
from app.cluster.sharing import embedded_server, running_cluster, supervised_database
from app.main import create_app
from app.notices import sending
from app.settings import Settings
from app.standby import AS_OF
from tests.app import world
from tests.app.loads.conftest import Loader
from tests.app.loads.lists import HERE, listed, row
from tests.app.moderation.officers import sign_in_as
from tests.app.serving import running
from tests.app.submission.sending import draft
from tests.faults.commands import start_peta
from tests.faults.killing import wait_until
from tests.faults.smalldisk import SmallDisk, may_mount, mounted_disk, pretended_disk
from tests.mailbox import SENDER, Mailbox, mail_server

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

STATS, LIST = "/api/v1/stats?level=rw", "/api/v1/usulan"
WIDTHS = 20
"""Usulan that fill a page, so that some are sent into a new one."""
STORED_OF_LIST = "SELECT count(*) FROM peta.usulan WHERE source_id IS NOT NULL"
PERSON = {"email": "sri@warga.example", "consent": True}


@pytest.fixture(params=["mounted", "pretended"])
def disk(request, installation, monkeypatch) -> Iterator[SmallDisk]:
    """Where the installation stands, its cluster and its files."""
    folder = installation.state_dir
    folder.mkdir()
    if request.param == "pretended":
        programs = folder.with_name("programs")
        programs.mkdir()
        made = pretended_disk(programs)
        monkeypatch.setattr(sharing, "get_binaries", lambda: made.binaries)
        yield made
    elif may_mount(folder):
        with mounted_disk(folder) as made:
            yield made
            embedded_server(installation).stop()
    else:
        pytest.skip("no file system may be mounted here; the pretended disk shows the same")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


@dataclass
class City:
    """The running application over its cluster, and what residents have sent to it."""

    http: httpx.Client
    urls: DatabaseUrls
    settings: Settings
    told: list[str]
    acknowledged: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def send(self, **more: object) -> httpx.Response:
        title = f"Jalan rusak {uuid.uuid4().hex}"
        words = {"title": title, "problem": "lubang " + uuid.uuid4().hex * 14}
        answer = self.http.post("/api/v1/usulan", json=draft(**words, **more))
        is_taken = answer.status_code == httpx.codes.CREATED
        (self.acknowledged if is_taken else self.refused).add(title)
        return answer

    def refusal(self) -> httpx.Response:
        """Of the first usulan for which there was no room."""
        for _ in range(10 * WIDTHS):
            answer = self.send()
            if answer.status_code != httpx.codes.CREATED:
                return answer
        raise AssertionError("The disk never was full")

    def is_back(self) -> bool:
        return self.send().status_code == httpx.codes.CREATED

    def read(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.urls.owner) as connection:
            return connection.execute(statement).fetchall()

    def shows_what_is_stored(self) -> bool:
        """Its numbers are those of the tables, and neither older nor of fewer."""
        answer = self.http.get(STATS)
        is_fresh = answer.status_code == httpx.codes.OK and AS_OF not in answer.headers
        [(stored,)] = self.read("SELECT count(*) FROM peta.usulan WHERE published")
        return is_fresh and answer.json()["numberMatched"] == stored

    def require_whole(self) -> None:
        """All that was acknowledged is there once, nothing that was refused, and all is sound."""
        titles = [title for (title,) in self.read("SELECT title FROM peta.usulan")]
        assert self.acknowledged <= set(titles)
        assert not self.refused & set(titles)
        assert sum(title in self.acknowledged for title in titles) == len(self.acknowledged)
        wait_until(self.shows_what_is_stored)
        check = start_peta(self.urls.superuser, self.settings.state_dir, "check")
        words, _ = check.communicate(timeout=120)
        assert check.returncode == 0, words


@pytest.fixture
def city(installation, disk, mailbox, monkeypatch) -> Iterator[City]:
    monkeypatch.setattr(sending, "EVERY_S", 0.2)
    with running_cluster(embedded_server(installation)):
        urls = database_urls(installation)
        migrate(urls, installation)
        world.settle(urls)
    by_mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": mailbox.port,
        "smtp_tls": "none",
        "smtp_from": SENDER,
        "base_url": "http://127.0.0.1:8000",
    }
    settings = installation.model_copy(update=by_mail)
    with _served(settings) as made:
        yield made


@contextmanager
def _served(settings: Settings) -> Iterator[City]:
    told: list[str] = []
    with (
        supervised_database(settings, told.append) as urls,
        running(create_app(settings, urls)) as http,
    ):
        wait_until(lambda: http.get("/readyz").status_code == httpx.codes.OK)
        made = City(http, urls, settings, told)
        assert made.send().status_code == httpx.codes.CREATED
        wait_until(made.shows_what_is_stored)
        yield made


def fill_log(city: City) -> None:
    """Make PostgreSQL begin new files of its log until one has no room: then it ends itself."""
    with suppress(psycopg.Error), psycopg.connect(city.urls.superuser, autocommit=True) as line:
        while True:
            line.execute("SELECT pg_logical_emit_message(false, 'x', 'x')")
            line.execute("SELECT pg_switch_wal()")


def test_without_room_for_a_row_it_is_refused_in_words_and_all_else_goes_on(city, disk):
    disk.fill()
    refused = city.refusal()
    read = {path: city.http.get(path).status_code for path in (STATS, LIST, "/healthz", "/readyz")}
    disk.free()
    wait_until(city.is_back)

    assert (refused.status_code, refused.json()["code"]) == (503, "BASIS_DATA_PENUH")
    assert "belum tersimpan" in refused.json()["detail"]
    assert int(refused.headers["Retry-After"]) >= 30
    assert set(read.values()) == {200}
    city.require_whole()


def test_without_room_for_its_log_postgres_comes_back_by_itself_once_there_is_some(
    city, disk, monkeypatch
):
    monkeypatch.setattr(server, "START_SECONDS", 3.0)
    disk.fill()
    fill_log(city)
    wait_until(lambda: city.http.get(STATS).headers.get(AS_OF) is not None)
    disk.fill()  # what PostgreSQL gave back when it ended is taken by others
    wait_until(lambda: city.told != [])  # it could not be started again
    refused, kept = city.send(), city.http.get(STATS)
    disk.free()
    wait_until(city.is_back)

    assert refused.status_code == 503
    assert refused.json()["title"] == "Layanan sedang sibuk"
    assert (kept.status_code, kept.json()["numberMatched"]) == (200, 1)
    city.require_whole()


def test_a_letter_and_a_list_for_which_there_was_no_room_come_to_their_end_afterwards(
    city, disk, mailbox, monkeypatch
):
    monkeypatch.setattr(sending, "PAUSES", (timedelta(seconds=0.5),) * 100)
    monkeypatch.setattr(sending, "LEASE", timedelta(seconds=5))
    lurah = Loader(city.http, sign_in_as(city.urls, "lurah", HERE))
    rows = [row(f"A{number}", HERE) for number in range(40 * WIDTHS)]
    load = lurah.sent(listed(*rows))
    assert lurah.done(load["id"], "check")["state"] == "menunggu"
    mailbox.answer = "451 later"
    number = city.send(proposer=PERSON).json()["number"]
    moved = lurah.do(number, "status", {"to": "verifikasi_kel"})

    disk.fill()
    city.refusal()
    mailbox.answer = None
    begun = lurah.act(load["id"], "commit")
    is_stopped = begun.status_code == 503 or lurah.rested(load["id"])["state"] == "gagal"
    while_full = city.read(STORED_OF_LIST)
    disk.free()
    wait_until(city.is_back)
    ended = lurah.done(load["id"], "commit")
    wait_until(lambda: city.read("SELECT sent IS NOT NULL FROM peta.notice") == [(True,)])

    assert moved.status_code == 200
    assert is_stopped
    assert while_full == [(0,)]
    assert ended["state"] == "selesai"
    assert city.read(STORED_OF_LIST) == [(len(rows),)]
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    city.require_whole()
