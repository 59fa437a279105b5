import pytest

from app.lists import cells as read
from app.lists.reasons import Reason, RowRejected
from app.text import tidy_text


@pytest.mark.parametrize(
    "text", ["Jalan  rusak   di depan", "Jalan rusak\t\tdi depan", "Jalan rusak\n di  depan"]
)
def test_lines_are_tidied_as_the_api_tidies_them(text):
    assert read.lines(text, "problem", least=3, most=100) == tidy_text(text)


@pytest.mark.parametrize(
    "text", ["Jalan  rusak", "Jalan\nrusak", "Jalan \r\n  rusak", "Jalan rusak"]
)
def test_a_line_of_the_same_words_is_the_same_line(text):
    assert read.line(text, "title", least=3, most=100) == "Jalan rusak"


@pytest.mark.parametrize("text", ["-5", "1000001", "1000000000"])
def test_an_accuracy_that_the_api_refuses_is_refused(text):
    with pytest.raises(RowRejected) as refused:
        read.decimal(text, "accuracy_m", least=0, most=1_000_000)

    assert refused.value.reason is Reason.NUMBER


@pytest.mark.parametrize("text", ["0", "12,5", "1000000"])
def test_an_accuracy_within_its_limits_is_read(text):
    found = read.decimal(text, "accuracy_m", least=0, most=1_000_000)

    assert found == float(text.replace(",", "."))
