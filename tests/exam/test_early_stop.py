"""The policy switch stop_when_unpassable: an exam ends as soon as the answers given make passing impossible, never before."""

import pytest

from examsys.bank import service as bank
from examsys.exam import form
from examsys.policy import policy_for
from tests.exam.kiosk import Kiosk
from tests.factories import House


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a formal site."""
    monkeypatch.setattr(form, "policy_for", lambda _profile, day: policy_for("formal", day))


def wrong_and_right(house: House, kiosk: Kiosk, position: int) -> tuple[list[str], list[str]]:
    with house.app.app_context():
        place = form.form_of(1, kiosk.attempt).paper.positions[position - 1]
        key = bank.key_of(place.content_hash)
    return [o.id for o in place.options if o.bank_id not in key][:1], [o.id for o in place.options if o.bank_id in key]


def test_the_second_wrong_of_ten_ends_an_exam_that_needs_nine(house: House, strict: None) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    wrong, _ = wrong_and_right(house, kiosk, 1)
    assert kiosk.answer(1, wrong, 1).status_code == 200
    assert kiosk.get()["state"] == "running"
    assert kiosk.answer(2, wrong_and_right(house, kiosk, 2)[0], 2).status_code == 200
    ended = kiosk.get()
    assert (ended["state"], ended["result"]["passed"]) == ("closed", False)
    assert house.steps(kiosk.attempt)[-1]["by"] == "unpassable"


def test_a_wrong_answer_that_was_put_right_does_not_count(house: House, strict: None) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    wrong, right = wrong_and_right(house, kiosk, 1)
    kiosk.answer(1, wrong, 1)
    kiosk.answer(1, right, 2)
    kiosk.answer(2, wrong_and_right(house, kiosk, 2)[0], 3)
    assert kiosk.get()["state"] == "running"


def test_without_the_switch_the_exam_goes_on(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    for position in (1, 2, 3):
        kiosk.answer(position, wrong_and_right(house, kiosk, position)[0], position)
    assert kiosk.get()["state"] == "running"
