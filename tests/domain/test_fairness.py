"""Mantel-Haenszel: worked examples, what must hold for all tables, and biased questions planted among sound ones."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain.fairness import LEAST_TAKERS, LEVEL, Comparison, Size, compare, mantel_haenszel
from examsys.domain.statistics import tabulate
from tests.domain.sittings import simulate

BANDS = [(40.0, 20.0, 25.0, 25.0), (50.0, 10.0, 40.0, 20.0), (30.0, 5.0, 30.0, 10.0)]


def test_one_band_gives_the_odds_ratio_of_its_table_and_woolfs_variance() -> None:
    """In a single 2 x 2 table the estimate is ad/bc, and the variance of Robins and others is 1/a + 1/b + 1/c + 1/d."""
    found = mantel_haenszel([(30, 10, 20, 20)])
    assert found is not None
    assert found.odds_ratio == pytest.approx(3.0)
    assert found.delta == pytest.approx(-2.35 * math.log(3))
    assert found.error == pytest.approx(2.35 * math.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 20))


def test_three_bands_by_hand() -> None:
    found = mantel_haenszel(BANDS)
    assert found is not None
    top = 40 * 25 / 110 + 50 * 20 / 120 + 30 * 10 / 75
    bottom = 20 * 25 / 110 + 10 * 40 / 120 + 5 * 30 / 75
    assert found.odds_ratio == pytest.approx(top / bottom)


def test_the_variance_of_robins_breslow_and_greenland_by_hand() -> None:
    found = mantel_haenszel(BANDS, 0.05)
    assert found is not None
    p = [65 / 110, 70 / 120, 40 / 75]
    r = [1000 / 110, 1000 / 120, 300 / 75]
    s = [500 / 110, 400 / 120, 150 / 75]
    pr = sum(x * y for x, y in zip(p, r, strict=True))
    cross = sum(x * z + (1 - x) * y for x, y, z in zip(p, r, s, strict=True))
    qs = sum((1 - x) * z for x, z in zip(p, s, strict=True))
    variance = pr / (2 * sum(r) ** 2) + cross / (2 * sum(r) * sum(s)) + qs / (2 * sum(s) ** 2)
    assert found.error == pytest.approx(2.35 * math.sqrt(variance))
    assert (found.low, found.high) == pytest.approx(
        (found.delta - 1.959964 * found.error, found.delta + 1.959964 * found.error), abs=1e-5
    )


def test_matching_undoes_what_only_looks_unfair() -> None:
    """Simpson: in each band both groups do alike, though together one does far worse."""
    found = mantel_haenszel([(80, 20, 8, 2), (5, 5, 50, 50)])
    assert found is not None
    assert found.odds_ratio == pytest.approx(1.0)
    assert found.size is Size.A


@pytest.mark.parametrize(
    ("bands", "size"),
    [
        ([(900, 100, 860, 140)], Size.A),  # delta -0.9, however sure
        ([(90, 10, 83, 17)], Size.A),  # -1.4, but may be chance
        ([(450, 50, 420, 80)], Size.B),  # -1.3 and sure
        ([(90, 10, 78, 22)], Size.B),  # -2.2, but not surely beyond 1
        ([(450, 50, 375, 125)], Size.C),
        ([(375, 125, 450, 50)], Size.C),  # the other way round
    ],
)
def test_classes_are_those_of_ets(bands: list[tuple[float, float, float, float]], size: Size) -> None:
    found = mantel_haenszel(bands, 0.05)
    assert found is not None
    assert found.size is size


def test_a_group_that_makes_no_mistake_still_gets_a_finite_ratio() -> None:
    found = mantel_haenszel([(100, 0, 70, 30)])
    assert found is not None
    assert math.isfinite(found.delta)
    assert found.delta < -1.5
    assert found.size is not Size.A


@pytest.mark.parametrize("bands", [[], [(0, 0, 5, 5)], [(10, 0, 10, 0)], [(10, 5, 0, 0), (0, 9, 0, 3)]])
def test_where_nothing_can_be_compared_nothing_is_said(bands: list[tuple[float, float, float, float]]) -> None:
    assert mantel_haenszel(bands) is None


COUNTS = st.integers(0, 40)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=12))
def test_changing_the_groups_over_only_turns_the_sign(bands: list[tuple[int, int, int, int]]) -> None:
    there, back = mantel_haenszel(bands), mantel_haenszel([(c, d, a, b) for a, b, c, d in bands])
    if there is None or back is None:
        assert there is back
        return
    assert back.delta == pytest.approx(-there.delta, abs=1e-9)
    assert back.error == pytest.approx(there.error)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert back.size is there.size
    assert back.negligible == there.negligible


@given(
    st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=12), st.sampled_from([0.01, 0.03, 0.05])
)
def test_what_is_said_is_what_the_limits_show(bands: list[tuple[int, int, int, int]], level: float) -> None:
    """A difference is named where the limits leave 0 out, called large where they leave out 1, and denied only where they stay within 1."""
    found = mantel_haenszel(bands, level)
    if found is None:
        return
    one = Comparison("q", "zh", "bo", 100, 100, found)
    assert found.low < found.delta < found.high
    assert one.flagged == (abs(found.delta) >= 1 and not found.low <= 0 <= found.high)
    assert found.negligible == (max(abs(found.low), abs(found.high)) <= 1)
    assert [one.flagged, one.undecided, found.negligible].count(True) == 1
    if found.size is Size.C:
        assert min(abs(found.low), abs(found.high)) > 1


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=12))
def test_surer_limits_are_wider_and_name_no_more(bands: list[tuple[int, int, int, int]]) -> None:
    one, sure = mantel_haenszel(bands, 0.05), mantel_haenszel(bands, 0.01)
    if one is None or sure is None:
        assert one is sure
        return
    assert sure.low < one.low < one.high < sure.high
    assert (sure.size is Size.A) >= (one.size is Size.A)
    assert sure.negligible <= one.negligible


@pytest.mark.parametrize(
    ("bands", "negligible"),
    [
        ([(9_000, 1_000, 8_950, 1_050)], True),  # 20,000 takers
        ([(3_200, 66, 316, 7)], False),  # 323 listeners, but only 7 wrong answers
        ([(98, 2, 98, 2)], False),  # alike as can be, and nothing known
    ],
)
def test_a_difference_is_denied_by_many_wrong_answers_not_by_many_takers(
    bands: list[tuple[float, float, float, float]], negligible: bool
) -> None:
    found = mantel_haenszel(bands)
    assert found is not None
    assert found.size is Size.A
    assert found.negligible is negligible


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=12), st.randoms())
def test_the_order_of_bands_says_nothing(bands: list[tuple[int, int, int, int]], chance: random.Random) -> None:
    mixed = list(bands)
    chance.shuffle(mixed)
    one, other = mantel_haenszel(bands), mantel_haenszel(mixed)
    assert (one is None) == (other is None)
    if one and other:
        assert one.delta == pytest.approx(other.delta, abs=1e-9)


# -- simulated sittings --------------------------------------------------------------------------------------

GROUPS = {"zh": 0.45, "bo": 0.35, "audio": 0.2}


def flagged(made: dict[str, tuple[object, ...]]) -> set[str]:
    """The questions that are named."""
    return {name for name, compared in made.items() if any(one.flagged for one in compared)}  # type: ignore[attr-defined]


def test_planted_questions_are_found_and_sound_ones_left_alone() -> None:
    """Ten of 200 are biased by 1.2 logits, half against Tibetan takers, half for them."""
    bias = {(f"q-{number:04d}", "bo"): 1.2 if number % 2 else -1.2 for number in range(10)}
    planted, found, false = {name for name, _ in bias}, 0, 0
    for seed in (11, 12, 13):
        sittings = simulate(5_000, 200, 50, seed=seed, groups=GROUPS, knowledge={"bo": -0.4, "audio": -0.8}, bias=bias)
        made = compare(tabulate(sittings))
        named = flagged(made)
        found, false = found + len(named & planted), false + len(named - planted)
        for name in named & planted:
            estimate = next(one.estimate for one in made[name] if (one.reference, one.focal) == ("zh", "bo"))
            assert estimate is not None
            assert (estimate.delta < 0) == (int(name[2:]) % 2 == 1)  # named as harder for whom it is harder
    assert found >= 28
    assert false < 0.05 * 3 * 190


def test_papers_of_unequal_difficulty_do_not_make_questions_unfair() -> None:
    """Tibetan takers mostly sit the bus paper, which has 40 hard questions of its own beside those that both papers draw."""
    hard, of_car, of_bus = tuple(range(110, 150)), tuple(range(110)), (*range(70), *range(110, 150))
    car = simulate(3_000, 150, 60, seed=21, groups={"zh": 0.7, "bo": 0.3}, hard=hard, drawn=of_car, bank=1)
    bus = simulate(3_000, 150, 60, seed=22, groups={"zh": 0.3, "bo": 0.7}, hard=hard, drawn=of_bus, bank=1)
    made = compare(tabulate([*car, *bus]))
    assert len(flagged(made)) < 0.05 * len(made)


@pytest.mark.parametrize("below", [0.0, -0.8, -1.2])
@pytest.mark.parametrize("slopes", [(1.0,), (0.6, 1.0, 1.4)])
def test_of_fair_questions_fewer_than_one_in_twenty_is_named_also_where_groups_know_unequally_much(
    below: float, slopes: tuple[float, ...]
) -> None:
    false = total = 0
    for seed in (1, 2):
        knowledge = {"bo": below, "audio": below}
        sittings = simulate(2_500, 150, 75, seed=seed, groups=GROUPS, knowledge=knowledge, slopes=slopes)
        made = compare(tabulate(sittings))
        false, total = false + len(flagged(made)), total + len(made)
    assert false < 0.05 * total


def test_limits_hold_the_truth_as_often_as_their_level_says() -> None:
    """Of fair questions the true difference is 0."""
    sittings = simulate(4_000, 200, 60, seed=3, knowledge={"bo": -0.5})
    made = [one.estimate for compared in compare(tabulate(sittings)).values() for one in compared if one.estimate]
    held = sum(one.low <= 0 <= one.high for one in made) / len(made)
    assert {one.level for one in made} == {LEVEL}
    assert 1 - 2 * LEVEL <= held < 1


def test_the_level_is_shared_among_the_pairs_that_are_compared() -> None:
    made = compare(tabulate(simulate(2_000, 20, 20, seed=3, groups=GROUPS)))
    assert {one.estimate.level for compared in made.values() for one in compared if one.estimate} == {LEVEL / 3}


def test_no_difference_is_denied_that_is_there() -> None:
    """Questions biased by half a logit (1.2 delta) are not called negligible more often than the level of the limits says."""
    bias = {(f"q-{number:04d}", "bo"): 0.5 if number % 2 else -0.5 for number in range(100)}
    denied = total = 0
    for seed in (31, 32):
        made = compare(tabulate(simulate(6_000, 200, 50, seed=seed, bias=bias)))
        among = [one for name, compared in made.items() if (name, "bo") in bias for one in compared if one.estimate]
        denied += sum(one.estimate.negligible for one in among if one.estimate)
        total += len(among)
    assert total >= 190
    assert denied <= 0.05 * total


def test_a_second_stage_keeps_biased_questions_from_tilting_the_others() -> None:
    """One in five is hard for Tibetan takers: matched on all of them, sound ones seem easy for them (0.6 delta)."""
    bias = {(f"q-{number:04d}", "bo"): 1.4 for number in range(12)}
    sittings = simulate(6_000, 60, 60, seed=7, bias=bias)
    made = compare(tabulate(sittings))
    sound = [
        one.estimate.delta
        for name, compared in made.items()
        if (name, "bo") not in bias
        for one in compared
        if one.estimate
    ]
    assert len(flagged(made) & {name for name, _ in bias}) == 12
    assert abs(sum(sound) / len(sound)) < 0.2


def test_too_few_takers_are_said_to_be_too_few() -> None:
    few = LEAST_TAKERS - 1
    sittings = simulate(400, 20, 20, seed=2, groups={"zh": 1.0}) + simulate(few, 20, 20, seed=3, groups={"bo": 1.0})
    for compared in compare(tabulate(sittings)).values():
        between = next(one for one in compared if (one.reference, one.focal) == ("zh", "bo"))
        assert between.estimate is None
        assert between.of_focal == few
        assert not between.flagged


def test_takers_of_both_languages_at_once_are_compared_with_nobody() -> None:
    sittings = simulate(500, 20, 20, seed=2, groups={"zh": 0.5, "both": 0.5})
    assert all(one.estimate is None for compared in compare(tabulate(sittings)).values() for one in compared)
