"""Identity numbers: every one in these tests has the region code 990000, which nobody bears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain.identity import id_check_digit, mask_id_number, valid_id_number


def number(day: str, order: int) -> str:
    body = f"990000{day}{order:03}"
    return body + id_check_digit(body)


BORN = st.dates().filter(lambda day: day.year >= 1800).map(lambda day: day.strftime("%Y%m%d"))


@given(BORN, st.integers(0, 999))
def test_a_made_number_is_valid_and_masked(day: str, order: int) -> None:
    made = number(day, order)
    assert valid_id_number(made)
    masked = mask_id_number(made)
    assert masked == f"9900**********{made[-4:]}"


@given(BORN, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_sign_is_seen(day: str, order: int, at: int, sign: str) -> None:
    made = number(day, order)
    wrong = made[:at] + sign + made[at + 1 :]
    assert valid_id_number(wrong) == (wrong == made)


@given(BORN, st.integers(0, 999), st.integers(0, 16))
def test_two_exchanged_neighbours_are_seen(day: str, order: int, at: int) -> None:
    made = number(day, order)
    wrong = made[:at] + made[at + 1] + made[at] + made[at + 2 :]
    assert valid_id_number(wrong) == (wrong == made)


def test_the_worked_example_of_the_check_digit() -> None:
    assert id_check_digit("11010519491231002") == "X"  # the sample number printed in GB 11643
    assert id_check_digit("44052418800101001") == "4"  # and its second one


@pytest.mark.parametrize("day", ["19990229", "20001301", "20000100", "00000101", "17991231"])
def test_an_impossible_birthday_is_seen(day: str) -> None:
    assert not valid_id_number(number(day, 1))


@given(st.text())
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    assert not valid_id_number(text)
    assert len(mask_id_number(text)) == len(text)


def test_form_is_strict() -> None:
    made = "11010519491231002X"
    assert valid_id_number(made)
    others = [made.lower(), made + " ", "0" + made[1:], made[:17], made + "X", "１" + made[1:], "٣" + made[1:]]
    assert not any(valid_id_number(other) for other in others)


def test_a_short_document_number_is_hidden_whole() -> None:
    assert mask_id_number("E1234567") == "********"


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "1" * 16 + "X", "１" * 17])
def test_a_check_digit_needs_seventeen_digits(body: str) -> None:
    with pytest.raises(ValueError, match="seventeen"):
        id_check_digit(body)
