"""Two questions are alike by their words, and by options and pictures where the words alone say little."""

from hypothesis import given
from hypothesis import strategies as st

from examsys.domain.likeness import CUTOFF, bare, likeness, near_duplicates, wording

ICE, ICE_2 = "冰雪路面上应当减速慢行，不得急刹车。", "冰雪路面上，应当减速慢行，不得急刹车！"


def test_punctuation_width_and_spaces_do_not_count() -> None:
    assert bare("时速 ６０ 公里，（含）。") == bare("时速60公里(含)") == "时速60公里含"
    assert wording(ICE) == wording(ICE_2)
    assert likeness(wording(ICE), wording(ICE_2)) == 1


def test_options_count_where_the_stem_is_a_formula_and_not_elsewhere() -> None:
    stem = "下列做法正确的是哪一项？"
    first, second = wording(stem, ["停车让行", "鸣喇叭"]), wording(stem, ["打开雾灯", "原地掉头"])
    assert likeness(first, second) < CUTOFF
    assert wording(stem, ["停车让行", "鸣喇叭"]) == wording(stem, ["鸣喇叭", "停车让行"])
    assert wording(ICE, ["甲", "乙"]) == wording(ICE)


def test_the_same_words_about_other_pictures_are_not_alike() -> None:
    for stem in ("图中标志表示什么？", "遇到图中所示的情况时，驾驶人应当采取什么措施才能保证安全？", "图"):
        one, other = wording(stem, (), ["signs/a.svg"]), wording(stem, (), ["signs/b.svg"])
        assert likeness(one, other) < CUTOFF
        assert likeness(one, wording(stem, (), ["signs/a.svg"])) == 1


def test_questions_whose_options_are_pictures_differ_by_them() -> None:
    stem = "下列哪个标志表示注意行人？"
    one, other = wording(stem, (), ["1", "2", "3", "4"]), wording(stem, (), ["5", "6", "7", "8"])
    assert likeness(one, other) < CUTOFF


def test_pairs_are_named_once_in_the_order_of_the_list() -> None:
    texts = ["", "甲乙丙丁戊己庚辛壬癸", "完全不同的另一句话在这里", "甲乙丙丁戊己庚辛壬", "", "甲乙丙丁戊己庚辛壬癸"]
    pairs = near_duplicates(texts)
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 3), (1, 5), (3, 5)]
    assert pairs[1].likeness == 1
    assert near_duplicates(texts, cutoff=1.0) == [(1, 5, 1.0)]


def test_what_is_known_is_not_compared_with_itself() -> None:
    texts = ["甲乙丙丁戊", "甲乙丙丁戊", "甲乙丙丁戊"]
    assert [(pair.first, pair.second) for pair in near_duplicates(texts, known=2)] == [(0, 2), (1, 2)]


@given(st.lists(st.text("甲乙丙丁戊", max_size=12), max_size=12), st.sampled_from([0.5, 0.8, 0.95]))
def test_the_search_finds_exactly_the_pairs_that_are_alike(texts: list[str], cutoff: float) -> None:
    slow = [
        (first, second)
        for first in range(len(texts))
        for second in range(first + 1, len(texts))
        if texts[first] and texts[second] and likeness(texts[first], texts[second]) >= cutoff
    ]
    assert [(pair.first, pair.second) for pair in near_duplicates(texts, cutoff)] == slow
