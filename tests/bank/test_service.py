"""The bank as a site holds it: immutable releases, contents by hash, questions voided."""

from dataclasses import replace

import pytest

from examsys.bank import service as bank
from examsys.domain.bank import Text
from examsys.domain.errors import RuleBroken
from tests.factories import House, small_bank


def test_a_release_gives_back_the_questions_that_were_published(house: House) -> None:
    with house.inside():
        published = small_bank(house.settings.home / "files")
        kept = bank.questions_of(house.release_id)
    assert {question.id: question.content_hash for question in kept} == {
        each.id: each.content_hash for each in published
    }
    assert [question.key for question in kept] == [each.key for each in sorted(published, key=lambda each: each.id)]


def test_an_edit_is_a_new_content_and_the_old_release_keeps_the_old_one(house: House) -> None:
    with house.inside():
        old = small_bank(house.settings.home / "files")
        edited = [replace(old[0], stem=Text("改过的题", "བཅོས་པ།")), *old[1:]]
        second = bank.publish("T-2", edited, house.settings.bank / "media")
        assert bank.newest_release() == (second, "T-2")
        stems = {
            release: {q.id: q.stem.zh for q in bank.questions_of(release)}[old[0].id]
            for release in (house.release_id, second)
        }
        assert stems == {house.release_id: old[0].stem.zh, second: "改过的题"}
        assert bank.content(old[0].content_hash)["stem"]["zh"] == old[0].stem.zh
    contents = house.rows("SELECT COUNT(*) FROM content")[0][0]
    assert contents == len(old) + 1  # what did not change is kept once


def test_publishing_is_an_entry(house: House) -> None:
    with house.inside():
        release = bank.publish("T-3", small_bank(house.settings.home / "files"), house.settings.bank / "media")
    entry = house.entries("bank.released", release)[0]
    assert entry["data"]["number"] == "T-3"
    assert house.broken() == []


def test_voiding_twice_changes_nothing_and_an_unknown_question_is_refused(house: House) -> None:
    with house.inside():
        first = bank.withdraw("t-road-000", "题目有误")
        assert bank.withdraw("t-road-000", "又一次") == first
        assert bank.withdrawn() == frozenset(first)
        assert bank.voided_questions() == {"t-road-000"}
        with pytest.raises(RuleBroken, match="question_unknown"):
            bank.withdraw("no-such-question", "x")
    assert house.rows("SELECT reason FROM withdrawal") == [("题目有误",)]
    assert house.broken() == []


def test_what_is_not_there_is_said(house: House) -> None:
    with house.inside():
        for ask in (lambda: bank.content("0" * 64), lambda: bank.questions_of("x"), lambda: bank.release_number("x")):
            with pytest.raises(RuleBroken):
                ask()
        with pytest.raises(RuleBroken, match="no_blueprint"):
            bank.blueprint_for("subject1", "truck")
