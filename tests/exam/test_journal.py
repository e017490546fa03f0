"""Whatever happens in whatever order, the journal read again says what was stored, and a wholly separate reading of it agrees.

A few hundred random attempts, played through the services in one process.
"""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from examsys.accounts.logins import Login
from examsys.db import here
from examsys.domain.attempt import replay
from examsys.domain.errors import RuleBroken
from examsys.domain.log import verify_chain
from examsys.exam import conduct, holding, journal, saving, service, upkeep
from examsys.exam.form import form_of
from tests.clocks import Clock
from tests.factories import House, Seated
from tests.people import DROLMA, candidate

POSITIONS = st.integers(1, 10)
ACTS = st.one_of(
    st.tuples(st.just("answer"), POSITIONS, st.sets(st.integers(0, 3), max_size=4), st.integers(0, 12)),
    st.tuples(st.just("shown"), POSITIONS, st.integers(0, 100_000)),
    st.tuples(st.just("flag"), POSITIONS, st.booleans()),
    st.tuples(st.just("language"), st.sampled_from(("bo", "zh", "both"))),
    st.tuples(st.just("pause")), st.tuples(st.just("resume")), st.tuples(st.just("outage"), st.integers(1, 4_000)),
    st.tuples(st.just("wait"), st.integers(1, 900)), st.tuples(st.just("step"), st.sampled_from((-1, 1))),
    st.tuples(st.just("minutes"), st.integers(1, 10)), st.tuples(st.just("close")), st.tuples(st.just("submit")),
    st.tuples(st.just("reopen")), st.tuples(st.just("seat")),
)  # fmt: skip


class Model:
    """The rules once more, told as simply as can be: what an attempt's answers, time and state must be."""

    def __init__(self) -> None:
        self.state, self.left, self.language = "running", 45 * 60.0, "bo"
        self.newest: dict[int, tuple[int, list[str]]] = {}

    def pass_time(self, seconds: float) -> None:
        """The clock runs."""
        if self.state == "running":
            self.left = max(0, self.left - seconds)

    def answer(self, position: int, options: list[str], seq: int) -> None:
        """An answer counts if it is newer than what is known, while the time runs."""
        if seq > self.newest.get(position, (-1, []))[0] and self.state == "running" and self.left > 0:
            self.newest[position] = (seq, options)

    @property
    def answers(self) -> dict[int, list[str]]:
        """What would be graded."""
        return {position: options for position, (_, options) in self.newest.items() if options}


class Play:
    """One random attempt."""

    def __init__(self, clock: Clock, house: House, seated: Seated) -> None:
        self.clock, self.id, self.model, self.seated = clock, seated.attempt_id, Model(), seated
        self.examiner = house.actor(DROLMA)
        self.login: Login = holding.sign_in(seated.id_number, seated.code, "10.0.0.1").login
        upkeep.recover_outage(clock.instant())
        service.start(self.id, "bo", self.login)
        upkeep.tick()

    def do(self, name: str, *facts: Any) -> None:
        """One act; what the rules refuse changes nothing."""
        with suppress(RuleBroken):
            getattr(self, name)(*facts)

    def answer(self, position: int, places: set[int], seq: int) -> None:
        form = form_of(1, self.id)
        known = form.options[position - 1]
        most = len(known) if form.kinds[position - 1] == "multiple" else 1
        options = [known[place] for place in sorted(places) if place < len(known)][:most]
        self.model.answer(position, options, seq)
        saving.save_answer(self.id, position, options, seq, self.login)

    def shown(self, position: int, ms: int) -> None:
        service.view(self.id, [{"kind": "shown", "position": position, "value": "question", "ms": ms}])

    def flag(self, position: int, value: bool) -> None:
        service.view(self.id, [{"kind": "flag", "position": position, "value": value, "ms": 1}])

    def language(self, value: str) -> None:
        self.model.language = value
        service.view(self.id, [{"kind": "language", "position": 1, "value": value, "ms": 1}])

    def pause(self) -> None:
        conduct.pause(self.id, "停电", self.examiner)
        self.model.state = "paused"

    def resume(self) -> None:
        conduct.resume(self.id, self.examiner)
        self.model.state = "running"

    def outage(self, seconds: int) -> None:
        upkeep.tick()
        self.clock.advance(seconds)
        upkeep.recover_outage(self.clock.instant())

    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)
        self.model.pass_time(seconds)

    def step(self, hours: int) -> None:
        self.clock.step(hours)

    def minutes(self, minutes: int) -> None:
        conduct.add_time(self.id, minutes, "终端故障", self.examiner)
        self.model.left += minutes * 60  # granted also after the time has run out but before anybody closed

    def close(self) -> None:
        if upkeep.close_due(self.clock.instant()):
            self.model.state = "closed"

    def submit(self) -> None:
        service.submit(self.id, self.login)
        self.model.state = "closed"

    def reopen(self) -> None:
        conduct.reopen(self.id, "误触", self.examiner)
        self.model.state = "paused"

    def seat(self) -> None:
        """To another seat, and on: a clock that ran stands on the way and runs again after the sign-in there."""
        conduct.move_seat(self.id, "59", "终端故障", self.examiner)
        self.login = holding.sign_in(self.seated.id_number, self.seated.code, "10.0.0.2").login


def check(house: House, play: Play) -> None:
    """The journal, the row of `live`, what the terminal is told, and the model agree; the chain is whole."""
    model, told = play.model, service.state_of(play.id)
    with here().reading() as raw:
        sealed = journal.sealed_steps(1, play.id, raw)
        replayed = replay(journal.steps(1, play.id, raw))
        standing = journal.standing(1, play.id, raw, lock=False)
    assert standing is not None
    assert verify_chain(sealed, head=bytes(standing.head), length=standing.length)
    assert replayed.answers == model.answers == {int(key): value for key, value in told["answers"].items()}
    assert replayed.state == standing.state == model.state == told["state"]
    assert replayed.language == standing.language == model.language
    assert replayed.newest_seq == standing.newest_seq
    assert len(replayed.answers) == standing.answered
    assert replayed.timer == standing.timer
    if model.state != "closed":
        assert told["flags"] == sorted(replayed.flags)
        assert told["seconds_left"] == int(model.left)
    seen = {}  # once more, without any of the house's own reading
    for body, _ in sealed:
        step = json.loads(body)
        if step["kind"] in ("answer", "clear") and step["seq"] > seen.get(step["position"], (-1,))[0]:
            seen[step["position"]] = (step["seq"], step["options"])
    assert {position: options for position, (_, options) in seen.items() if options} == model.answers
    if model.state == "closed":
        right = house.right_answers(play.id)
        score = 10 * sum(set(options) == set(right[position]) for position, options in model.answers.items())
        assert told["result"]["score"] == score


class Waiting:
    """Candidates at their seats, fifty at a time."""

    def __init__(self, house: House) -> None:
        self.house, self.count = house, 0
        self.seated: list[Seated] = []

    def next(self) -> Seated:
        """The next one."""
        if not self.seated:
            self.seated = self.house.seated(*map(candidate, range(self.count, self.count + 50)))
            self.count += 50
        return self.seated.pop()


@pytest.fixture
def waiting(clock: Clock, house: House) -> Waiting:
    """Who comes next; one for all attempts of a test."""
    return Waiting(house)


def sit(clock: Clock, waiting: Waiting, acts: list[tuple[Any, ...]]) -> None:
    """One random attempt, from the start to its end."""
    house, seated = waiting.house, waiting.next()
    with house.inside():
        play = Play(clock, house, seated)
        for act in acts:
            play.do(*act)
        check(house, play)
        if play.model.state != "closed":  # so that the next one's closer and outage find nobody else
            conduct.end(play.id, "结束", house.actor(DROLMA))


LONG = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@hypothesis_settings(max_examples=200, **LONG)
@given(acts=st.lists(ACTS, max_size=25))
def test_the_journal_read_again_is_what_was_stored(clock: Clock, waiting: Waiting, acts: list[tuple[Any, ...]]) -> None:
    sit(clock, waiting, acts)


@pytest.mark.postgres
@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
@hypothesis_settings(max_examples=25, **LONG)
@given(acts=st.lists(ACTS, max_size=20))
def test_and_on_postgresql(clock: Clock, waiting: Waiting, acts: list[tuple[Any, ...]]) -> None:
    sit(clock, waiting, acts)
