"""Reliability of papers drawn anew for each candidate: by hand, against the truth of a simulation, and its limits against a bootstrap."""

import math
import random

import pytest

from examsys.domain.reliability import LEAST_SITTINGS, Reliability, reliability
from examsys.domain.statistics import Sitting
from tests.domain.sittings import simulate


def sitting(right: str, names: str = "") -> Sitting:
    """A sitting of the questions named by letters."""
    marks = tuple(mark == "1" for mark in right)
    asked = tuple(names or "abcdefghij"[: len(right)])
    blank = ("",) * len(marks)
    return Sitting("p", len(marks), True, asked, blank, marks, (1,) * len(marks), blank)


def of(*sittings: Sitting, cells: dict[str, tuple[str, ...]] | None = None, passed: float | None = None) -> Reliability:
    """Of these sittings, in one cell unless said otherwise."""
    return reliability("p", sittings, cells or {}, passed)


def test_with_one_cell_it_is_kr_21() -> None:
    """KR-21 = n/(n-1) (1 - M(n-M)/(n V)) with V over N: 4 questions, scores 4, 3, 1, 0 in equal numbers."""
    sittings = [sitting(one) for one in ("1111", "1110", "1000", "0000")] * 25
    found = of(*sittings)
    n, mean, variance = 4, 2.0, 2.5
    kr21 = n / (n - 1) * (1 - mean * (n - mean) / (n * variance))
    assert found.reliability is not None
    assert found.reliability.value == pytest.approx(kr21, abs=0.01)  # N and N - 1
    assert found.error == pytest.approx(
        math.sqrt((0 + 1 + 1 + 0) / 4 / 16)
    )  # mean of r (n - r) / (n - 1), over n squared
    assert found.mean == 0.5


def test_what_a_fixed_draw_from_each_cell_holds_steady_is_no_error() -> None:
    """Everybody is right in one chapter and wrong in the other: with chapters known, another draw would change nothing."""
    sittings = [sitting("1100", "abxy"), sitting("1111", "abxy"), sitting("0000", "abxy")] * 30
    cells = {"a": ("easy",), "b": ("easy",), "x": ("hard",), "y": ("hard",)}
    assert of(*sittings, cells=cells).error == 0.0
    assert (of(*sittings).error or 0) > 0.1


def test_a_cell_of_one_question_is_joined_with_another() -> None:
    """Of one question nothing is known of what another would have brought."""
    sittings = [sitting("10", "ax"), sitting("11", "ax"), sitting("00", "ax")] * 30
    cells = {"a": ("one",), "x": ("two",)}
    assert of(*sittings, cells=cells).error == of(*sittings).error != 0.0


@pytest.mark.parametrize("names", ["abc", "abcd", "aabc", "aabbc"])
def test_a_paper_of_mostly_single_cells_can_be_reckoned(names: str) -> None:
    sittings = [sitting("1" * len(names), names), sitting("0" * (len(names) - 1) + "1", names)] * 40
    error = of(*sittings, cells={name: (name,) for name in names}).error
    assert error is not None
    assert error > 0


@pytest.mark.parametrize(("spread", "length"), [(0.6, 50), (1.0, 100), (1.0, 20)])
def test_it_says_how_well_another_paper_would_agree(spread: float, length: int) -> None:
    """The truth: the same candidates sit a second paper; its correlation with the first is what reliability means."""
    chance = random.Random(4)
    level = [chance.gauss(2.0, 1.0) for _ in range(400)]
    firsts, scores, agains = [], [], []
    for _ in range(3_000):
        knows = chance.gauss(0, spread)
        papers = []
        for _sitting in range(2):
            drawn = chance.sample(range(400), length)
            papers.append([chance.random() < 1 / (1 + math.exp(-knows - level[one])) for one in drawn])
        firsts.append(sitting_of(papers[0]))
        scores.append(sum(papers[0]) / length)
        agains.append(sum(papers[1]) / length)
    found = of(*firsts)
    assert found.reliability is not None
    assert found.reliability.value == pytest.approx(correlation(scores, agains), abs=0.04)
    apart = math.sqrt(sum((one - other) ** 2 for one, other in zip(scores, agains, strict=True)) / len(scores) / 2)
    assert found.error == pytest.approx(apart, rel=0.05)  # the standard error is half the variance between two papers


def sitting_of(right: list[bool]) -> Sitting:
    """A sitting of questions that nobody else has."""
    return sitting("".join("01"[one] for one in right), "?" * len(right))


def correlation(xs: list[float], ys: list[float]) -> float:
    """Pearson's."""
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return top / math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))


def test_limits_are_those_of_a_bootstrap_over_candidates() -> None:
    sittings = simulate(400, 200, 40, seed=9, groups={"zh": 1.0}, spread=1.0)
    found = reliability("p", sittings, {})
    chance, again = random.Random(1), []
    for _ in range(400):
        value = reliability("p", chance.choices(sittings, k=len(sittings)), {}).reliability
        assert value is not None
        again.append(value.value)
    again.sort()
    assert found.reliability is not None
    assert found.reliability.low == pytest.approx(again[10], abs=0.02)
    assert found.reliability.high == pytest.approx(again[389], abs=0.02)


def test_limits_hold_the_truth_about_nineteen_times_in_twenty() -> None:
    many = reliability("p", simulate(20_000, 300, 40, seed=0, groups={"zh": 1.0}), {}).reliability
    assert many is not None
    held = 0
    for seed in range(100, 160):
        chance = simulate(150, 300, 40, seed=seed, groups={"zh": 1.0})
        found = reliability("p", chance, {}).reliability
        assert found is not None
        held += found.low <= many.value <= found.high
    assert 50 <= held <= 60


def test_make_ups_and_papers_that_were_not_seen_whole_are_left_out() -> None:
    whole = [sitting("1110"), sitting("1000")] * LEAST_SITTINGS
    makeup = Sitting("p", 4, False, tuple("abcd"), ("",) * 4, (False,) * 4, (1,) * 4, ("",) * 4)
    broken_off = Sitting("p", 4, True, tuple("ab"), ("",) * 2, (False,) * 2, (1,) * 2, ("",) * 2)
    assert of(*whole, *[makeup, broken_off] * 30) == of(*whole)


def test_too_few_sittings_are_said_to_be_too_few() -> None:
    found = of(*[sitting("1110"), sitting("1000")] * (LEAST_SITTINGS // 2 - 1))
    assert (found.sittings, found.reliability, found.mean) == (LEAST_SITTINGS - 2, None, None)


def test_where_all_scores_are_alike_there_is_no_reliability_to_speak_of() -> None:
    assert of(*[sitting("1110")] * 60).reliability is None


def test_far_from_the_pass_mark_papers_agree_on_who_passes() -> None:
    sittings = simulate(2_000, 200, 50, seed=9, groups={"zh": 1.0}, spread=0.5)
    near = reliability("p", sittings, {}, reliability("p", sittings, {}).mean)
    far = reliability("p", sittings, {}, 0.3)
    assert near.reliability is not None
    assert near.consistency == pytest.approx(near.reliability.value, abs=0.01)
    assert far.consistency is not None
    assert far.consistency > 0.95
