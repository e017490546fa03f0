"""Time left = time allowed - running time used: outages cost nobody anything, wall clocks decide nothing."""

from examsys.exam import conduct, upkeep
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk, problem
from tests.factories import House
from tests.people import DROLMA, candidate

FULL_TIME = 45 * 60


def test_a_wall_clock_an_hour_off_changes_nothing(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    right = house.right_answers(kiosk.attempt)
    clock.advance(60)
    for hours in (1, -2, 1):
        clock.step(hours)
        assert kiosk.get()["seconds_left"] == FULL_TIME - 60
        with house.inside():
            assert upkeep.close_due(clock.instant()) == []
    assert kiosk.answer(1, right[1], 1).json["seconds_left"] == FULL_TIME - 60  # type: ignore[index]
    clock.step(-1)
    clock.advance(FULL_TIME - 60)
    assert problem(kiosk.answer(2, right[2], 2)) == (409, "attempt.time_over")
    with house.inside():
        assert upkeep.close_due(clock.instant()) == [kiosk.attempt]
    assert house.broken() == []


def test_a_wall_clock_an_hour_fast_lets_no_stranger_take_the_seat(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    Kiosk.at(house, tashi)
    clock.step(1)
    assert Kiosk(house.app).sign_in(tashi.id_number, tashi.code).status_code == 409


def test_a_wall_clock_an_hour_slow_does_not_lock_the_seat_for_an_hour(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    Kiosk.at(house, tashi)
    clock.step(-1)
    clock.advance(120)
    assert Kiosk(house.app).sign_in(tashi.id_number, tashi.code).status_code == 200


def test_an_outage_costs_nobody_time(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    with house.inside():
        upkeep.recover_outage(clock.instant())  # the server's first start
    clock.advance(100)
    with house.inside():
        upkeep.tick()
    clock.advance(3_600)  # the process is gone for an hour; the machine ran on
    with house.inside():
        upkeep.recover_outage(clock.instant())
        assert upkeep.close_due(clock.instant()) == []
    assert kiosk.get()["seconds_left"] == FULL_TIME - 100
    clock.advance(50)
    assert kiosk.get()["seconds_left"] == FULL_TIME - 150
    assert len(house.entries("outage.recorded")) == 1


def test_a_reboot_costs_nobody_time_and_a_second_one_neither(clock: Clock, house: House) -> None:
    running, waiting, paused = house.seated(*map(candidate, range(3)))
    first, third = Kiosk.at(house, running, start="bo"), Kiosk.at(house, paused, start="bo")
    with house.inside():
        upkeep.recover_outage(clock.instant())
    clock.advance(100)
    with house.inside():
        upkeep.tick()
        conduct.pause(paused.attempt_id, "停电", house.actor(DROLMA))
    for _ in range(2):
        clock.reboot(600)
        with house.inside():
            upkeep.recover_outage(clock.instant())
            assert upkeep.close_due(clock.instant()) == []
            upkeep.tick()
        assert first.get()["seconds_left"] == FULL_TIME - 100
        assert third.get()["seconds_left"] == FULL_TIME - 100
    with house.inside():
        conduct.resume(paused.attempt_id, house.actor(DROLMA))
    clock.advance(FULL_TIME - 101)
    assert first.get()["seconds_left"] == 1
    clock.advance(1)
    with house.inside():
        due = upkeep.close_due(clock.instant())
        assert sorted(due) == sorted([running.attempt_id, paused.attempt_id])
        assert upkeep.close_due(clock.instant()) == []
    assert house.broken() == []
    assert first.get()["state"] == "closed"
    assert Kiosk.at(house, waiting).get()["state"] == "ready"


def test_the_closer_ends_who_never_came_back_and_grades_what_there_is(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    right = house.right_answers(kiosk.attempt)
    kiosk.answer(1, right[1], 1)
    clock.advance(FULL_TIME - 1)
    with house.inside():
        assert upkeep.close_due(clock.instant()) == []
    clock.advance(1)
    with house.inside():
        assert upkeep.close_due(clock.instant()) == [kiosk.attempt]
    told = kiosk.submit().json
    assert told is not None
    assert told["score"] == 10
    assert len(house.entries("exam.auto_submit", kiosk.attempt)) == 1


def test_granted_minutes_lengthen_the_time(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    clock.advance(FULL_TIME - 10)
    with house.inside():
        conduct.add_time(kiosk.attempt, 5, "终端故障", house.actor(DROLMA))
    assert kiosk.get()["seconds_left"] == 310
    clock.advance(309)
    right = house.right_answers(kiosk.attempt)
    assert kiosk.answer(1, right[1], 1).status_code == 200
    assert house.broken() == []


def test_minutes_granted_before_the_start_count_too(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    with house.inside():
        conduct.add_time(tashi.attempt_id, 5, "残疾", house.actor(DROLMA))
    kiosk = Kiosk.at(house, tashi, start="bo")
    assert kiosk.get()["seconds_left"] == FULL_TIME + 300
    clock.advance(10)
    kiosk.submit()
    assert house.broken() == []
