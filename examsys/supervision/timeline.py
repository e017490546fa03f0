"""One attempt from check-in to the last look at it: steps and entries in one order, with both clocks, and the bar of its time.

The order is the record's (step numbers, order of the log), never the wall clock's; the clocks stand beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ..audit.search import EntryRow
from ..domain.attempt import MICROSECONDS, Replayed, State, Step
from ..domain.errors import RuleBroken
from ..exam.search import Kept
from .kinds import ALARM, ATTENTION

BEIJING = timedelta(hours=8)
SHOWN_FACTS = (
    "position",
    "value",
    "options",
    "language",
    "reason",
    "seat",
    "from",
    "to",
    "minutes",
    "microseconds",
    "by",
    "score",
    "passed",
    "answer",
    "what",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `since` are µs of the monotonic clock since the start, None in another boot or before it."""

    source: str  # step | entry
    number: int | None  # of the step, or the entry's place in the log
    kind: str
    day: str
    wall: str  # Beijing time with milliseconds
    since: int | None
    page_ms: int | None  # the browser's own clock
    tone: str
    facts: Mapping[str, Any]
    mark: str  # beginning of the step's hash


def moments(steps: Sequence[Kept], entries: Sequence[EntryRow]) -> list[Moment]:
    """Steps and entries merged; both keep their own order."""
    start = next(
        ((step.said.get("boot"), step.said.get("mono")) for step in steps if step.said.get("kind") == Step.START), None
    )
    made: list[Moment] = []
    waiting = list(entries)
    for step in steps:
        while waiting and _is_before(waiting[0].said, step.said):
            made.append(_entry(waiting.pop(0), start))
        made.append(_step(step, start))
    return made + [_entry(entry, start) for entry in waiting]


def _is_before(entry: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    """The monotonic clock decides within one boot; else the wall clock is all there is."""
    if (
        entry.get("boot") == step.get("boot")
        and isinstance(entry.get("mono"), int)
        and isinstance(step.get("mono"), int)
    ):
        return bool(entry["mono"] < step["mono"])
    return str(entry.get("at", "")) < str(step.get("at", ""))


def _step(step: Kept, start: tuple[Any, Any] | None) -> Moment:
    said = step.said
    return Moment(
        "step",
        step.number,
        str(said.get("kind", "")),
        *_walls(said),
        _since(said, start),
        said.get("ms"),
        _tone(said),
        _facts(said),
        step.hash.hex()[:12],
    )


def _entry(entry: EntryRow, start: tuple[Any, Any] | None) -> Moment:
    said = entry.said
    facts = _facts(said.get("data") or {}) | {"actor": said.get("actor") or {}}
    return Moment("entry", entry.index, entry.kind, *_walls(said), _since(said, start), None, _tone(said), facts, "")


def _facts(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in SHOWN_FACTS if said.get(name) not in (None, "")}


def _tone(said: Mapping[str, Any]) -> str:
    kind = said.get("kind")
    return "alarm" if kind in ALARM else "attention" if kind in ATTENTION else ""


def _since(said: Mapping[str, Any], start: tuple[Any, Any] | None) -> int | None:
    mono = said.get("mono")
    if start is None or said.get("boot") != start[0] or not isinstance(mono, int) or mono < start[1]:
        return None
    return int(mono - start[1])


def wall_of(at: str) -> datetime:
    """The instant of an RFC 3339 text."""
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def beijing(at: str) -> datetime:
    """The same as Beijing time."""
    return wall_of(at).astimezone(UTC) + BEIJING


def _walls(said: Mapping[str, Any]) -> tuple[str, str]:
    try:
        moment = beijing(str(said["at"]))
    except (KeyError, ValueError):
        return "", ""
    return moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


# -- the bar -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the bar: what it was, its length in seconds, its place on the bar in thousandths."""

    state: str
    seconds: float
    left: float
    width: float
    begins: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How the time of an attempt was spent: stretches, answers as ticks, seconds used and allowed."""

    stretches: Sequence[Stretch]
    ticks: Sequence[float]
    used: int
    allowed: int


def bar_of(steps: Sequence[Kept]) -> Bar | None:
    """The bar from the first step to the end; None where there is nothing to draw."""
    said = [step.said for step in steps if step.said.get("at")]
    end = next((index for index, step in enumerate(said) if step["kind"] in (Step.SUBMIT, Step.CLOSED)), len(said) - 1)
    said = said[: end + 1]
    if len(said) < 2:
        return None
    first, last = wall_of(said[0]["at"]), wall_of(said[-1]["at"])
    whole = max((last - first).total_seconds(), 0.001)
    replayed = Replayed()
    parts: list[tuple[float, str]] = []
    answers: list[float] = []
    for step in said:
        at = (wall_of(step["at"]) - first).total_seconds()
        try:
            before = replayed.state
            replayed.take(step)
        except (RuleBroken, KeyError, ValueError):
            return None
        if step["kind"] == Step.OUTAGE:
            parts.append((max(parts[-1][0] if parts else 0.0, at - _gap(step)), "outage"))
            parts.append((at, State.RUNNING.value))
        elif replayed.state is not before:
            parts.append((at, replayed.state.value))
        elif step["kind"] == Step.ANSWER:
            answers.append(1000 * at / whole)
    return Bar(
        _stretches(parts, whole, first),
        answers,
        replayed.timer.used // MICROSECONDS,
        replayed.timer.allowed // MICROSECONDS,
    )


def _gap(step: Mapping[str, Any]) -> float:
    away: int = max(0, step["mono"] - step.get("last_tick", step["mono"]))
    return away / MICROSECONDS


def _stretches(parts: Iterable[tuple[float, str]], whole: float, first: datetime) -> list[Stretch]:
    listed = list(parts)
    ends = [at for at, _ in listed[1:]] + [whole]
    return [
        Stretch(
            state,
            end - at,
            1000 * at / whole,
            max(1.0, 1000 * (end - at) / whole),
            (first + timedelta(seconds=at) + BEIJING).strftime("%H:%M:%S"),
        )
        for (at, state), end in zip(listed, ends, strict=True)
        if end > at
    ]
