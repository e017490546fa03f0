"""Saving answers: seq, receipts, what is refused, what comes late; contract/kiosk.md, row answers and seq."""

from typing import Any

import pytest

from examsys.exam import conduct, upkeep
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk, problem
from tests.exam.threads import at_once
from tests.factories import House
from tests.people import DROLMA, candidate


@pytest.fixture
def kiosk(house: House) -> Kiosk:
    """Tashi, who has started."""
    return Kiosk.at(house, house.seated()[0], start="bo")


def options_of(kiosk: Kiosk, kind: str = "single") -> tuple[int, list[str]]:
    """Position and option ids of the first question of a kind."""
    question = next(question for question in kiosk.get()["questions"] if question["kind"] == kind)
    return question["position"], [option["id"] for option in question["options"]]


def receipt(answer: Any) -> str:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert {"receipt", "position", "seconds_left"} == set(answer.json)
    return str(answer.json["receipt"])


def test_a_receipt_is_the_beginning_of_the_steps_hash(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    given = receipt(kiosk.answer(position, ids[:1], 1))
    stored = house.rows("SELECT hash, seq, position FROM step WHERE attempt_id = ? AND kind = 'answer'", kiosk.attempt)
    assert [(bytes(row[0]).hex()[:32], row[1], row[2]) for row in stored] == [(given, 1, position)]
    assert kiosk.get()["answers"] == {str(position): ids[:1]}
    assert kiosk.get()["newest_seq"] == 1


def test_the_last_answer_counts_and_all_stay_in_the_journal(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    for seq, chosen in enumerate(ids, 1):
        receipt(kiosk.answer(position, [chosen], seq))
    assert kiosk.get()["answers"] == {str(position): ids[-1:]}
    assert [step["options"] for step in house.steps(kiosk.attempt) if step["kind"] == "answer"] == [
        [each] for each in ids
    ]


def test_nothing_chosen_clears(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    receipt(kiosk.answer(position, ids[:1], 1))
    receipt(kiosk.answer(position, [], 2))
    assert kiosk.get()["answers"] == {}
    assert house.steps(kiosk.attempt)[-1]["kind"] == "clear"
    assert house.rows("SELECT answered FROM live WHERE attempt_id = ?", kiosk.attempt) == [(0,)]


def test_a_known_seq_gets_its_receipt_and_adds_nothing(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    first = receipt(kiosk.answer(position, ids[:1], 1))
    second = receipt(kiosk.answer(position, ids[1:2], 2))
    length = len(house.steps(kiosk.attempt))
    assert receipt(kiosk.answer(position, ids[:1], 1)) == first
    assert receipt(kiosk.answer(position, ids[1:2], 2)) == second
    assert len(house.steps(kiosk.attempt)) == length
    assert house.entries("exam.answer_conflict") == []


def test_a_known_seq_with_other_options_is_receipted_and_noted(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    first = receipt(kiosk.answer(position, ids[:1], 1))
    assert receipt(kiosk.answer(position, ids[1:2], 1)) == first
    for odd in (["no-such-option"], "x", None, {"a": 1}):
        assert receipt(kiosk.answer(position, odd, 1)) == first
    assert kiosk.get()["answers"] == {str(position): ids[:1]}
    noted = house.entries("exam.answer_conflict", kiosk.attempt)
    assert [entry["data"] for entry in noted] == [{"position": position, "seq": 1}] * 5


def test_the_same_options_in_another_order_are_no_conflict(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk, "multiple")
    backwards = [ids[2], ids[0]]
    first = receipt(kiosk.answer(position, backwards, 1))
    assert receipt(kiosk.answer(position, backwards, 1)) == first  # sent again, to the letter
    assert kiosk.get()["answers"] == {str(position): [ids[0], ids[2]]}
    assert house.entries("exam.answer_conflict") == []


def test_a_lower_seq_gets_the_newest_receipt_and_changes_nothing(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    newest = receipt(kiosk.answer(position, ids[:1], 7))
    assert receipt(kiosk.answer(position, ids[1:2], 3)) == newest
    assert kiosk.get()["answers"] == {str(position): ids[:1]}
    assert kiosk.get()["newest_seq"] == 7
    assert house.entries("exam.answer_conflict") == []


def test_seq_is_compared_by_position(house: House, kiosk: Kiosk) -> None:
    right = house.right_answers(kiosk.attempt)
    receipt(kiosk.answer(5, right[5], 9))
    receipt(kiosk.answer(6, right[6], 2))
    told = kiosk.get()
    assert told["answers"] == {"5": right[5], "6": right[6]}
    assert told["newest_seq"] == 9


@pytest.mark.parametrize(
    "seq", [-1, 2**53, 2**63, 10**30, 1.5, "1", None, True, [1], {}], ids=lambda seq: str(seq)[:12]
)
def test_a_seq_that_is_no_number_is_refused(kiosk: Kiosk, seq: Any) -> None:
    position, ids = options_of(kiosk)
    assert problem(kiosk.answer(position, ids[:1], seq)) == (422, "attempt.bad_seq")
    assert kiosk.get()["answers"] == {}


def test_the_largest_seq_is_taken(kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    receipt(kiosk.answer(position, ids[:1], 2**53 - 1))
    assert kiosk.get()["newest_seq"] == 2**53 - 1


def test_options_outside_the_question_are_refused(kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    _, others = options_of(kiosk, "judge")
    bad: list[Any] = [
        ["no-such-option"],
        others[:1],
        ids[:2],
        [*ids[:1], "x"],
        ids[:1] * 2,
        ids[:1] * 50,
        [None],
        [1],
        [ids],
    ]
    bad += ["x", ids[0], None, 3, {}, {"id": ids[0]}, True, ["\x00"], ["\ud800"], ["x" * 100_000]]
    for options in bad:
        assert problem(kiosk.answer(position, options, 5)) == (422, "attempt.bad_option"), options
    assert kiosk.get()["answers"] == {}
    multiple, ids = options_of(kiosk, "multiple")
    receipt(kiosk.answer(multiple, ids, 6))
    assert problem(kiosk.answer(multiple, [ids[0], ids[0]], 7)) == (422, "attempt.bad_option")


@pytest.mark.parametrize("position", ["0", "11", "999999999999999999999999", "-1", "x", "1.5", "9" * 5_000])
def test_a_position_outside_the_paper_is_not_found(kiosk: Kiosk, position: str) -> None:
    answer = kiosk.call("PUT", f"{kiosk.path}/answers/{position}", {"options": [], "seq": 1})
    assert answer.status_code == 404


def test_after_the_end_known_answers_are_receipted_and_new_ones_kept_but_never_graded(
    house: House, kiosk: Kiosk
) -> None:
    right = house.right_answers(kiosk.attempt)
    first = receipt(kiosk.answer(1, right[1], 1))
    submitted = kiosk.submit().json
    assert submitted is not None
    assert receipt(kiosk.answer(1, right[1], 1)) == first
    assert receipt(kiosk.answer(1, [], 0)) == first
    assert problem(kiosk.answer(2, right[2], 2)) == (409, "attempt.closed")
    late = house.steps(kiosk.attempt)[-1]
    assert (late["kind"], late["answer"]) == ("late", {"position": 2, "seq": 2, "options": right[2]})
    assert kiosk.get()["answers"] == {"1": right[1]}
    again = kiosk.submit().json
    assert again == submitted
    assert len(house.rows("SELECT 1 FROM result WHERE attempt_id = ?", kiosk.attempt)) == 1


def test_an_answer_after_the_deadline_is_kept_late_and_never_graded(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    right = house.right_answers(kiosk.attempt)
    for position in range(1, 9):
        receipt(kiosk.answer(position, right[position], position))
    clock.advance(45 * 60 - 1)
    assert kiosk.answer(9, right[9], 9).json["seconds_left"] == 1
    clock.advance(1)
    assert problem(kiosk.answer(10, right[10], 10)) == (409, "attempt.time_over")
    assert receipt(kiosk.answer(9, right[9], 9))  # known: also after the end
    assert house.steps(kiosk.attempt)[-1]["kind"] == "late"
    with house.inside():
        assert upkeep.close_due(clock.instant()) == [kiosk.attempt]
    told = kiosk.get()
    assert (told["state"], told["result"]["score"], told["result"]["passed"]) == ("closed", 90, True)
    assert "10" not in told["answers"]


def test_late_steps_cannot_fill_the_disk(house: House, kiosk: Kiosk) -> None:
    right = house.right_answers(kiosk.attempt)
    kiosk.submit()
    for seq in range(1, 230):
        assert kiosk.answer(1, right[1], seq).status_code == 409
    assert [step["kind"] for step in house.steps(kiosk.attempt)].count("late") == 200


def test_a_paused_attempt_takes_no_answer_but_knows_those_it_has(house: House, kiosk: Kiosk) -> None:
    right = house.right_answers(kiosk.attempt)
    first = receipt(kiosk.answer(1, right[1], 1))
    with house.inside():
        conduct.pause(kiosk.attempt, "停电", house.actor(DROLMA))
    assert problem(kiosk.answer(2, right[2], 2)) == (409, "attempt.paused")
    assert receipt(kiosk.answer(1, right[1], 1)) == first
    assert "late" not in [step["kind"] for step in house.steps(kiosk.attempt)]


def test_the_same_answer_fifty_times_at_once_is_one_step(house: House, kiosk: Kiosk) -> None:
    position, ids = options_of(kiosk)
    cookie = kiosk.client.get_cookie("seat")
    assert cookie is not None

    def send(_: int) -> str:
        browser = house.app.test_client()
        browser.set_cookie("seat", cookie.value)
        body, headers = {"options": ids[:1], "seq": 1}, {"X-CSRF-Token": kiosk.csrf}
        return receipt(browser.put(f"{kiosk.path}/answers/{position}", json=body, headers=headers))

    assert len(set(at_once(50, send))) == 1
    assert [step["kind"] for step in house.steps(kiosk.attempt)].count("answer") == 1


def test_answers_of_a_whole_room_at_once_keep_every_chain_whole(house: House) -> None:
    kiosks = [Kiosk.at(house, seated, start="bo") for seated in house.seated(*map(candidate, range(12)))]
    right = {kiosk.attempt: house.right_answers(kiosk.attempt) for kiosk in kiosks}

    def sit(number: int) -> int:
        kiosk = kiosks[number]
        for position, options in right[kiosk.attempt].items():
            receipt(kiosk.answer(position, options, position))
        return int(kiosk.submit().json["score"])  # type: ignore[index]

    assert at_once(12, sit) == [100] * 12
    assert house.broken() == []
