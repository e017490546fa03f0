"""How the questions of a release behave: reads the results that count, makes the figures, keeps them until enough came to change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Final

from ..bank import service as bank
from ..domain.bank import JUDGE_OPTIONS, Question
from ..domain.errors import RuleBroken
from ..domain.fairness import Comparison, compare
from ..domain.flags import Flag, flags_of, usual_changes
from ..domain.paper import Blueprint
from ..domain.reliability import Reliability, reliability
from ..domain.statistics import Distractor, ItemFigures, Sitting, item_figures, tabulate
from ..exam import graded

NEWS: Final = (
    100  # figures stand until one result in so many is new: a million answers cost a second of the exam server's CPU
)
MOST_KEPT: Final = 4  # releases whose figures are kept in memory
SORTS: Final = ("flags", "question", "shown", "facility", "discrimination", "fairness")


class Outcome(StrEnum):
    """What the figures of a question come to."""

    ODD = "odd"  # it has a flag
    FINE = "fine"
    FEW = "few"  # too few answers to say


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One question: its figures, how it compares groups of takers, and what to look at."""

    question: Question
    figures: ItemFigures
    compared: tuple[Comparison, ...]
    flags: tuple[Flag, ...]

    @property
    def options(self) -> list[Distractor]:
        """Every option of the question in its order, chosen or not; unanswered last, where it occurs."""
        counted = {one.option: one for one in self.figures.distractors}
        named = [option.id for option in self.question.options] or list(JUDGE_OPTIONS)
        every = [*named, *(option for option in counted if option not in named)]
        return [counted.get(option, Distractor(option, 0, (0, 0, 0))) for option in every]

    @property
    def furthest(self) -> Comparison | None:
        """The comparison whose groups are furthest apart, one that is flagged before all others."""
        made = [(one.flagged, abs(one.estimate.delta), one) for one in self.compared if one.estimate]
        return max(made, key=lambda each: each[:2])[2] if made else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a release, made of so many results."""

    release_id: str
    number: str
    results: int
    questions: Mapping[str, Behaviour]
    papers: tuple[Reliability, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    extent: graded.Extent
    voided: frozenset[str]
    figures: Figures


_kept: dict[str, _Kept] = {}
_making = Lock()  # who asks while figures are made waits for them instead of making them twice


def figures_of(release_id: str) -> Figures:
    """The figures of a release. RuleBroken('bank.no_release')."""
    number, extent, voided = bank.release_number(release_id), graded.extent(release_id), bank.withdrawn()
    with _making:
        kept = _kept.get(release_id)
        if kept is None or kept.voided != voided or _is_old(kept.extent, extent):
            kept = _Kept(extent, voided, _make(release_id, number, extent, voided))
            _kept.pop(release_id, None)
            _kept[release_id] = kept
            while len(_kept) > MOST_KEPT:
                del _kept[next(iter(_kept))]
        return kept.figures


def _is_old(kept: graded.Extent, now: graded.Extent) -> bool:
    """Whether results that were counted are gone, or enough have come."""
    new = now.results - kept.results
    return new < 0 or new * NEWS >= max(1, kept.results) or (new == 0 and now.newest != kept.newest)


def releases() -> list[tuple[str, str]]:
    """Id and number of every release that was sat, newest first; the newest of all where none was. RuleBroken('bank.no_release')."""
    return [(release_id, bank.release_number(release_id)) for release_id in graded.releases_sat()] or [
        bank.newest_release()
    ]


def release_named(number: str) -> str:
    """The release asked for by its number, or the newest that was sat. RuleBroken('bank.no_release')."""
    return bank.release_numbered(number) if number else releases()[0][0]


def outcomes() -> Mapping[str, Outcome]:
    """By question id what the figures of the newest release that was sat say; empty before the first."""
    try:
        found = figures_of(release_named(""))
    except RuleBroken:
        return {}
    return {name: _outcome(one) for name, one in found.questions.items()}


def behaviours() -> Mapping[str, Behaviour]:
    """By question id the figures of the newest release that was sat, as they were last made; empty before the first.

    For pages of the desk, which are opened all day: they do not count results, nor make figures anew because some came.
    """
    try:
        release_id = release_named("")
    except RuleBroken:
        return {}
    kept = _kept.get(release_id)
    return (kept.figures if kept else figures_of(release_id)).questions


def _outcome(one: Behaviour) -> Outcome:
    if one.flags:
        return Outcome.ODD
    return Outcome.FINE if one.figures.facility else Outcome.FEW


def behaviour_of(figures: Figures, question_id: str) -> Behaviour:
    """One question of a release; RuleBroken('bank.question_unknown'). One that nobody was asked has figures of nothing."""
    if question_id in figures.questions:
        return figures.questions[question_id]
    question = bank.question_of(figures.release_id, question_id)
    return Behaviour(question, ItemFigures(question_id, 0, 0, None, None, (), (0, 0, 0), "", {}, {}, {}), (), ())


def listed(figures: Figures, subject: str, flagged: bool, sort: str) -> list[Behaviour]:
    """The questions that fit, in an order of SORTS: always what wants to be looked at first, what has no figure last."""
    if subject not in ("", *(one.question.subject for one in figures.questions.values())):
        subject = ""
    fitting = [
        one
        for one in figures.questions.values()
        if (not subject or one.question.subject == subject) and (one.flags or not flagged)
    ]
    return sorted(fitting, key=lambda one: (_place(one, sort), one.question.id))


def _place(one: Behaviour, sort: str) -> tuple[float, ...]:
    """Where a question stands; larger is later."""
    figures, none = one.figures, (float("inf"),)
    if sort == "question":
        return ()
    if sort == "shown":
        return (-figures.shown,)
    if sort == "facility":
        return (figures.facility.value,) if figures.facility else none
    if sort == "discrimination":
        return (figures.discrimination.value,) if figures.discrimination else none
    if sort == "fairness":
        return (-most_apart(one),) if one.furthest else none
    return (-sum(flag.grave for flag in one.flags), -len(one.flags), -most_apart(one) if one.flags else 0.0)


def most_apart(one: Behaviour) -> float:
    """By how much the groups of `furthest` differ, in ETS delta, whichever way."""
    return abs(one.furthest.estimate.delta) if one.furthest and one.furthest.estimate else 0.0


def comparisons(figures: Figures) -> list[Comparison]:
    """Every comparison that could be made, the flagged and the furthest apart first."""
    made = [each for one in figures.questions.values() for each in one.compared if each.estimate]
    return sorted(
        made, key=lambda each: (not each.flagged, -abs(each.estimate.delta) if each.estimate else 0.0, each.question)
    )


def _make(release_id: str, number: str, extent: graded.Extent, voided: frozenset[str]) -> Figures:
    sittings = graded.sittings(release_id, voided)
    questions = {question.id: question for question in bank.questions_of(release_id)}
    table = tabulate(sittings)
    items, compared = item_figures(table), compare(table)
    usual = usual_changes(list(items.values()))
    behaviours = {
        name: Behaviour(questions[name], item, compared[name], flags_of(item, compared[name], usual))
        for name, item in items.items()
        if name in questions
    }
    return Figures(release_id, number, extent.results, behaviours, _papers(sittings, questions))


def _papers(sittings: Sequence[Sitting], questions: Mapping[str, Question]) -> tuple[Reliability, ...]:
    """Reliability of every kind of paper that was sat."""
    cells = {name: (question.chapter, question.kind.value) for name, question in questions.items()}
    by_paper: dict[str, list[Sitting]] = {}
    for sitting in sittings:
        by_paper.setdefault(sitting.paper, []).append(sitting)
    return tuple(
        reliability(paper, of_paper, cells, _pass_share(paper)) for paper, of_paper in sorted(by_paper.items())
    )


def _pass_share(paper: str) -> float | None:
    blueprint = _blueprint(paper)
    return blueprint.pass_mark / (blueprint.points * blueprint.questions) if blueprint else None


def _blueprint(paper: str) -> Blueprint | None:
    subject, _, family = paper.partition("/")
    try:
        return bank.blueprint_for(subject, family)
    except RuleBroken:
        return None
