"""JSON as other programs give it: options as objects are read, or the question is refused; nothing is made up."""

import json
from typing import Any

import pytest

from examsys.domain.bank import Kind
from tests.bank.formats.making import OPTIONS, STEM, fault, only, read, refusals

LETTERED = [{"key": letter, "text": text} for letter, text in zip("ABCD", OPTIONS, strict=True)]
MARKED = [{"id": 70 + place, "content": text, "isCorrect": place in (0, 2)} for place, text in enumerate(OPTIONS)]


def asked(**fields: Any) -> dict[str, Any]:
    return {"question": STEM, **fields}


@pytest.mark.parametrize(
    "options",
    [
        LETTERED,
        list(reversed(LETTERED)),
        [{"label": one["key"], "value": one["text"], "image": None, "sort": 3} for one in LETTERED],
        [{"value": one["key"].lower(), "label": one["text"]} for one in LETTERED],
        {one["key"]: one["text"] for one in LETTERED},
        MARKED,
    ],
)
def test_options_as_objects_are_options(options: Any) -> None:
    row = only(json.dumps([asked(options=options, answer=["A", "C"], type="multiple")]))
    assert [(option.id, option.text.zh) for option in row.options] == list(zip("abcd", OPTIONS, strict=True))
    assert (row.kind, row.key) == (Kind.MULTIPLE, frozenset("ac"))


def test_what_is_right_may_be_marked_at_the_options_alone() -> None:
    assert only(json.dumps([asked(answers=MARKED)])).key == frozenset("ac")
    assert refusals(json.dumps([asked(options=MARKED, answer="AB")])) == ["json.two_answers"]


def test_options_may_be_pictures() -> None:
    options = [{"key": letter, "text": "", "image": f"{letter}.svg"} for letter in "ABC"]
    assert refusals(json.dumps([asked(options=options, answer="A")])) == ["picture.missing"] * 3 + [
        "option.empty",
        "options.equal",
    ]


@pytest.mark.parametrize(
    "options",
    [
        [{"p": "一", "q": "甲"}, {"p": "二", "q": "乙"}, {"p": "三", "q": "丙"}],
        [{"text": "一", "isCorrect": "maybe"}, {"text": "二"}, {"text": "三"}],
        [[1, 2], [3, 4], [5, 6]],
        {"first": {"a": 1}},
    ],
)
def test_what_is_nested_in_another_way_is_refused_and_not_made_up(options: Any) -> None:
    assert "json.nested" in refusals(json.dumps([asked(options=options, answer="A")]))


def test_what_is_nested_in_a_column_that_nobody_wants_is_passed_over() -> None:
    row = only(json.dumps([asked(options=LETTERED, answer="A", statistics={"seen": [1, {"x": 2}]})]))
    assert row.key == frozenset("a")


def test_more_options_than_the_bank_has_are_counted() -> None:
    options = [{"text": f"第{number}种做法"} for number in range(8)]
    assert refusals(json.dumps([asked(options=options, answer="A")])) == ["options.too_many", "key.beyond_options"]


def test_the_list_may_lie_deep_or_each_line_be_an_object() -> None:
    questions = [asked(options=LETTERED, answer="B"), asked(question=f"{STEM}再答。", options=LETTERED, answer="C")]
    wrapped = json.dumps({"code": 0, "data": {"total": 2, "list": questions}})
    lines = "\n".join(map(json.dumps, questions))
    for content in (wrapped, lines):
        assert [row.key for row in read(content).rows] == [frozenset("b"), frozenset("c")]
    assert only(json.dumps(questions[0])).key == frozenset("b")
    assert fault('{"a": 1}\n{"a": ') == "json.unreadable"
