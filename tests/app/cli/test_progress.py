"""What is said of long work where there is no terminal."""

from app.cli.progress import counted


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
    moments = iter([0.0, 10.0])
    monkeypatch.setattr("app.cli.progress.time.monotonic", lambda: next(moments))

    with counted("usulan", total=50_000) as progress:
        progress(500)

    assert capsys.readouterr().err == "500 dari 50.000 usulan, 50/detik, sisa 16 menit\n"
