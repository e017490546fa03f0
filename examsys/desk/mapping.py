"""The form that says what somebody else's tables mean: which sheets are read, and for each its headings and its columns."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ..bank.formats.headings import FIELDS
from ..bank.formats.keys import KeyStyle
from ..bank.formats.reading import Preview
from ..bank.formats.tables import ColumnMapping, SheetColumns

_COLUMN: Final = re.compile(r"column\.([0-9]{1,4})\.([0-9]{1,4})")


def mapping_of(form: Mapping[str, str], chosen: Sequence[str], previews: Sequence[Preview]) -> ColumnMapping:
    """What was typed: `column.<sheet>.<column>` and `heading_row.<sheet>`, sheets and columns by number from 0.

    `chosen` are the numbers of the sheets to be read; a sheet of which nothing was said is read by its headings.
    """
    columns: dict[int, dict[int, str]] = {}
    for name, value in form.items():
        named = _COLUMN.fullmatch(name)
        if named and value in FIELDS:
            columns.setdefault(int(named.group(1)), {})[int(named.group(2))] = value
    style = form.get("keys", "")
    return ColumnMapping(
        by_sheet={
            preview.sheet: SheetColumns(columns[number], _number(form.get(f"heading_row.{number}", "")))
            for number, preview in enumerate(previews)
            if number in columns
        },
        sheets=tuple(preview.sheet for number, preview in enumerate(previews) if str(number) in chosen),
        keys=KeyStyle(style) if style in set(KeyStyle) else KeyStyle.WORDS,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
