"""The order in which a candidate acted, from the order in which the server heard of it.

Notes of what was on the screen come in batches beside the answers, and an answer can overtake them. An answer can only be given on
the question that is on the screen: where the notes so far show another, the notes that came right after it were made before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.attempt import VIEW_KINDS, Step
from ..exam.search import Kept

LATE = 5_000_000  # µs by which a batch of notes may come after the answer it was sent with


@dataclass(frozen=True, slots=True)
class Act:
    """A step in its place; `fresh`: the first note of a page that was opened anew."""

    step: Kept
    fresh: bool


def in_order(steps: Sequence[Kept]) -> list[Act]:
    """The steps in the order of the candidate's acts."""
    acts: list[Act] = []
    for batch in _batches(steps):
        if batch[0].step.said["kind"] in VIEW_KINDS:
            _put_before_answers(acts, batch)
        acts += batch
    return acts


def _batches(steps: Sequence[Kept]) -> Iterator[list[Act]]:
    """Notes that came in one call together, every other step alone."""
    batch: list[Act] = []
    newest = 0
    for step in steps:
        milliseconds = step.said.get("ms", newest)
        act = Act(step, milliseconds < newest)
        newest = milliseconds
        together = batch and "ms" in step.said and "ms" in batch[-1].step.said
        if batch and not (together and step.said["mono"] == batch[-1].step.said["mono"]):
            yield batch
            batch = []
        batch.append(act)
    if batch:
        yield batch


def _put_before_answers(acts: list[Act], batch: list[Act]) -> None:
    """Take from the batch what was noted before the answers at the end of `acts`, and put it there."""
    first = len(acts)
    while first and _came_with(acts[first - 1].step, batch[0].step):
        first -= 1
    answers, acts[first:] = acts[first:], []
    for answer in answers:
        position = answer.step.said["position"]
        named = [
            (place, note.step.said) for place, note in enumerate(batch, 1) if note.step.said.get("position") == position
        ]
        last = named[-1][0] if any(said["kind"] == Step.SHOWN for _, said in named) else 0
        if last and not _shows(acts, position):
            acts += batch[:last]
            del batch[:last]
        acts.append(answer)


def _came_with(answer: Kept, note: Kept) -> bool:
    one, other = answer.said, note.said
    return (
        one["kind"] in (Step.ANSWER, Step.CLEAR)
        and one["boot"] == other["boot"]
        and other["mono"] - one["mono"] <= LATE
    )


def _shows(acts: Sequence[Act], position: int) -> bool:
    """Whether the notes so far have this question on the screen, with nothing over it."""
    for act in reversed(acts):
        said = act.step.said
        value = str(said.get("value") or "question")
        if said["kind"] == Step.SHOWN and not value.startswith("size:"):
            return bool(said["position"] == position and value in ("question", "grid"))
    return False
