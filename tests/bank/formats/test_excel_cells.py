"""What stands in a workbook is read as its sheet shows it, and what nobody sees is named."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from examsys.bank.formats.excel_cells import shown
from examsys.bank.formats.exchange import Outcome
from examsys.bank.formats.keys import KeyStyle
from examsys.bank.formats.tables import ColumnMapping, SheetColumns
from examsys.domain.bank import Kind
from tests.bank.formats.making import OPTIONS, STEM, only, read, refusals, warnings, xlsx, zipped
from tests.bank.formats.test_excel import parts_of

HEAD = ("章节", "题型", "题目", "A", "B", "C", "答案")
DAY = datetime(2026, 5, 1, 8, 30)  # noqa: DTZ001  a workbook knows no zones


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1, "0%", "10%"),
        (0.125, "0.0%", "12.5%"),
        (200, '"¥"0"元"', "¥200元"),
        (-1234.5, "[$¥-804]#,##0.00;[Red]\\-[$¥-804]#,##0.00", "-¥1,234.50"),
        (0, '_ * #,##0.00_ ;_ * "-"??_ ;_ "-"_ ;_ @_ ', "-"),
        (3, "000", "003"),
        (3.5, "0.0##", "3.5"),
        (30, '0"°"', "30°"),
        (3, 'General"米"', "3米"),
        (0.1 + 0.2, "General", "0.3"),
        (DAY, 'm"月"d"日"', "5月1日"),
        (DAY, "mm-dd-yy", "2026/5/1"),
        (DAY, 'yyyy"年"mm"月"dd"日"\\ h:mm;@', "2026年05月01日 8:30"),
        (DAY, "[$-804]aaaa", "星期五"),
        (time(20, 5), "h:mm", "20:05"),
        (time(20, 5), "h:mm AM/PM", "8:05 PM"),
        ("甲", '@"类"', "甲类"),
        ("甲", "yyyy-m-d;@", "甲"),
        (True, "0%", "TRUE"),
    ],
)
def test_a_cell_reads_as_it_is_shown(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (0.5, "# ?/?"),
        (1e9, "0.00E+00"),
        (5, "[>3]0;0.0"),
        (5, ";;;"),
        (5, "[DBNum1]0"),
        (5e9, '0,,"百万"'),
        (float("inf"), "0%"),
        (time(8, 30), "yyyy-m-d"),
        (timedelta(hours=30), "[h]:mm"),
    ],
)
def test_a_format_that_is_not_known_is_not_guessed(value: Any, number_format: str) -> None:
    assert shown(value, number_format) is None


def made(change: Callable[[Workbook, Any], None], *rows: tuple[Any, ...]) -> bytes:
    """A workbook with our headings and these rows, changed by hand."""
    book = load_workbook(BytesIO(xlsx([HEAD, *rows])))
    assert isinstance(book.active, Worksheet)
    change(book, book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_options_in_percent_and_dates_come_as_on_the_sheet() -> None:
    def formats(_: Workbook, sheet: Any) -> None:
        sheet["D2"].number_format, sheet["E2"].number_format, sheet["F2"].number_format = (
            "0%",
            'm"月"d"日"',
            '"¥"0"元"',
        )

    row = only(made(formats, ("", "单选题", STEM, 0.1, DAY, 200, "A")))
    assert [option.text.zh for option in row.options] == ["10%", "5月1日", "¥200元"]


def test_dates_that_only_chinese_programs_name_are_dates() -> None:
    """Excel in Chinese keeps a typed 5月1日 as the number of a day under format 58, which no file spells out."""
    book = made(
        lambda _, sheet: setattr(sheet["D2"], "number_format", "0.00"), ("", "单选题", STEM, 46143, "乙", "丙", "A")
    )
    parts = parts_of(book)
    styles = parts["xl/styles.xml"]
    assert isinstance(styles, bytes)
    assert b'numFmtId="2"' in styles
    row = only(zipped({**parts, "xl/styles.xml": styles.replace(b'numFmtId="2"', b'numFmtId="58"')}))
    assert row.options[0].text.zh == "5月1日"


def test_a_cell_whose_format_is_not_known_is_named() -> None:
    book = made(
        lambda _, sheet: setattr(sheet["E2"], "number_format", "# ?/?"), ("", "单选题", STEM, "甲", 0.5, "丙", "A")
    )
    (outcome,) = read(book).outcomes
    (reason,) = [one for one in outcome.warnings if one.key == "cell.shown_otherwise"]
    assert (reason.place.cell, reason.facts) == ("Sheet1!E2", {"text": "0.5", "format": "# ?/?"})


def test_what_is_merged_holds_for_every_row_that_it_covers() -> None:
    def merge(_: Workbook, sheet: Any) -> None:
        for column in "AB":
            sheet.merge_cells(f"{column}2:{column}3")

    rows = read(
        made(
            merge,
            ("道路交通违法行为及处罚", "多选题", STEM, *OPTIONS[:3], "AB"),
            ("", "", "夜间会车应当怎样做？", "近光", "远光", "关灯", "AC"),
            ("", "", "高原行车应当注意什么？", "供氧", "鸣笛", "超车", "A"),
        )
    ).rows
    assert [row.chapter for row in rows] == ["violations", "violations", ""]
    assert [row.kind for row in rows] == [Kind.MULTIPLE, Kind.MULTIPLE, Kind.SINGLE]


def test_a_hidden_row_is_taken_with_a_warning_and_a_hidden_sheet_is_named() -> None:
    def hide(book: Workbook, sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        other = book.create_sheet("隐藏的题")
        for row in (HEAD, ("", "单选题", "隐藏页里的题怎样做？", "甲", "乙", "丙", "A")):
            other.append(row)
        other.sheet_state = "hidden"

    book = made(hide, ("", "单选题", STEM, *OPTIONS[:3], "A"))
    report = read(book)
    assert [warnings(outcome) for outcome in report.outcomes] == [{"row.hidden"}]
    assert [(reason.key, reason.place.cell) for reason in report.passed_over] == [("table.hidden_sheet", "隐藏的题")]
    chosen = read(book, mapping=ColumnMapping(sheets=("隐藏的题",)))
    assert [row.stem.zh for row in chosen.rows] == ["隐藏页里的题怎样做？"]


def two_sheets() -> bytes:
    return xlsx(
        [("题库",), ("甲", STEM, *OPTIONS[:3], "1"), ("乙", f"{STEM}再答。", *OPTIONS[:3], "2")],
        多选题=[("题目", "A", "B", "C", "答案"), ("以下正确的有？", "一", "二", "三", "AB")],
    )


def test_each_sheet_has_columns_of_its_own() -> None:
    mine = SheetColumns({1: "zh", 2: "a_zh", 3: "b_zh", 4: "c_zh", 5: "key"}, 1)
    report = read(two_sheets(), mapping=ColumnMapping(by_sheet={"Sheet1": mine}, keys=KeyStyle.FROM_ONE))
    assert [_asked(outcome) for outcome in report.outcomes] == [
        (STEM, {"a"}),
        (f"{STEM}再答。", {"b"}),
        ("以下正确的有？", {"a", "b"}),
    ]


def _asked(outcome: Outcome) -> tuple[str, set[str]]:
    assert outcome.row is not None, outcome.refusals
    return outcome.row.stem.zh, set(outcome.row.key)


def test_a_cell_that_shows_an_error_or_a_formula_without_a_value_refuses_its_question() -> None:
    """Programs that write workbooks without calculating leave a formula without its value: the option would be missing."""
    book = made(
        lambda *_: None,
        ("", "单选题", STEM, "甲", "乙", "丙", "A"),
        ("", "单选题", "再问一次？", "甲", "乙", "#REF!", "A"),
    )
    parts = parts_of(book)
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    cells = [cell for cell in sheet.split(b"<c ") if b'r="F2"' in cell]
    assert len(cells) == 1
    bare = sheet.replace(b"<c " + cells[0], b'<c r="F2"><f>A1</f><v></v></c>' + cells[0].partition(b"</c>")[2])
    assert refusals(zipped({**parts, "xl/worksheets/sheet1.xml": bare})) == [
        "cell.no_value",
        "options.too_few",
        "cell.error",
    ]
    empty = sheet.replace(
        b"<c " + cells[0], b'<c r="F2" t="str"><f>IF(1,"")</f><v></v></c>' + cells[0].partition(b"</c>")[2]
    )
    assert "cell.no_value" not in refusals(zipped({**parts, "xl/worksheets/sheet1.xml": empty}))
