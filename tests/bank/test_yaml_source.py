from pathlib import Path

import pytest

from examsys.bank.blueprints import load_blueprints
from examsys.bank.fmt import format_bank
from examsys.bank.report import Fault
from examsys.bank.yaml_source import read_bank
from examsys.domain.bank import Kind, is_stale
from examsys.domain.paper import draw_paper
from tests.bank.written import BLUEPRINTS, JUDGE, SINGLE, write_bank

CHAPTER = "subject1/road_rules.yaml"


def faults_of(folder: Path) -> list[Fault]:
    return read_bank(folder).faults


def test_a_bank_is_read_with_everything_an_author_wrote(tmp_path: Path) -> None:
    bank = read_bank(write_bank(tmp_path))
    judge, single = (written.question for written in bank.written)
    assert bank.faults == []
    assert (judge.id, judge.kind, judge.key, judge.chapter) == ("s1-road-001", Kind.JUDGE, {"right"}, "road_rules")
    assert [source.article for source in single.sources] == ["第四十七条", "第四十四条"]
    assert [option.id for option in single.options] == ["a", "b", "c", "d"]
    assert single.media[0].alt.zh == "红色八边形标志"
    assert len(single.media[0].sha256) == 64
    assert [written.line("stem") for written in bank.written] == [9, 24]
    assert bank.written[1].line("options", 2, "zh") == 30


@pytest.mark.parametrize(
    ("old", "new", "line", "rule", "key"),
    [
        ("kind: judge", "kind: guess", 5, "QB02", "schema"),
        ("difficulty: 1", "difficulty: 9", 7, "QB02", "schema"),
        ("key: right", "key: [a]", 4, "QB02", "key.judge_is_right_or_wrong"),
        ("    key: right", "    clue: right", 15, "QB02", "schema"),
        ("families: [car]", "families: [car, car]", 4, "QB02", "question.named_twice"),
        ("families: [car]", "families: [ship]", 6, "QB02", "schema"),
        ("article: 第四十五条}", "article: 45}", 8, "QB02", "schema"),
    ],
)
def test_a_fault_of_shape_has_its_line(tmp_path: Path, old: str, new: str, line: int, rule: str, key: str) -> None:
    folder = write_bank(tmp_path, JUDGE.replace(old, new), SINGLE)
    fault = faults_of(folder)[0]
    # a rule about the question as a whole is named where it begins, one about a field at the field
    assert (fault.file, fault.question, fault.rule, fault.message_key) == (CHAPTER, "s1-road-001", rule, key)
    assert fault.line in (line, 4)
    assert [written.question.id for written in read_bank(folder).written] == ["s1-road-002"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("key: [a]", "key: [a, b]", "key.single_has_one"),
        ("key: [a]", "key: [e]", "key.names_options"),
        ("key: [a]", "key: right", "key.names_options"),
        ("kind: single", "kind: multiple", "key.multiple_has_several"),
        ("{id: b, zh: 鸣喇叭, bo: བརྡ་དུང་གཏོང་།}", "{id: b, bo: བརྡ་དུང་གཏོང་།}", "option.needs_text_or_picture"),
        ("{id: b, zh: 鸣喇叭,", "{id: b, picture: signs/stop.svg, zh: 鸣喇叭,", "option.picture_has_text"),
        ("{id: b,", "{id: a,", "question.named_twice"),
        ("    media:", "    enemies: [s1-road-002]\n    media:", "question.its_own_enemy"),
    ],
)
def test_keys_and_options_fit_the_kind(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert key in [fault.message_key for fault in faults_of(write_bank(tmp_path, SINGLE.replace(old, new)))]


def test_broken_yaml_and_double_keys_are_named_with_their_line(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE.replace("    key: right\n", "    key: right\n    key: wrong\n"))
    assert [(fault.line, fault.rule, fault.passage) for fault in faults_of(folder)] == [
        (13, "QB01", "key key stands twice")
    ]
    (folder / CHAPTER).write_text("subject: [", "utf-8")
    assert [(fault.rule, fault.message_key) for fault in faults_of(folder)] == [("QB01", "file.unreadable")]
    (folder / CHAPTER).write_bytes(b"subject: \xff")
    assert [fault.rule for fault in faults_of(folder)] == ["QB01"]
    (folder / CHAPTER).write_text("just words", "utf-8")
    assert [fault.rule for fault in faults_of(folder)] == ["QB02"]
    (folder / CHAPTER).write_text("", "utf-8")
    assert [fault.rule for fault in faults_of(folder)] == ["QB02"]


def test_yaml_builds_no_objects(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE.replace("key: right", "key: !!python/object/apply:os.getcwd []"))
    assert [fault.rule for fault in faults_of(folder)] == ["QB01"]


def test_one_bad_description_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    with (folder / "media/media.yaml").open("a", encoding="utf-8") as file:
        file.write("signs/other.svg: {kind: picture}\n")
    bank = read_bank(folder)
    assert "signs/stop.svg" in bank.media
    assert {(fault.file, fault.line) for fault in bank.faults} == {("media/media.yaml", 6)}


def test_blueprints_hold_from_their_day_and_for_each_family(tmp_path: Path) -> None:
    later = (
        BLUEPRINTS.replace("2022-04-01", "2027-01-01")
        .replace("[car]", "[car, bus]")
        .replace("minutes: 2", "minutes: 3")
    )
    folder = write_bank(tmp_path, blueprints=BLUEPRINTS + later)
    path = folder / "blueprints.yaml"
    assert load_blueprints(path, "2022-03-31") == ()
    assert [(b.name, b.minutes) for b in load_blueprints(path, "2026-12-31")] == [("two", 2)]
    assert [(b.name, b.minutes) for b in load_blueprints(path, "2027-01-01")] == [("two_car", 3), ("two_bus", 3)]
    questions = [written.question for written in read_bank(folder).written]
    assert len(draw_paper(load_blueprints(path, "2026-01-01")[0], questions, bytes(32)).positions) == 2


def test_a_paper_has_a_hundred_points(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, blueprints=BLUEPRINTS.replace("points: 50", "points: 40"))
    assert [fault.message_key for fault in faults_of(folder)] == ["blueprint.is_not_100_points"]


def test_a_stamp_touches_nothing_else(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, "  # a remark\n" + JUDGE, SINGLE)
    before = (folder / CHAPTER).read_text("utf-8")
    assert format_bank(folder) == {CHAPTER: 2}
    after = (folder / CHAPTER).read_text("utf-8")
    assert "".join(line for line in after.splitlines(keepends=True) if "translation:" not in line) == before
    questions = [written.question for written in read_bank(folder).written]
    assert [question.translations["bo"].state for question in questions] == ["draft", "draft"]
    assert not any(is_stale(question, "bo") for question in questions)
    assert format_bank(folder) == {}


def test_a_changed_question_keeps_its_stale_stamp_until_it_is_translated_again(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    format_bank(folder)
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").replace("城市道路为每小时30公里。", "城市道路是每小时30公里。"), "utf-8")
    assert format_bank(folder) == {}
    assert is_stale(read_bank(folder).written[0].question, "bo")
    assert format_bank(folder, ["s1-road-001"]) == {CHAPTER: 1}
    assert not is_stale(read_bank(folder).written[0].question, "bo")
    assert path.read_text("utf-8").count("translation:") == 2
