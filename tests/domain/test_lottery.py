import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain.lottery import Lots, draw_lowest, draw_order, ticket

SEED = bytes(range(32))
names = st.lists(st.text(max_size=8), unique=True, max_size=30)
seeds = st.binary(min_size=32, max_size=32)


def test_a_ticket_is_a_plain_hash_that_anybody_can_redo() -> None:
    assert ticket(SEED, "seat 7") == hashlib.sha256(b"examsys/lottery/1\0" + SEED + b"seat 7").digest()


def test_a_known_draw_never_changes() -> None:
    assert draw_order(SEED, "seats", ["1", "2", "3", "4", "5"]) == ["2", "5", "4", "3", "1"]  # as sha256sum has it


@given(seeds, names, st.randoms(use_true_random=False))
def test_the_order_of_the_names_does_not_matter(seed: bytes, ids: list[str], chance: object) -> None:
    shuffled = list(ids)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw_order(seed, "x", ids) == draw_order(seed, "x", shuffled)


@given(seeds, names)
def test_everybody_is_drawn_once(seed: bytes, ids: list[str]) -> None:
    assert sorted(draw_order(seed, "x", ids)) == sorted(ids)


@given(seeds, names)
def test_lots_are_the_same_order_however_often_and_far_one_looks(seed: bytes, ids: list[str]) -> None:
    lots = Lots(seed, "x", ids)
    first = next(iter(lots), None)
    assert list(lots) == list(lots) == draw_order(seed, "x", ids)
    assert (first, len(lots)) == (next(iter(lots), None), len(ids))


@given(seeds, names, st.integers(0, 30))
def test_the_lowest_are_the_start_of_the_order(seed: bytes, ids: list[str], count: int) -> None:
    if count <= len(ids):
        assert draw_lowest(seed, "x", ids, count) == draw_order(seed, "x", ids)[:count]


def test_the_winner_agrees_with_the_tickets() -> None:
    ids = [str(number) for number in range(50)]
    assert draw_lowest(SEED, "p", ids, 1) == [min(ids, key=lambda name: ticket(SEED, f"p\0{name}"))]


def test_purposes_are_independent() -> None:
    ids = [str(number) for number in range(50)]
    assert draw_order(SEED, "seats", ids) != draw_order(SEED, "examiners", ids)


def test_nobody_has_two_tickets_and_no_more_win_than_take_part() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw_order(SEED, "x", ["a", "a"])
    with pytest.raises(ValueError, match="2 lots"):
        draw_lowest(SEED, "x", ["a"], 2)
    with pytest.raises(ValueError, match="32 bytes"):
        ticket(b"short", "x")
