"""Keys are understood in the ways in which people write them, and never guessed."""

import pytest

from examsys.bank.formats.keys import KeyFault, KeyStyle, judge_word, read_choice, read_judge

OPTIONS = [("a", "停车让行"), ("b", "鸣喇叭"), ("c", "加速通过"), ("d", "30")]


@pytest.mark.parametrize(
    ("key", "letters"),
    [
        ("A", "a"), ("c", "c"), ("AC", "ac"), ("ca", "ac"), ("A、C", "ac"), ("A,C", "ac"), ("A，C", "ac"), ("A C", "ac"),
        ("A;C", "ac"), ("A/C", "ac"), ("A|C", "ac"), ("A和C", "ac"), ("ＡＣ", "ac"), ("（B）", "b"), ("B.", "b"),
        ("答案：B", "b"), ("正确答案是ABD", "abd"), ("选项D", "d"), ("停车让行", "a"),
    ],
)  # fmt: skip
def test_letters(key: str, letters: str) -> None:
    assert read_choice(key, KeyStyle.WORDS, OPTIONS) == frozenset(letters)


@pytest.mark.parametrize(
    ("key", "style", "letters"),
    [
        ("1", KeyStyle.FROM_ONE, "a"), ("4", KeyStyle.FROM_ONE, "d"), ("1,3", KeyStyle.FROM_ONE, "ac"), ("13", KeyStyle.FROM_ONE, "ac"),
        ("0", KeyStyle.FROM_ZERO, "a"), ("0 2", KeyStyle.FROM_ZERO, "ac"), ("0、3", KeyStyle.FROM_ZERO, "ad"),
        ("1", KeyStyle.BITS, "a"), ("8", KeyStyle.BITS, "d"), ("3", KeyStyle.BITS, "ab"), ("15", KeyStyle.BITS, "abcd"),
        ("10", KeyStyle.BITS, "bd"), ("１３", KeyStyle.BITS, "acd"), ("B", KeyStyle.BITS, "b"),
    ],
)  # fmt: skip
def test_numbers_mean_what_the_mapping_declares(key: str, style: KeyStyle, letters: str) -> None:
    assert read_choice(key, style, OPTIONS) == frozenset(letters)


@pytest.mark.parametrize(
    ("key", "style", "fault"),
    [
        ("", KeyStyle.WORDS, "key.missing"), ("（）", KeyStyle.WORDS, "key.missing"), ("0", KeyStyle.BITS, "key.missing"),
        ("1", KeyStyle.WORDS, "key.numbers_undeclared"), ("30", KeyStyle.WORDS, "key.numbers_undeclared"),
        ("E", KeyStyle.WORDS, "key.beyond_options"), ("AG", KeyStyle.WORDS, "key.beyond_options"),
        ("5", KeyStyle.FROM_ONE, "key.beyond_options"), ("0", KeyStyle.FROM_ONE, "key.beyond_options"),
        ("16", KeyStyle.BITS, "key.beyond_options"), ("255", KeyStyle.BITS, "key.beyond_options"),
        ("略", KeyStyle.WORDS, "key.unreadable"), ("见解析", KeyStyle.FROM_ONE, "key.unreadable"), ("1,2", KeyStyle.BITS, "key.unreadable"),
        ("A1", KeyStyle.WORDS, "key.unreadable"), ("9" * 5000, KeyStyle.BITS, "key.unreadable"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_why(key: str, style: KeyStyle, fault: str) -> None:
    with pytest.raises(KeyFault) as broken:
        read_choice(key, style, OPTIONS)
    assert broken.value.args[0] == fault


@pytest.mark.parametrize(
    "word",
    ["对", "正确", "√", "✓", "Y", "yes", "T", "TRUE", "true", "是", "right", "✅", "✔️", "V", "（对）", "Ｔ", "正确。"],
)
def test_words_for_right(word: str) -> None:
    assert judge_word(word) == "right"
    assert read_judge(word, KeyStyle.WORDS) == frozenset(["right"])


@pytest.mark.parametrize(
    "word", ["错", "错误", "×", "✗", "N", "no", "F", "FALSE", "false", "否", "wrong", "x", "X", "不正确", "Ｆ"]
)
def test_words_for_wrong(word: str) -> None:
    assert judge_word(word) == "wrong"
    assert read_judge(word, KeyStyle.WORDS) == frozenset(["wrong"])


@pytest.mark.parametrize(
    ("key", "style", "said"),
    [
        ("A", KeyStyle.WORDS, "right"), ("B", KeyStyle.WORDS, "wrong"),
        ("1", KeyStyle.FROM_ONE, "right"), ("2", KeyStyle.FROM_ONE, "wrong"),
        ("0", KeyStyle.FROM_ZERO, "right"), ("1", KeyStyle.FROM_ZERO, "wrong"),
        ("1", KeyStyle.BITS, "right"), ("2", KeyStyle.BITS, "wrong"),
        ("1", KeyStyle.ONE_IS_RIGHT, "right"), ("0", KeyStyle.ONE_IS_RIGHT, "wrong"),
    ],
)  # fmt: skip
def test_letters_and_numbers_of_judge_questions(key: str, style: KeyStyle, said: str) -> None:
    assert read_judge(key, style) == frozenset([said])


@pytest.mark.parametrize(
    ("key", "style", "fault"),
    [
        ("1", KeyStyle.WORDS, "key.numbers_undeclared"), ("3", KeyStyle.FROM_ONE, "key.unreadable"), ("C", KeyStyle.WORDS, "key.unreadable"),
        ("", KeyStyle.WORDS, "key.missing"), ("对错", KeyStyle.WORDS, "key.unreadable"),
    ],
)  # fmt: skip
def test_a_judge_key_is_never_guessed(key: str, style: KeyStyle, fault: str) -> None:
    with pytest.raises(KeyFault) as broken:
        read_judge(key, style)
    assert broken.value.args[0] == fault
