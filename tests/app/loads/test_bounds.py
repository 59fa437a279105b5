"""How many lists, how large, and for how long they are kept."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import psycopg

from app.accounts import attempts
from app.database import open_database
from app.loads import folder, quota
from app.loads.orders import Bench
from app.loads.sweep import sweep
from tests.app.loads.conftest import Loader
from tests.app.loads.lists import BESIDE, HERE, listed, row
from tests.app.serving import serving


def test_a_file_over_the_limit_is_refused_and_not_kept(loader, settings, town, tmp_path):
    small = settings.model_copy(update={"list_max_mb": 1, "state_dir": tmp_path})
    token = loader("operator_kelurahan").token

    with serving(small, town) as http:
        answer = Loader(http, token).send(b"x" * 1_000_001)

    assert (answer.status_code, answer.json()["code"]) == (413, "TERLALU_BESAR")
    assert list((tmp_path / "loads").iterdir()) == []


def test_the_files_of_a_load_that_somebody_goes_on_with_are_not_swept(loader, town, settings):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("W1", HERE)))
    old = datetime.now(UTC) - timedelta(days=31)
    os.utime(settings.state_dir / "loads" / load["id"], (old.timestamp(), old.timestamp()))
    operator.done(load["id"], "check")

    asyncio.run(swept(town, settings))

    assert operator.done(load["id"], "commit")["state"] == "selesai"


def test_what_nobody_went_on_with_is_ended_after_a_month(loader, town, settings):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("U1", HERE)))
    kept = settings.state_dir / "loads" / load["id"]
    old = datetime.now(UTC) - timedelta(days=31)
    os.utime(kept, (old.timestamp(), old.timestamp()))
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET updated = %s, beat = %s WHERE load_id = %s",
            [old, old, load["id"]],
        )

    asyncio.run(swept(town, settings))

    assert operator.seen(load["id"])["state"] == "batal"
    assert not kept.exists()


def test_what_reports_quote_of_refused_rows_goes_after_a_month_and_counts_stay(
    loader, town, settings
):
    operator = loader("operator_kelurahan")
    words = listed(row("Z1", HERE), row("Z2", BESIDE), row("Z3", HERE, category="siti aminah"))
    load = operator.stored(words, name="Bu Wati 0811.csv")
    young = operator.stored(listed(row("Z4", HERE), row("Z5", HERE, category="budi")))
    with psycopg.connect(town.staff) as connection:
        old = datetime.now(UTC) - timedelta(days=31)
        connection.execute(
            "UPDATE peta.list_load SET updated = %s, beat = %s WHERE load_id = %s",
            [old, old, load["id"]],
        )

    asyncio.run(swept(town, settings))

    told = operator.seen(load["id"])
    report = told["report"]
    assert (report["read"], report["created"], report["rejected"]) == (3, 1, 2)
    assert report["reasons"] == {"BUKAN_WILAYAH_SENDIRI": 1, "KATEGORI_TIDAK_DIKENAL": 1}
    assert (report["rejected_rows"], report["unknown_categories"]) == ([], [])
    assert set(report) == {
        *("read", "created", "updated", "unchanged", "rejected", "unlocated", "outside"),
        *("without_area", "reasons", "areas"),
        *("rejected_rows", "unknown_categories", "rejects_file"),
    }
    assert (told["mapping"], told["guess"], told["may"]) == (None, None, ["undo"])
    with psycopg.connect(town.owner) as connection:
        rows = connection.execute("SELECT list_load::text FROM peta.list_load").fetchall()
    stored = "\n".join(text for (text,) in rows)
    assert "siti aminah" not in stored
    assert "Wati" not in stored
    assert told["file"]["name"] == "daftar.csv"
    assert operator.seen(young["id"])["report"]["rejected_rows"] != []


def test_who_keeps_his_most_unfinished_lists_ends_one_before_he_sends_another(
    loader, town, monkeypatch
):
    monkeypatch.setattr(quota, "MOST_OF_ONE", 2)
    operator, other = loader("operator_kelurahan"), loader("operator_kelurahan")
    first, _ = (operator.sent(listed(row(key, HERE))) for key in ("AA1", "AA2"))

    refused = operator.send(listed(row("AA3", HERE)))
    of_another = other.send(listed(row("AA4", HERE)))
    operator.act(first["id"], "cancel")
    afterwards = operator.send(listed(row("AA3", HERE)))

    assert (refused.status_code, refused.json()["code"]) == (409, "KUOTA_PENUH")
    assert (of_another.status_code, afterwards.status_code) == (201, 201)
    for load in (of_another, afterwards):
        other.rested(load.json()["id"])


def test_who_sent_the_most_lists_of_an_hour_waits_for_the_next_hour(loader, monkeypatch):
    monkeypatch.setattr(quota, "MOST_IN_AN_HOUR", 2)
    begun = attempts.span_of(datetime.now(UTC), quota.HOUR)
    hours = [begun]
    monkeypatch.setattr(attempts, "span_of", lambda *_: hours[-1])  # none ends within a test
    operator, other = loader("operator_kelurahan"), loader("operator_kelurahan")
    for key in ("AG1", "AG2"):
        operator.act(operator.sent(listed(row(key, HERE)))["id"], "cancel")

    refused = operator.send(listed(row("AG3", HERE)))
    of_another = other.send(listed(row("AG4", HERE)))
    hours.append(begun + quota.HOUR)
    afterwards = operator.send(listed(row("AG3", HERE)))

    assert (refused.status_code, refused.json()["code"]) == (429, "TERLALU_BANYAK_DAFTAR")
    assert refused.json()["detail"].startswith("Anda sudah mengirim 2 daftar")
    assert 1 <= int(refused.headers["Retry-After"]) <= 3_600
    assert (of_another.status_code, afterwards.status_code) == (201, 201)
    for load in (of_another, afterwards):
        other.rested(load.json()["id"])


def test_a_list_that_comes_too_often_leaves_nothing_behind(loader, settings, monkeypatch):
    monkeypatch.setattr(quota, "MOST_IN_AN_HOUR", 0)
    operator = loader("operator_kelurahan")
    kept, there = operator.ask("GET", "/loads").json(), set(settings.state_dir.glob("loads/*"))

    refused = operator.send(listed(row("AG5", HERE)))

    assert refused.status_code == 429
    assert set(settings.state_dir.glob("loads/*")) == there
    assert operator.ask("GET", "/loads").json() == kept


def test_a_city_keeps_so_many_bytes_of_unfinished_lists(loader, monkeypatch):
    operator = loader("operator_kelurahan")
    operator.sent(listed(row("AB1", HERE)))
    monkeypatch.setattr(quota, "MOST_OF_FULL_SIZE", 0)

    refused = loader("lurah").send(listed(row("AB2", HERE)))

    assert (refused.status_code, refused.json()["code"]) == (409, "KUOTA_PENUH")


def test_a_full_disk_is_told_and_leaves_nothing_and_lists_come_again_once_there_is_room(
    loader, settings, monkeypatch
):
    operator = loader("operator_kelurahan")
    before = operator.sent(listed(row("AC1", HERE)))
    there = set((settings.state_dir / "loads").iterdir())

    def full(path: Path) -> IO[bytes]:
        path.parent.mkdir(mode=0o700, parents=True)
        return Path("/dev/full").open("wb")

    with monkeypatch.context() as patched:
        patched.setattr(folder, "_opened", full)
        refused = operator.send(listed(row("AC2", HERE)))
        read = operator.seen(before["id"])

    assert (refused.status_code, refused.json()["code"]) == (507, "PENYIMPANAN_PENUH")
    assert read["state"] == "menunggu"
    assert set((settings.state_dir / "loads").iterdir()) == there
    assert operator.stored(listed(row("AC2", HERE)))["state"] == "selesai"


async def swept(town, settings) -> None:
    database = open_database(town.staff, town.public)
    try:
        await sweep(database, Bench(town.staff, str(settings.state_dir)), datetime.now(UTC))
    finally:
        await database.close()
