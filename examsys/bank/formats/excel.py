"""Excel workbooks (.xlsx) as tables, and rows as a workbook in our own template.

Read is what cells show: a value by its number format, of a formula the value that the program kept, what is merged in every
row that it covers. Pictures that lie on cells come with the table
(`excel_pictures`). A workbook that is written holds texts only; its pictures travel beside it in a package.
"""

import re
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import from_excel

from .excel_cells import LOCAL_DATES, bare, shown
from .excel_pictures import lay_pictures, sheet_parts
from .exchange import LIMITS, Limits, Progress, Refused
from .packages import open_package
from .tables import Remark, Table

COLUMNS_READ = 200
"""Columns of a sheet that are looked at."""

_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
# What a workbook that is read row by row does not tell: of sheets that are read whole it would, at fifty times the memory.
# Repetitions are bounded: in a comment anything may stand.
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^<>]{0,400}\shidden=["'](?:1|true)["'])[^<>]{0,400}\sr=["'](\d{1,7})["']"""
)
_NO_VALUE = re.compile(  # a formula whose value no program has kept; of one that gives an empty text it is kept (t="str")
    rb"""<(?:\w+:)?c\b(?![^<>]{0,400}\st=["']str["'])[^<>]{0,400}?\sr=["']([A-Z]{1,3}\d{1,7})["'][^<>]{0,400}>\s{0,9}"""
    rb"""<(?:\w+:)?f\b(?:[^<>]{0,400}/>|[^<>]{0,400}>[^<]{0,9000}</(?:\w+:)?f>)\s{0,9}(?:<(?:\w+:)?v\s{0,9}/>|<(?:\w+:)?v>\s{0,9}</(?:\w+:)?v>)?\s{0,9}</(?:\w+:)?c>"""
)
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]{0,400}\sref=["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']""")


def read_excel(content: bytes, limits: Limits = LIMITS, progress: Progress | None = None) -> list[Table]:
    """The sheets as tables, with the pictures that lie on their cells.

    Refused: as `open_package`, and 'xml.entities', 'excel.unreadable', 'file.too_many_rows'.
    """
    parts = open_package(content, limits)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".vml")) and any(word in part.replace(b"\0", b"") for word in _DECLARES):
            raise Refused("xml.entities", cell=name)
    try:
        with catch_warnings():
            simplefilter("ignore")  # of styles and extensions that nobody here needs
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            named = sheet_parts(parts, limits)
            tables = [
                _table(sheet, parts.get(named.get(sheet.title, ""), b""), limits, progress) for sheet in book.worksheets
            ]
            book.close()
    except Refused:
        raise
    except Exception as error:  # the library raises whatever the first damaged part makes of it
        raise Refused("excel.unreadable", problem=str(error)[:80]) from error
    lay_pictures(parts, tables, limits)
    return tables


def _table(sheet: Any, part: bytes, limits: Limits, progress: Progress | None) -> Table:
    """A sheet to its last row and in each row to the last cell that is not empty; what is merged stands in every row."""
    table = Table(sheet.title, [], visible=sheet.sheet_state == "visible")
    sheet.reset_dimensions()  # some programs write a wrong size, and only that part would be read
    filled = 0
    for cells in sheet.iter_rows(max_col=COLUMNS_READ):
        row = [_said(cell, table, (len(table.rows), column)) for column, cell in enumerate(cells)]
        while row and not row[-1]:
            row.pop()
        table.rows.append(row)
        filled += bool(row)
        # One row may be one option: as many rows as options, and some for banners.
        if filled > limits.rows * 7:
            raise Refused("file.too_many_rows", cell=sheet.title, most=str(limits.rows))
        if progress and len(table.rows) % 500 == 0:
            progress(len(table.rows), 0)
    while table.rows and not table.rows[-1]:
        table.rows.pop()
    for name in _NO_VALUE.findall(part):
        table.remarks[_place(name)] = Remark("cell.no_value", refuses=True)
    table.hidden = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(part))
    _fill_merged(table, part)
    return table


def _said(cell: Any, table: Table, place: tuple[int, int]) -> str:
    """A cell as its sheet shows it; where that is not known the value alone, with a remark."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        table.remarks[place] = Remark("cell.error", {"text": str(value)}, refuses=True)
    number_format = cell.number_format or "General"
    local = LOCAL_DATES.get(cell.style_array.numFmtId) if isinstance(value, int | float) else None
    if local and not isinstance(value, bool):
        value, number_format = from_excel(value, cell.parent.parent.epoch), local
    text = shown(value, number_format)
    if text is None:
        text = bare(value)
        table.remarks[place] = Remark("cell.shown_otherwise", {"text": text[:40], "format": number_format[:40]})
    return text


def _fill_merged(table: Table, part: bytes) -> None:
    """Put what stands in a merged cell into every row that it covers and that holds something beside."""
    left = len(table.rows) * COLUMNS_READ  # merged cells do not overlap, so that there are no more
    for first, last in _MERGED.findall(part):
        top, column = _place(first)
        bottom = min(_place(last)[0], len(table.rows) - 1)
        if column >= COLUMNS_READ or top >= len(table.rows) or column >= len(table.rows[top]):
            continue
        left -= bottom - top
        if left < 0:
            raise Refused("excel.unreadable", cell=table.name, problem="mergeCells")
        for number in range(top + 1, bottom + 1):
            row = table.rows[number]
            if any(row):
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or table.rows[top][column]


def _place(cell: bytes) -> tuple[int, int]:
    """Row and column from 0 of a name such as `B12`."""
    column, row = coordinate_from_string(cell.decode())
    return row - 1, column_index_from_string(column) - 1
