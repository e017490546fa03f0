"""The line is cut before, in and after a call: sent again it changes nothing twice. Two tabs and double clicks make one of each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from examsys.db import here
from examsys.exam import conduct
from tests.anomaly.conftest import Hall
from tests.anomaly.line import Line
from tests.anomaly.terminal import LINE_FAULTS, Answer, Terminal, seat
from tests.exam.threads import at_once
from tests.people import DROLMA

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
CUTS: list[dict[str, int]] = [
    {"up": 0}, {"up": 20}, {"up": 200}, {"up": 330}, {"up": 100_000}, {"down": 0}, {"down": 9}, {"down": 100}, {"down": 100_000},
]  # fmt: skip


@pytest.fixture
def bad(hall: Callable[..., Hall]) -> Iterator[tuple[Hall, Line]]:
    """A hall behind a bad line."""
    made = hall(3)
    line = Line(made.site.port)
    yield made, line
    line.close()


def through(terminal: Terminal, line: Line, cut: dict[str, int], call: Callable[[], Answer]) -> Answer:
    """Make a call whose line is cut, and again until it comes through, as the page does."""
    terminal.hang_up()
    line.cut(**cut)
    for _ in range(3):
        try:
            return call()
        except (*LINE_FAULTS, ValueError):
            terminal.hang_up()
    pytest.fail("never came through")


@SQLITE
def test_every_call_may_be_cut_anywhere_and_sent_again(bad: tuple[Hall, Line]) -> None:
    made, line = bad
    one = made.seated[0]
    terminal = seat(line.port, one.id_number, one.code, start=False)
    for cut in CUTS:
        started = through(terminal, line, cut, terminal.start)
        assert started.status == 200
    kept: dict[str, Any] = {}
    for seq, cut in enumerate(CUTS, 1):
        options = [terminal.option(seq)]
        answer = through(terminal, line, cut, lambda seq=seq, options=options: terminal.answer(seq, options, seq))  # type: ignore[misc]
        assert answer.status == 200
        kept[str(seq)] = options
        assert answer.json["receipt"] == terminal.answer(seq, options, seq).json["receipt"]
    assert terminal.get().json["answers"] == kept
    results = [through(terminal, line, cut, terminal.submit).json for cut in CUTS]
    assert all(result == results[0] for result in results)
    kinds = [step["kind"] for step in made.house.steps(one.attempt_id)]
    assert (kinds.count("start"), kinds.count("answer"), kinds.count("submit")) == (1, len(CUTS), 1)
    assert made.broken() == ""


@SQLITE
def test_a_sign_in_whose_answer_was_lost_holds_the_seat_until_the_examiner_frees_it(bad: tuple[Hall, Line]) -> None:
    made, line = bad
    one = made.seated[0]
    terminal = Terminal(line.port)
    answer = through(terminal, line, {"down": 0}, lambda: terminal.sign_in(one.id_number, one.code))
    assert answer.problem == (409, "exam.signed_in_elsewhere")  # the server cannot tell this browser from another
    with made.house.inside():
        conduct.free(one.attempt_id, made.house.actor(DROLMA))
        here().close()
    assert terminal.sign_in(one.id_number, one.code).status == 200


@SQLITE
def test_double_clicks_make_one_attempt_one_answer_and_one_result(hall: Callable[..., Hall]) -> None:
    made = hall(1)
    terminal = seat(made.site.port, made.seated[0].id_number, made.seated[0].code, start=False)

    def tab(_: int) -> Terminal:
        """Another tab of the same browser."""
        other = Terminal(made.site.port)
        other.cookies, other.csrf, other.attempt = dict(terminal.cookies), terminal.csrf, terminal.attempt
        return other

    tabs = [tab(number) for number in range(20)]
    papers = at_once(20, lambda number: tabs[number].start(("bo", "zh")[number % 2]).json["questions"])
    assert all(paper == papers[0] for paper in papers)
    first = tabs[0].option(1)
    receipts = at_once(20, lambda number: tabs[number].answer(1, [first], 1).json["receipt"])
    assert len(set(receipts)) == 1
    # two tabs that count for themselves: the higher seq holds, the lower one is told so and changes nothing
    second = tabs[1].option(1, 1)
    assert tabs[1].answer(1, [second], 9).status == 200
    assert tabs[0].answer(1, [first], 2).status == 200
    assert tabs[0].get().json["answers"]["1"] == [second]
    results = at_once(20, lambda number: tabs[number].submit().json)
    assert all(result == results[0] for result in results)
    assert len(made.house.rows("SELECT 1 FROM result WHERE attempt_id = ?", terminal.attempt)) == 1
    assert tabs[3].answer(2, [], 50).problem == (409, "attempt.closed")
    assert made.broken() == ""
