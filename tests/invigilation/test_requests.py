"""What needs a second person: asked, granted, refused; or done at once and owed."""

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.conftest import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.people import DROLMA, KELSANG, NORBU, TASHI, WANGDU


def ask(house: House, tashi: Seated, **fields: str) -> tuple[int, str]:
    """What Drolma asks; the status and the newest request."""
    path = f"/invigilation/sessions/{tashi.session_id}/attempts/{tashi.attempt_id}/requests"
    status = Desk(house.app, DROLMA).post(path, **{"reason": "更换考台耽误", **fields}).status_code
    rows = house.rows("SELECT request_id FROM request ORDER BY request_id DESC LIMIT 1")
    return status, rows[0][0] if rows else ""


def provisional(house: House, tashi: Seated) -> bool:
    """Whether a second signature is owed."""
    return bool(house.rows("SELECT provisional FROM live WHERE attempt_id = ?", tashi.attempt_id)[0][0])


def seconds_left(kiosk: Kiosk, tashi: Seated) -> int:
    """The time left as the terminal is told."""
    left: int = kiosk.call("GET", f"/exam/attempts/{tashi.attempt_id}").get_json()["seconds_left"]
    return left


def test_extra_minutes_come_when_norbu_grants_them(app: Flask, house: House, clock: Clock) -> None:
    (tashi,) = house.seated()
    kiosk = Kiosk.at(house, tashi, start="bo")
    before = seconds_left(kiosk, tashi)
    status, request = ask(house, tashi, kind="extra", minutes="5", when="asked")
    assert (status, seconds_left(kiosk, tashi)) == (303, before)
    norbu = Desk(app, NORBU)
    assert "更换考台耽误" in norbu.page(f"/invigilation/requests?request={request}").text
    norbu.do(f"/invigilation/requests/{request}/grant", reason="已看录像")
    assert seconds_left(kiosk, tashi) == before + 300
    assert not provisional(house, tashi)
    assert norbu.post(f"/invigilation/requests/{request}/refuse", reason="x").status_code == 409
    assert seconds_left(kiosk, tashi) == before + 300


def test_what_is_refused_is_not_done(app: Flask, house: House, clock: Clock) -> None:
    (tashi,) = house.seated()
    kiosk = Kiosk.at(house, tashi, start="bo")
    before = seconds_left(kiosk, tashi)
    _, request = ask(house, tashi, kind="extra", minutes="5", when="asked")
    norbu = Desk(app, NORBU)
    assert norbu.post(f"/invigilation/requests/{request}/refuse", reason="").status_code == 422
    norbu.do(f"/invigilation/requests/{request}/refuse", reason="无依据")
    assert seconds_left(kiosk, tashi) == before
    board = Desk(app, DROLMA).page(f"/invigilation/sessions/{tashi.session_id}/board?seat={tashi.attempt_id}")
    assert "无依据" in board.text


def test_at_once_makes_the_result_provisional_until_it_is_signed(app: Flask, house: House, clock: Clock) -> None:
    (tashi,) = house.seated()
    kiosk = Kiosk.at(house, tashi, start="bo")
    before = seconds_left(kiosk, tashi)
    _, first = ask(house, tashi, kind="extra", minutes="5", when="at_once")
    _, second = ask(house, tashi, kind="extra", minutes="1", when="at_once")
    assert seconds_left(kiosk, tashi) == before + 360
    assert provisional(house, tashi)
    norbu = Desk(app, NORBU)
    norbu.do(f"/invigilation/requests/{first}/grant", reason="已看录像")
    assert provisional(house, tashi), "the second one is still owed"
    clock.advance(25 * 3600)
    norbu = Desk(app, NORBU)
    assert "逾期" in norbu.page("/invigilation/requests").text
    norbu.do(f"/invigilation/requests/{second}/grant", reason="已看录像")
    assert not provisional(house, tashi)
    assert seconds_left(kiosk, tashi) <= before + 360
    assert [len(house.entries(kind)) for kind in ("exam.signature_owed", "exam.signature_given")] == [2, 2]


def test_a_second_move_needs_a_request(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    path = f"/invigilation/sessions/{tashi.session_id}/attempts/{tashi.attempt_id}"
    one, two = [f"{number:02d}" for number in range(1, 4) if f"{number:02d}" != tashi.seat][:2]
    drolma = Desk(app, DROLMA)
    drolma.do(f"{path}/move", seat=one, reason="显示器故障")
    assert drolma.post(f"{path}/move", seat=two, reason="又坏了").status_code == 409
    status, request = ask(house, tashi, kind="move", seat=two, when="asked")
    assert status == 303
    Desk(app, NORBU).do(f"/invigilation/requests/{request}/grant", reason="已核实")
    assert house.rows("SELECT seat, moves FROM live WHERE attempt_id = ?", tashi.attempt_id) == [(two, 2)]


def test_a_closed_exam_is_reopened_standing_still(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    kiosk = Kiosk.at(house, tashi, start="bo")
    assert ask(house, tashi, kind="reopen", when="asked")[0] == 409
    kiosk.call("POST", f"/exam/attempts/{tashi.attempt_id}/submit", {})
    assert ask(house, tashi, kind="extra", minutes="5", when="asked")[0] == 409
    _, request = ask(house, tashi, kind="reopen", when="asked")
    Desk(app, NORBU).do(f"/invigilation/requests/{request}/grant", reason="误触交卷")
    assert house.rows("SELECT state FROM live WHERE attempt_id = ?", tashi.attempt_id) == [("paused",)]


def test_the_one_who_asks_may_not_grant_even_from_another_post(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    _, request = ask(house, tashi, kind="extra", minutes="5", when="asked")
    drolma = Desk(app, DROLMA)
    assert drolma.post(f"/invigilation/requests/{request}/grant", reason="x").status_code == 403
    house.write("UPDATE post SET role = 'examination_supervisor' WHERE post_id = ?", house.posts["drolma"])
    drolma = Desk(app, DROLMA)
    assert "须由另一人决定" in drolma.page(f"/invigilation/requests?request={request}").text
    assert drolma.post(f"/invigilation/requests/{request}/grant", reason="x").status_code == 409
    assert house.rows("SELECT COUNT(*) FROM decision") == [(0,)]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_supervision_post_elsewhere_finds_no_such_request(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    _, request = ask(house, tashi, kind="extra", minutes="5", when="asked")
    house.write("UPDATE post SET role = 'examination_supervisor' WHERE post_id = ?", house.posts["wangdu"])
    wangdu = Desk(app, WANGDU)
    assert "没有待您决定的申请" in wangdu.page("/invigilation/requests").text
    assert wangdu.status(f"/invigilation/requests?request={request}") == 404
    assert wangdu.post(f"/invigilation/requests/{request}/grant", reason="x").status_code == 404
    assert Desk(app, KELSANG).status("/invigilation/requests") == 403


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "extra", "minutes": "0"},
        {"kind": "extra", "minutes": "61"},
        {"kind": "extra", "minutes": "٥"},
        {"kind": "extra"},
        {"kind": "holiday"},
        {"kind": "extra", "minutes": "5", "reason": " "},
    ],
)
def test_nothing_odd_can_be_asked_for(house: House, fields: dict[str, str]) -> None:
    (tashi,) = house.seated(TASHI)
    assert ask(house, tashi, **fields) == (422, "")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_request_of_the_first_sitting_keeps_its_name_when_the_make_up_is_there(app: Flask, house: House) -> None:
    (tashi,) = house.seated(TASHI)
    kiosk, drolma = Kiosk.at(house, tashi, start="bo"), Desk(app, DROLMA)
    ask(house, tashi, kind="extra", minutes="5", when="asked")
    for act in ("submit", "makeup"):
        kiosk.call("POST", f"/exam/attempts/{tashi.attempt_id}/{act}", {})
    drolma.do(f"/invigilation/sessions/{tashi.session_id}/attempts/{tashi.attempt_id}/makeup")
    assert TASHI.name in Desk(app, NORBU).page("/invigilation/requests").text
