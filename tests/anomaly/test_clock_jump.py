"""Somebody sets the wall clock in the middle of a morning: no time left changes, nobody loses their place."""

import pytest

from examsys.exam import conduct
from examsys.invigilation import service as invigilation
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import DROLMA, TASHI


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_make_up_after_the_clock_was_set_is_what_the_candidate_signs_in_to(
    clock: Clock, house: House, hours: int
) -> None:
    (tashi,) = house.seated(TASHI)
    first = Kiosk.at(house, tashi, start="bo")
    assert first.submit().json["passed"] is False  # type: ignore[index]
    assert first.call("POST", f"{first.path}/makeup", {}).status_code == 204
    clock.step(hours)
    clock.advance(30)
    with house.inside():
        second = invigilation.release_makeup(tashi.session_id, first.attempt, house.actor(DROLMA))
        conduct.free(second, house.actor(DROLMA))
    again = Kiosk.at(house, tashi, start="bo")
    assert again.attempt == second
    assert again.get()["seconds_left"] == 45 * 60
    clock.step(-hours)
    clock.advance(60)
    assert again.get()["seconds_left"] == 44 * 60
    assert again.play(house)["passed"] is True
    assert house.broken() == []
