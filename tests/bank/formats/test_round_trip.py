"""What is written comes back the same, in every format, with its Tibetan and its pictures."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examsys.bank.formats.exchange import Choice, FileKind, Row
from examsys.bank.formats.headings import CHAPTERS, FAMILIES
from examsys.bank.formats.reading import read_file
from examsys.bank.formats.texts import tidy
from examsys.bank.formats.writing import write_file
from examsys.bank.words import SUBJECT_OF
from examsys.domain.bank import Kind, Source, Text
from tests.bank.formats.making import OPTIONS, SVG, SVG_2, judge, png, read, single

WHOLE = [kind for kind in FileKind if kind is not FileKind.AIKEN]
HAN = "车辆在路口停让行人和非机动灯亮时速不得超过公里应当可以"
TIBETAN = "བོད་ཡིག་རྒྱསྒྲབརྒྱདཧཱུྃཀྵ"
SIGNS = "ABTF 0123456789<>&;=~#{}:%\\'\"[]()|+-@/，。？、：（）《》《"

texts = st.text(HAN + SIGNS, min_size=1, max_size=40).map(lambda text: tidy(f"问{text}完"))
tibetan = st.text(TIBETAN + " །<&=~#{}:\\", min_size=1, max_size=40).map(lambda text: tidy(f"བོད་{text}།"))
words = st.text(HAN + "GB 5768.2-2022", min_size=1, max_size=12).map(lambda text: tidy(f"法{text}法"))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    kind = draw(st.sampled_from(Kind))
    both = draw(st.booleans())

    def said(empty: bool = False) -> Text:
        if empty and draw(st.booleans()):
            return Text("", "")
        return Text(draw(texts), draw(tibetan) if both else "")

    media: dict[str, bytes] = {}

    def picture() -> str:
        name, content = draw(st.sampled_from([("signs/a.svg", SVG), ("signs/b.svg", SVG_2), ("c.png", png())]))
        media[name] = content
        return name

    options: tuple[Choice, ...] = ()
    key = frozenset([draw(st.sampled_from(["right", "wrong"]))])
    if kind is not Kind.JUDGE:
        letters = "abcdef"[: draw(st.integers(3, 6))]
        shown = draw(st.booleans()) and len(letters) == 3
        if shown:
            media.update({"signs/a.svg": SVG, "signs/b.svg": SVG_2, "c.png": png()})
            options = tuple(Choice(letter, picture=name) for letter, name in zip(letters, media, strict=True))
        else:
            zh = draw(st.lists(texts, min_size=len(letters), max_size=len(letters), unique=True))
            options = tuple(
                Choice(letter, Text(one, draw(tibetan) if both else ""))
                for letter, one in zip(letters, zh, strict=True)
            )
        most = 1 if kind is Kind.SINGLE else len(letters)
        least = 1 if kind is Kind.SINGLE else 2
        key = frozenset(draw(st.sets(st.sampled_from(letters), min_size=least, max_size=most)))
    pictures = (picture(),) if draw(st.booleans()) else ()
    chapter = draw(st.sampled_from(["", *CHAPTERS]))
    return Row(
        kind=kind,
        stem=said(),
        key=key,
        options=options,
        explanation=said(empty=True),
        subject=SUBJECT_OF.get(chapter) or draw(st.sampled_from(["", "subject1", "subject3"])),
        chapter=chapter,
        families=tuple(family for family in FAMILIES if draw(st.booleans())),
        difficulty=draw(st.integers(0, 3)),
        sources=tuple(draw(st.lists(st.builds(Source, words, words), max_size=2))),
        fixed_order=kind is not Kind.JUDGE and draw(st.booleans()),
        pictures=pictures,
        media=media,
        id=draw(st.sampled_from(["", "s1-road-001", "s3-case-0123"])),
    )


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(row=rows())
def test_every_row_comes_back_the_same(kind: FileKind, row: Row) -> None:
    report = read_file("f", write_file([row], kind).content)
    assert report.faults == ()
    assert report.kind is kind
    assert report.rows == (row,), [reason for outcome in report.outcomes for reason in outcome.refusals]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(row=rows())
def test_aiken_carries_chinese_single_choice_and_names_the_rest(row: Row) -> None:
    written = write_file([row], FileKind.AIKEN)
    if row.kind is not Kind.SINGLE or row.shown:
        assert [reason.key for reason in written.left_out] in (["aiken.kind"], ["aiken.picture"])
        return
    assert [reason.key for reason in written.lost] == ["aiken.only_chinese"]
    chinese = tuple(Choice(option.id, Text(option.text.zh, "")) for option in row.options)
    report = read_file("f", written.content)
    assert report.kind is FileKind.AIKEN
    assert report.rows == (Row(Kind.SINGLE, Text(row.stem.zh, ""), row.key, chinese),)


@pytest.mark.parametrize("kind", WHOLE)
def test_rows_keep_their_order_and_nothing_is_to_be_warned_of(kind: FileKind) -> None:
    sent = [
        single(),
        judge(),
        single(
            id="s1-road-003",
            kind=Kind.MULTIPLE,
            key=frozenset("acd"),
            stem=Text("驾驶人在高原上应当注意什么？", "མཐོ་སར་གང་ལ་དོ་སྣང་བྱེད་དགོས་སམ།"),
        ),
    ]
    report = read(write_file(sent, kind).content)
    assert list(report.rows) == sent
    assert report.counts == {"in": 3, "taken": 3, "taken_with_warnings": 0, "refused": 0}
    assert [outcome.place.row for outcome in report.outcomes] == sorted(
        outcome.place.row for outcome in report.outcomes
    )


@pytest.mark.parametrize("kind", WHOLE)
def test_two_pictures_with_one_name_stay_two(kind: FileKind) -> None:
    sent = [
        single(id="", pictures=("signs/a.svg",), media={"signs/a.svg": SVG}),
        judge(id="", pictures=("signs/a.svg",), media={"signs/a.svg": SVG_2}),
    ]
    back = read(write_file(sent, kind).content).rows
    assert [row.media[name] for row in back for name in row.pictures] == [SVG, SVG_2]


@pytest.mark.parametrize("kind", [FileKind.EXCEL, FileKind.CSV])
def test_no_cell_is_a_formula(kind: FileKind) -> None:
    sent = replace(single(), stem=Text("=1+1是公式吗？", "'=ཨ།"))
    content = write_file([sent], kind).content
    assert read(content).rows == (sent,)
    if kind is FileKind.CSV:
        assert b",'=1+1" in content
        assert b",=1+1" not in content


@pytest.mark.parametrize("kind", FileKind)
def test_the_same_rows_make_the_same_questions_whatever_the_file_is_called(kind: FileKind) -> None:
    content = write_file([single()], kind).content
    report = read_file("holiday.jpg", content)
    assert report.kind is kind
    assert [option.text.zh for option in report.rows[0].options] == list(OPTIONS)
