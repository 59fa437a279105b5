"""What is said of long work where there is no terminal."""

import pytest

from app.cli.progress import Steps, counted


def test_more_than_was_estimated_leaves_no_time_below_zero(capsys):
    with counted("usulan", total=1) as progress:
        progress(1_710)

    told = capsys.readouterr().err
    assert told.startswith("1.710 dari 1.710 usulan, ")
    assert told.endswith("selesai\n")


def test_what_was_done_before_the_first_look_has_no_speed(capsys):
    with counted("wilayah", total=55, done=55) as progress:
        progress(55)

    assert capsys.readouterr().err == "55 dari 55 wilayah, selesai\n"


def test_what_still_takes_long_is_told_in_minutes(capsys, monkeypatch):
    moments = iter([0.0, 10.0, 20.0])
    monkeypatch.setattr("app.cli.progress.time.monotonic", lambda: next(moments))

    with counted("usulan", total=50_000) as progress:
        progress(500)
        told = capsys.readouterr().err

    assert told == "500 dari 50.000 usulan, 50/detik, sisa 16 menit\n"


def test_fewer_than_were_estimated_are_all_there_were_once_the_work_has_ended(capsys):
    with counted("baris", total=1_000) as progress:
        progress(985)

    told = capsys.readouterr().err
    assert told.startswith("985 dari 985 baris, ")
    assert told.endswith("selesai\n")


def test_only_the_end_is_told_as_the_end(capsys):
    with counted("baris", total=1) as progress:
        for done in (400, 800, 1_200):
            progress(done)

    told = capsys.readouterr().err.splitlines()
    assert [line.partition(" baris")[0] for line in told] == ["1.200 dari 1.200"]


def test_work_that_broke_off_is_not_told_as_done(capsys):
    def break_off() -> None:
        with Steps() as steps:
            steps("wilayah", 40, 100)
            raise OSError("terputus")

    with pytest.raises(OSError, match="terputus"):
        break_off()

    assert "selesai" not in capsys.readouterr().err
