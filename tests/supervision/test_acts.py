"""The true order of acts out of notes that came late: what was shown before an answer stands before it, whoever arrived first."""

from examsys.exam.search import Kept
from examsys.supervision.acts import in_order


def step(number: int, kind: str, mono: int, ms: int | None = None, boot: str = "a", **more: object) -> Kept:
    said = {"kind": kind, "mono": mono * 1000, "boot": boot} | more | ({} if ms is None else {"ms": ms})
    return Kept(number, b"", b"", said)


def order(*steps: Kept) -> list[int]:
    return [act.step.number for act in in_order(steps)]


def test_an_answer_that_overtook_the_notes_before_it() -> None:
    steps = [
        step(1, "start", 1_000),
        step(2, "shown", 1_100, 100, position=1),
        step(3, "answer", 9_000, position=4),
        step(4, "flag", 9_010, 3_000, position=1, value=True),
        step(5, "shown", 9_010, 5_000, position=4),
        step(6, "shown", 9_010, 9_005, position=5),
    ]
    assert order(*steps) == [1, 2, 4, 5, 3, 6]


def test_an_answer_is_not_given_under_an_enlarged_picture() -> None:
    steps = [
        step(1, "shown", 0, 10, position=3),
        step(2, "shown", 0, 20, position=3, value="zoom:0"),
        step(3, "answer", 500, position=3),
        step(4, "shown", 510, 480, position=3),
    ]
    assert order(*steps) == [1, 2, 4, 3]


def test_notes_that_came_in_time_stay() -> None:
    steps = [
        step(1, "shown", 100, 50, position=1),
        step(2, "answer", 4_000, position=1),
        step(3, "flag", 4_600, 4_400, position=1, value=True),
        step(4, "shown", 4_600, 4_500, position=2),
    ]
    assert order(*steps) == [1, 2, 3, 4]


def test_notes_of_much_later_or_of_another_boot_are_not_moved() -> None:
    steps = [
        step(1, "answer", 0, position=7),
        step(2, "shown", 60_000, 9_000, position=7),
        step(3, "answer", 60_010, position=8),
        step(4, "shown", 5, 9_500, boot="b", position=8),
    ]
    assert order(*steps) == [1, 2, 3, 4]


def test_a_page_opened_anew_is_marked() -> None:
    steps = [
        step(1, "start", 0),
        step(2, "shown", 9_000, 8_000, position=1),
        step(3, "shown", 20_000, 500, position=1),
        step(4, "shown", 21_000, 1_500, position=2),
    ]
    assert [act.fresh for act in in_order(steps)] == [False, False, True, False]
