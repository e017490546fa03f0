"""Packages and pictures: found wherever they lie, told apart by content, every trick refused by its name."""

import stat
import warnings as python_warnings
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from examsys.bank.formats.exchange import FileKind, Limits
from examsys.bank.formats.packages import make_package
from examsys.bank.formats.writing import write_file
from tests.bank.formats.making import (
    OPTIONS,
    STEM,
    SVG,
    SVG_2,
    fault,
    judge,
    only,
    png,
    read,
    refusals,
    single,
    warnings,
    xlsx,
    zipped,
)

HEAD = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "图片")
BOOK = xlsx([HEAD, ("单选题", STEM, *OPTIONS, "A", "stop.svg")])


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("word/document.xml", "file.word"),
        ("ppt/presentation.xml", "file.presentation"),
        ("xl/workbook.bin", "file.binary_workbook"),
        ("content.xml", "file.open_document"),
    ],
)
def test_files_of_other_office_programs_are_called_what_they_are(part: str, why: str) -> None:
    assert fault(zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<R/>", part: "<w/>"})) == why


@cache
def photograph(kind: str) -> bytes:
    """A photograph of the kinds that cameras and browsers make."""
    out = BytesIO()
    Image.linear_gradient("L").save(out, kind)
    return out.getvalue()


def tricky(name: str, mode: int = 0o644, content: bytes = b"x", twice: bool = False) -> bytes:
    """A package with the workbook and one member more."""
    out = BytesIO()
    with python_warnings.catch_warnings(), ZipFile(out, "w", ZIP_DEFLATED) as package:
        python_warnings.simplefilter("ignore")
        package.writestr("q.xlsx", BOOK)
        for _ in range(1 + twice):
            member = ZipInfo(name)
            member.external_attr = mode << 16
            member.create_system = 3
            package.writestr(member, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../evil.svg", "package.path_outside"),
        ("media/../../evil.svg", "package.path_outside"),
        ("/etc/evil.svg", "package.path_outside"),
        ("C:/evil.svg", "package.path_outside"),
        ("c:evil.svg", "package.path_outside"),
        ("media\\..\\evil.svg", "package.path_outside"),
    ],
)
def test_paths_that_lead_out_are_refused_by_name(name: str, why: str) -> None:
    (reason,) = read(tricky(name)).faults
    assert reason.key == why
    assert reason.facts["name"] == name.replace("\\", "/")


def test_links_and_names_that_stand_twice_are_refused() -> None:
    assert fault(tricky("a.svg", mode=stat.S_IFLNK | 0o777, content=b"/etc/passwd")) == "package.link"
    assert fault(tricky("a.svg", content=SVG, twice=True)) == "package.twice"
    assert fault(zipped({"q.xlsx": BOOK, "A.svg": SVG, "a.svg": SVG_2})) == "package.twice"


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    bomb = zipped({"q.xlsx": BOOK, "a.png": b"\0" * 30_000_000})
    assert fault(bomb) == "package.bomb"
    assert fault(bomb, limits=Limits(unpacked=1_000_000)) == "package.too_large"
    assert fault(zipped({f"{n}.svg": SVG for n in range(30)}), limits=Limits(members=20)) == "package.too_many"
    assert fault(BOOK, limits=Limits(file=100)) == "file.too_large"


def test_a_workbook_that_is_a_bomb_is_refused() -> None:
    with ZipFile(BytesIO(BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert fault(zipped({**parts, "xl/worksheets/sheet1.xml": b" " * 20_000_000})) == "package.bomb"


def test_a_member_that_holds_more_than_it_says_is_refused() -> None:
    content = bytearray(zipped({"q.csv": b"abcdefgh" * 100}))
    size = (800).to_bytes(4, "little")
    content = bytearray(bytes(content).replace(size, (8).to_bytes(4, "little")))
    assert fault(bytes(content)) == "package.unreadable"


def test_an_entity_in_a_workbook_is_refused() -> None:
    with ZipFile(BytesIO(BOOK)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet
    assert fault(zipped({**parts, "xl/worksheets/sheet1.xml": evil})) == "xml.entities"


def test_what_is_no_package_and_what_is_damaged_says_so() -> None:
    assert fault(b"PK\x03\x04 and then nothing") == "package.unreadable"
    assert fault(BOOK[:-30]) == "package.unreadable"
    assert fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "file.old_office"
    assert fault(b"%PDF-1.7 ...") == "file.unknown_type"
    assert fault(png()) == "file.unknown_type"
    assert fault(b"") == "file.empty"
    assert fault(zipped({"a.svg": SVG})) == "file.no_questions"
    assert fault(zipped({"a.csv": "x", "b.csv": "y"})) == "package.which_file"
    assert fault(zipped({"inner.zip": zipped({"a.csv": "x"})})) == "package.nested"


def test_pictures_beside_a_table_are_found_wherever_they_lie() -> None:
    for name in ("stop.svg", "media/stop.svg", "图片/stop.svg", "images/STOP.SVG"):
        row = only(zipped({"q.xlsx": BOOK, name: SVG}))
        assert [row.media[picture] for picture in row.pictures] == [SVG]


def test_pictures_that_the_bank_has_need_not_come_along() -> None:
    row = only(BOOK, shelf={"signs/stop.svg": SVG, "signs/other.svg": SVG_2})
    assert row.pictures == ("signs/stop.svg",)
    assert list(row.media) == ["signs/stop.svg"]


def test_a_missing_picture_is_refused_with_its_cell() -> None:
    (outcome,) = read(BOOK).outcomes
    assert [(reason.key, reason.place.cell, reason.facts["name"]) for reason in outcome.refusals] == [
        ("picture.missing", "Sheet1!H2", "stop.svg")
    ]


def test_a_name_that_could_be_two_pictures_is_not_guessed() -> None:
    assert refusals(zipped({"q.xlsx": BOOK, "a/stop.svg": SVG, "b/stop.svg": SVG_2})) == ["picture.missing"]


def test_a_picture_whose_name_lies_is_renamed_with_a_warning() -> None:
    (outcome,) = read(zipped({"q.xlsx": BOOK, "stop.svg": png()})).outcomes
    assert outcome.row is not None
    assert outcome.row.pictures == ("stop.png",)
    assert outcome.row.media == {"stop.png": png()}
    assert warnings(outcome) == {"picture.other_type"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a" + b"\0" * 20, "picture.type_unknown"),
        (b"no picture at all", "picture.type_unknown"),
        (SVG.replace(b"<path", b"<script>alert(1)</script><path"), "picture.svg_element"),
        (SVG.replace(b"<path", b'<path onclick="x()"'), "picture.svg_script"),
        (SVG.replace(b"<path", b'<use href="http://evil.example/a.svg"/><path'), "picture.svg_outside"),
        (b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + SVG, "picture.svg_declaration"),
        (SVG.replace(b'viewBox="0 0 9 9"', b""), "picture.svg_no_view_box"),
        (SVG[:-3], "picture.svg_unreadable"),
        (SVG.replace(b"<path", b" " * 30_000 + b"<path"), "picture.svg_too_large"),
        (png()[:20] + b"garbage" * 9, "picture.damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(10), "picture.damaged"),
        (photograph("WEBP")[:-200], "picture.damaged"),
        (png(wide=6_000, high=6_000), "picture.too_many_dots"),
        (png(wide=60_000, high=60_000), "picture.too_many_dots"),
        (png() + b"\0" * 4_000_000, "picture.too_large"),
    ],
)
def test_pictures_that_the_bank_may_not_have_are_refused(content: bytes, why: str) -> None:
    package = make_package({"q.xlsx": BOOK, "stop.svg": content})
    assert refusals(package, limits=Limits(ratio=100_000)) == [why]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_whole_photograph_is_taken(kind: str) -> None:
    row = only(zipped({"q.xlsx": BOOK, "stop.svg": photograph(kind)}))
    assert list(row.media.values()) == [photograph(kind)]


def test_two_pictures_of_a_package_stay_two_though_one_lies_below_media() -> None:
    table = "题型,题目,答案,图片\n判断题,甲图中标志表示停车。,对,a.svg\n判断题,乙图中标志表示停车。,对,media/a.svg\n"
    rows = read(zipped({"q.csv": table, "media/a.svg": SVG_2, "a.svg": SVG})).rows
    assert [list(row.media.values()) for row in rows] == [[SVG], [SVG_2]]


def test_names_in_gbk_without_a_mark_are_read() -> None:
    content = zipped({"q.csv": "题目,答案,图片\n图中标志表示停车让行。,对,停车.svg", "abcd.svg": SVG})
    row = only(content.replace(b"abcd.svg", "停车.svg".encode("gb18030")))
    assert row.media == {"停车.svg": SVG}


def test_what_systems_put_beside_is_passed_over() -> None:
    row = only(zipped({"q.xlsx": BOOK, "stop.svg": SVG, "__MACOSX/._q.xlsx": "x", ".DS_Store": "x"}))
    assert row.pictures == ("stop.svg",)


def test_option_pictures_by_mark_and_by_name() -> None:
    book = xlsx([HEAD, ("单选题", "下列哪个标志表示停车让行？", "图片:a.svg", "b.svg", "c.png", "", "A", "")])
    row = only(zipped({"q.xlsx": book, "a.svg": SVG, "b.svg": SVG_2, "c.png": png()}))
    assert [option.picture for option in row.options] == ["a.svg", "b.svg", "c.png"]


def test_a_package_has_the_same_bytes_each_time() -> None:
    row = single(pictures=("signs/a.svg",), media={"signs/a.svg": SVG})
    first, second = (write_file([row], FileKind.QTI30).content for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", FileKind)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_never_raises_and_loses_nothing(kind: FileKind, data: st.DataObject) -> None:
    whole = write_file([single(), judge()], kind).content
    if whole.startswith(b"PK"):
        with ZipFile(BytesIO(whole)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = data.draw(st.sampled_from(sorted(parts)))
        read(zipped({**parts, name: damaged(parts[name], data)}))
    else:
        read(damaged(whole, data))


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """The bytes with a piece taken out and another put in."""
    start, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 40))
    return content[:start] + data.draw(st.sampled_from(PIECES)) + content[start + length :]


PIECES = (
    b"",
    b"<",
    b">",
    b"&",
    b"{",
    b"}",
    b"]",
    b'"',
    b"\0",
    b"\xff",
    b"::",
    b"####",
    b"~",
    b"9" * 30,
    b"-1",
    b"1e999",
    b"../",
)
