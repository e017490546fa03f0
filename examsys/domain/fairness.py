"""Whether a question asks the same of people who take it in different ways: Mantel-Haenszel comparison of takers who know as much.

Takers are matched in bands of one per cent of the paper. Papers differ, so that what is matched is by how much a taker's share right
is above what the questions of that paper get on average. Method: Holland & Thayer 1988
(in Wainer & Braun, Test Validity); scale and classes: Dorans & Holland 1993 (in Holland & Wainer, Differential Item
Functioning); limits: Robins, Breslow & Greenland 1986 (Biometrics 42:311); purification in two stages: Holland & Thayer 1988,
Clauser, Mazor & Hambleton 1993 (Appl. Meas. Educ. 6:269).

The limits alone decide, so that what is drawn and what is said cannot differ: a difference is apart from 0 where they leave 0 out. That is
the test by the delta, which Paek 2010 (Appl. Psychol. Meas. 34:539) recommends over the chi-square with its continuity correction. Their
level is shared among the pairs compared at a question (Bonferroni). That a difference is not seen does not make it small: it is negligible
only where both limits are within the band that does not matter (Casabianca & Lewis 2018, J. Educ. Behav. Stat. 43:407).

The studied question counts in the score that matches. Left out, groups of unequal knowledge would differ on every question: among takers
with the same rest score those of the stronger group know more (Donoghue, Holland & Thayer 1993, in Holland & Wainer).
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

from .statistics import Table

LEAST_TAKERS: Final = (
    100  # of each group at a question. ETS asks 200 and 500 together; from fewer, limits are wide and flags rare
)
LEVEL: Final = 0.03  # of a question, however many pairs. At 0.05 six in a hundred fair ones were named where groups know very unequally much
SCALE: Final = -2.35  # natural log of the odds ratio to ETS delta
MODERATE, LARGE = 1.0, 1.5
PAIRS: Final = (("zh", "bo"), ("zh", "audio"), ("bo", "audio"))  # reference and focal group
Cells = tuple[float, float, float, float]  # reference right, reference wrong, focal right, focal wrong


class Size(StrEnum):
    """ETS's classes: A small or not seen, B moderate, C large."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A common odds ratio over the bands, and what follows from it. Below zero, `delta` means harder for the focal group."""

    odds_ratio: float  # of a right answer, reference group to focal group
    delta: float
    error: float  # standard error of delta
    low: float  # limits of delta
    high: float
    level: float  # how often such limits miss the truth

    @property
    def size(self) -> Size:
        """A: below 1 or not apart from 0. C: at least 1.5 and apart from 1 (ETS asks that of one side at 5 %). B: what lies between."""
        nearest, largest = max(self.low, -self.high), abs(self.delta)
        if largest < MODERATE or nearest <= 0:
            return Size.A
        return Size.C if largest >= LARGE and nearest > MODERATE else Size.B

    @property
    def negligible(self) -> bool:
        """Whether enough is known to say that the difference does not matter."""
        return self.low >= -MODERATE and self.high <= MODERATE


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups at one question; `estimate` is None where one of them is too small, or nobody differs."""

    question: str
    reference: str
    focal: str
    of_reference: int
    of_focal: int
    estimate: Estimate | None

    @property
    def flagged(self) -> bool:
        """Whether the difference is moderate or large, and not chance."""
        return self.estimate is not None and self.estimate.size is not Size.A

    @property
    def undecided(self) -> bool:
        """Whether there is an estimate that shows neither a difference nor that there is none."""
        return self.estimate is not None and not self.flagged and not self.estimate.negligible


def mantel_haenszel(bands: Iterable[Cells], level: float = LEVEL) -> Estimate | None:
    """Compare over 2 x 2 tables of matched takers. None where no band has both groups and both outcomes."""
    telling = [band for band in bands if _tells(band)]
    if not telling:
        return None
    odds, variance = _odds_ratio(telling)
    delta, error = SCALE * math.log(odds), abs(SCALE) * math.sqrt(variance)
    half = NormalDist().inv_cdf(1 - level / 2) * error
    return Estimate(odds, delta, error, delta - half, delta + half, level)


def _tells(band: Cells) -> bool:
    a, b, c, d = band
    return (a + b) * (c + d) * (a + c) * (b + d) > 0


def _odds_ratio(bands: Sequence[Cells]) -> tuple[float, float]:
    """The common odds ratio and the variance of its logarithm.

    Where no band lets it be formed (one group made no mistake), one band more of four half answers keeps it finite and draws it towards 1.
    """
    tops = [(a * d / (a + b + c + d), b * c / (a + b + c + d)) for a, b, c, d in bands]
    top, bottom = math.fsum(r for r, _ in tops), math.fsum(s for _, s in tops)
    if not top or not bottom:
        return _odds_ratio([*bands, (0.5, 0.5, 0.5, 0.5)])
    same = cross = other = 0.0
    for (a, b, c, d), (r, s) in zip(bands, tops, strict=True):
        total = a + b + c + d
        p, q = (a + d) / total, (b + c) / total
        same += p * r
        cross += p * s + q * r
        other += q * s
    variance = same / (2 * top * top) + cross / (2 * top * bottom) + other / (2 * bottom * bottom)
    return top / bottom, variance


def compare(table: Table, pairs: Sequence[tuple[str, str]] = PAIRS) -> dict[str, tuple[Comparison, ...]]:
    """Every question with every pair of groups, twice: the second time matched without the questions that were flagged the first time."""
    first = _stage(table, frozenset(), pairs)
    flagged = frozenset(question for question, made in first.items() if any(one.flagged for one in made))
    return _stage(table, flagged, pairs) if flagged else first


def _stage(
    table: Table, without: Collection[str], pairs: Sequence[tuple[str, str]]
) -> dict[str, tuple[Comparison, ...]]:
    """All comparisons, matched on the questions not in `without` and the studied one."""
    code = {name: number for number, name in enumerate(sorted({name for pair in pairs for name in pair}))}
    width = len(code) + 1
    group = [code.get(name, len(code)) for name in table.groups]
    ease = _ease(table)
    over, sizes = _over_expected(table, ease, without)
    inside = [_band(one, size) * width + who for one, size, who in zip(over, sizes, group, strict=True)]
    found = {}
    for question, answers in table.by_question.items():
        key = table.keys.get(question)
        right: Counter[int] = Counter()
        wrong: Counter[int] = Counter()
        for chosen, numbers in answers.items():
            if question in without:
                more = (chosen == key) - ease[question]
                places = [_band(over[one] + more, sizes[one] + 1) * width + group[one] for one in numbers]
            else:
                places = [inside[one] for one in numbers]
            (right if chosen == key else wrong).update(places)
        found[question] = _comparisons(question, _by_group(right, width), _by_group(wrong, width), code, pairs)
    return found


def _ease(table: Table) -> dict[str, float]:
    """The share right of each question."""
    found = {}
    for question, answers in table.by_question.items():
        right = len(answers[table.keys[question]]) if question in table.keys else 0
        found[question] = right / sum(map(len, answers.values()))
    return found


def _over_expected(
    table: Table, ease: Mapping[str, float], without: Collection[str]
) -> tuple[Sequence[float], Sequence[int]]:
    """By how many right answers each sitting is above what its questions get on average, and how many these are."""
    over = [
        score - sum(map(ease.__getitem__, sitting.questions))
        for score, sitting in zip(table.scores, table.sittings, strict=True)
    ]
    sizes = list(table.sizes)
    for question in without:
        for chosen, numbers in table.by_question.get(question, {}).items():
            gained = (chosen == table.keys.get(question)) - ease[question]
            for number in numbers:
                sizes[number] -= 1
                over[number] -= gained
    return over, sizes


def _band(over: float, size: int) -> int:
    return round(100 * over / size) if size else 0


def _by_group(counts: Mapping[int, int], width: int) -> list[dict[int, int]]:
    """Takers by group, then by band."""
    found: list[dict[int, int]] = [{} for _ in range(width)]
    for place, count in counts.items():
        found[place % width][place // width] = count
    return found


def _comparisons(
    question: str,
    right: Sequence[Mapping[int, int]],
    wrong: Sequence[Mapping[int, int]],
    code: Mapping[str, int],
    pairs: Sequence[tuple[str, str]],
) -> tuple[Comparison, ...]:
    takers = {name: sum(right[number].values()) + sum(wrong[number].values()) for name, number in code.items()}
    enough = [pair for pair in pairs if all(takers[name] >= LEAST_TAKERS for name in pair)]
    made = []
    for reference, focal in pairs:
        estimate = None
        if (reference, focal) in enough:
            bands = _bands(right[code[reference]], wrong[code[reference]], right[code[focal]], wrong[code[focal]])
            estimate = mantel_haenszel(bands, LEVEL / len(enough))
        made.append(Comparison(question, reference, focal, takers[reference], takers[focal], estimate))
    return tuple(made)


def _bands(a: Mapping[int, int], b: Mapping[int, int], c: Mapping[int, int], d: Mapping[int, int]) -> list[Cells]:
    places = sorted((a.keys() | b.keys()) & (c.keys() | d.keys()))
    return [(a.get(place, 0), b.get(place, 0), c.get(place, 0), d.get(place, 0)) for place in places]
