"""An attempt as the candidate saw it: the frozen paper with its contents, and a frame for every step of the journal.

The page draws them with the exam's own screen.js and steps.js, so that each frame is the picture that was on the screen.
"""

from collections.abc import Sequence
from typing import Any

from ..accounts.service import installation
from ..domain.attempt import MICROSECONDS, Replayed, State, Step, seconds
from ..domain.errors import RuleBroken
from ..exam import entering, terminal
from ..exam.form import form_of, questions
from ..exam.search import Found, Graded, Kept
from ..web.language import is_draft
from .acts import in_order
from .timeline import beijing, wall_of

STAGES = {
    State.WAITING: "waiting",
    State.READY: "ready",
    State.RUNNING: "running",
    State.PAUSED: "paused",
    State.CLOSED: "result",
}
FACTS = ("value", "options", "language")  # what static/exam/steps.js reads of a step besides kind and position


def paper_of(found: Found, seats: Sequence[str]) -> dict[str, Any]:
    """What the screen is drawn from: questions by hash, rules, and the candidate panel of each seat."""
    form = form_of(installation().site_id, found.attempt_id)
    demonstration = found.profile == "demo"
    return {
        "questions": questions(form),
        "rules": terminal.rules(form),
        "demonstration": demonstration,
        "drafts": is_draft("bo"),
        "candidates": {seat: _panel(found, seat) for seat in seats},
    }


def _panel(found: Found, seat: str) -> dict[str, Any]:
    booking = entering.booking(found.candidate_id)
    try:
        return terminal.shown(booking, seat, form_of(installation().site_id, found.attempt_id))
    except RuleBroken:  # the person was erased: everything else of the picture stays
        return {
            "name": "",
            "seat": seat,
            "subject": terminal.both(terminal.SUBJECTS[booking.subject]),
            "licence_class": booking.licence_class,
        }


def frames(steps: Sequence[Kept], results: Sequence[Graded], seat: str, makeup: bool) -> list[dict[str, Any]]:
    """One frame a step: what happened, both clocks, time left, seat, and whether the page had been opened anew.

    `makeup`: whether a fail offers a second sitting.
    """
    made: list[dict[str, Any]] = []
    replayed = Replayed()
    elapsed, before = 0.0, None
    answers: dict[int, list[str]] = {}
    for act in in_order(steps):
        said = act.step.said
        replayed.take(said)
        elapsed += _passed(before, said)
        before = said
        seat = said.get("seat", seat)
        made.append(
            {
                "n": act.step.number,
                "kind": said["kind"],
                "position": said.get("position"),
                **{name: said[name] for name in FACTS if name in said},
                "stage": STAGES[replayed.state],
                "seat": seat,
                "wall": beijing(said["at"]).strftime("%H:%M:%S"),
                "since": round(elapsed, 3),
                "left": seconds(replayed.timer.left_at(said["mono"])) if replayed.state is not State.CLOSED else 0,
                "fresh": act.fresh,
                "changed": _changes(answers, said),
                "outcome": _outcome(act.step, results, makeup) if replayed.state is State.CLOSED else None,
            }
        )
    return made


def _changes(answers: dict[int, list[str]], said: dict[str, Any]) -> bool:
    """Whether a step gives another answer to a question that had one; notes it."""
    if said["kind"] not in (Step.ANSWER, Step.CLEAR):
        return False
    position, chosen = said["position"], said["options"]
    before = answers.get(position, chosen)
    answers[position] = chosen
    return bool(before != chosen)


def _passed(before: dict[str, Any] | None, said: dict[str, Any]) -> float:
    """Seconds from one step to the next: by the monotonic clock within one boot, else by the wall clock."""
    if before is None:
        return 0.0
    if before["boot"] == said["boot"]:
        return max(0.0, float(said["mono"] - before["mono"]) / MICROSECONDS)
    return max(0.0, (wall_of(said["at"]) - wall_of(before["at"])).total_seconds())


def _outcome(step: Kept, results: Sequence[Graded], makeup: bool) -> dict[str, Any] | None:
    """What the result page said then: the first result of this journal, before any regrade."""
    found = next((result for result in results if result.head == step.hash), results[0] if results else None)
    if found is None:
        return None
    offered = makeup and not found.passed
    return {
        "score": found.score,
        "full_mark": found.full_mark,
        "pass_mark": found.pass_mark,
        "passed": found.passed,
        "makeup": "offered" if offered else "none",
    }


def seats_of(steps: Sequence[Kept], first: str) -> list[str]:
    """The seats at which an attempt was taken, in order."""
    return list(dict.fromkeys([first, *(step.said["seat"] for step in steps if step.said.get("kind") == Step.SEAT)]))
