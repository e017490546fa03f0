"""Slips that were lost, and second signatures that were forgotten."""

from datetime import timedelta

import pytest

from examsys.domain.errors import RuleBroken
from examsys.exam import holding
from examsys.invigilation import second_person, service
from tests.clocks import Clock
from tests.factories import House
from tests.people import DROLMA, TASHI


def test_a_new_code_opens_the_seat_and_the_old_one_no_longer_does(house: House) -> None:
    tashi = house.seated(TASHI)[0]
    with house.inside():
        admission = service.new_code(tashi.session_id, tashi.attempt_id, house.actor(DROLMA))
        assert admission.code != tashi.code
        with pytest.raises(RuleBroken, match="unknown_candidate"):
            holding.sign_in(tashi.id_number, tashi.code, "10.0.0.1")
        assert holding.sign_in(tashi.id_number, admission.code, "10.0.0.1").login.attempt_id == tashi.attempt_id
    assert house.broken() == []


def test_a_signature_owed_past_its_deadline_is_logged_once(clock: Clock, house: House) -> None:
    tashi = house.seated(TASHI)[0]
    with house.inside():
        second_person.ask(tashi.session_id, tashi.attempt_id, "extra", "5", "屏幕故障", True, house.actor(DROLMA))
        assert second_person.note_overdue() == 0
        clock.advance(int(timedelta(hours=25).total_seconds()))
        assert [second_person.note_overdue(), second_person.note_overdue()] == [1, 0]
