"""The attempt as a terminal is given it: its shape, its states, its start; nothing from which the key follows."""

import json
from typing import Any

import pytest

from examsys.exam import conduct
from tests.clocks import Clock
from tests.exam.kiosk import Kiosk, problem
from tests.exam.threads import at_once
from tests.factories import House
from tests.people import DROLMA, TASHI, candidate

FULL_TIME = 45 * 60


def test_who_waits_is_told_so_and_sees_no_question(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated(released=False)[0])
    told = kiosk.get()
    assert {"attempt", "state", "seconds_left", "language", "questions", "answers", "newest_seq"} <= told.keys()
    assert (told["state"], told["questions"], told["answers"], told["newest_seq"]) == ("waiting", [], {}, 0)
    assert told["seconds_left"] == FULL_TIME
    assert problem(kiosk.start()) == (409, "attempt.not_released")
    assert problem(kiosk.answer(1, [], 1)) == (409, "attempt.not_started")
    assert problem(kiosk.submit()) == (409, "attempt.not_started")


def test_who_was_released_may_start_and_still_sees_no_question(house: House) -> None:
    told = Kiosk.at(house, house.seated()[0]).get()
    assert (told["state"], told["questions"], told["seconds_left"]) == ("ready", [], FULL_TIME)


def test_the_paper_has_the_shape_of_the_contract(house: House) -> None:
    told = Kiosk.at(house, house.seated()[0], start="bo").get()
    assert [question["position"] for question in told["questions"]] == list(range(1, 11))
    for question in told["questions"]:
        assert question["kind"] in ("judge", "single", "multiple")
        assert set(question["stem"]) == {"zh", "bo"} == set(question["audio"])
        assert len(question["options"]) >= 2
        for option in question["options"]:
            assert option["text"]["zh"]
            assert option["text"]["bo"]
            assert isinstance(option["media"], list)
            assert set(option["audio"]) == {"zh", "bo"}
        for medium in [*question["media"], *(medium for option in question["options"] for medium in option["media"])]:
            assert {"url", "kind", "alt"} <= medium.keys()
            assert set(medium["alt"]) == {"zh", "bo"}


def test_the_pictures_are_there(house: House) -> None:
    kiosks = [Kiosk.at(house, seated, start="bo") for seated in house.seated(*map(candidate, range(8)))]
    asked = [question for kiosk in kiosks for question in kiosk.get()["questions"]]  # one paper may have no picture
    media = [medium["url"] for question in asked for medium in question["media"]]
    media += [medium["url"] for question in asked for option in question["options"] for medium in option["media"]]
    assert media
    answer = kiosks[0].client.get(media[0])
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]


def test_an_option_that_is_a_picture_has_a_neutral_name(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    drawn = [q["options"] for q in kiosk.get()["questions"] if any(option["media"] for option in q["options"])]
    for options in drawn:
        names = [option["text"]["zh"] for option in options]
        assert len(set(names)) == len(names)
        assert not any("红色" in name for name in names)  # what the picture shows would give it away


def test_option_ids_say_nothing_and_differ_between_papers(house: House) -> None:
    papers = [Kiosk.at(house, seated, start="bo").get() for seated in house.seated(*map(candidate, range(6)))]
    ids = [option["id"] for paper in papers for question in paper["questions"] for option in question["options"]]
    assert len(set(ids)) == len(ids)
    bank_ids = {"a", "b", "c", "d", "right", "wrong"}
    assert not bank_ids & set(ids)


def test_the_place_of_the_right_option_cannot_be_guessed(house: House) -> None:
    """Over a room of papers the right option of single-choice questions stands in every place."""
    places = set()
    for seated in house.seated(*map(candidate, range(12))):
        right = house.right_answers(seated.attempt_id)
        for question in Kiosk.at(house, seated, start="zh").get()["questions"]:
            if question["kind"] == "single":
                ids = [option["id"] for option in question["options"]]
                places.add(ids.index(right[question["position"]][0]))
    assert places == {0, 1, 2, 3}


def test_nothing_sent_before_the_end_holds_an_explanation(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    answers = [kiosk.call("GET", kiosk.path), kiosk.start(), kiosk.client.get(f"{kiosk.path}/terminal")]
    for answer in answers:
        text = answer.get_data(as_text=True)
        assert "རྒྱུ།" not in text  # the small bank's explanation
        assert "t-road-" not in text  # the bank's own ids
        for name in ("explanation", "content_hash", "question_id", '"key"'):
            assert name not in text


def test_the_ids_of_options_do_not_follow_from_anything_sent(house: House) -> None:
    """The same option of the same question has another id on another paper, so ids are no hash of the content."""
    by_stem: dict[str, set[str]] = {}
    for seated in house.seated(*map(candidate, range(10))):
        for question in Kiosk.at(house, seated, start="zh").get()["questions"]:
            for option in question["options"]:
                by_stem.setdefault(f"{question['stem']['zh']} {option['text']['zh']}", set()).add(option["id"])
    assert max(len(ids) for ids in by_stem.values()) > 1


def test_starting_again_changes_nothing(clock: Clock, house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    first = kiosk.get()
    clock.advance(90)
    again = kiosk.start("zh")
    assert again.status_code == 200
    assert again.json is not None
    assert again.json["questions"] == first["questions"]
    assert again.json["language"] == "bo"
    assert again.json["seconds_left"] == first["seconds_left"] - 90
    assert len(house.entries("exam.start", kiosk.attempt)) == 1


@pytest.mark.parametrize("language", ["en", "", None, 3, ["bo"], {"bo": 1}, "BO", "\ud800"])
def test_a_language_that_is_not_offered_starts_nothing(house: House, language: Any) -> None:
    kiosk = Kiosk.at(house, house.seated()[0])
    assert problem(kiosk.start(language)) == (422, "attempt.bad_language")
    assert kiosk.get()["state"] == "ready"


def test_fifty_starts_at_once_start_once(house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi)
    cookie = kiosk.client.get_cookie("seat")
    assert cookie is not None

    def start(_: int) -> tuple[int, str]:
        browser = house.app.test_client()
        browser.set_cookie("seat", cookie.value)
        headers = {"X-CSRF-Token": kiosk.csrf, "Accept": "application/json"}
        answer = browser.post(f"{kiosk.path}/start", json={"language": "bo"}, headers=headers)
        assert answer.json is not None
        return answer.status_code, json.dumps(answer.json.get("questions"))

    answers = at_once(50, start)
    assert {code for code, _ in answers} == {200}
    assert len({questions for _, questions in answers}) == 1
    assert [step["kind"] for step in house.steps(tashi.attempt_id)].count("start") == 1
    assert len(house.entries("exam.start", tashi.attempt_id)) == 1


def test_a_pause_stops_the_time_and_keeps_the_paper_on_screen(clock: Clock, house: House) -> None:
    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="bo")
    option = kiosk.get()["questions"][0]["options"][0]["id"]
    clock.advance(100)
    with house.inside():
        conduct.pause(tashi.attempt_id, "停电", house.actor(DROLMA))
    clock.advance(1_000)
    told = kiosk.get()
    assert (told["state"], told["seconds_left"], len(told["questions"])) == ("paused", FULL_TIME - 100, 10)
    assert problem(kiosk.answer(1, [option], 1)) == (409, "attempt.paused")
    assert kiosk.view({"kind": "shown", "position": 1, "value": "question", "ms": 5}).status_code == 204
    with house.inside():
        conduct.resume(tashi.attempt_id, house.actor(DROLMA))
    clock.advance(10)
    told = kiosk.get()
    assert (told["state"], told["seconds_left"]) == ("running", FULL_TIME - 110)
    assert kiosk.answer(1, [option], 1).status_code == 200  # the browser kept it


def test_an_attempt_goes_on_at_another_seat_where_it_was(clock: Clock, house: House) -> None:
    from examsys.invigilation import service as invigilation

    tashi = house.seated()[0]
    kiosk = Kiosk.at(house, tashi, start="both")
    options = house.right_answers(tashi.attempt_id)
    kiosk.answer(1, options[1], 1)
    kiosk.view(
        {"kind": "flag", "position": 2, "value": True, "ms": 9},
        {"kind": "language", "position": 2, "value": "zh", "ms": 10},
    )
    clock.advance(60)
    before = kiosk.get()
    with house.inside():
        drolma = house.actor(DROLMA)
        seat = invigilation.free_seats(invigilation.sitting(tashi.session_id))[0]
        invigilation.move_seat(tashi.session_id, tashi.attempt_id, seat, "终端故障", drolma)
    assert problem(kiosk.call("GET", kiosk.path))[0] == 401
    other = Kiosk(house.app, "10.0.0.2")
    signed = other.sign_in(TASHI.id_number, tashi.code)
    assert signed.json is not None
    assert signed.json["candidate"]["seat"] == seat
    assert signed.json["state"] == "running"
    after = other.get()
    assert after == before
    assert after["language"] == "zh"
    assert other.answer(2, options[2], 2).status_code == 200
    assert len(house.entries("terminal.switch", tashi.attempt_id)) == 1


def test_a_stranger_does_not_see_the_attempt(house: House) -> None:
    tashi, other = house.seated(TASHI, candidate(1))
    neighbour = Kiosk.at(house, other, start="bo")
    path = f"/exam/attempts/{tashi.attempt_id}"
    calls = [
        ("GET", path, None), ("POST", path + "/start", {"language": "bo"}), ("PUT", path + "/answers/1", {"options": [], "seq": 1}),
        ("POST", path + "/view", {"steps": []}), ("POST", path + "/submit", {}), ("POST", path + "/makeup", {}),
        ("POST", path + "/leave", {}), ("GET", path + "/terminal", None),
    ]  # fmt: skip
    for method, address, body in calls:
        assert neighbour.call(method, address, body).status_code == 404, address
        assert Kiosk(house.app).call(method, address, body).status_code == 401, address
    assert neighbour.call("GET", "/exam/attempts/nothing").get_data() == neighbour.call("GET", path).get_data()
    assert house.steps(tashi.attempt_id)[-1]["kind"] == "released"


@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_an_unsafe_call_needs_the_token(house: House, token: str | None) -> None:
    kiosk = Kiosk.at(house, house.seated()[0])
    headers = {} if token is None else {"X-CSRF-Token": token}
    for method, below in (("POST", "/start"), ("PUT", "/answers/1"), ("POST", "/view"), ("POST", "/submit")):
        answer = kiosk.client.open(kiosk.path + below, method=method, json={"language": "bo"}, headers=headers)
        assert problem(answer) == (403, "auth.token")
    assert kiosk.get()["state"] == "ready"


def test_an_attempt_that_has_ended_shows_no_question(house: House) -> None:
    kiosk = Kiosk.at(house, house.seated()[0], start="bo")
    kiosk.play(house)
    told = kiosk.get()
    assert (told["state"], told["questions"], told["seconds_left"]) == ("closed", [], 0)
    assert len(told["answers"]) == 10
