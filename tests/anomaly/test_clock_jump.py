"""Somebody sets the wall clock in the middle of a morning: no time left changes, nobody loses their place."""

import pytest

from examsys.accounts import logins, passwords
from examsys.accounts import service as accounts
from examsys.db import here
from examsys.domain.entries import EntryKind
from examsys.exam import conduct
from examsys.invigilation import service as invigilation
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import DROLMA, TASHI, id_number


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


def test_codes_and_passwords_given_while_the_clock_is_set_back_agree_with_the_log(clock: Clock, house: House) -> None:
    """All in one seal, so that the log has what came last before what came first."""
    (tashi,) = house.seated(TASHI)
    first = Kiosk.at(house, tashi)
    with house.inside():
        lost = accounts.make_person(id_number(77), "某某")
        account_id = logins.make_account(lost, "somebody", "snow lion on the pass")
    drolma = house.actor(DROLMA)
    clock.advance(5)
    clock.step(-1)
    with house.inside():
        with here().transaction():
            held = logins.held_account(account_id)
            logins.keep_password(
                held, passwords.hashed("x" * 20), EntryKind.AUTH_PASSWORD_RESET, drolma, must_change=True
            )
        code = invigilation.new_code(tashi.session_id, tashi.attempt_id, drolma).code
    assert first.sign_out().status_code in (200, 204)
    assert house.broken() == []
    assert Kiosk(house.app).sign_in(tashi.id_number, code).status_code == 200
    assert house.broken() == []
