"""The door for files: told apart by their content, read, examined question by question. Nothing is kept here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .aiken import looks_like_aiken, read_aiken
from .delimited import decoded, read_csv
from .drafts import Found
from .duplicates import without_duplicates
from .examine import examine
from .excel import read_excel
from .exchange import LIMITS, NO_MEDIA, FileKind, Limits, Outcome, Place, Progress, Refused, Report, Row
from .gift import looks_like_gift, read_gift
from .moodle import read_moodle
from .others_json import read_table
from .own_json import is_own, parse_json, read_own
from .packages import open_package
from .pictures import beside, is_picture_name, type_of
from .qti import MANIFEST, draft_of, read_package, version_of
from .tables import ColumnMapping, Table, drafts_of, guess_mapping
from .xml import local, parse_xml

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_OFFICE = {
    "word/document.xml": "file.word",
    "ppt/presentation.xml": "file.presentation",
    "xl/workbook.bin": "file.binary_workbook",
    "content.xml": "file.open_document",
}
"""Packages of office programs that hold no table that can be read here, by a part that only they have."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
PREVIEW_ROWS = 15


@dataclass(frozen=True)
class Preview:
    """A table before it is read: its first rows, and what its headings suggest; for the page that maps columns."""

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    guess: ColumnMapping | None
    visible: bool = True


@dataclass
class _Opened:
    """A file told apart: tables still to be read by a mapping, or drafts; the pictures that came with it."""

    kind: FileKind
    found: Found
    tables: Sequence[Table] = ()


def read_file(
    file: str,
    content: bytes,
    *,
    mapping: ColumnMapping | None = None,
    existing: Sequence[Row] = (),
    shelf: Mapping[str, bytes] = NO_MEDIA,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Report:
    """What an import of this file would do. `file` only names it in reasons; its type is told by the content.

    `mapping` is for tables of others; `existing` are the questions that the bank has, `shelf` its pictures by name, which
    a file may use without bringing them. Raises nothing that the file could cause: see `Report.faults`.
    """
    kind: FileKind | None = None
    mapping = mapping or ColumnMapping()
    try:
        opened = _opened(file, content, limits, progress)
        kind = opened.kind
        found = opened.found
        if opened.tables:
            read = drafts_of(file, opened.tables, mapping, limits, progress)
            found.drafts, found.passed_over = read.drafts, [*found.passed_over, *read.passed_over]
        if not found.drafts:
            raise Refused("file.no_questions")
    except Refused as broken:
        return Report(file, kind, faults=(broken.reason(file),))
    outcomes: list[Outcome] = []
    media = {**shelf, **found.media}
    for number, draft in enumerate(found.drafts, start=1):
        outcomes.append(examine(draft, media, mapping.keys, limits))
        if progress and (number % 50 == 0 or number == len(found.drafts)):
            progress(number, len(found.drafts))
    return Report(file, kind, tuple(without_duplicates(outcomes, existing)), (), tuple(found.passed_over))


def preview_tables(file: str, content: bytes, limits: Limits = LIMITS) -> tuple[Preview, ...]:
    """The tables of a file with a guess of their mapping; none for formats that need no mapping. Raises Refused."""
    return tuple(
        Preview(table.name, tuple(map(tuple, table.rows[:PREVIEW_ROWS])), guess_mapping(table), table.visible)
        for table in _opened(file, content, limits, None).tables
    )


def _opened(file: str, content: bytes, limits: Limits, progress: Progress | None) -> _Opened:
    if len(content) > limits.file:
        raise Refused("file.too_large", most=str(limits.file))
    if not content.strip():
        raise Refused("file.empty")
    if content.startswith(_OLE):
        raise Refused("file.old_office")
    if content.startswith(_ZIP):
        return _of_package(file, content, limits, progress)
    if content.startswith(b"%PDF") or type_of(content) in ("png", "jpg", "gif", "webp"):
        raise Refused("file.unknown_type")
    return _of_text(file, decoded(content), limits)


def _of_package(file: str, content: bytes, limits: Limits, progress: Progress | None) -> _Opened:
    """A workbook, a QTI package, or any other file of questions with its pictures."""
    parts = open_package(content, limits)
    if "xl/workbook.xml" in parts:
        return _Opened(FileKind.EXCEL, Found(), read_excel(content, limits, progress))
    for name, key in _OTHER_OFFICE.items():
        if name in parts:
            raise Refused(key)
    manifests = sorted((name for name in parts if name.rpartition("/")[2] == MANIFEST), key=len)
    if manifests:
        root = manifests[0].removesuffix(MANIFEST)
        inside = {name.removeprefix(root): part for name, part in parts.items() if name.startswith(root)}
        kind, found = read_package(file, inside, limits)
        return _Opened(kind, found)
    documents = [name for name in parts if not is_picture_name(name)]
    if len(documents) != 1:
        raise Refused("package.which_file" if documents else "file.no_questions", names=", ".join(documents)[:80])
    document = parts[documents[0]]
    if document.startswith(_ZIP) and "xl/workbook.xml" not in open_package(document, limits):
        raise Refused("package.nested", cell=documents[0])
    opened = _opened(file, document, limits, progress)
    pictures = {name: part for name, part in parts.items() if name != documents[0]}
    opened.found.media = {**beside(pictures), **opened.found.media}
    return opened


def _of_text(file: str, text: str, limits: Limits) -> _Opened:
    begin = text.lstrip()[:1]
    if begin == "<":
        return _of_xml(file, text, limits)
    if begin in ("{", "[") and not _is_gift_line(text):
        values = parse_json(text, limits)
        if is_own(values):
            return _Opened(FileKind.JSON, read_own(file, values, limits))
        return _Opened(FileKind.JSON, Found(), [read_table(values)])
    table, broken = _table_of(text, limits)
    if table is not None and guess_mapping(table) is not None:
        return _Opened(FileKind.CSV, Found(), [table])
    lettered = looks_like_aiken(text, options=True)
    if not lettered and looks_like_gift(text):
        return _Opened(FileKind.GIFT, read_gift(file, text, limits))
    if lettered or looks_like_aiken(text, options=False):
        return _Opened(FileKind.AIKEN, read_aiken(file, text, limits))
    if table is None:
        raise broken or Refused("file.unknown_type")
    return _Opened(FileKind.CSV, Found(), [table])


def _of_xml(file: str, text: str, limits: Limits) -> _Opened:
    root = parse_xml(_DECLARATION.sub("", text, count=1).encode(), "", limits)
    if local(root) == "quiz":
        return _Opened(FileKind.MOODLE, read_moodle(file, root, limits))
    if local(root) == "assessmentitem":
        kind = version_of(str(root.tag)) or FileKind.QTI21
        return _Opened(kind, Found([draft_of(Place(file, 1), root)]))
    if local(root) == "questestinterop":
        raise Refused("file.old_qti")
    raise Refused("file.unknown_type", name=local(root)[:40])


def _table_of(text: str, limits: Limits) -> tuple[Table | None, Refused | None]:
    """The text as a table, or why it is none: another format may have semicolons and quotation marks in its lines too."""
    if not _has_cells(text):
        return None, None
    try:
        return read_csv(text, limits), None
    except Refused as broken:
        return None, broken


def _is_gift_line(text: str) -> bool:
    """GIFT may begin with a bracket too: [html]."""
    return re.match(r"\s*\[(html|moodle|plain|markdown)\]", text) is not None


def _has_cells(text: str) -> bool:
    """Whether the text could be a table: some delimiter stands in most of its first lines."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return any(sum(delimiter in line for line in lines) > len(lines) / 2 for delimiter in (",", ";", "\t"))
