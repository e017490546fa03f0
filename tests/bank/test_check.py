import json
import re
from pathlib import Path

import pytest

from examsys.bank.check import check_bank
from examsys.bank.fmt import format_bank
from examsys.bank.report import Fault
from examsys.bank.svg import svg_faults
from examsys.bank.yaml_source import read_bank
from examsys.domain.bank import Kind
from examsys.domain.guessing import guessers
from tests.bank.written import BLUEPRINTS, JUDGE, MEDIA, SINGLE, SVG, write_bank

NOWHERE = Path("no-dictionary.dic")


def faults_of(folder: Path, rule: str) -> list[Fault]:
    return [fault for fault in check_bank(folder, NOWHERE).faults if fault.rule == rule]


def test_a_good_bank_is_sound_and_says_what_was_not_checked(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    format_bank(folder)
    report = check_bank(folder, NOWHERE)
    assert report.sound
    assert [fault.message_key for fault in report.faults] == ["bo.spelling_not_checked"]
    assert report.figures["questions"] == 2
    assert report.figures["with_picture"] == 1
    assert json.loads(report.to_json())["sound"] is True
    assert report.to_text().endswith("error 0 warning 0 style 0 note 1")


def test_a_fault_is_told_by_file_line_question_and_rule(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE.replace("སྤྱི་ལེ་30ཡིན།", "སྤྱི་ལེ་50ཡིན།"), SINGLE)
    text = check_bank(folder, NOWHERE).to_text().splitlines()
    assert "subject1/road_rules.yaml:11 s1-road-001 BO13 error bo.number_missing 30" in text


def test_an_id_is_used_once_and_is_of_its_subject(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE, JUDGE.replace("没有", "没有了"), SINGLE.replace("s1-road-002", "s3-road-002"))
    assert [(fault.line, fault.message_key) for fault in faults_of(folder, "QB03")] == [
        (16, "question.id_taken"),
        (28, "question.id_of_other_subject"),
    ]


@pytest.mark.parametrize(
    ("questions", "media", "key"),
    [
        ((JUDGE, SINGLE.replace("signs/stop.svg", "signs/gone.svg")), MEDIA, "media.no_file"),
        ((JUDGE, SINGLE.replace("signs/stop.svg", "signs/gone.svg")), MEDIA, "media.not_described"),
        ((JUDGE, SINGLE), MEDIA.replace("signs/stop.svg", "signs/gone.svg"), "media.no_file"),
        ((JUDGE, SINGLE), MEDIA.replace("signs/stop.svg", "signs/gone.svg"), "media.not_described"),
    ],
)
def test_pictures_exist_and_are_described(tmp_path: Path, questions: tuple[str, ...], media: str, key: str) -> None:
    assert key in [fault.message_key for fault in faults_of(write_bank(tmp_path, *questions, media=media), "QB05")]


def test_a_description_does_not_give_the_answer_away(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, media=MEDIA.replace("红色八边形标志", "停车让行标志"))
    assert {fault.message_key for fault in faults_of(folder, "QB12")} == {
        "media.alt_names_the_answer",
        "media.alt_names_the_meaning",
    }


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (SVG.replace("<path", "<script>1</script><path"), "svg.forbidden_element"),
        (SVG.replace("<path", "<foreignObject/><path"), "svg.forbidden_element"),
        (SVG.replace("<path", "<title>停</title><path"), "svg.forbidden_element"),
        (SVG.replace("<path", "<text>80</text><path"), "svg.forbidden_element"),
        (SVG.replace("<path", '<image href="#a"/><path'), "svg.forbidden_element"),
        (SVG.replace("<path", "<style>a{}</style><path"), "svg.forbidden_element"),
        (SVG.replace("<path", '<path onload="x"'), "svg.event_handler"),
        (SVG.replace("<path", '<use href="http://x/y.svg#a"/><path'), "svg.outside_reference"),
        (SVG.replace("<path", '<use href="data:image/svg+xml,x"/><path'), "svg.outside_reference"),
        (SVG.replace('fill="#c00"', 'fill="url(http://x/y)"'), "svg.outside_reference"),
        (SVG.replace('fill="#c00"', 'style="fill:url(//x/y)"'), "svg.outside_reference"),
        (SVG.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg'), "svg.declaration"),
        (SVG.replace("<svg", '<?xml-stylesheet href="x"?><svg'), "svg.declaration"),
        (SVG.replace(' viewBox="0 0 9 9"', ""), "svg.no_view_box"),
        (SVG.replace("</svg>", ""), "svg.unreadable"),
        (SVG.replace("</svg>", " " * 20480 + "</svg>"), "svg.too_large"),
    ],
)
def test_an_unsafe_drawing_is_refused(content: str, key: str) -> None:
    assert [found for found, _ in svg_faults(content.encode())] == [key]


def test_a_safe_drawing_is_not() -> None:
    drawing = SVG.replace("<path", '<!-- a remark --><defs><g id="a"/></defs><use href="#a"/><path clip-path="url(#a)"')
    assert list(svg_faults(b'<?xml version="1.0"?>' + drawing.encode())) == []


def test_an_unsafe_drawing_in_the_bank_is_an_error(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, svg=SVG.replace("<path", "<script/><path"))
    assert [fault.message_key for fault in faults_of(folder, "QB06")] == ["svg.forbidden_element"]


def test_groups_are_whole(tmp_path: Path) -> None:
    folder = write_bank(
        tmp_path,
        JUDGE.replace("    source", "    twins: alone\n    enemies: [s1-road-009]\n    source"),
        SINGLE,
        SINGLE.replace("s1-road-002", "s1-road-003"),
    )
    assert {fault.message_key for fault in faults_of(folder, "QB07")} == {
        "question.enemy_unknown",
        "question.twin_alone",
        "question.same_stem",
    }


def test_cells_hold_three_times_a_paper(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, blueprints=BLUEPRINTS.replace("      demonstration: true\n", ""))
    assert [fault.passage for fault in faults_of(folder, "QB08")] == [
        "two road_rules judge 1/3",
        "two road_rules single 1/3",
    ]


def test_a_cell_of_twins_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    twin = "    twins: same\n    source"
    folder = write_bank(tmp_path, JUDGE.replace("    source", twin), SINGLE.replace("    source", twin))
    assert [(f.message_key, f.passage) for f in faults_of(folder, "QB08")] == [
        ("paper.cell_missing", "two road_rules single 0/1")
    ]


def test_all_of_the_above_is_no_option(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE, SINGLE.replace("zh: 掉头", "zh: 以上都对"))
    assert [fault.message_key for fault in faults_of(folder, "QB04")] == ["option.all_of_them"]


@pytest.mark.parametrize(
    ("words", "key"),
    [("掉头" * 601, "text.too_long"), ("掉\u2028头", "text.odd_signs"), ("掉\ue000头", "text.odd_signs")],
    ids=["too long", "line separator", "no sign"],
)
def test_a_text_that_no_terminal_could_show_is_an_error(tmp_path: Path, words: str, key: str) -> None:
    folder = write_bank(tmp_path, JUDGE, SINGLE.replace("zh: 掉头", f'zh: "{words}"'))
    assert key in [fault.message_key for fault in faults_of(folder, "QB04")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("བྱེད་དགོས་སམ།", "བྱེད་དགོས།", "BO17"),
        ("པར་རིས་ནང་གི", "པར་རིས་ནང་གྱི", "BO21"),
        ("བརྡ་དུང་གཏོང་།", "བརྡ་དུང་གཏོང།", "BO06"),
        ("ཕྱིར་འཁོར།", "མྱུར་དུ་བརྒྱུད", "BO19"),
        ("བཀག་དགོས།", "བཀག་དགོས 车", "BO03"),
    ],
)
def test_tibetan_slips_are_errors(tmp_path: Path, old: str, new: str, rule: str) -> None:
    folder = write_bank(tmp_path, JUDGE, SINGLE.replace(old, new))
    assert rule in {fault.rule for fault in check_bank(folder, NOWHERE).errors}


def test_an_untranslated_text_is_an_error(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE, SINGLE.replace("bo: བརྡ་དུང་གཏོང་།", "bo: Horn"))
    assert [fault.message_key for fault in faults_of(folder, "QB11")] == ["bo.not_translated"]


def test_the_tibetan_of_a_picture_is_checked_like_any_other(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    file = folder / "media/media.yaml"
    described = file.read_text("utf-8")
    assert not [fault for fault in check_bank(folder, NOWHERE).errors if fault.file == "media/media.yaml"]
    alt = re.search(r"bo: ([\u0f40-\u0fbc]+)\u0f0b", described)
    assert alt
    file.write_text(described.replace(alt[1] + "\u0f0b", alt[1] + "\u0f0b\u0f0b", 1), "utf-8")
    wrong = [fault for fault in check_bank(folder, NOWHERE).errors if fault.file == "media/media.yaml"]
    assert [fault.rule for fault in wrong] == ["BO04"]


def test_known_false_alarms_and_units_come_from_the_lexicon(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, JUDGE, SINGLE.replace("པར་རིས་ནང་གི", "པར་རིས་ནང་གྱི"))
    assert faults_of(folder, "BO21")
    (folder / "lexicon.yaml").write_text("false_alarms: [[BO21, ནང་གྱི]]\nunits: {公里: [སྨི]}\n", "utf-8")
    assert not faults_of(folder, "BO21")
    assert {fault.passage for fault in faults_of(folder, "BO13")} == {"公里"}


def test_spelling_is_checked_by_a_dictionary_where_there_is_one(tmp_path: Path) -> None:
    pytest.importorskip("spylls")
    folder = write_bank(tmp_path / "bank")
    (tmp_path / "bo.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "bo.dic").write_text("2\nལམ\nགཞུང\n", "utf-8")
    report = check_bank(folder, tmp_path / "bo.dic")
    unknown = {fault.passage for fault in report.errors if fault.message_key == "bo.unknown_syllable"}
    assert "སྤྱི" in unknown
    assert not unknown & {"ལམ", "གཞུང"}
    assert "bo.spelling_not_checked" not in {fault.message_key for fault in report.faults}


def test_terms_of_the_glossary_are_used_in_any_form_of_the_verb(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    term = "- {zh: 鸣喇叭, bo: %s, en: to sound the horn, status: draft, source: null}\n"
    (folder / "glossary.yaml").write_text(term % "བརྡ་དུང་གཏོང་བ", "utf-8")
    assert not faults_of(folder, "BO16")
    (folder / "glossary.yaml").write_text(term % "རྭ་དུང་གཏོང་བ", "utf-8")
    assert [(fault.passage, fault.level) for fault in faults_of(folder, "BO16")] == [("鸣喇叭", "warning")]


def test_a_stale_translation_is_an_error_and_a_missing_stamp_a_note(tmp_path: Path) -> None:
    folder = write_bank(tmp_path)
    assert {fault.message_key for fault in faults_of(folder, "QB09")} == {"translation.not_stamped"}
    format_bank(folder)
    path = folder / "subject1/road_rules.yaml"
    path.write_text(path.read_text("utf-8").replace("zh: 掉头", "zh: 快掉头"), "utf-8")
    stale = faults_of(folder, "QB09")
    assert [(fault.question, fault.message_key) for fault in stale] == [("s1-road-002", "translation.stale")]


def test_guessers_are_not_helped(tmp_path: Path) -> None:
    numbered = [
        SINGLE.replace("s1-road-002", f"s1-road-{n:03d}").replace("停车让行", "立即停车让行") for n in range(2, 24)
    ]
    judged = [JUDGE.replace("s1-road-001", f"s1-road-{n:03d}") for n in range(100, 121)]
    folder = write_bank(tmp_path, *judged, *numbered)
    report = check_bank(folder, NOWHERE)
    named = {fault.passage for fault in report.faults if fault.rule == "QB10"}
    assert {"single commonest key 1.00", "single longest option zh 1.00", "judge commonest key 1.00"} <= named


def test_a_rule_of_thumb_that_pays_in_one_language_alone_is_named(tmp_path: Path) -> None:
    def single(number: int) -> str:
        key = "abcd"[number % 4]
        text = SINGLE.replace("s1-road-002", f"s1-road-{number:03d}").replace("key: [a]", f"key: [{key}]")
        return re.sub(rf"(id: {key}, zh: \S+ bo: )", r"\1ངེས་པར་དུ་མགྱོགས་པོར་", text)

    folder = write_bank(tmp_path, JUDGE, *map(single, range(2, 26)))
    named = {fault.passage for fault in check_bank(folder, NOWHERE).faults if fault.rule == "QB10"}
    assert [passage for passage in named if "longest" in passage] == ["single longest option bo 1.00"]


def test_who_guesses_by_lot_scores_what_chance_gives(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, *(SINGLE.replace("s1-road-002", f"s1-road-{n:03d}") for n in range(2, 24)))
    scores = guessers([written.question for written in read_bank(folder).written])[Kind.SINGLE]
    assert scores["option with 'must' zh"] == 0.25  # no option has the word: all four are as good


def test_near_duplicates_are_kept_apart_and_count_once(tmp_path: Path) -> None:
    other = JUDGE.replace("s1-road-001", "s1-road-003").replace("城市道路，最高时速", "城市道路，最高车速")
    folder = write_bank(tmp_path / "one", JUDGE, SINGLE, other)
    near = faults_of(folder, "QB13")
    assert [(fault.question, fault.passage.split()[0]) for fault in near] == [("s1-road-003", "s1-road-001")]
    apart = other.replace("difficulty: 1", "difficulty: 1\n    enemies: [s1-road-001]")
    report = check_bank(write_bank(tmp_path / "two", JUDGE, SINGLE, apart), NOWHERE)
    assert not [fault for fault in report.faults if fault.rule == "QB13"]
    assert report.figures["nearly_another"] == 1
