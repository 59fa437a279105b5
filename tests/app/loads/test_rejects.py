"""Refused rows and their file while others are at them too."""

import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import IO

import psycopg
import pytest

from app.loads import rejects, worker
from app.loads.folder import LoadFolder
from app.loads.refused import read_refused, rows_of
from app.loads.states import Work
from tests.app.loads.lists import HERE, PROBLEM, listed, row
from tests.app.loads.test_races import worker_on

LONG = 150_000
"""More signs than a reader of CSV takes by itself."""


@pytest.fixture
def refused(loader):
    """An officer and a load of his of whose two rows both were refused."""
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(*(row(f"RJ{n}", HERE, category="entah") for n in range(2))))
    assert operator.done(load["id"], "check")["report"]["rejected"] == 2
    return operator, load["id"]


def test_a_page_of_refused_rows_comes_while_a_workbook_of_them_is_written(tmp_path: Path):
    path = tmp_path / "2.rejected.csv"
    path.write_text("_baris,_kode_alasan,_alasan\n2,A,satu\n3,B,dua\n", encoding="utf-8")

    with ThreadPoolExecutor(1) as reader, closing(rows_of(path)) as book:
        next(book)
        page = reader.submit(read_refused, path, after=1, limit=1).result(timeout=10)

    assert page == [{"row": 3, "reason": "B", "told": "dua"}]


def test_refused_rows_with_long_cells_are_told_and_sent(loader):
    operator, place = loader("operator_kelurahan"), HERE.middle
    told = {"source_id": "RJL", "title": "Jalan", "problem": PROBLEM, "category": "entah"}
    feature = {
        "type": "Feature",
        "properties": {**told, "catatan": "x" * LONG},
        "geometry": {"type": "Point", "coordinates": [place.x, place.y]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    load = operator.sent(content, name="daftar.geojson")
    operator.done(load["id"], "check")

    rows = operator.ask("GET", f"/loads/{load['id']}/refused").json()["rows"]

    assert [each["reason"] for each in rows] == ["KATEGORI_TIDAK_DIKENAL"]
    assert "x" * LONG in operator.rejects(load["id"])


def test_no_page_begins_past_the_last_refused_row(refused):
    operator, load_id = refused

    answers = [
        operator.ask("GET", f"/loads/{load_id}/refused", params={"after": after})
        for after in (2, 3)
    ]

    assert [answer.status_code for answer in answers] == [200, 422]
    assert answers[0].json() == {"rows": []}
    assert [each["field"] for each in answers[1].json()["errors"]] == ["after"]


class Unanswered(psycopg.Connection):
    """Keeps what it is told to keep, and loses the answer."""

    def commit(self) -> None:
        super().commit()
        raise psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize("work", [Work.CHECK, Work.STORE])
def test_rejects_outlast_a_commit_whose_answer_is_lost(work, refused, town, settings):
    operator, load_id = refused
    job = worker_on(town, settings, load_id, work, 3)
    job.listed.write_text(listed(f"RJ9,Jalan,{PROBLEM},lain,110.4,-7.0"), encoding="utf-8")
    connection = Unanswered.connect(town.staff)

    with pytest.raises(psycopg.OperationalError):
        {Work.CHECK: worker._check, Work.STORE: worker._store}[work](connection, job)
    connection.close()

    assert operator.seen(load_id)["report"]["rejected"] == 1
    assert "RJ9" in operator.rejects(load_id)


def test_a_workbook_comes_though_another_work_removes_rejects_while_it_is_written(
    refused, settings, monkeypatch
):
    operator, load_id = refused
    folder, write = LoadFolder(settings.state_dir / "loads" / load_id), rejects.write_workbook

    def overtaken(path: Path, book: Path) -> None:
        write(path, book)
        folder.forget_rejects(but=99)

    monkeypatch.setattr(rejects, "write_workbook", overtaken)

    answer = operator.ask("GET", f"/loads/{load_id}/rejects", params={"format": "xlsx"})

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_rejects_that_are_on_their_way_come_whole_though_another_work_removes_them(
    refused, settings, monkeypatch
):
    operator, load_id = refused
    folder, pieces = LoadFolder(settings.state_dir / "loads" / load_id), rejects.pieces

    def overtaken(file: IO[bytes]) -> AsyncIterator[bytes]:
        folder.forget_rejects(but=99)
        return pieces(file)

    monkeypatch.setattr(rejects, "pieces", overtaken)

    assert "RJ1" in operator.rejects(load_id)
    assert operator.ask("GET", f"/loads/{load_id}/rejects").status_code == 404


def test_rejects_that_were_removed_meanwhile_are_not_found(refused, settings):
    operator, load_id = refused
    LoadFolder(settings.state_dir / "loads" / load_id).forget_rejects(but=99)

    statuses = [
        operator.ask("GET", f"/loads/{load_id}/{path}").status_code
        for path in ("refused", "rejects", "rejects?format=xlsx")
    ]

    assert statuses == [404] * 3
