from dataclasses import replace

import pytest

from examsys.domain.bank import (
    Kind,
    Medium,
    Option,
    Text,
    Translation,
    content_hash,
    content_of,
    is_released,
    is_stale,
    source_hash,
    translation_hash,
)
from tests.domain.banks import make_question

QUESTION = make_question(1)
PICTURE = Medium("signs/stop.svg", "ab" * 32, Text("红色八边形", "དམར་པོ།"))


@pytest.mark.parametrize(
    "changed",
    [
        replace(QUESTION, stem=Text("题1", "གཞན།")),
        replace(QUESTION, key=frozenset("a")),
        replace(QUESTION, media=(PICTURE,)),
        replace(QUESTION, options=QUESTION.options[:3]),
        replace(QUESTION, options=(Option("a", picture=PICTURE), *QUESTION.options[1:])),
        replace(QUESTION, explanation=Text("另", "རྒྱུ།")),
        replace(QUESTION, fixed_order=True),
        replace(QUESTION, media=(replace(PICTURE, sha256="cd" * 32),)),
    ],
)
def test_whatever_a_candidate_sees_or_is_judged_by_changes_the_hash(changed: object) -> None:
    assert changed.content_hash != QUESTION.content_hash  # type: ignore[attr-defined]


def test_what_is_no_content_keeps_the_hash() -> None:
    draft = {"bo": Translation("draft", "machine", source_hash(QUESTION))}
    other = replace(QUESTION, families=("car",), difficulty=3, twins="t", enemies=("x",), translations=draft)
    assert other.content_hash == QUESTION.content_hash


def test_a_content_read_back_has_the_same_hash() -> None:
    assert content_hash(content_of(QUESTION)) == QUESTION.content_hash


def test_a_judge_question_has_the_house_options() -> None:
    assert make_question(1, kind=Kind.JUDGE).option_ids == ("right", "wrong")


def test_one_chinese_character_makes_the_translation_stale() -> None:
    draft = {"bo": Translation("draft", "machine", source_hash(QUESTION))}
    question = replace(QUESTION, translations=draft)
    assert not is_stale(question, "bo")
    assert is_stale(replace(question, explanation=Text("因。", question.explanation.bo)), "bo")
    assert not is_stale(replace(question, stem=Text(question.stem.zh, "གཞན།")), "bo")


def test_a_release_is_of_one_text_from_one_source_by_a_named_person() -> None:
    release = Translation(
        "approved", "person", source_hash(QUESTION), "D.", "2026-11-22", translation_hash(QUESTION, "bo")
    )
    question = replace(QUESTION, translations={"bo": release})
    assert is_released(question, "bo")
    assert not is_released(replace(question, stem=Text(question.stem.zh, "གཞན།")), "bo")
    assert not is_released(replace(question, translations={"bo": replace(release, reviewed_by=None)}), "bo")
    assert not is_released(QUESTION, "bo")
