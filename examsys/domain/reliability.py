"""How far a score on a randomly drawn paper can be trusted: would another paper drawn for the same candidate say the same?

Every candidate answers other questions, so that a matrix of candidates by questions is nearly empty and KR-20 (alpha), which
wants one paper for all, does not apply. Questions are nested in candidates (Brennan 2001, Generalizability Theory, chapter 3,
design i:p): how hard the drawn questions happen to be is luck, hence error. For one cell this is KR-21, which for papers drawn
anew for each candidate is exact (Lord 1957, Educ. Psychol. Meas. 17:510). A paper draws a fixed number of each chapter and kind, so
the luck is only within these cells (Rajaratnam, Cronbach & Gleser 1965, Psychometrika 30:39):

    error of a candidate = sum over cells of r (n - r) / (n - 1), over the square of the paper's length
    reliability          = 1 - mean error / variance of the scores

Limits by the infinitesimal jackknife over candidates on the scale of log(1 - reliability) (Efron 1982, The Jackknife, the
Bootstrap and Other Resampling Plans, chapter 6): what a bootstrap over candidates comes to, without its chance. Feldt's F limits are not
used: they take scores to be normal, and those of this exam crowd at the top.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .statistics import Z95, Interval, Sitting

LEAST_SITTINGS: Final = 50
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of one kind of paper. Shares are of the full mark; None: too few sittings, or all scores alike.

    `consistency` is the index of dependability at the pass mark (Brennan & Kane 1977, J. Educ. Meas. 14:277): how surely the
    papers tell those above it from those below.
    """

    paper: str
    sittings: int
    mean: float | None
    spread: float | None  # standard deviation of the scores
    error: float | None  # standard error of measurement
    reliability: Interval | None
    consistency: float | None


def reliability(
    paper: str, sittings: Sequence[Sitting], cells: Mapping[str, Cell], pass_share: float | None = None
) -> Reliability:
    """Over first sittings of one kind of paper that were seen to their end. `cells` names the cell each question is drawn from."""
    whole = [one for one in sittings if one.first and len(one.questions) == one.length and one.length > 1]
    if len(whole) < LEAST_SITTINGS:
        return Reliability(paper, len(whole), None, None, None, None, None)
    scores = [sum(one.right) / one.length for one in whole]
    errors = [_error(one, cells) for one in whole]
    n = len(whole)
    mean, error = math.fsum(scores) / n, math.fsum(errors) / n
    variance = math.fsum((score - mean) ** 2 for score in scores) / (n - 1)
    if variance <= 0:
        return Reliability(paper, n, mean, 0.0, math.sqrt(error), None, None)
    return Reliability(
        paper, n, mean, math.sqrt(variance), math.sqrt(error),
        _limits(scores, errors, mean, variance, error), _consistency(mean, variance, error, n, pass_share),
    )  # fmt: skip


def _error(sitting: Sitting, cells: Mapping[str, Cell]) -> float:
    """Variance of the share right that another draw would bring to this candidate; cells of one question are joined with others."""
    counts: dict[Cell, list[int]] = {}
    for question, is_right in zip(sitting.questions, sitting.right, strict=True):
        try:
            cell = counts[cells[question]]
        except KeyError:
            cell = counts.setdefault(cells.get(question, ()), [0, 0])
        cell[0] += 1
        cell[1] += is_right
    used = sorted(counts.values())
    while len(used) > 1 and used[0][0] == 1:
        size, right = used.pop(0)
        used = sorted([[used[0][0] + size, used[0][1] + right], *used[1:]])
    return sum(right * (size - right) / (size - 1) for size, right in used) / len(sitting.questions) ** 2


def _limits(
    scores: Sequence[float], errors: Sequence[float], mean: float, variance: float, error: float
) -> Interval | None:
    value = 1 - error / variance
    if error <= 0:
        return Interval(value, value, value)
    pulls = [one / error - (score - mean) ** 2 / variance for score, one in zip(scores, errors, strict=True)]
    half = Z95 * math.sqrt(math.fsum(pull * pull for pull in pulls)) / len(scores)
    return Interval(value, 1 - (1 - value) * math.exp(half), 1 - (1 - value) * math.exp(-half))


def _consistency(mean: float, variance: float, error: float, n: int, pass_share: float | None) -> float | None:
    if pass_share is None:
        return None
    true = max(0.0, variance - error)
    away = max(0.0, (mean - pass_share) ** 2 - variance / n)  # without what the mean's own chance adds
    return (true + away) / (true + away + error) if true + away + error else None
