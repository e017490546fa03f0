"""Excel workbooks (.xlsx) as tables, and rows as a workbook in our own template.

Read is what cells show: of a formula the value that the program kept. Pictures that lie on cells come with the table
(`excel_pictures`). A workbook that is written holds texts only; its pictures travel beside it in a package.
"""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

from .excel_pictures import pictures_of
from .exchange import LIMITS, Limits, Progress, Refused
from .packages import open_package
from .tables import Table

COLUMNS_READ = 200
"""Columns of a sheet that are looked at."""

_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")


def read_excel(
    content: bytes, limits: Limits = LIMITS, progress: Progress | None = None
) -> tuple[list[Table], dict[str, bytes]]:
    """The visible sheets as tables, and the pictures of the workbook by name.

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
            tables = [
                Table(sheet.title, _rows(sheet, limits, progress))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
            book.close()
    except Refused:
        raise
    except Exception as error:  # the library raises whatever the first damaged part makes of it
        raise Refused("excel.unreadable", problem=str(error)[:80]) from error
    return tables, pictures_of(parts, tables, limits)


def _rows(sheet: Any, limits: Limits, progress: Progress | None) -> list[list[str]]:
    """The cells of a sheet as text, to the last row and in each row to the last cell that is not empty."""
    sheet.reset_dimensions()  # some programs write a wrong size, and only that part would be read
    rows: list[list[str]] = []
    filled = 0
    for cells in sheet.iter_rows(max_col=COLUMNS_READ, values_only=True):
        row = [_said(value) for value in cells]
        while row and not row[-1]:
            row.pop()
        rows.append(row)
        filled += bool(row)
        # One row may be one option: as many rows as options, and some for banners.
        if filled > limits.rows * 7:
            raise Refused("file.too_many_rows", cell=sheet.title, most=str(limits.rows))
        if progress and len(rows) % 500 == 0:
            progress(len(rows), 0)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _said(value: object) -> str:
    """A cell's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
