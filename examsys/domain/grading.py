"""Grading: an answer is right when it names exactly the options of the key, no fewer and no more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from examsys.domain.paper import Blueprint, Paper, Position


@dataclass(frozen=True)
class Mark:
    """What one position of a paper earned; `chosen` are the bank's option ids, so marks compare across papers.

    `voided`: the question was withdrawn after the exam and counts as right for everybody. `shown_ms` is the time for
    which it was on the screen.
    """

    position: int
    question_id: str
    content_hash: str
    chosen: tuple[str, ...]
    right: bool
    shown_ms: int
    voided: bool = False


@dataclass(frozen=True)
class Grade:
    """The marks of a paper by position, the points they add up to, and whether that is a pass."""

    marks: tuple[Mark, ...]
    total: int
    passed: bool


def grade(
    paper: Paper,
    keys: Mapping[str, Collection[str]],
    answers: Mapping[int, Iterable[str]],
    shown_ms: Mapping[int, int],
    voided: Collection[str] = frozenset(),
) -> Grade:
    """Grades the last answers of an attempt.

    `keys` holds the key of each content hash on the paper, `answers` the opaque option ids by position (none or an
    empty one is wrong), `voided` the content hashes of withdrawn questions. Raises KeyError without a key and RuleBroken
    `attempt.bad_option` for an option that the position does not show: either means that the record is damaged.
    """
    marks = tuple(
        _mark(
            position,
            frozenset(keys[position.content_hash]),
            answers.get(position.number, ()),
            shown_ms.get(position.number, 0),
            position.content_hash in voided,
        )
        for position in paper.positions
    )
    total = paper.blueprint.points * sum(mark.right for mark in marks)
    return Grade(marks, total, total >= paper.blueprint.pass_mark)


def cannot_pass_any_more(blueprint: Blueprint, answered_wrong: int) -> bool:
    """Whether even all other answers right would not reach the pass mark, so an exam that stops early may stop."""
    return blueprint.points * (blueprint.questions - answered_wrong) < blueprint.pass_mark


def _mark(position: Position, key: frozenset[str], answer: Iterable[str], shown_ms: int, voided: bool) -> Mark:
    chosen = position.bank_ids(answer)
    return Mark(
        position=position.number,
        question_id=position.question_id,
        content_hash=position.content_hash,
        chosen=tuple(sorted(chosen)),
        right=voided or chosen == key,
        shown_ms=shown_ms,
        voided=voided,
    )
