"""Handing in, grading, make-up, regrading, reopening."""

import pytest

from examsys.bank import service as bank
from examsys.domain.errors import RuleBroken
from examsys.exam import conduct, entering, results, seating, upkeep
from examsys.exam.form import form_of
from examsys.invigilation import service as invigilation
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk, problem
from tests.exam.threads import at_once
from tests.factories import House
from tests.people import DROLMA, TASHI, candidate


def test_handing_in_grades_once_and_says_the_same_again(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    told = kiosk.play(house, wrong=1)
    assert {"state", "score", "full_mark", "pass_mark", "passed", "score_sheet"} <= told.keys()
    assert (told["state"], told["score"], told["full_mark"], told["pass_mark"], told["passed"]) == (
        "closed",
        90,
        100,
        90,
        True,
    )
    assert told["score_sheet"].endswith("pdf")
    assert kiosk.submit().json == told
    assert len(house.rows("SELECT 1 FROM result")) == 1
    assert len(house.rows("SELECT 1 FROM mark")) == 10


def test_one_point_under_the_pass_mark_is_a_fail(house: House) -> None:
    told = Kiosk.at(house, house.seated()[0], start="bo")
    result = told.play(house, wrong=2)
    assert (result["score"], result["passed"]) == (80, False)


def test_a_multiple_choice_answer_is_right_only_with_exactly_the_key(house: House) -> None:
    for index, change in enumerate((lambda key, ids: key[:1], lambda key, ids: ids, lambda key, ids: key)):
        kiosk = Kiosk.at(house, house.seated(candidate(index))[0], start="bo")
        question = next(each for each in kiosk.get()["questions"] if each["kind"] == "multiple")
        ids, key = (
            [option["id"] for option in question["options"]],
            house.right_answers(kiosk.attempt)[question["position"]],
        )
        kiosk.answer(question["position"], change(key, ids), 1)
        assert kiosk.submit().json["score"] == (10 if index == 2 else 0)  # type: ignore[index]


def test_subject_3_has_its_own_paper(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated(subject="subject3")[0], start="bo")
    assert kiosk.get()["seconds_left"] == 30 * 60
    assert kiosk.play(house)["score"] == 100


def test_fifty_submits_at_once_make_one_result(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    cookie = kiosk.client.get_cookie("seat")
    assert cookie is not None

    def hand_in(_: int) -> tuple[int, str]:
        browser = house.app.test_client()
        browser.set_cookie("seat", cookie.value)
        answer = browser.post(f"{kiosk.path}/submit", json={}, headers={"X-CSRF-Token": kiosk.csrf})
        return answer.status_code, answer.get_data(as_text=True)

    assert len(set(at_once(50, hand_in))) == 1
    assert len(house.rows("SELECT 1 FROM result")) == 1
    assert len(house.entries("exam.submit")) == len(house.entries("exam.scored")) == 1


def test_the_closer_and_a_submit_at_once_make_one_result(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    clock.advance(45 * 60)

    def end(number: int) -> int:
        if number % 2:
            with house.inside():
                upkeep.close_due(clock.instant())
            return 200
        return Kiosk.submit(kiosk).status_code

    assert set(at_once(2, end)) == {200}
    assert len(house.rows("SELECT 1 FROM result")) == 1


def test_nobody_hands_in_while_the_room_is_waiting(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0])
    assert problem(kiosk.submit()) == (409, "attempt.not_started")


def test_the_makeup_shares_no_question_and_the_terminal_goes_on_with_it(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    assert kiosk.play(house, wrong=5)["makeup"] == "offered"
    assert kiosk.call("POST", f"{kiosk.path}/makeup", {}).status_code == 204
    with house.inside():
        second = invigilation.release_makeup(tashi.session_id, tashi.attempt_id, house.actor(DROLMA))
        papers = [form_of(1, attempt).paper for attempt in (tashi.attempt_id, second)]
    first_ids, second_ids = ({position.question_id for position in paper.positions} for paper in papers)
    assert not first_ids & second_ids
    assert kiosk.get()["next"] == second
    kiosk.attempt = second
    assert kiosk.get()["state"] == "ready"
    assert kiosk.start("zh").status_code == 200
    told = kiosk.play(house)
    assert (told["score"], told["passed"], told["makeup"]) == (100, True, "none")
    assert len(house.rows("SELECT 1 FROM result")) == 2


def test_there_is_one_makeup_and_none_after_a_pass(house: House) -> None:
    passed, failed = house.seated(TASHI, candidate(1))
    kiosk = Kiosk.at(house, passed, start="bo")
    assert kiosk.play(house)["makeup"] == "none"
    assert problem(kiosk.call("POST", f"{kiosk.path}/makeup", {})) == (409, "attempt.no_makeup")
    other = Kiosk.at(house, failed, start="bo")
    other.play(house, wrong=10)
    with house.inside():
        drolma = house.actor(DROLMA)
        second = invigilation.release_makeup(failed.session_id, failed.attempt_id, drolma)
        with pytest.raises(RuleBroken, match="no_makeup"):
            invigilation.release_makeup(failed.session_id, failed.attempt_id, drolma)
    other.attempt = second
    other.start("bo")
    assert other.play(house, wrong=10)["makeup"] == "none"
    with house.inside(), pytest.raises(RuleBroken, match="no_makeup"):
        invigilation.release_makeup(failed.session_id, second, drolma)


def test_whoever_leaves_gets_no_makeup(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    kiosk.play(house, wrong=10)
    assert kiosk.call("POST", f"{kiosk.path}/leave", {}).status_code == 204
    assert problem(kiosk.call("POST", f"{kiosk.path}/makeup", {})) == (409, "attempt.no_makeup")
    with house.inside(), pytest.raises(RuleBroken, match="no_makeup"):
        invigilation.release_makeup(tashi.session_id, tashi.attempt_id, house.actor(DROLMA))


def test_ten_releases_of_a_makeup_at_once_make_one(house: House) -> None:
    tashi = house.seated()[0]
    Kiosk.at(house, tashi, start="bo").play(house, wrong=10)
    drolma = house.actor(DROLMA)

    def release(_: int) -> bool:
        with house.inside():
            try:
                invigilation.release_makeup(tashi.session_id, tashi.attempt_id, drolma)
            except RuleBroken:
                return False
            return True

    assert sum(at_once(10, release)) == 1
    assert house.rows("SELECT number FROM attempt ORDER BY number") == [(1,), (2,)]


def test_ten_checkins_of_one_candidate_at_once_make_one_attempt(house: House) -> None:
    session_id = house.session(TASHI)
    drolma = house.actor(DROLMA)
    with house.inside():
        candidate_id = entering.bookings(session_id)[0].candidate_id

    def enter(_: int) -> bool:
        with house.inside():
            try:
                invigilation.check_in(session_id, candidate_id, drolma)
            except RuleBroken:
                return False
            return True

    assert sum(at_once(10, enter)) == 1
    assert len(house.rows("SELECT 1 FROM attempt")) == 1


def test_a_whole_room_checked_in_at_once_sits_at_different_seats(house: House) -> None:
    session_id = house.session(*map(candidate, range(16)))
    drolma = house.actor(DROLMA)
    with house.inside():
        ids = [booking.candidate_id for booking in entering.bookings(session_id)]

    def enter(number: int) -> str:
        with house.inside():
            return invigilation.check_in(session_id, ids[number], drolma).seat

    seats = at_once(16, enter)
    assert len(set(seats)) == 16


def test_after_a_clock_step_backwards_the_makeup_is_still_the_newest(clock: Clock, house: House) -> None:
    """Ids follow the wall clock: whoever orders attempts by id lands in the first one."""
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    kiosk.play(house, wrong=10)
    clock.step(-1)
    with house.inside():
        second = invigilation.release_makeup(tashi.session_id, tashi.attempt_id, house.actor(DROLMA))
        board = seating.board(tashi.session_id)
    assert [row.attempt_id for row in board] == [second]
    kiosk.sign_out()
    again = Kiosk(house.app)
    assert again.sign_in(TASHI.id_number, tashi.code).json["attempt"] == second  # type: ignore[index]


def test_a_voided_question_counts_for_all_and_the_old_result_stays(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    assert kiosk.play(house, wrong=2)["score"] == 80
    with house.inside():
        voided = form_of(1, tashi.attempt_id).paper.positions[0]
        assert results.regrade(bank.withdraw(voided.question_id, "题目有误"), "题目有误") == [tashi.attempt_id]
    told = kiosk.get()["result"]
    assert (told["score"], told["passed"]) == (90, True)
    rows = house.rows("SELECT result_id, before, score, reason FROM result ORDER BY result_id")
    assert [(row[2], row[3]) for row in rows] == [(80, None), (90, "题目有误")]
    assert rows[1][1] == rows[0][0]
    assert house.broken() == []


def test_a_question_voided_during_the_exam_counts_for_who_hands_in_later(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    with house.inside():
        voided = form_of(1, kiosk.attempt).paper.positions[0]
        results.regrade(bank.withdraw(voided.question_id, "题目有误"), "题目有误")
    assert kiosk.play(house, wrong=1)["score"] == 100
    assert house.broken() == []


def test_a_voided_question_is_not_drawn_any_more(house: House) -> None:
    with house.inside():
        first = next(each for each in bank.questions_of(house.release_id) if each.chapter == "fines")
        bank.withdraw(first.id, "题目有误")
    for seated in house.seated(*map(candidate, range(12))):
        with house.inside():
            assert first.id not in {position.question_id for position in form_of(1, seated.attempt_id).paper.positions}


def test_after_reopening_the_new_result_counts(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    assert kiosk.submit().json["score"] == 0  # type: ignore[index]
    with house.inside():
        drolma = house.actor(DROLMA)
        conduct.reopen(tashi.attempt_id, "误触交卷", drolma)
        conduct.resume(tashi.attempt_id, drolma)
    assert kiosk.play(house)["score"] == 100
    assert kiosk.get()["result"]["score"] == 100
    rows = house.rows("SELECT result_id, before FROM result ORDER BY result_id")
    assert rows[1][1] == rows[0][0]
    assert house.broken() == []


def test_the_examiner_ends_an_attempt_that_never_started(house: House) -> None:
    tashi = house.seated()[0]
    with house.inside():
        conduct.end(tashi.attempt_id, "缺考", house.actor(DROLMA))
    told = Kiosk.at(house, tashi).get()
    assert (told["state"], told["result"]["score"]) == ("closed", 0)
