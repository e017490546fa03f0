"""Moodle XML as others make it."""

import base64

import pytest

from examsys.domain.bank import Kind
from tests.bank.formats.making import OPTIONS, STEM, fault, only, png, read, refusals, warnings


def quiz(*questions: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f"{head}<quiz>{''.join(questions)}</quiz>"


def choice(fractions: tuple[float, ...], single: str = "true", stem: str = STEM, extra: str = "") -> str:
    answers = "".join(
        f'<answer fraction="{fraction}" format="html"><text>{text}</text><feedback><text>no</text></feedback></answer>'
        for fraction, text in zip(fractions, OPTIONS, strict=False)
    )
    return (
        f'<question type="multichoice"><name><text>n</text></name><questiontext format="html"><text><![CDATA[{stem}]]></text>{extra}'
        f"</questiontext><single>{single}</single>{answers}</question>"
    )


def test_choice_with_shares() -> None:
    row = only(quiz(choice((50, 50, -100, -100), "false")))
    assert (row.kind, row.key) == (Kind.MULTIPLE, frozenset("ab"))
    assert only(quiz(choice((0, 0, 100, 0)))).key == frozenset("c")


def test_part_of_the_mark_is_not_right_in_single_choice_and_two_full_marks_are_refused() -> None:
    assert only(quiz(choice((100, 50, 0, 0)))).key == frozenset("a")
    assert refusals(quiz(choice((100, 100, 0, 0)))) == ["key.single_has_several"]
    assert refusals(quiz(choice((0, 0, 0, 0)))) == ["key.missing"]


def test_true_and_false_and_categories() -> None:
    category = '<question type="category"><category><text>$course$/top/road_rules</text></category></question>'
    judged = '<question type="truefalse"><questiontext><text>雪天可以急刹车。</text></questiontext><answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>'
    report = read(quiz(category, judged))
    assert [reason.key for reason in report.passed_over] == ["moodle.category"]
    (row,) = report.rows
    assert (row.kind, row.key, row.chapter) == (Kind.JUDGE, frozenset(["wrong"]), "road_rules")


@pytest.mark.parametrize("kind", ["essay", "matching", "numerical", "shortanswer", "cloze", "calculated"])
def test_other_types_are_refused_one_by_one(kind: str) -> None:
    report = read(
        quiz(f'<question type="{kind}"><questiontext><text>x</text></questiontext></question>', choice((100, 0, 0, 0)))
    )
    assert report.counts["refused"] == 1
    (reason,) = report.outcomes[0].refusals
    assert (reason.key, reason.facts["text"], reason.place.cell) == ("kind.unsupported", kind, "question[1]")


def test_both_languages_by_span_and_by_short_code() -> None:
    spans = '<span lang="zh" class="multilang">汉文？</span><span lang="bo" class="multilang">བོད།</span>'
    codes = "{mlang zh}汉文？{mlang}{mlang bo}བོད།{mlang}"
    for stem in (spans, codes):
        row = only(quiz(choice((100, 0, 0, 0), stem=stem)))
        assert (row.stem.zh, row.stem.bo) == ("汉文？", "བོད།")


def test_markup_is_stripped_with_a_warning_and_scripts_are_dropped() -> None:
    (outcome,) = read(quiz(choice((100, 0, 0, 0), stem="<p>甲<b>乙</b></p><script>alert('丙')</script>"))).outcomes
    assert outcome.row is not None
    assert outcome.row.stem.zh == "甲乙"
    assert warnings(outcome) == {"text.markup_removed", "feedback.left_out"}


def test_remarks_on_single_answers_are_left_out_with_a_warning() -> None:
    (outcome,) = read(quiz(choice((100, 0, 0, 0)))).outcomes
    assert warnings(outcome) == {"feedback.left_out"}
    (silent,) = read(quiz(choice((100, 0, 0, 0)).replace("<text>no</text>", "<text></text>"))).outcomes
    assert warnings(silent) == set()


def test_pictures_by_file_and_in_the_text_itself() -> None:
    coded = base64.b64encode(png()).decode()
    file = f'<file name="标志 1.png" path="/" encoding="base64">{coded}</file>'
    by_file = only(
        quiz(choice((100, 0, 0, 0), stem=f'{STEM}<img src="@@PLUGINFILE@@/%E6%A0%87%E5%BF%97%201.png">', extra=file))
    )
    assert list(by_file.media.values()) == [png()]
    inline = only(quiz(choice((100, 0, 0, 0), stem=f'{STEM}<img src="data:image/jpeg;base64,{coded}">')))
    assert inline.media == {"picture.png": png()}
    assert refusals(quiz(choice((100, 0, 0, 0), stem=f'{STEM}<img src="https://example.com/a.png">'))) == [
        "picture.missing"
    ]
    assert refusals(quiz(choice((100, 0, 0, 0), extra='<file name="a.png" path="/">?!</file>'))) == [
        "picture.not_base64"
    ]


def with_file(content: bytes, stem: str = "") -> tuple[str, str]:
    """A piece of HTML that shows its own `image.png`, as Moodle calls every pasted picture, and the file that goes with it."""
    coded = base64.b64encode(content).decode()
    return (
        f'{stem}<img src="@@PLUGINFILE@@/image.png">',
        f'<file name="image.png" path="/" encoding="base64">{coded}</file>',
    )


def test_each_question_has_its_own_picture_though_all_are_called_the_same() -> None:
    asked = [with_file(png(colour), f"{STEM}{colour}") for colour in (1, 2, 3)]
    report = read(quiz(*(choice((100, 0, 0, 0), stem=stem, extra=file) for stem, file in asked)))
    assert [[row.media[name] for name in row.pictures] for row in report.rows] == [[png(1)], [png(2)], [png(3)]]


def test_pictures_in_the_text_itself_stay_with_their_question() -> None:
    coded = [base64.b64encode(png(colour)).decode() for colour in (1, 2)]
    stems = [f'{STEM}{one[-8:]}<img src="data:image/png;base64,{one}">' for one in coded]
    report = read(quiz(*(choice((100, 0, 0, 0), stem=stem) for stem in stems)))
    assert [[row.media[name] for name in row.pictures] for row in report.rows] == [[png(1)], [png(2)]]


def of_pictures(*contents: bytes) -> str:
    answers = "".join(
        f'<answer fraction="{0 if number else 100}" format="html"><text><![CDATA[{html}]]></text>{file}</answer>'
        for number, (html, file) in enumerate(map(with_file, contents))
    )
    return quiz(
        '<question type="multichoice"><name><text>n</text></name><questiontext format="html"><text>哪个是红色标志？</text>'
        f"</questiontext><single>true</single>{answers}</question>"
    )


def test_options_are_told_apart_by_their_pictures_and_not_by_the_pictures_names() -> None:
    row = only(of_pictures(png(1), png(2), png(3)))
    assert [row.media[option.picture] for option in row.options] == [png(1), png(2), png(3)]
    assert refusals(of_pictures(png(1), png(2), png(1))) == ["options.equal"]


def test_a_picture_of_another_part_is_not_borrowed() -> None:
    stem, file = with_file(png(1), STEM)
    answers = choice((100, 0, 0, 0), stem=stem, extra=file).replace(
        OPTIONS[1], '&lt;img src="@@PLUGINFILE@@/image.png"&gt;'
    )
    assert "picture.missing" in refusals(quiz(answers))


def test_entities_depth_and_damage_are_refused_by_name() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert fault(quiz(choice((100, 0, 0, 0), stem="&b;"), head=laughs)) == "xml.entities"
    outside = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert fault(quiz(head=outside)) == "xml.entities"
    assert fault(quiz(head='<!DOCTYPE quiz SYSTEM "http://example.com/quiz.dtd">')) == "xml.entities"
    assert fault(quiz("<a>" * 100 + "</a>" * 100)) == "xml.too_deep"
    assert fault("<quiz><question>") == "xml.unreadable"
    assert fault("<html><body/></html>") == "file.unknown_type"
    assert fault(quiz()) == "file.no_questions"


def test_a_file_in_gbk_that_says_so() -> None:
    content = quiz(choice((100, 0, 0, 0)), head='<?xml version="1.0" encoding="GB2312"?>').encode("gb18030")
    assert only(content).stem.zh == STEM
