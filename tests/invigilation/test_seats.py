"""Seats as agency staff see them: states, and nothing of who sits there."""

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.exam.kiosk import Kiosk
from tests.factories import House
from tests.people import KELSANG, PEMA, TASHI, YANGJEN, candidate


@pytest.mark.parametrize("person", [KELSANG, PEMA], ids=["site manager", "agency supervisor"])
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_agency_staff_see_no_name_no_number_and_no_score(app: Flask, house: House, person: object) -> None:
    tashi, other = house.seated(TASHI, candidate(1))
    Kiosk.at(house, tashi, start="bo").call("POST", f"/exam/attempts/{tashi.attempt_id}/submit", {})
    Kiosk.at(house, other, start="zh")
    desk = Desk(app, person)  # type: ignore[arg-type]
    for path in ("/invigilation/seats", "/invigilation/seats.json"):
        answer = desk.client.get(path)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200
        for secret in (
            TASHI.name,
            "考生001",
            tashi.id_number[-4:],
            tashi.attempt_id,
            tashi.candidate_id,
            "合格",
            "/10",
        ):
            assert secret not in text.replace("未合格", ""), (path, secret)
        assert text.count("考试中") == 1
        assert text.count("空闲") == 58
    for path in ("sessions", f"sessions/{tashi.session_id}", f"sessions/{tashi.session_id}/board", "requests"):
        assert desk.status(f"/invigilation/{path}") == 403


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_room_of_another_agency_is_not_shown(app: Flask, house: House) -> None:
    house.session(candidate(3), room="litang")
    page = Desk(app, KELSANG).page("/invigilation/seats")
    assert "今天没有考试场次" in page.text
    assert Desk(app, YANGJEN).status("/invigilation/seats") == 403
