"""The promises of the exam room's contract, played through HTTP against a served demonstration by a terminal of our own."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.anomaly.terminal import Terminal, seat
from tests.contract.conftest import Demonstration

pytestmark = pytest.mark.xdist_group("contract")
KEY_NAMES = re.compile("correct|answer_key|^key$|explan|fraction|score|right|source", re.I)
PAPERS = {"subject1": (100, 45 * 60), "subject3": (50, 45 * 60)}


def names_below(value: Any) -> Iterator[str]:
    """Every name in a JSON value, at any depth."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from names_below(below)
    elif isinstance(value, list):
        for below in value:
            yield from names_below(below)


@pytest.fixture
def sat(demonstration: Demonstration, request: pytest.FixtureRequest) -> Iterator[tuple[dict[str, Any], Terminal]]:
    """A candidate who has signed in and not started, and who signs out in the end. Parameter: subject and which one of it."""
    person = demonstration.told["candidates"][demonstration.index(*request.param)]
    terminal = seat(demonstration.site.port, person["id_number"], person["admission"], start=False)
    yield person, terminal
    terminal.call("POST", "/exam/sign-out", {})


def of(subject: str, number: int) -> Any:
    return pytest.mark.parametrize("sat", [pytest.param((subject, number), id=subject)], indirect=True)


BOTH_PAPERS = pytest.mark.parametrize(
    "sat", [pytest.param((subject, 1), id=subject) for subject in PAPERS], indirect=True
)


def test_healthz(demonstration: Demonstration) -> None:
    answer = Terminal(demonstration.site.port).call("GET", "/healthz")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_a_wrong_pair_is_refused_without_a_hint(demonstration: Demonstration) -> None:
    person = demonstration.told["candidates"][0]
    titles = set()
    for id_number, admission in (
        (person["id_number"], "00000000"),
        ("990000199001010017", "1"),
        ("x", None),
        (None, person["admission"]),
    ):
        refused = Terminal(demonstration.site.port).sign_in(id_number, admission)
        assert refused.problem == (401, "exam.unknown_candidate")
        titles.add(refused.json["title"])
    assert len(titles) == 1


@BOTH_PAPERS
def test_a_candidate_from_sign_in_to_score_sheet(
    sat: tuple[dict[str, Any], Terminal], demonstration: Demonstration
) -> None:
    person, terminal = sat
    number, full_time = PAPERS[person["subject"]]
    before = terminal.get().json
    assert (before["state"], before["questions"], before["answers"], before["seconds_left"]) == (
        "ready",
        [],
        {},
        full_time,
    )
    assert terminal.call("POST", f"{terminal.path}/start", {"language": "bo"}, token=False).status in (400, 403)
    check_paper(terminal, number, full_time)
    answer_all(terminal)
    refuse_the_rest(terminal, number, demonstration.site.port)
    hand_in(terminal)


def check_paper(terminal: Terminal, number: int, full_time: int) -> None:
    """Start, and start again: one paper, one clock, no key."""
    started = terminal.start("bo").json
    questions = terminal.questions
    assert (started["state"], len(questions), started["language"]) == ("running", number, "bo")
    assert [question["position"] for question in questions] == list(range(1, number + 1))
    assert not {name for name in names_below(started) if KEY_NAMES.search(name)} - {"newest_seq"}
    for question in questions:
        texts = [question["stem"], *(option["text"] for option in question["options"])]
        assert all(text["bo"] and text["zh"] for text in texts)
        assert set(question) == {"position", "kind", "stem", "options", "media", "audio"}
    again = terminal.start("zh").json
    assert (again["questions"], again["language"]) == (questions, "bo")
    assert full_time - 60 < again["seconds_left"] <= started["seconds_left"] <= full_time


def answer_all(terminal: Terminal) -> None:
    """Every answer is receipted; what is sent again or late changes nothing."""
    chosen, receipts = {}, {}
    for seq, question in enumerate(terminal.questions, 1):
        options = [question["options"][0]["id"]]
        kept = terminal.answer(question["position"], options, seq)
        assert kept.status == 200, kept.body
        assert set(kept.json) == {"receipt", "position", "seconds_left"}
        assert re.fullmatch("[0-9a-f]{32}", kept.json["receipt"])
        chosen[str(question["position"])], receipts[seq] = options, kept.json["receipt"]
    assert terminal.answer(1, chosen["1"], 1).json["receipt"] == receipts[1]
    assert (
        terminal.answer(1, [terminal.option(1, 1)], 1).json["receipt"] == receipts[1]
    )  # differing options change nothing
    assert terminal.answer(1, [terminal.option(1, 1)], 0).json["receipt"] == receipts[1]  # nor does an older one
    found = terminal.get().json
    assert (found["answers"], found["newest_seq"]) == (chosen, len(terminal.questions))
    assert terminal.answer(2, [], 10_000).status == 200
    assert "2" not in terminal.get().json["answers"]


def refuse_the_rest(terminal: Terminal, number: int, port: int) -> None:
    """What is not an answer is no answer, and nobody else gets in."""
    for bad in (["no-such-option"], "x", None, [terminal.option(1)] * 50, [terminal.option(2)], [1]):
        assert terminal.answer(1, bad, 20_000).problem == (422, "attempt.bad_option")
    assert terminal.answer(number + 1, [], 20_000).status == 404
    looks = [
        {"kind": "shown", "position": 1, "value": None, "ms": 5},
        {"kind": "flag", "position": 1, "value": True, "ms": 9},
    ]
    assert terminal.call("POST", f"{terminal.path}/view", {"steps": looks}).status == 204
    assert Terminal(port).call("GET", terminal.path).status in (401, 404)


def hand_in(terminal: Terminal) -> None:
    """One result, however often it is asked for; a sheet for this terminal alone, until it signs out."""
    result = terminal.submit().json
    assert result["state"] == "closed"
    assert result["passed"] == (result["score"] >= result["pass_mark"])
    assert 0 <= result["score"] <= result["full_mark"] == 100
    assert terminal.submit().json == result
    assert terminal.answer(1, [], 99_999).problem == (409, "attempt.closed")
    sheet = terminal.call("GET", result["score_sheet"])
    assert (sheet.status, sheet.kind, sheet.body[:5]) == (200, "application/pdf", b"%PDF-")
    closed = terminal.get().json
    assert (closed["state"], closed["questions"], closed["seconds_left"]) == ("closed", [], 0)
    assert terminal.call("POST", "/exam/sign-out", {}).status == 204
    assert terminal.call("GET", result["score_sheet"]).status in (401, 404)


@of("subject1", 2)
def test_a_second_terminal_does_not_get_in_until_the_first_signs_out(
    sat: tuple[dict[str, Any], Terminal], demonstration: Demonstration
) -> None:
    person, terminal = sat
    second = Terminal(demonstration.site.port)
    assert second.sign_in(person["id_number"], person["admission"]).problem == (409, "exam.signed_in_elsewhere")
    assert person["id_number"] not in json.dumps(terminal.get().json)
    assert terminal.call("POST", "/exam/sign-out", {}).status == 204
    assert second.sign_in(person["id_number"], person["admission"]).status == 200
    assert second.call("POST", "/exam/sign-out", {}).status == 204


@of("subject1", 3)
def test_errors_are_told_in_the_language_of_the_request(sat: tuple[dict[str, Any], Terminal]) -> None:
    _, terminal = sat
    titles = {}
    for language in ("zh", "bo"):
        refused = terminal.call("POST", f"{terminal.path}/submit", {}, Accept_Language=language)
        assert refused.problem == (409, "attempt.not_started")
        titles[language] = refused.json["title"]
    assert re.search("[\u0f00-\u0fff]", titles["bo"])
    assert re.search("[\u4e00-\u9fff]", titles["zh"])
    assert not re.search("[\u0f00-\u0fff]", titles["zh"])


def test_the_file_of_a_demonstration(demonstration: Demonstration) -> None:
    roles = {
        "acceptance", "examiner", "examination_supervisor", "site_manager", "trainer", "translator", "reviewer", "publisher",
        "supervisor_agency", "supervisor_brigade", "supervisor_vmo", "supervisor_detachment", "system_admin", "security_admin", "audit_admin",
    }  # fmt: skip
    assert roles <= set(demonstration.told["accounts"])
    for person in demonstration.told["candidates"]:
        assert set(person) == {"id_number", "admission", "subject", "licence_class", "language"}
        assert datetime.strptime(person["id_number"][6:14], "%Y%m%d")  # noqa: DTZ007  a day of birth has no zone
    again = demonstration.site.command("demo", "--out", str(demonstration.file.with_name("again.json")))
    assert again.returncode != 0  # a database that is not empty is refused
