"""Check-in: the identity looked at, a seat by lot, a code that is shown once."""

import re
import threading

import pytest
from flask import Flask

from tests.accounts.desk import Desk
from tests.exam.kiosk import Kiosk
from tests.factories import House, Seated
from tests.page import Page
from tests.people import DROLMA, PASANG, TASHI, YANGJEN, candidate


def candidates_of(house: House, session_id: str) -> list[str]:
    """The candidates of a session, in the roster's order."""
    return [
        row[0]
        for row in house.rows(
            "SELECT candidate_id FROM candidate WHERE session_id = ? ORDER BY candidate_id", session_id
        )
    ]


def test_tashi_is_checked_in_and_signs_in_with_the_code_of_the_slip(app: Flask, house: House) -> None:
    session_id = house.session(TASHI)
    (tashi,) = candidates_of(house, session_id)
    path = f"/invigilation/sessions/{session_id}"
    drolma = Desk(app, DROLMA)
    assert TASHI.id_number in drolma.page(f"{path}?candidate={tashi}").text
    assert house.entries("pd.viewed", about=tashi)
    answer = drolma.post(f"{path}/candidates/{tashi}/check-in")
    assert answer.status_code == 200
    text = Page(answer.get_data(as_text=True)).text
    found = re.search(r"(\d{4})\s+(\d{4})", text)
    assert found
    code = "".join(found.groups())
    (attempt_id, seat) = house.rows("SELECT attempt_id, seat FROM attempt")[0]
    assert Kiosk.at(house, Seated(session_id, tashi, attempt_id, TASHI.id_number, code, seat)).attempt == attempt_id
    assert drolma.post(f"{path}/candidates/{tashi}/check-in").status_code == 409
    assert code not in drolma.page(f"{path}?candidate={tashi}").text.replace(" ", "")
    assert not [row for row in house.rows("SELECT body FROM entry") if code.encode() in bytes(row[0])]
    kinds = ("candidate.identity_checked", "seat.assigned", "candidate.checkin", "candidate.admission_issued")
    assert [len(house.entries(kind)) for kind in kinds] == [1, 1, 1, 1]


def test_a_person_who_is_not_the_document_is_refused_with_the_reason(app: Flask, house: House) -> None:
    session_id = house.session(TASHI)
    (tashi,) = candidates_of(house, session_id)
    path = f"/invigilation/sessions/{session_id}/candidates/{tashi}"
    drolma = Desk(app, DROLMA)
    assert drolma.post(f"{path}/refuse", reason="").status_code == 422
    drolma.do(f"{path}/refuse", reason="照片不符")
    (entry,) = house.entries("candidate.identity_refused")
    assert (entry["object"], entry["data"]) == (tashi, {"reason": "照片不符"})
    assert house.rows("SELECT COUNT(*) FROM attempt") == [(0,)]
    assert drolma.post(f"{path}/check-in").status_code == 200


def test_nobody_but_the_examiner_of_the_session_checks_in(app: Flask, house: House) -> None:
    session_id, other = house.session(TASHI), house.session(candidate(1), room="litang")
    (tashi,), (theirs,) = candidates_of(house, session_id), candidates_of(house, other)
    path = f"/invigilation/sessions/{session_id}/candidates"
    assert Desk(app, PASANG).post(f"{path}/{tashi}/check-in").status_code == 404
    assert Desk(app, YANGJEN).post(f"{path}/{tashi}/check-in").status_code == 403
    drolma = Desk(app, DROLMA)
    assert drolma.post(f"{path}/{theirs}/check-in").status_code == 404
    assert drolma.status(f"/invigilation/sessions/{session_id}?candidate={theirs}") == 404
    assert house.rows("SELECT COUNT(*) FROM attempt") == [(0,)]


def test_ten_presses_at_once_make_one_attempt(app: Flask, house: House) -> None:
    session_id = house.session(TASHI)
    (tashi,) = candidates_of(house, session_id)
    desks = [Desk(app, DROLMA) for _ in range(5)]
    tokens = [desk.token() for desk in desks]
    statuses: list[int] = []

    def press(desk: Desk, token: str) -> None:
        path = f"/invigilation/sessions/{session_id}/candidates/{tashi}/check-in"
        statuses.append(desk.client.post(path, data={"csrf_token": token}).status_code)

    threads = [threading.Thread(target=press, args=pair) for pair in zip(desks, tokens, strict=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 9
    assert house.rows("SELECT COUNT(*) FROM attempt") == [(1,)]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_two_open_sessions_of_a_room_never_share_a_seat(house: House) -> None:
    first = house.check_in_all(house.session(*map(candidate, range(1, 31))), DROLMA)
    second = house.check_in_all(house.session(*map(candidate, range(31, 61))), DROLMA)
    assert len({one.seat for one in [*first, *second]}) == 60


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_examiner_lifts_the_lock_at_a_seat(app: Flask, house: House) -> None:
    (tashi,) = house.seated()
    for _ in range(5):
        assert Kiosk(app).sign_in(tashi.id_number, "00000000").status_code == 401
    assert Kiosk(app).sign_in(tashi.id_number, tashi.code).status_code == 429
    drolma, path = Desk(app, DROLMA), f"/invigilation/sessions/{tashi.session_id}"
    assert "登录失败次数过多" in drolma.page(f"{path}/board").text
    drolma.do(f"{path}/attempts/{tashi.attempt_id}/unlock")
    assert Kiosk(app).sign_in(tashi.id_number, tashi.code).status_code == 200
