"""What the figures of a question ask somebody to look at. A flag goes to who works on the question, never to a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .fairness import Comparison, Size
from .statistics import MIXED, NO_ANSWER, Z95, Z99, ItemFigures, wilson

HARD: Final = 0.5  # a question that surely fewer than this answer right
OFTEN: Final = 2.0  # times as many change the language here as on the questions together
LEAST_CHANGES: Final = 10


class Concern(StrEnum):
    """What is odd, in the order of how much it matters."""

    KEY = "key"  # those who know most choose another option than the key
    BACKWARDS = "backwards"  # the more one knows, the more often one is wrong here
    HARDER = "harder"  # for a group, among those who know as much
    EASIER = "easier"
    HARD = "hard"
    SWITCHED = "switched"  # a group changes the language here far more often than elsewhere


@dataclass(frozen=True, slots=True)
class Flag:
    """One concern. `group` is whom it concerns, `against` the group they were compared with, `grave` what to look at first."""

    concern: Concern
    group: str = ""
    against: str = ""
    grave: bool = False


def flags_of(figures: ItemFigures, compared: Sequence[Comparison], usual: dict[str, float]) -> tuple[Flag, ...]:
    """The flags of one question, gravest first. `usual`: by group, the share that changes the language on a question."""
    found = []
    if _other_than_key(figures):
        found.append(Flag(Concern.KEY, grave=True))
    if figures.discrimination is not None and figures.discrimination.high < 0:
        found.append(Flag(Concern.BACKWARDS, grave=True))
    odd = {one.focal for one in compared if one.flagged}
    for one in compared:
        if (
            one.flagged and one.estimate is not None and one.reference not in odd
        ):  # else it is the reference that is odd
            concern = Concern.HARDER if one.estimate.delta < 0 else Concern.EASIER
            found.append(Flag(concern, one.focal, one.reference, one.estimate.size is Size.C))
    if figures.facility is not None and figures.facility.high < HARD:
        found.append(Flag(Concern.HARD))
    for group, (changed, of) in figures.switched.items():
        if group != MIXED and changed >= LEAST_CHANGES and wilson(changed, of, Z99).low > OFTEN * usual.get(group, 1.0):
            found.append(Flag(Concern.SWITCHED, group))
    order = list(Concern)
    return tuple(sorted(found, key=lambda flag: (not flag.grave, order.index(flag.concern), flag.group)))


def usual_changes(all_figures: Sequence[ItemFigures]) -> dict[str, float]:
    """By group: the share that changes the language on a question, over all questions."""
    changed: dict[str, int] = {}
    counted: dict[str, int] = {}
    for figures in all_figures:
        for group, (times, of) in figures.switched.items():
            changed[group] = changed.get(group, 0) + times
            counted[group] = counted.get(group, 0) + of
    return {group: changed[group] / of for group, of in counted.items() if of}


def _other_than_key(figures: ItemFigures) -> bool:
    """Whether the upper third chooses some other option surely more often than the key: a sign test, one-sided at 2.5 %."""
    if figures.facility is None or "," in figures.key:
        return False  # of several right ones each wrong choice may hold some of them
    counts = {one.option: one.thirds[2] for one in figures.distractors}
    right = counts.get(figures.key, 0) if figures.key else 0
    others = [count for option, count in counts.items() if option not in (figures.key, NO_ANSWER)]
    most = max(others, default=0)
    return most > right and (most - right) ** 2 > Z95 * Z95 * (most + right)
