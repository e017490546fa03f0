"""The site's copy and the bank's folder are the same bank: pulled and pushed, byte for byte, and no change is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from examsys.db import db
from examsys.desk import checks, exchange, history, service
from examsys.desk.shelf import block_hash
from examsys.desk.workshop import UNDESCRIBED
from examsys.domain.errors import RuleBroken
from tests.bank.written import JUDGE, MEDIA, SINGLE, SVG
from tests.desk.test_work import ONE, TWO
from tests.factories import House
from tests.people import JAMTSO

CHAPTER = "subject1/road_rules.yaml"
HEAD = "subject: subject1\nchapter: road_rules\nquestions:\n"
STOP = "media/media.yaml: signs/stop.svg"
OTHER = MEDIA.replace("signs/stop.svg", "signs/other.svg")


def change(house: House, difficulty: int = 3) -> None:
    base = block_hash(checks.workshop().question(ONE).block)
    service.write(ONE, base, {"difficulty": difficulty}, house.actor(JAMTSO))


def describe(path: str, words: str) -> None:
    """Somebody at the desk says what one sees on a picture."""
    alt = UNDESCRIBED.alt.model_copy(update={"zh": words})
    with checks.workshop().writing():
        checks.workshop().describe_picture(path, UNDESCRIBED.model_copy(update={"alt": alt}))


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def ids() -> list[str]:
    return [written.question.id for written in checks.workshop().questions()]


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
    assert (report.new, report.changed, report.files) == ([], [], [])
    assert files(folder) == before


def test_comments_and_order_survive_the_way_there_and_back(desk: House, folder: Path) -> None:
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").replace("    kind: judge", "    # 老师的注\n    kind: judge"), "utf-8")
    with desk.inside():
        assert exchange.pull(folder).changed == [ONE]
        change(desk)
        assert exchange.push(folder).changed == [ONE]
        assert exchange.pull(folder).files == []
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


# -- all or nothing ------------------------------------------------------------------------------------------


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, place: object, name: str) -> Iterator[None]:
    """The disk is full when this is called."""

    def refuse(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(place, name, refuse)
        yield


def test_a_pull_whose_commit_fails_leaves_everything_as_it_was(
    desk: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / CHAPTER, "difficulty: 1", "difficulty: 2")
    (folder / "glossary.yaml").write_text("- zh: 交通\n", "utf-8")
    (folder / "subject1/violations.yaml").write_text(HEAD.replace("road_rules", "violations"), "utf-8")
    before = files(desk.settings.home / "bank")
    agreed = (desk.settings.home / "bank.agreed.json").read_bytes()
    with desk.inside():
        with failing(monkeypatch, db.session, "commit"), pytest.raises(OSError, match="space"):
            exchange.pull(folder)
        assert files(desk.settings.home / "bank") == before
        assert (desk.settings.home / "bank.agreed.json").read_bytes() == agreed
        assert exchange.pull(folder).changed == [ONE]
        assert [version.reason for version in history.versions(ONE)] == [
            history.CAME
        ] * 2  # what was before, and what came


def test_a_first_pull_whose_commit_fails_leaves_no_copy(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.inside():
        with failing(monkeypatch, db.session, "commit"), pytest.raises(OSError, match="space"):
            exchange.pull(folder)
        assert not checks.workshop().there
        assert ONE in exchange.pull(folder).new


def test_a_push_that_cannot_be_told_leaves_the_folder_as_it_was(
    desk: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(folder)
    with desk.inside():
        change(desk)
        with failing(monkeypatch, exchange, "_tell"), pytest.raises(OSError, match="space"):
            exchange.push(folder)
        assert files(folder) == before
        assert exchange.push(folder).changed == [ONE]


# -- descriptions and the files beside -----------------------------------------------------------------------


def test_what_the_desk_described_survives_a_pull(desk: House, folder: Path) -> None:
    edit(folder / "media/media.yaml", MEDIA, MEDIA + OTHER)
    with desk.inside():
        shop = checks.workshop()
        with shop.writing():
            shop.add_picture("signs/new.svg", SVG.encode(), UNDESCRIBED)
        report = exchange.pull(folder)
        shop.questions()
        assert (report.new, report.conflicts) == (["media/media.yaml: signs/other.svg"], [])
        assert sorted(shop.bank.media) == ["signs/new.svg", "signs/other.svg", "signs/stop.svg"]
        assert exchange.push(folder).new == ["media/media.yaml: signs/new.svg", "media/signs/new.svg"]
    assert files(desk.settings.home / "bank") == files(folder)


def test_a_push_wipes_nothing_that_the_folder_described(desk: House, folder: Path) -> None:
    edit(folder / "media/media.yaml", MEDIA, "# signs\n" + MEDIA.replace("八边形", "八角形") + OTHER)
    before = files(folder)
    with desk.inside():
        report = exchange.push(folder)
    assert (report.conflicts, report.files) == ([], [])
    assert files(folder) == before


def test_a_description_changed_on_both_sides_is_named_and_kept_on_both(desk: House, folder: Path) -> None:
    edit(folder / "media/media.yaml", "八边形", "八角形")
    with desk.inside():
        shop = checks.workshop()
        describe("signs/stop.svg", "红底白字的标志")
        assert exchange.pull(folder).conflicts == [STOP]
        assert exchange.push(folder).conflicts == [STOP]
        shop.questions()
        assert shop.bank.media["signs/stop.svg"].alt.zh == "红底白字的标志"
        assert "八角形" in (folder / "media/media.yaml").read_text("utf-8")
        assert exchange.push(folder, prefer=True).changed == [STOP]
    assert files(desk.settings.home / "bank") == files(folder)


@pytest.mark.parametrize("file", ["lexicon.yaml", "blueprints.yaml", "media/signs/stop.svg"])
def test_a_whole_file_goes_over_from_the_side_that_changed_it(desk: House, folder: Path, file: str) -> None:
    own, git = desk.settings.home / "bank" / file, folder / file
    with desk.inside():
        git.write_bytes(git.read_bytes() + b" ")
        assert exchange.push(folder).files == []
        assert exchange.pull(folder).changed == [file]
        own.write_bytes(own.read_bytes() + b"\n")
        assert exchange.pull(folder).files == []
        assert exchange.push(folder).changed == [file]
    assert own.read_bytes() == git.read_bytes()


@pytest.mark.parametrize("file", ["lexicon.yaml", "blueprints.yaml", "media/signs/stop.svg"])
def test_a_whole_file_changed_on_both_sides_is_named_and_kept_on_both(desk: House, folder: Path, file: str) -> None:
    own, git = desk.settings.home / "bank" / file, folder / file
    own.write_bytes(own.read_bytes() + b"\n")
    git.write_bytes(git.read_bytes() + b" ")
    before = own.read_bytes(), git.read_bytes()
    with desk.inside():
        assert exchange.pull(folder).conflicts == [file]
        assert exchange.push(folder).conflicts == [file]
        assert (own.read_bytes(), git.read_bytes()) == before
        assert exchange.pull(folder, prefer=True).changed == [file]
    assert own.read_bytes() == git.read_bytes() == before[1]


def test_a_recording_that_no_question_names_does_not_go_over(desk: House, folder: Path) -> None:
    file = desk.settings.home / "bank/media/audio/tashi/s1-road-001.webm"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"taken back")
    with desk.inside():
        assert exchange.push(folder).files == []


# -- where a question stands ---------------------------------------------------------------------------------


def test_a_question_moved_to_another_chapter_file_in_git_is_moved_at_the_desk(desk: House, folder: Path) -> None:
    (folder / CHAPTER).write_text(HEAD + JUDGE, "utf-8")
    (folder / "subject1/road_rules_2.yaml").write_text(HEAD + SINGLE, "utf-8")
    with desk.inside():
        report = exchange.pull(folder)
        assert (report.new, report.changed, report.moved) == ([], [], [TWO])
        assert ids() == [ONE, TWO]
        assert exchange.pull(folder).moved == []
    assert files(desk.settings.home / "bank") == files(folder)


def test_a_question_moved_in_git_and_changed_at_the_desk_is_pushed_to_where_it_stands_now(
    desk: House, folder: Path
) -> None:
    (folder / CHAPTER).write_text(HEAD + SINGLE, "utf-8")
    (folder / "subject1/road_rules_2.yaml").write_text(HEAD + JUDGE, "utf-8")
    with desk.inside():
        change(desk)
        assert exchange.push(folder).changed == [ONE]
        assert (folder / CHAPTER).read_text("utf-8") == HEAD + SINGLE
        assert "difficulty: 3" in (folder / "subject1/road_rules_2.yaml").read_text("utf-8")
        assert exchange.pull(folder).moved == [ONE]
        assert sorted(ids()) == [ONE, TWO]
    assert files(desk.settings.home / "bank") == files(folder)


def test_order_and_head_are_the_folders(desk: House, folder: Path) -> None:
    (folder / CHAPTER).write_text("# 道路通行\n" + HEAD + SINGLE + JUDGE, "utf-8")
    before = files(folder)
    with desk.inside():
        assert exchange.push(folder).files == []
        assert files(folder) == before
        assert exchange.pull(folder).files == [CHAPTER]
    assert files(desk.settings.home / "bank") == before


def test_a_question_that_stands_twice_is_not_lost(desk: House, folder: Path) -> None:
    twice = desk.settings.home / "bank/subject1/road_rules_2.yaml"
    twice.write_text(HEAD + SINGLE.replace("鸣喇叭", "鸣笛"), "utf-8")
    edit(folder / CHAPTER, "difficulty: 1", "difficulty: 2")
    before = twice.read_bytes()
    with desk.inside():
        assert exchange.pull(folder).changed == [ONE]
    assert twice.read_bytes() == before


@pytest.mark.parametrize("side", ["folder", "desk"])
def test_a_file_without_a_newline_at_its_end_takes_a_new_question(desk: House, folder: Path, side: str) -> None:
    own = desk.settings.home / "bank"
    new = JUDGE.replace("s1-road-001", "s1-road-003")
    source, target = (folder, own) if side == "folder" else (own, folder)
    (target / CHAPTER).write_text((HEAD + JUDGE + SINGLE).removesuffix("\n"), "utf-8")
    (source / CHAPTER).write_text((HEAD + JUDGE + SINGLE + new).removesuffix("\n"), "utf-8")
    with desk.inside():
        report = exchange.pull(folder) if side == "folder" else exchange.push(folder)
        assert (report.new, report.conflicts) == (["s1-road-003"], [])
        assert exchange.pull(folder).conflicts == []
        assert exchange.push(folder).files == []
    assert (target / CHAPTER).read_text("utf-8") == HEAD + JUDGE + SINGLE + new


@pytest.mark.parametrize("content", [b"\xcf\xb5", HEAD.encode()[:-1] + b" [{id: s1-road-009}]\n"])
def test_a_file_that_cannot_be_cut_into_questions_is_named_and_nothing_is_written(
    desk: House, folder: Path, content: bytes
) -> None:
    before = files(desk.settings.home / "bank")
    edit(folder / CHAPTER, "difficulty: 1", "difficulty: 2")
    (folder / "subject1/violations.yaml").write_bytes(content)
    with desk.inside(), pytest.raises(RuleBroken, match="violations"):
        exchange.pull(folder)
    assert files(desk.settings.home / "bank") == before


def test_a_question_that_cannot_be_read_is_named_and_the_desk_keeps_its_own(desk: House, folder: Path) -> None:
    file = folder / "subject1/road_rules.yaml"
    file.write_text(file.read_text("utf-8").replace("difficulty: 1", "difficulty: [1", 1), "utf-8")
    with desk.inside():
        report = exchange.pull(folder)
        assert (report.unreadable, report.changed) == ([ONE], [])
        assert checks.workshop().question(ONE).question.difficulty == 1


def test_a_question_that_was_taken_away_in_git_is_named_and_not_brought_back(desk: House, folder: Path) -> None:
    file = folder / "subject1/road_rules.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index(f"  - id: {TWO}")], "utf-8")
    with desk.inside():
        assert exchange.pull(folder).gone == [TWO]
        report = exchange.push(folder)
        assert (report.gone, report.new) == ([TWO], [])
        assert TWO not in file.read_text("utf-8")
        assert exchange.push(folder, prefer=True).new == [TWO]


def test_a_pull_keeps_what_the_question_was_before(desk: House, folder: Path) -> None:
    file = folder / "subject1/road_rules.yaml"
    file.write_text(file.read_text("utf-8").replace("difficulty: 1", "difficulty: 2", 1), "utf-8")
    with desk.inside():
        exchange.pull(folder)
        assert ["difficulty: 1" in one.block for one in history.versions(ONE)] == [False, True]
