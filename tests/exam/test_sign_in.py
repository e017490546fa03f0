"""Signing in at a terminal: contract/kiosk.md, rows sign-in and sign-out, and the hold."""

import pytest

from examsys.exam import conduct
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk, problem
from tests.exam.threads import at_once
from tests.factories import House
from tests.people import DROLMA, TASHI, candidate


def test_the_right_pair_signs_in_and_the_number_is_not_sent_back(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk(house.app)
    answer = kiosk.sign_in(TASHI.id_number, tashi.code)
    assert answer.status_code == 200
    assert answer.json is not None
    assert TASHI.id_number not in answer.get_data(as_text=True)
    told = answer.json
    assert {"attempt", "csrf", "state", "candidate", "languages"} <= told.keys()
    assert told["attempt"] == tashi.attempt_id
    assert told["state"] == "ready"
    assert told["languages"] == ["bo", "zh"]
    assert {"name", "id_masked", "licence_class", "subject", "seat"} <= told["candidate"].keys()
    assert told["candidate"]["name"] == TASHI.name
    assert told["candidate"]["seat"] == tashi.seat


def test_the_cookie_is_out_of_reach_of_scripts(house: House) -> None:
    tashi = house.seated()[0]
    cookie = Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


@pytest.mark.parametrize(
    ("id_number", "admission"),
    [
        (TASHI.id_number, "00000000"),
        (candidate(5).id_number, None),
        ("990000199001010017", "12345678"),
        ("not a number", "12345678"),
        ("", ""),
        (None, None),
        (17, ["x"]),
        ({"a": 1}, True),
        ("\x00" * 18, "\x00"),
        ("<b>扎西</b>", "'; DROP TABLE attempt; --"),
        ("9" * 100_000, "1"),
        ("\ud800", "\udfff"),
    ],
    ids=range(12),
)
def test_a_wrong_pair_is_refused_without_a_hint(house: House, id_number: object, admission: object) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk(house.app)
    answer = kiosk.sign_in(id_number, tashi.code if admission is None else admission)
    assert problem(answer) == (401, "exam.unknown_candidate")
    assert answer.get_data() == Kiosk(house.app).sign_in(TASHI.id_number, "99999999").get_data()


def test_five_failures_lock_this_number_at_this_address_only(house: House) -> None:
    tashi, other = house.seated(TASHI, candidate(1))
    kiosk = Kiosk(house.app)
    for _ in range(5):
        assert problem(kiosk.sign_in(TASHI.id_number, "00000000"))[0] == 401
    locked = kiosk.sign_in(TASHI.id_number, tashi.code)
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 0
    assert kiosk.sign_in(other.id_number, other.code).status_code == 200
    assert Kiosk(house.app, "10.0.0.2").sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_the_lock_ends_after_half_an_hour(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk(house.app)
    for _ in range(5):
        kiosk.sign_in(TASHI.id_number, "00000000")
    clock.advance(29 * 60)
    assert kiosk.sign_in(TASHI.id_number, tashi.code).status_code == 429
    clock.advance(2 * 60)
    assert kiosk.sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_an_address_alone_is_not_locked_under_120_a_minute(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk(house.app)
    for number in range(119):
        assert kiosk.sign_in(candidate(10 + number).id_number, "00000000").status_code == 401
    assert kiosk.sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_another_terminal_does_not_get_in_while_one_holds_the_attempt(house: House) -> None:
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi)
    assert problem(Kiosk(house.app).sign_in(TASHI.id_number, tashi.code)) == (409, "exam.signed_in_elsewhere")
    assert first.sign_in(TASHI.id_number, tashi.code).status_code == 200  # the same browser may, after a crash


def test_signing_out_frees_the_hold_and_ends_the_session(house: House) -> None:
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi)
    assert first.sign_out().status_code == 204
    assert first.call("GET", first.path).status_code == 401
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_a_hold_ends_after_a_minute_of_silence_before_the_start(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    Kiosk.at(house, tashi)
    clock.advance(59)
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 409
    clock.advance(7)
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_contact_keeps_a_hold(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi)
    for _ in range(4):
        clock.advance(40)
        first.get()
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 409


def test_a_hold_never_ends_by_itself_while_the_attempt_runs(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    Kiosk.at(house, tashi, start="bo")
    clock.advance(30 * 60)
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 409


def test_who_answered_a_moment_ago_still_holds_the_attempt_when_it_ends(clock: Clock, house: House) -> None:
    """Any call is a contact, not only GET: else a neighbour gets in the moment the exam is handed in."""
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi, start="bo")
    clock.advance(10 * 60)
    first.view({"kind": "shown", "position": 1, "value": "question", "ms": 10})
    first.submit()
    clock.advance(30)
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 409


def test_the_examiner_frees_a_seat(house: House) -> None:
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi, start="bo")
    with house.inside():
        conduct.free(tashi.attempt_id, house.actor(DROLMA))
    assert first.call("GET", first.path).status_code == 401
    assert Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code == 200


def test_a_session_survives_a_restart_of_the_server(house: House) -> None:
    tashi = house.seated()[0]
    first = Kiosk.at(house, tashi, start="bo")
    cookie = first.client.get_cookie("seat")
    assert cookie is not None
    with house.restarted() as again:
        browser = again.test_client()
        browser.set_cookie("seat", cookie.value)
        answer = browser.get(first.path)
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["state"] == "running"


def test_twenty_terminals_at_once_and_one_gets_in(house: House) -> None:
    tashi = house.seated()[0]
    codes = at_once(20, lambda _: Kiosk(house.app).sign_in(TASHI.id_number, tashi.code).status_code)
    assert sorted(codes) == [200] + [409] * 19


def test_a_page_of_elsewhere_signs_nobody_in(house: House) -> None:
    tashi = house.seated()[0]
    sent = {"id_number": tashi.id_number, "admission": tashi.code}
    browser = house.app.test_client()
    answer = browser.post("/exam/sign-in", json=sent, headers={"Origin": "https://elsewhere.example"})
    assert problem(answer) == (403, "auth.token")


def test_problems_are_in_both_languages_where_the_attempt_shows_both(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="both")
    refused = kiosk.answer(1, ["no-such-option"], 1)
    assert refused.status_code == 422
    title = refused.get_json()["title"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in title)
    assert any("\u0f40" <= sign <= "\u0fbc" for sign in title)
