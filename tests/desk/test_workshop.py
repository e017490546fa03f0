"""The site's own copy of the bank: what somebody spoilt by hand is never lost, and no number is given twice."""

from pathlib import Path

import pytest

from examsys.desk import checks, service
from examsys.desk.shelf import block_hash
from examsys.domain.errors import RuleBroken
from tests.factories import House
from tests.people import JAMTSO

NEW = {
    "kind": "judge",
    "families": ["car"],
    "difficulty": 1,
    "source": {"law": "道路交通安全法", "article": "第三十八条"},
    "stem": {"zh": "车辆应当按照交通信号通行。"},
    "key": "right",
    "explanation": {"zh": "《道路交通安全法》第三十八条：车辆按照交通信号通行。"},
}


def chapter(desk: House) -> Path:
    return desk.settings.home / "bank/subject1/road_rules.yaml"


def new(desk: House) -> str:
    (made,) = service.create("subject1", "road_rules", [NEW], desk.actor(JAMTSO))
    return made.question.id


def test_a_chapter_that_cannot_be_read_takes_no_question_and_loses_none(desk: House) -> None:
    spoilt = chapter(desk).read_text("utf-8").replace("chapter: road_rules", "chapter: road_rules: x")
    chapter(desk).write_text(spoilt, "utf-8")
    with desk.inside(), pytest.raises(RuleBroken, match=r"desk\.unreadable"):
        new(desk)
    assert chapter(desk).read_text("utf-8") == spoilt


def test_a_chapter_in_another_encoding_stays_byte_for_byte(desk: House) -> None:
    spoilt = chapter(desk).read_bytes() + "# 老师的注\n".encode("gbk")
    chapter(desk).write_bytes(spoilt)
    with desk.inside():
        with pytest.raises(RuleBroken):
            new(desk)
        with pytest.raises(RuleBroken, match=r"bank\.question_unknown"):
            checks.workshop().question("s1-road-001")
    assert chapter(desk).read_bytes() == spoilt


def test_the_number_of_a_question_that_cannot_be_read_is_not_given_again(desk: House) -> None:
    text = chapter(desk).read_text("utf-8")
    last = "s1-road-002"
    chapter(desk).write_text(text.replace(f"id: {last}", f"id: {last}\n    no_such_field: 1"), "utf-8")
    with desk.inside():
        with pytest.raises(RuleBroken):
            checks.workshop().question(last)
        assert new(desk) == "s1-road-003"


def test_the_number_of_a_question_that_was_taken_out_is_not_given_again(desk: House) -> None:
    with desk.inside():
        before = chapter(desk).read_text("utf-8")
        assert new(desk) == "s1-road-003"
        chapter(desk).write_text(before, "utf-8")
        assert new(desk) == "s1-road-004"


def test_a_file_without_a_newline_at_its_end_takes_a_question(desk: House) -> None:
    chapter(desk).write_text(chapter(desk).read_text("utf-8").rstrip("\n"), "utf-8")
    with desk.inside():
        assert new(desk) == "s1-road-003"
        assert checks.workshop().question("s1-road-002").question.id == "s1-road-002"


def test_a_picture_that_changed_on_disk_is_seen_by_the_questions_that_show_it_and_no_other_is_read_anew(
    desk: House,
) -> None:
    with desk.inside():
        shop = checks.workshop()
        drawn = next(one for one in shop.questions() if one.question.media)
        other = next(one for one in shop.questions() if not one.question.media)
        file = shop.folder / "media" / drawn.question.media[0].path
        file.write_bytes(file.read_bytes() + b"\n")
        assert shop.question(drawn.question.id).question.media[0].sha256 != drawn.question.media[0].sha256
        assert shop.question(other.question.id) is other
        assert block_hash(drawn.block) == block_hash(shop.question(drawn.question.id).block)
