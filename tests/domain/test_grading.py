from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsys.domain.bank import Kind
from examsys.domain.errors import RuleBroken
from examsys.domain.grading import cannot_pass_any_more, grade
from examsys.domain.lottery import SEED_BYTES
from examsys.domain.paper import Paper, PaperOption, Position, draw_paper
from tests.domain.banks import make_bank, make_blueprint

TEN = make_blueprint()
BANK = make_bank(TEN, 1)
KEYS = {question.content_hash: question.key for question in BANK}
PAPER = draw_paper(TEN, BANK, bytes(SEED_BYTES))


def opaque(position: Position, bank_ids: frozenset[str]) -> list[str]:
    return [option.id for option in position.options if option.bank_id in bank_ids]


def right_answers(paper: Paper) -> dict[int, list[str]]:
    return {position.number: opaque(position, KEYS[position.content_hash]) for position in paper.positions}


def test_all_right_is_full_marks_and_nothing_answered_is_none() -> None:
    full = grade(PAPER, KEYS, right_answers(PAPER), {1: 4200})
    assert (full.total, full.passed, len(full.marks)) == (100, True, 10)
    assert (full.marks[0].shown_ms, full.marks[1].shown_ms) == (4200, 0)
    empty = grade(PAPER, KEYS, {}, {})
    assert (empty.total, empty.passed) == (0, False)
    assert empty.marks[0].chosen == ()


def test_the_pass_mark_is_itself_a_pass() -> None:
    answers = right_answers(PAPER)
    answers[1] = []
    assert (grade(PAPER, KEYS, answers, {}).total, grade(PAPER, KEYS, answers, {}).passed) == (90, True)
    answers[2] = []
    assert not grade(PAPER, KEYS, answers, {}).passed


@pytest.mark.parametrize("chosen", list(product([False, True], repeat=4)))
def test_only_the_exact_set_is_right(chosen: tuple[bool, ...]) -> None:
    position = PAPER.positions[-1]
    assert position.kind is Kind.MULTIPLE
    named = frozenset(name for name, taken in zip("abcd", chosen, strict=True) if taken)
    mark = grade(PAPER, KEYS, {position.number: opaque(position, named)}, {}).marks[-1]
    assert mark.right is (named == {"a", "c"})
    assert mark.chosen == tuple(sorted(named))


def test_the_same_options_are_graded_alike_in_all_orders() -> None:
    position = PAPER.positions[-1]
    for order in permutations(position.options):
        shown = Position(1, position.question_id, position.content_hash, position.kind, order)
        paper = Paper(TEN, PAPER.seed, (shown,))
        for named in ({"a", "c"}, {"a", "b"}, {"a", "b", "c", "d"}):
            mark = grade(paper, KEYS, {1: opaque(shown, frozenset(named))}, {}).marks[0]
            assert mark.right is (named == {"a", "c"})


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(1, 10)), st.binary(min_size=32, max_size=32))
def test_the_total_is_the_points_of_the_right_ones_on_any_paper(right: set[int], seed: bytes) -> None:
    paper = draw_paper(TEN, BANK, seed)
    answers = {number: ids for number, ids in right_answers(paper).items() if number in right}
    result = grade(paper, KEYS, answers, {})
    assert result.total == 10 * len(right)
    assert result.passed is (len(right) >= 9)


def test_a_voided_question_counts_as_right_for_everybody() -> None:
    withdrawn = PAPER.positions[3].content_hash
    result = grade(PAPER, KEYS, {}, {}, voided={withdrawn})
    assert result.total == 10
    assert [mark.position for mark in result.marks if mark.voided] == [4]


def test_a_damaged_record_is_not_graded() -> None:
    with pytest.raises(RuleBroken, match=r"attempt\.bad_option"):
        grade(PAPER, KEYS, {1: ["0123456789"]}, {})
    with pytest.raises(KeyError):
        grade(PAPER, {}, {}, {})
    assert PaperOption("x", "a") != PaperOption("x", "b")


def test_passing_becomes_impossible_with_the_first_wrong_one_too_many() -> None:
    assert not cannot_pass_any_more(TEN, 1)
    assert cannot_pass_any_more(TEN, 2)
