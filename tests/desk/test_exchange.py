"""The site's copy and the bank's folder are the same bank: pulled and pushed, byte for byte, and no change is lost."""

from pathlib import Path

import pytest

from examsys.desk import checks, exchange, service
from examsys.desk.shelf import block_hash
from tests.bank.written import JUDGE
from tests.desk.test_work import ONE
from tests.factories import House
from tests.people import JAMTSO

CHAPTER = "subject1/road_rules.yaml"


def change(house: House, difficulty: int = 3) -> None:
    base = block_hash(checks.workshop().question(ONE).block)
    service.write(ONE, base, {"difficulty": difficulty}, house.actor(JAMTSO))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_first_pull_copies_byte_for_byte(desk: House, folder: Path) -> None:
    assert files(desk.settings.home / "bank") == files(folder)


def test_a_push_of_what_nobody_changed_touches_nothing(desk: House, folder: Path) -> None:
    before = files(folder)
    with desk.inside():
        report = exchange.push(folder)
    assert (report.same, report.files) == (2, [])
    assert files(folder) == before


def test_comments_and_order_survive_the_way_there_and_back(desk: House, folder: Path) -> None:
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").replace("    kind: judge", "    # 老师的注\n    kind: judge"), "utf-8")
    with desk.inside():
        assert exchange.pull(folder).changed == [ONE]
        change(desk)
        assert exchange.push(folder).changed == [ONE]
        assert exchange.pull(folder).same == 2
    text = path.read_text("utf-8")
    assert "# 老师的注" in text
    assert "    difficulty: 3\n" in text
    assert files(desk.settings.home / "bank") == files(folder)


def test_a_question_changed_on_both_sides_is_named_and_kept_on_both(desk: House, folder: Path) -> None:
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").replace("difficulty: 1", "difficulty: 2"), "utf-8")
    with desk.inside():
        change(desk)
        assert exchange.pull(folder).conflicts == [ONE]
        assert checks.workshop().question(ONE).question.difficulty == 3
        assert exchange.push(folder).conflicts == [ONE]
        assert "difficulty: 2" in path.read_text("utf-8")
        assert exchange.pull(folder, prefer=True).changed == [ONE]
        assert checks.workshop().question(ONE).question.difficulty == 2


def test_a_question_that_only_the_folder_changed_is_not_pushed_over(desk: House, folder: Path) -> None:
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").replace("difficulty: 1", "difficulty: 2"), "utf-8")
    with desk.inside():
        assert exchange.push(folder).conflicts == []
    assert "difficulty: 2" in path.read_text("utf-8")


@pytest.mark.parametrize("side", ["folder", "desk"])
def test_new_questions_and_chapters_go_over(desk: House, folder: Path, side: str) -> None:
    source = folder if side == "folder" else desk.settings.home / "bank"
    text = "subject: subject1\nchapter: violations\nquestions:\n" + JUDGE.replace("s1-road-001", "s1-fines-001")
    (source / "subject1/violations.yaml").write_text(text, "utf-8")
    with desk.inside():
        report = exchange.pull(folder) if side == "folder" else exchange.push(folder)
    assert report.new == ["s1-fines-001"]
    assert files(desk.settings.home / "bank") == files(folder)
