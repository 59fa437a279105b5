"""What is said of long work where there is no terminal."""

from app.cli.progress import counted


def test_more_than_was_estimated_leaves_no_time_below_zero(capsys):
    with counted("usulan", total=1) as progress:
        progress(1_710)

    told = capsys.readouterr().err
    assert told.startswith("1710 dari 1710 usulan, ")
    assert told.endswith("sisa 0 detik\n")
