"""What is there already is refused, what is nearly there is shown, and an id of the bank means its question."""

import json
from dataclasses import replace

import pytest

from examsys.bank.formats.exchange import Choice, FileKind, Row
from examsys.bank.formats.writing import write_file
from examsys.domain.bank import Text
from tests.bank.formats.making import SVG, SVG_2, SVG_3, judge, read, refusals, single, warnings


def file_of(*rows: Row) -> bytes:
    return write_file(rows, FileKind.JSON).content


def test_the_same_question_twice_in_a_file_is_refused_the_second_time() -> None:
    other = replace(
        single(), id="", stem=Text("遇到停车让行标志，应当怎样做", ""), options=tuple(reversed(single().options))
    )
    report = read(file_of(single(), other))
    assert [[reason.key for reason in outcome.refusals] for outcome in report.outcomes] == [[], ["duplicate.same"]]
    assert report.outcomes[1].refusals[0].facts["other"] == "s1-road-002"


def test_the_same_question_with_another_answer_says_so() -> None:
    assert refusals(file_of(single(id=""), single(id="", key=frozenset("b")))) == ["duplicate.other_key"]


def test_the_same_words_about_another_picture_are_another_question() -> None:
    first = judge(id="", pictures=("a.svg",), media={"a.svg": SVG}, stem=Text("图中标志表示停车让行。", ""))
    second = replace(first, pictures=("b.svg",), media={"b.svg": SVG_2})
    report = read(file_of(first, second))
    assert [warnings(outcome) for outcome in report.outcomes] == [set(), set()]
    again = replace(first, pictures=("c.svg",), media={"c.svg": SVG})
    assert refusals(file_of(first, again)) == ["duplicate.same"]


def test_near_ones_are_shown_on_both_sides_with_how_near() -> None:
    near = judge(id="", stem=Text("没有中心线的城市道路，最高时速为60公里。", ""))
    report = read(file_of(judge(), near))
    assert [warnings(outcome) for outcome in report.outcomes] == [{"duplicate.near"}, {"duplicate.near"}]
    reason = report.outcomes[1].warnings[-1]
    assert reason.facts == {"other": "s1-road-001", "likeness": "95%"}


def test_against_the_bank() -> None:
    bank = [single(), judge()]
    near = judge(id="", stem=Text("没有中心线的城市道路上，最高时速为40公里。", ""))
    report = read(file_of(single(id=""), near), existing=bank)
    assert [reason.key for reason in report.outcomes[0].refusals] == ["duplicate.same"]
    assert warnings(report.outcomes[1]) == {"duplicate.near"}


def test_an_id_of_the_bank_replaces_its_question_if_anything_was_changed() -> None:
    changed = single(explanation=Text("应当停车。", ""))
    report = read(file_of(changed, judge()), existing=[single(), judge()])
    assert [warnings(outcome) for outcome in report.outcomes] == [
        {"duplicate.replaces"},
        set(),
    ]
    assert [reason.key for reason in report.outcomes[1].refusals] == ["duplicate.unchanged"]


@pytest.mark.parametrize("kind", [kind for kind in FileKind if kind is not FileKind.AIKEN])
def test_an_unchanged_question_is_unchanged_whatever_its_pictures_are_called_in_the_file(kind: FileKind) -> None:
    with_picture = judge(pictures=("signals/a b.svg",), media={"signals/a b.svg": SVG})
    shown = tuple(Choice(letter, picture=f"{letter}.svg") for letter in "abc")
    by_pictures = single(options=shown, media={"a.svg": SVG, "b.svg": SVG_2, "c.svg": SVG_3})
    bank = [with_picture, by_pictures]
    report = read(write_file(bank, kind).content, existing=bank)
    assert [[reason.key for reason in outcome.refusals] for outcome in report.outcomes] == [["duplicate.unchanged"]] * 2


def test_another_picture_under_the_same_name_is_a_change() -> None:
    bank = judge(pictures=("a.svg",), media={"a.svg": SVG})
    report = read(file_of(replace(bank, media={"a.svg": SVG_2})), existing=[bank])
    assert [warnings(outcome) for outcome in report.outcomes] == [{"duplicate.replaces"}]


def test_an_id_that_stands_twice_in_the_file_is_refused() -> None:
    assert refusals(file_of(single(), judge(id=single().id))) == ["duplicate.id"]


def test_shapes_of_our_json_are_refused_one_by_one_and_versions_as_a_whole() -> None:
    whole = json.loads(file_of(single(), judge()))
    whole["questions"][0]["kind"] = "essay"
    whole["questions"][1]["surprise"] = 1
    report = read(json.dumps(whole))
    assert [
        [reason.facts["path"] for reason in outcome.refusals if reason.key == "json.shape"]
        for outcome in report.outcomes
    ] == [["kind"], ["surprise"]]
    assert [reason.key for reason in read(json.dumps({**whole, "version": 9})).faults] == ["json.version"]
    assert [reason.key for reason in read("[" * 100_000).faults] == ["json.too_deep"]
    assert [reason.key for reason in read("[" * 80 + "]" * 80).faults] == ["json.too_deep"]
    assert [reason.key for reason in read('{"a": ').faults] == ["json.unreadable"]
    assert [reason.key for reason in read('{"a": [1, 2]}').faults] == ["json.no_questions"]
