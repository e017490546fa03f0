"""Tables as text: comma, semicolon or tab between cells; UTF-8 with or without BOM, UTF-16 with BOM, GB18030 (GBK)."""

import csv
import io
from collections.abc import Iterable, Sequence

from .exchange import LIMITS, Limits, Refused
from .headings import OWN, field_of
from .tables import HEADINGS_WITHIN, Table
from .texts import no_formula

DELIMITERS = (",", ";", "\t")


def decoded(content: bytes) -> str:
    """The text of a file. Refused('file.encoding') where no encoding fits."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("file.encoding")


def read_csv(text: str, limits: Limits = LIMITS) -> Table:
    """The table of a text; rows count records, as a spreadsheet shows them. Refused('csv.unreadable', 'file.too_many_rows').

    Where a quotation mark stands out of place (as in `"注意"标志`), each line is a record and such a line's marks are plain signs.
    """
    delimiter = delimiter_of(text)
    try:
        return Table("", _records(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), limits))
    except csv.Error:
        return Table("", _records((_record(line, delimiter) for line in text.splitlines()), limits))


def _records(rows: Iterable[list[str]], limits: Limits) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        found.append(row)
        if len(found) > limits.rows * 7:
            raise Refused("file.too_many_rows", most=str(limits.rows))
    return found


def _record(line: str, delimiter: str) -> list[str]:
    """The cells of one line; Refused('csv.unreadable') for a cell that is too long."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        try:
            return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
        except csv.Error as error:
            raise Refused("csv.unreadable", row=1, problem=str(error)[:80]) from error


def delimiter_of(text: str) -> str:
    """The delimiter under which the first lines name most of our fields; else the one that gives most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
            rows = [row for row, _ in zip(reader, range(HEADINGS_WITHIN), strict=False)]
        except csv.Error:
            return 0, 0
        known = max((len({field_of(cell) for cell in row} - {None}) for row in rows), default=0)
        return known, sum(len(row) - 1 for row in rows)

    return max(DELIMITERS, key=worth)


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of cells under our headings, in UTF-8 with BOM, so that a spreadsheet program reads the Chinese and Tibetan."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(OWN.values())
    writer.writerows([no_formula(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
