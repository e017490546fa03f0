"""The acceptance post: sessions, rosters with a report, the examiner by lot."""

import io

import pytest
from flask import Flask

from examsys.clock import now
from examsys.domain.dates import beijing_day
from tests.accounts.desk import Desk
from tests.factories import House, roster_of
from tests.people import DROLMA, LIQIANG, NORBU, PASANG, TASHI, TENZIN, WANGDU, YANGJEN, Person, candidate


def make(desk: Desk, house: House, room: str = "kangding") -> str:
    """A new session of today, as its page's address."""
    day = beijing_day(now().wall).isoformat()
    answer = desk.post("/invigilation/sessions", room=house.rooms[room], day=day)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def import_roster(desk: Desk, session: str, content: bytes) -> tuple[int, str]:
    """Upload a roster; the status and the page."""
    answer = desk.post(f"{session}/roster", roster=(io.BytesIO(content), "roster.csv"))
    return answer.status_code, answer.get_data(as_text=True)


def test_yangjen_makes_a_session_imports_its_roster_and_has_the_examiner_drawn(app: Flask, house: House) -> None:
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    assert import_roster(desk, session, roster_of([TASHI, candidate(1)]))[0] == 303
    page = desk.do(f"{session}/match")
    assert "N-drolma" in page.text
    (lot,) = house.rows("SELECT purpose FROM lot WHERE object = ?", session.rsplit("/", 1)[1])
    assert lot == ("examiner",)
    assert house.entries("session.examiner_drawn")[0]["data"]["names"] == 1
    assert desk.post(f"{session}/match").status_code == 409


def test_a_roster_with_faults_imports_nothing_and_names_every_line(app: Flask, house: House) -> None:
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    wrong = Person("多吉", "", "990000199001010000")
    twice = [TASHI, candidate(1), wrong, candidate(2), candidate(1)]
    status, text = import_roster(desk, session, roster_of(twice))
    assert status == 422
    assert "身份证明号码无效" in text
    assert "重复" in text
    assert house.rows("SELECT COUNT(*) FROM candidate") == [(0,)]
    assert house.entries("session.roster_refused")[0]["data"] == {"rows": 5, "faulty": 2, "file": []}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"a,b,c\n1,2,3\n",
        '流水号,姓名\n1,"没有结束'.encode(),
        roster_of([]),
        roster_of([Person("<b>扎西</b>", "", TASHI.id_number)]),
        roster_of([Person("扎西\u0007", "", TASHI.id_number)]),
        roster_of([Person("长" * 61, "", TASHI.id_number)]),
        roster_of([TASHI], licence_class="Z9"),
        roster_of([TASHI], subject="科目九"),
        roster_of([candidate(number) for number in range(61)]),
    ],
    ids=["empty", "bytes", "columns", "quote", "no lines", "markup", "control", "long", "class", "subject", "too many"],
)
def test_bad_files_are_told_and_leave_nothing(app: Flask, house: House, content: bytes) -> None:
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    status, text = import_roster(desk, session, content)
    assert status == 422
    assert "未导入任何数据" in text
    assert house.rows("SELECT COUNT(*) FROM candidate") == [(0,)]
    assert house.entries("session.roster_refused")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_second_import_takes_nobody_twice_and_no_number_under_another_name(app: Flask, house: House) -> None:
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    assert import_roster(desk, session, roster_of([TASHI]))[0] == 303
    status, text = import_roster(desk, session, roster_of([TASHI, candidate(1)]))
    assert (status, "已在考生名单中" in text) == (422, True)
    status, text = import_roster(desk, session, roster_of([Person("尼玛", "", TASHI.id_number)], subject="subject3"))
    assert (status, "登记的姓名不同" in text) == (422, True)
    assert house.rows("SELECT COUNT(*) FROM candidate") == [(1,)]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_template_can_be_imported(app: Flask, house: House) -> None:
    desk = Desk(app, YANGJEN)
    template = desk.client.get("/invigilation/roster-template.csv")
    assert template.get_data(as_text=True).startswith("\ufeff流水号,姓名,")
    session = make(desk, house)
    assert import_roster(desk, session, template.get_data())[0] == 303


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("day", ["", "yesterday", "2020-01-01", "2199-01-01", "2026-02-30", "20261122"])
def test_a_session_needs_a_day_to_come(app: Flask, house: House, day: str) -> None:
    assert Desk(app, YANGJEN).post("/invigilation/sessions", room=house.rooms["kangding"], day=day).status_code == 422
    assert house.rows("SELECT COUNT(*) FROM session") == [(0,)]


def test_nobody_reaches_a_session_of_another_county(app: Flask, house: House) -> None:
    session_id = house.session(TASHI)
    path = f"/invigilation/sessions/{session_id}"
    for person in (YANGJEN, DROLMA, NORBU, LIQIANG):
        assert Desk(app, person).status(path) == 200, person.username
    for stranger in (TENZIN, PASANG, WANGDU):
        desk = Desk(app, stranger)
        assert session_id not in " ".join(desk.page("/invigilation/sessions").links)
        assert [desk.status(path), desk.status(f"{path}/board"), desk.status(f"{path}/board.json")] == [404, 404, 404]
    tenzin = Desk(app, TENZIN)
    assert tenzin.post("/invigilation/sessions", room=house.rooms["kangding"], day="2199-01-01").status_code == 404
    assert tenzin.post(f"{path}/roster", roster=(io.BytesIO(roster_of([TASHI])), "r.csv")).status_code == 404
    assert tenzin.post(f"{path}/match").status_code == 404


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_colleague_whom_the_lot_did_not_draw_does_not_see_the_session(app: Flask, house: House) -> None:
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    assert Desk(app, DROLMA).status(session) == 404
    import_roster(desk, session, roster_of([TASHI]))
    desk.do(f"{session}/match")
    drolma = Desk(app, DROLMA)
    assert drolma.status(session) == 200
    assert desk.post(f"{session}/take-over").status_code == 403
    drolma.do(f"{session}/take-over")
    assert desk.post(f"{session}/roster", roster=(io.BytesIO(roster_of([candidate(5)])), "r.csv")).status_code == 409


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_formal_site_opens_no_session_on_tibetan_that_nobody_released(app: Flask, house: House) -> None:
    house.make_formal()
    desk = Desk(app, YANGJEN)
    session = make(desk, house)
    import_roster(desk, session, roster_of([TASHI]))
    desk.do(f"{session}/match")
    answer = Desk(app, DROLMA).post(f"{session}/take-over")
    assert answer.status_code == 409
    assert "藏文" in answer.get_data(as_text=True)
    assert "进行中" not in desk.page(session).text
