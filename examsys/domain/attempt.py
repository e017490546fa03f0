"""The rules of one attempt: its states, its time, which step may follow, and what its journal says when it is read again.

Time left = time allowed - running time used, by the monotonic clock; wall time never decides (architecture.md section 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from .errors import RuleBroken

MICROSECONDS: Final = 1_000_000
MOST_LATE_STEPS: Final = 200
MOST_COUNTED: Final = (
    9_999  # of changes of language or recordings at one position: whoever plays with the button fits a column
)


class State(StrEnum):
    """Where an attempt stands."""

    WAITING = "waiting"  # checked in, not released
    READY = "ready"  # released by the examiner
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"  # handed in, or closed by the clock or the examiner


class Step(StrEnum):
    """What a step of the journal says happened."""

    RELEASED = "released"
    START = "start"
    SHOWN = "shown"
    ANSWER = "answer"
    CLEAR = "clear"
    FLAG = "flag"
    LANGUAGE = "language"
    AUDIO = "audio"
    PAUSE = "pause"
    RESUME = "resume"
    OUTAGE = "outage"  # the server was away; the time between its last tick and this step is nobody's
    EXTRA = "extra"  # minutes granted by the supervision post
    SEAT = "seat"  # moved to another seat
    REOPEN = "reopen"
    LATE = "late"  # came after the end; kept, never graded
    SUBMIT = "submit"
    CLOSED = "closed"


VIEW_KINDS: Final = frozenset({Step.SHOWN, Step.LANGUAGE, Step.FLAG, Step.AUDIO})
MOVES: Final[Mapping[Step, tuple[frozenset[State], State]]] = {
    Step.RELEASED: (frozenset({State.WAITING}), State.READY),
    Step.START: (frozenset({State.READY}), State.RUNNING),
    Step.PAUSE: (frozenset({State.RUNNING}), State.PAUSED),
    Step.RESUME: (frozenset({State.PAUSED}), State.RUNNING),
    Step.OUTAGE: (frozenset({State.RUNNING}), State.RUNNING),
    Step.SUBMIT: (frozenset({State.RUNNING, State.PAUSED}), State.CLOSED),
    Step.CLOSED: (frozenset(State) - {State.CLOSED}, State.CLOSED),
    Step.REOPEN: (frozenset({State.CLOSED}), State.PAUSED),
}


@dataclass(frozen=True, slots=True)
class Timer:
    """Running time of an attempt. `used` and `allowed` in µs; `since` is the monotonic µs since which it runs, None while it stands."""

    allowed: int
    used: int = 0
    since: int | None = None

    def used_at(self, mono: int) -> int:
        """Running time used up to this monotonic instant, in µs."""
        return self.used + (max(0, mono - self.since) if self.since is not None else 0)

    def left_at(self, mono: int) -> int:
        """Time left in µs, never below zero."""
        return max(0, self.allowed - self.used_at(mono))

    def started(self, mono: int) -> "Timer":
        """Running from this instant on."""
        return Timer(self.allowed, self.used, mono)

    def stopped(self, mono: int) -> "Timer":
        """Standing from this instant on."""
        return Timer(self.allowed, self.used_at(mono), None)

    def after_outage(self, last_tick: int, mono: int) -> "Timer":
        """Running again at `mono`; what lay between the last tick and now is not counted."""
        if self.since is None:
            return self
        return Timer(self.allowed, self.used + max(0, last_tick - self.since), mono)


def seconds(microseconds: int) -> int:
    """Whole seconds, rounded down: what a page is told."""
    return microseconds // MICROSECONDS


def check_move(step: Step, state: State) -> State:
    """The state after a step; RuleBroken names why it can't be taken now."""
    allowed_from, after = MOVES[step]
    if state in allowed_from:
        return after
    if step is Step.START and state is State.WAITING:
        raise RuleBroken("attempt.not_released")
    if state is State.CLOSED:
        raise RuleBroken("attempt.closed")
    if state in (State.WAITING, State.READY):
        raise RuleBroken("attempt.not_started")
    raise RuleBroken("attempt.wrong_state", step=step.value, state=state.value)


def check_answerable(state: State, timer: Timer, mono: int) -> None:
    """RuleBroken if no answer can be graded now: not started, paused, closed, or time over."""
    if state is State.CLOSED:
        raise RuleBroken("attempt.closed")
    if state is State.PAUSED:
        raise RuleBroken("attempt.paused")
    if state is not State.RUNNING:
        raise RuleBroken("attempt.not_started")
    if not timer.left_at(mono):
        raise RuleBroken("attempt.time_over")


def check_options(kind: str, options: object, known: Iterable[str]) -> list[str]:
    """The chosen options as a list in paper order. RuleBroken('attempt.bad_option') for anything else than ids of this question."""
    if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
        raise RuleBroken("attempt.bad_option")
    chosen = set(options)
    ordered = [option for option in known if option in chosen]
    if len(ordered) != len(options) or (kind != "multiple" and len(options) > 1):
        raise RuleBroken("attempt.bad_option")
    return ordered


@dataclass(slots=True)
class Replayed:
    """What a journal says, read from its first step to its last."""

    state: State = State.WAITING
    timer: Timer = field(default_factory=lambda: Timer(0))
    language: str | None = None
    answers: dict[int, list[str]] = field(default_factory=dict)
    flags: set[int] = field(default_factory=set)
    languages: list[str] = field(default_factory=list)
    seconds_on: dict[int, int] = field(default_factory=dict)  # position -> ms on the screen
    answered_in: dict[int, str] = field(default_factory=dict)  # position -> language setting when last answered
    switches: dict[int, int] = field(default_factory=dict)  # position -> changes of language while it was on the screen
    heard: dict[int, int] = field(default_factory=dict)  # position -> recordings played
    newest_seq: int = 0
    late: int = 0
    position: int = 1
    started_at: str | None = None
    ended_at: str | None = None
    ended_by: str | None = None
    _newest: dict[int, int] = field(default_factory=dict)
    _shown: tuple[int, int] | None = None

    def take(self, step: Mapping[str, Any]) -> None:
        """Read one more step."""
        kind = Step(step["kind"])
        if kind in (Step.ANSWER, Step.CLEAR):
            self._answer(step)
        elif kind in VIEW_KINDS:
            self._view(kind, step)
        elif kind is Step.LATE:
            self.late += 1
        else:
            self._move(kind, step)

    def looks(self, position: int) -> tuple[int, int]:
        """Changes of language and recordings played at a position, as a mark keeps them."""
        return min(self.switches.get(position, 0), MOST_COUNTED), min(self.heard.get(position, 0), MOST_COUNTED)

    def _answer(self, step: Mapping[str, Any]) -> None:
        position, seq = step["position"], step["seq"]
        self.newest_seq = max(self.newest_seq, seq)
        if seq <= self._newest.get(position, -1):
            return
        self._newest[position] = seq
        if self.language:
            self.answered_in[position] = self.language
        if step["options"]:
            self.answers[position] = step["options"]
        else:
            self.answers.pop(position, None)

    def _view(self, kind: Step, step: Mapping[str, Any]) -> None:
        position, value = step.get("position"), step.get("value")
        if kind is Step.SHOWN and position is not None:
            milliseconds = step.get("ms") or 0
            if self._shown is not None and milliseconds >= self._shown[1]:
                before, since = self._shown
                self.seconds_on[before] = self.seconds_on.get(before, 0) + milliseconds - since
            away = value in ("review", "hand-in")  # looking at the list of open questions is time on none of them
            self._shown = None if away else (position, milliseconds)
            self.position = position
        elif kind is Step.LANGUAGE and isinstance(value, str):
            if self._shown is not None and value != self.language:
                self.switches[self.position] = self.switches.get(self.position, 0) + 1
            self.language = value
            self._note_language(value)
        elif kind is Step.FLAG and position is not None:
            (self.flags.add if value else self.flags.discard)(position)
        elif kind is Step.AUDIO and position is not None:
            self.heard[position] = self.heard.get(position, 0) + 1

    def _note_language(self, language: str) -> None:
        if language not in self.languages:
            self.languages.append(language)

    def _move(self, kind: Step, step: Mapping[str, Any]) -> None:
        mono = step["mono"]
        if kind in MOVES:
            self.state = check_move(kind, self.state)
        if kind is Step.START:
            self.timer = Timer(step["allowed"]).started(mono)
            self.language = step["language"]
            self._note_language(step["language"])
            self.started_at = step["at"]
        elif kind is Step.RESUME:
            self.timer = self.timer.started(mono)
        elif kind is Step.OUTAGE:
            self.timer = self.timer.after_outage(step["last_tick"], mono)
        elif kind is Step.EXTRA:
            self.timer = Timer(self.timer.allowed + step["microseconds"], self.timer.used, self.timer.since)
        elif kind in (Step.PAUSE, Step.SUBMIT, Step.CLOSED):
            self.timer = self.timer.stopped(mono)
            if kind is not Step.PAUSE:
                self.ended_at, self.ended_by = step["at"], step.get("by", kind.value)
        elif kind is Step.REOPEN:
            self.ended_at = self.ended_by = None


def replay(steps: Iterable[Mapping[str, Any]]) -> Replayed:
    """Read a whole journal; the order of the steps is the record's, not the clock's."""
    state = Replayed()
    for step in steps:
        state.take(step)
    return state
