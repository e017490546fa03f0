"""GIFT and Aiken as others type them."""

import pytest

from examsys.bank.formats.exchange import FileKind
from examsys.domain.bank import Kind
from tests.bank.formats.making import OPTIONS, STEM, only, read, refusals, warnings

GIFT = f"""// 第一章
$CATEGORY: $course$/top/road_rules

::Q1::{STEM}{{
=停车让行#对
~鸣喇叭
~加速通过#太快
####见到标志应当停车。
}}

// [id:s1-road-009] [tag:difficulty:3]
雪天可以急刹车。{{FALSE#不可以}}

高原行车应当\\: {{ ~%50%慢行 ~%50%休息 ~%-100%饮酒 }}

行车中遇{{=行人 ~树 ~山}}应当停车。
"""


def test_gift_of_every_kind() -> None:
    report = read(GIFT)
    assert report.kind is FileKind.GIFT
    single, judge, multiple, blank = report.rows
    assert (single.stem.zh, single.key, single.explanation.zh, single.chapter) == (
        STEM,
        frozenset("a"),
        "见到标志应当停车。",
        "road_rules",
    )
    assert [option.text.zh for option in single.options] == list(OPTIONS[:3])
    assert (judge.kind, judge.key, judge.id, judge.difficulty) == (Kind.JUDGE, frozenset(["wrong"]), "s1-road-009", 3)
    assert (multiple.kind, multiple.key, multiple.stem.zh) == (Kind.MULTIPLE, frozenset("ab"), "高原行车应当:")
    assert blank.stem.zh == "行车中遇 _____ 应当停车。"
    assert [outcome.place.row for outcome in report.outcomes] == [4, 11, 14, 16]


@pytest.mark.parametrize("answers", ["", "#42:1", "=甲 =乙", "=甲 -> 乙 =丙 -> 丁"])
def test_other_kinds_of_gift_are_refused_with_their_line(answers: str) -> None:
    report = read(f"{GIFT}\n问题？{{{answers}}}\n")
    (refused,) = [outcome for outcome in report.outcomes if outcome.refusals]
    assert [(reason.key, reason.place.row) for reason in refused.refusals] == [("kind.unsupported", 18)]


def test_several_right_answers_and_broken_braces_of_gift_are_refused() -> None:
    assert refusals("问题？{=甲 =乙 ~丙}") == ["key.single_has_several"]
    assert refusals("雪天慢行。{T}\n\n问题？{=甲 ~乙 ~丙") == ["gift.braces"]
    assert refusals("雪天慢行。{T}\n\n只是一句话。") == ["gift.braces"]


AIKEN = f"""{STEM}
A. 停车让行
B) 鸣喇叭
C. 加速通过
ANSWER: A

2. 高原行车应当注意什么？
Ａ、保暖
Ｂ、吸氧
Ｃ、饮酒
答案：AB
解析：饮酒后不得驾车。

3、雪天可以急刹车。
答案：错误
"""


def test_aiken_and_what_people_type_so_in_chinese() -> None:
    report = read(AIKEN)
    assert report.kind is FileKind.AIKEN
    single, multiple, judge = report.rows
    assert (single.kind, single.key, len(single.options)) == (Kind.SINGLE, frozenset("a"), 3)
    assert (multiple.stem.zh, multiple.key, multiple.explanation.zh) == (
        "高原行车应当注意什么？",
        frozenset("ab"),
        "饮酒后不得驾车。",
    )
    assert (judge.kind, judge.stem.zh, judge.key) == (Kind.JUDGE, "雪天可以急刹车。", frozenset(["wrong"]))
    assert [outcome.place.row for outcome in report.outcomes] == [1, 7, 14]


def test_a_question_of_aiken_without_an_answer_does_not_swallow_the_next() -> None:
    report = read("问题一？\nA. 甲\nB. 乙\nC. 丙\n\n问题二？\nA. 甲\nB. 乙\nC. 丙\nANSWER: C\n")
    assert report.counts == {"in": 2, "taken": 0, "taken_with_warnings": 1, "refused": 1}
    assert [reason.key for reason in report.outcomes[0].refusals] == ["key.missing"]
    assert report.rows[0].stem.zh == "问题二？"


def test_aiken_refuses_what_it_cannot_mean() -> None:
    assert refusals("问题？\nA. 甲\nB. 乙\nC. 丙\nANSWER: D\n") == ["key.beyond_options"]
    assert refusals("问题？\nA. 甲\nB. 乙\nANSWER: A\n") == ["options.too_few"]


def test_quotation_marks_and_semicolons_do_not_make_a_table_of_gift_or_aiken() -> None:
    gift = '甲;"乙？{\n=丙;"丁\n~戊;"己;\n~庚;辛\n}\n'
    aiken = '甲;"乙？\nA. 丙;"丁\nB. 戊;"己;\nC. 庚;辛\nANSWER: A\n'
    assert read(gift).kind is FileKind.GIFT
    assert read(aiken).kind is FileKind.AIKEN
    assert only(gift).options[1].text.zh == only(aiken).options[1].text.zh == '戊;"己;'


def test_entities_in_aiken_are_warned_of() -> None:
    (outcome,) = read("车速&lt;60时？\nA. 甲<br>\nB. 乙\nC. 丙\nANSWER: A\n").outcomes
    assert outcome.row is not None
    assert (outcome.row.stem.zh, outcome.row.options[0].text.zh) == ("车速<60时？", "甲")
    assert warnings(outcome) == {"text.markup_removed"}


def test_gift_and_aiken_in_gbk_with_windows_line_ends() -> None:
    assert len(read(GIFT.replace("\n", "\r\n").encode("gb18030")).rows) == 4
    assert len(read(AIKEN.replace("\n", "\r\n").encode("gb18030")).rows) == 3


def test_remarks_on_single_answers_in_gift_are_left_out_with_a_warning() -> None:
    (outcome,) = read(f"{STEM} {{={OPTIONS[0]}#对了 ~{OPTIONS[1]} ~{OPTIONS[2]}}}").outcomes
    assert warnings(outcome) == {"feedback.left_out"}


def test_aiken_with_small_letters() -> None:
    row = only(
        "\n".join([STEM, *(f"{letter}. {text}" for letter, text in zip("abcd", OPTIONS, strict=True)), "answer: b"])
    )
    assert ([option.text.zh for option in row.options], row.key) == (list(OPTIONS), frozenset("b"))
