"""What the replay is drawn from: the frozen contents and one frame a step."""

import json
from typing import Any

from examsys.bank import service as bank
from examsys.exam import conduct
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import DROLMA, LHAMO, TASHI
from tests.supervision.desk import Desk


def film(house: House, attempt_id: str) -> dict[str, Any]:
    page = Desk.of(house, LHAMO).page(f"/supervision/attempts/{attempt_id}/screen")
    return {name: json.loads(page.data[name]) for name in ("paper", "frames")}


def test_frames_tell_time_language_seat_and_changed_answers(clock: Clock, house: House) -> None:
    seated = house.seated(TASHI)[0]
    kiosk = Kiosk.at(house, seated, start="bo")
    question = next(each for each in kiosk.get()["questions"] if each["kind"] == "single")
    for seq, option in enumerate(question["options"][:2], 1):
        clock.advance(20)
        kiosk.answer(question["position"], [option["id"]], seq)
    kiosk.view({"kind": "language", "position": question["position"], "value": "both", "ms": 900})
    with house.inside():
        conduct.move_seat(seated.attempt_id, "59", "坏了", house.actor(DROLMA))
    made = film(house, seated.attempt_id)
    frames = made["frames"]
    assert [frame["kind"] for frame in frames] == ["released", "start", "answer", "answer", "language", "pause", "seat"]
    assert [frame["changed"] for frame in frames] == [False, False, False, True, False, False, False]
    assert [frame["left"] for frame in frames[1:4]] == [2700, 2680, 2660]
    assert frames[-1]["seat"] == "59"
    assert set(made["paper"]["candidates"]) == {seated.seat, "59"}


def test_a_page_opened_anew_begins_with_its_own_clock(house: House) -> None:
    seated = house.seated(TASHI)[0]
    kiosk = Kiosk.at(house, seated, start="bo")
    kiosk.view({"kind": "shown", "position": 1, "value": "size:2", "ms": 9_000})
    kiosk.view({"kind": "shown", "position": 1, "value": "question", "ms": 700})
    frames = film(house, seated.attempt_id)["frames"]
    assert [frame.get("value") for frame in frames[-2:]] == ["size:2", None]
    assert [frame["fresh"] for frame in frames[-2:]] == [False, True]


def test_the_paper_stays_as_it_was_after_a_question_is_withdrawn(house: House) -> None:
    seated = house.seated(TASHI)[0]
    kiosk = Kiosk.at(house, seated, start="zh")
    live = kiosk.get()["questions"]
    kiosk.play(house)
    with house.inside():
        bank.withdraw("t-road-000", "题目有误")
        bank.content.cache_clear()
    assert film(house, seated.attempt_id)["paper"]["questions"] == live
