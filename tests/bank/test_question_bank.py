"""The bank of this repository: it keeps its own rules, and slips put into it are found."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from examsys.bank.blueprints import load_blueprints
from examsys.bank.check import check_bank
from examsys.bank.yaml_source import read_bank
from examsys.domain.bank import Question, Text
from examsys.domain.paper import Blueprint, draw_paper, frozen, gather, redraw
from examsys.domain.tibetan import Level, Lexicon, lint_pair, lint_text

BANK = Path(__file__).parents[2] / "question_bank"
BLUEPRINTS = load_blueprints(BANK / "blueprints.yaml", "2026-11-22")
LEXICON = Lexicon(known=lambda syllable: True)


@cache
def questions() -> tuple[Question, ...]:
    return tuple(written.question for written in read_bank(BANK).written)


@cache
def stems() -> tuple[Text, ...]:
    return tuple(question.stem for question in questions())


def errors(text: Text) -> set[str]:
    found = [*lint_text(text.bo, LEXICON, stem=True), *lint_pair(text.zh, text.bo, LEXICON)]
    return {finding.rule for finding in found if finding.level is Level.ERROR}


def test_the_bank_has_no_fault() -> None:
    assert [str(fault) for fault in check_bank(BANK).errors] == []


def test_it_is_as_large_as_promised() -> None:
    car = [question for question in questions() if question.subject == "subject1" and "car" in question.families]
    pictured = [
        question for question in questions() if question.media or any(option.picture for option in question.options)
    ]
    only = Counter(question.families[0] for question in questions() if len(question.families) == 1)
    third = [question for question in questions() if question.subject == "subject3"]
    scenes = [question for question in third if any(medium.path.startswith("scenes/") for medium in question.media)]
    assert len(questions()) >= 600
    assert len(car) >= 320
    assert min(only[family] for family in ("bus", "truck", "moto")) >= 30
    assert len(third) >= 170
    assert len(scenes) >= len(third) / 2
    assert len(pictured) >= 200
    assert sum(any(option.picture for option in question.options) for question in questions()) >= 60
    assert len(list((BANK / "media").rglob("*.svg"))) >= 120


def test_no_tibetan_is_released() -> None:
    states = {question.translations["bo"].state for question in questions()}
    assert states == {"draft"}  # whoever releases one takes this test out and enters the approval


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.name)
def test_every_blueprint_gives_papers_that_can_be_drawn_again(blueprint: Blueprint) -> None:
    pool = gather(blueprint, questions())
    for number in range(5):
        first = draw_paper(blueprint, pool, bytes([number]) * 32)
        used = frozenset(position.question_id for position in first.positions)
        makeup = draw_paper(blueprint, pool, bytes([number + 100]) * 32, used)
        assert len(makeup.positions) == blueprint.questions
        assert frozen(redraw(frozen(makeup), questions())) == frozen(makeup)


def test_every_wrong_number_is_found() -> None:
    texts = [text for question in questions() for text in (question.stem, question.explanation)]
    changed = [(text, text.bo.translate(str.maketrans("0123456789", "1234567890"))) for text in texts]
    changed = [(text, bo) for text, bo in changed if bo != text.bo]
    assert len(changed) > 100
    assert all("BO13" in errors(Text(text.zh, bo)) for text, bo in changed)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("BO04", "་", "་་"),
        ("BO03", "་", "车"),
        ("BO02", "་", "\u0f0c"),
        ("BO08", "། ", "།"),
        ("BO09", " ", "  "),
        ("BO05", "ས།", "ས་།"),
    ],
)
def test_every_slip_of_the_hand_is_found(rule: str, old: str, new: str) -> None:
    changed = [Text(text.zh, text.bo.replace(old, new, 1)) for text in stems() if old in text.bo[:-1]]
    assert len(changed) > 15
    assert all(rule in errors(text) for text in changed)


def test_every_lost_question_particle_is_found() -> None:
    asked = [text for text in stems() if text.zh.endswith("？")]
    assert len(asked) > 60
    assert all("BO17" in errors(Text(text.zh, text.bo.rpartition("་")[0] + "།")) for text in asked)
