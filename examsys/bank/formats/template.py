"""Our own Excel workbook: the template that trainers fill in, and the same filled with rows."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from examsys.domain.bank import RIGHT, Kind
from examsys.web.errors import message
from examsys.web.language import text

from .exchange import LETTERS, Row
from .headings import CHAPTERS, DIFFICULTIES, FAMILIES, GUIDE_SHEET, JUDGE_WORDS, KINDS, OWN, SUBJECTS, sources_cell
from .tables import column_name
from .texts import guarded, no_formula

SHEET, LISTS_SHEET = "题目", "选项列表"
_ROOM = 2_000  # rows below the headings that have lists to choose from
_LISTS = {
    "kind": list(KINDS.values()),
    "subject": list(SUBJECTS.values()),
    "chapter": list(CHAPTERS.values()),
    "difficulty": list(DIFFICULTIES.values()),
    "fixed_order": ["是", "否"],
}
_GUIDE = (
    message("One row is one question. The row of headings must stay; rows above it and empty rows are passed over."),
    message("The kind, the stem in Chinese and the answer are needed. Choice questions have 3 to 6 options, without their letters."),
    message("Answer: 正确 or 错误 for a judge question, one letter for single choice (A), two or more for multiple choice (ACD)."),
    message("Tibetan may stay empty; the question then goes to the translator. Where the stem has Tibetan, every option has it."),
    message("Classes: names or licence classes with commas between (小型汽车,客车 or C1,A1)."),
    message("Source: 《law》article, one a line, for example 《道路交通安全法》第四十七条."),
    message("Pictures of the stem: names of files, one a line. An option that is a picture: 图片: and the name of the file."),
    message("Put the workbook and the pictures into one ZIP file; SVG, PNG, JPEG and WebP are taken."),
    message("Leave the number empty for a new question; the number of the bank means: this row replaces that question."),
    message("The import first shows for each row whether it can be taken, and why not. Nothing is kept before you agree."),
)  # fmt: skip
_WIDTHS = {"zh": 48, "bo": 48, "explanation_zh": 40, "explanation_bo": 40, "sources": 34, "chapter": 24, "pictures": 20}


def write_template() -> bytes:
    """The empty template with its sheet of explanations and its lists."""
    return write_workbook(())


def write_workbook(rows: Sequence[Row]) -> bytes:
    """Rows in the template; pictures are named, their bytes are not in it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append(list(OWN.values()))
    for row in rows:
        sheet.append([no_formula(cell) or None for cell in cells_of(row)])
    _dress(sheet)
    guide = book.create_sheet(GUIDE_SHEET)
    guide.column_dimensions["A"].width = 120
    for line in _GUIDE:
        guide.append([text("zh", line)])
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    _add_lists(sheet, lists, len(rows))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(row: Row) -> list[str]:
    """A row in the columns of the template, texts guarded so that reading strips nothing from them."""
    values = {
        "id": row.id,
        "kind": KINDS[row.kind],
        "zh": guarded(row.stem.zh),
        "bo": guarded(row.stem.bo),
        "key": _key(row),
        "explanation_zh": guarded(row.explanation.zh),
        "explanation_bo": guarded(row.explanation.bo),
        "subject": SUBJECTS.get(row.subject, row.subject),
        "chapter": CHAPTERS.get(row.chapter, row.chapter),
        "families": ",".join(FAMILIES.get(family, family) for family in row.families),
        "difficulty": DIFFICULTIES.get(row.difficulty, ""),
        "sources": sources_cell(row.sources),
        "pictures": "\n".join(row.pictures),
        "fixed_order": "是" if row.fixed_order else "",
    }
    values.update(_options(row))
    return [values.get(name, "") for name in OWN]


def _options(row: Row) -> Iterator[tuple[str, str]]:
    for option in row.options:
        if option.picture:
            yield f"{option.id}_zh", f"图片:{option.picture}"
        else:
            yield f"{option.id}_zh", guarded(option.text.zh)
            yield f"{option.id}_bo", guarded(option.text.bo)


def _key(row: Row) -> str:
    if row.kind is Kind.JUDGE:
        return JUDGE_WORDS[0] if RIGHT in row.key else JUDGE_WORDS[1]
    return "".join(letter for letter in LETTERS if letter in row.key).upper()


def _dress(sheet: Worksheet) -> None:
    """Headings that stay in sight, columns that can be read."""
    sheet.freeze_panes = "A2"
    for column, name in enumerate(OWN):
        sheet.column_dimensions[column_name(column)].width = _WIDTHS.get(name, 16)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _add_lists(sheet: Worksheet, lists: Worksheet, count: int) -> None:
    """Columns with few possible values offer them."""
    names = list(OWN)
    for place, (name, values) in enumerate(_LISTS.items()):
        letter = column_name(place)
        for number, value in enumerate(values, start=1):
            lists[f"{letter}{number}"] = value
        rule = DataValidation("list", formula1=f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(values)}", allow_blank=True)
        column = column_name(names.index(name))
        rule.add(f"{column}2:{column}{max(count, _ROOM) + 1}")
        sheet.add_data_validation(rule)
