"""The examiner's day at the board, and who may not have it."""

from typing import Any

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.conftest import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.people import DROLMA, LHAMO, LIQIANG, PASANG, TASHI, WANGDU, candidate


def path_of(seated: Seated) -> str:
    """The session's address."""
    return f"/invigilation/sessions/{seated.session_id}"


def state_of(house: House, attempt_id: str) -> tuple[Any, ...]:
    """State, seat, moves, hold and whether provisional."""
    return house.rows("SELECT state, seat, moves, provisional FROM live WHERE attempt_id = ?", attempt_id)[0]


def test_drolmas_day(app: Flask, house: House) -> None:
    tashi, other = house.seated(TASHI, candidate(1), released=False)
    path, drolma = path_of(tashi), Desk(app, DROLMA)
    assert "没有考台需要处理" in drolma.page(f"{path}/board").text
    kiosk = Kiosk.at(house, tashi)
    assert "60个考台中有1个需要您处理" in drolma.page(f"{path}/board").text
    assert kiosk.start("bo").status_code == 409
    drolma.do(f"{path}/attempts/{tashi.attempt_id}/release")
    assert kiosk.start("bo").status_code == 200
    assert "考试中" in drolma.page(f"{path}/board").text
    drolma.do(f"{path}/attempts/{tashi.attempt_id}/pause", reason="鼠标更换")
    assert state_of(house, tashi.attempt_id)[0] == "paused"
    drolma.do(f"{path}/attempts/{tashi.attempt_id}/resume")
    drolma.do(f"{path}/attempts/{other.attempt_id}/release")
    Kiosk.at(house, other, start="zh")
    drolma.do(f"{path}/pause", reason="停电")
    assert [state_of(house, one.attempt_id)[0] for one in (tashi, other)] == ["paused", "paused"]
    drolma.do(f"{path}/resume")
    drolma.do(f"{path}/attempts/{other.attempt_id}/end", reason="考生离场")
    page = drolma.do(f"{path}/end", reason="考试结束")
    assert "2名考生中2名完成考试" in page.text
    for paper in ("sheet", "slip"):
        assert any(link.endswith(f"/attempts/{tashi.attempt_id}/{paper}.pdf") for link in page.links)
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/pause", reason="x").status_code == 409
    assert [len(house.entries(kind)) for kind in ("session.pause", "session.resume", "session.end")] == [1, 1, 1]


def test_a_seat_is_moved_once_and_goes_on_where_it_was(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    kiosk, drolma, path = Kiosk.at(house, tashi, start="bo"), Desk(app, DROLMA), path_of(tashi)
    free = [f"{number:02d}" for number in range(1, 61) if f"{number:02d}" != tashi.seat]
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/move", seat=tashi.seat, reason="x").status_code == 409
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/move", seat="99", reason="x").status_code == 409
    drolma.do(f"{path}/attempts/{tashi.attempt_id}/move", seat=free[0], reason="显示器故障")
    assert kiosk.call("GET", f"/exam/attempts/{tashi.attempt_id}").status_code == 401
    assert Kiosk.at(house, tashi).call("GET", f"/exam/attempts/{tashi.attempt_id}").get_json()["state"] == "running"
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/move", seat=free[1], reason="x").status_code == 409
    assert state_of(house, tashi.attempt_id)[1:3] == (free[0], 1)


def test_a_terminal_is_freed_for_another(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    Kiosk.at(house, tashi, start="bo")
    assert Kiosk(app, "10.0.0.2").sign_in(tashi.id_number, tashi.code).status_code == 409
    Desk(app, DROLMA).do(f"{path_of(tashi)}/attempts/{tashi.attempt_id}/free")
    assert Kiosk(app, "10.0.0.2").sign_in(tashi.id_number, tashi.code).status_code == 200


def test_the_make_up_that_was_asked_for_is_released(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    kiosk, drolma, path = Kiosk.at(house, tashi, start="bo"), Desk(app, DROLMA), path_of(tashi)
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/makeup").status_code == 409
    kiosk.call("POST", f"/exam/attempts/{tashi.attempt_id}/submit", {})
    kiosk.call("POST", f"/exam/attempts/{tashi.attempt_id}/makeup", {})
    assert "等待准予补考" in drolma.page(f"{path}/board").text
    page = drolma.do(f"{path}/attempts/{tashi.attempt_id}/makeup")
    assert "补考" in page.text
    second = kiosk.call("GET", f"/exam/attempts/{tashi.attempt_id}").get_json()["next"]
    assert state_of(house, second)[:2] == ("ready", tashi.seat)
    assert drolma.post(f"{path}/attempts/{tashi.attempt_id}/makeup").status_code == 409


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_board_answers_304_until_something_has_changed(app: Flask, house: House, clock: Clock) -> None:
    (tashi,) = house.seated()
    drolma, news = Desk(app, DROLMA), f"{path_of(tashi)}/board.json"
    first = drolma.client.get(news)
    tag = first.headers["ETag"]
    assert drolma.client.get(news, headers={"If-None-Match": tag}).status_code == 304
    kiosk = Kiosk.at(house, tashi, start="bo")
    again = drolma.client.get(news, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.get_json()["running"] == 1
    clock.advance(60)
    silent = drolma.client.get(news).get_json()
    assert silent["need"] == 1
    assert "失去联系" in silent["parts"]["tiles"]
    kiosk.call("GET", f"/exam/attempts/{tashi.attempt_id}")
    assert drolma.client.get(news).get_json()["need"] == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_worst_stands_first(app: Flask, house: House, clock: Clock) -> None:
    people = house.seated(*map(candidate, range(1, 5)))
    quiet, running, paused, locked = sorted(people, key=lambda one: one.seat)
    for one in (running, paused):
        Kiosk.at(house, one, start="zh")
    drolma, path = Desk(app, DROLMA), path_of(quiet)
    drolma.do(f"{path}/attempts/{paused.attempt_id}/pause", reason="x")
    for _ in range(5):
        Kiosk(app).sign_in(locked.id_number, "00000000")
    html = drolma.client.get(f"{path}/board").get_data(as_text=True)
    order = sorted(people, key=lambda one: html.index(one.attempt_id))
    assert order[:2] == [locked, paused]


ACTS = ("release", "pause", "resume", "free", "move", "unlock", "end", "makeup", "requests")


def test_pasang_of_another_county_finds_none_of_drolmas_seats(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    own = house.session(candidate(9), room="litang")
    pasang, path = Desk(app, PASANG), path_of(tashi)
    for act in ACTS:
        assert (
            pasang.post(f"{path}/attempts/{tashi.attempt_id}/{act}", reason="x", kind="extra", minutes="5").status_code
            == 404
        )
        foreign = f"/invigilation/sessions/{own}/attempts/{tashi.attempt_id}/{act}"
        assert pasang.post(foreign, reason="x", kind="extra", minutes="5").status_code == 404
    for act in ("release", "pause", "resume", "end"):
        assert pasang.post(f"{path}/{act}", reason="x").status_code == 404
    assert state_of(house, tashi.attempt_id)[0] == "ready"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_supervisors_look_at_a_board_and_touch_nothing(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    for person, status in ((LIQIANG, 200), (LHAMO, 200), (WANGDU, 404)):
        desk = Desk(app, person)
        assert desk.status(f"{path_of(tashi)}/board") == status
        assert desk.post(f"{path_of(tashi)}/attempts/{tashi.attempt_id}/end", reason="x").status_code == 403
    assert "/end" not in str([form["action"] for form in Desk(app, LIQIANG).page(f"{path_of(tashi)}/board").forms])


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_act_without_a_reason_is_not_done(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    Kiosk.at(house, tashi, start="bo")
    drolma, path = Desk(app, DROLMA), path_of(tashi)
    for act in (f"attempts/{tashi.attempt_id}/pause", f"attempts/{tashi.attempt_id}/end", "pause", "end"):
        assert drolma.post(f"{path}/{act}", reason=" \u0007 ").status_code == 422
    assert state_of(house, tashi.attempt_id)[0] == "running"
