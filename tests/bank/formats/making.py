"""Files as people make them, for the tests of import and export; `read` also holds what is true of every report."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from examsys.bank.formats.exchange import Choice, Outcome, Report, Row
from examsys.bank.formats.reading import read_file
from examsys.bank.formats.reasons import said
from examsys.domain.bank import Kind, Source, Text

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#c00"/></svg>'
SVG_2 = SVG.replace(b"#c00", b"#00c")
SVG_3 = SVG.replace(b"#c00", b"#0c0")
STEM, STEM_BO = "遇到停车让行标志应当怎样做？", "བཀག་ནས་ལམ་སྤྲོད་པའི་མཚོན་རྟགས་ལ་ཐུག་ན་ཇི་ལྟར་བྱེད་དགོས་སམ།"
OPTIONS = ("停车让行", "鸣喇叭", "加速通过", "掉头")
OPTIONS_BO = ("བཀག་ནས་ལམ་སྤྲོད།", "བརྡ་དུང་གཏོང་།", "མྱུར་དུ་བརྒྱུད།", "ཕྱིར་འཁོར།")


def png(colour: int = 0, wide: int = 1, high: int = 1) -> bytes:
    """A picture of one dot, or one that says it has more."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def xlsx(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with one sheet, or more by name."""
    book = Workbook()
    for number, (name, cells) in enumerate({"Sheet1": rows, **sheets}.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in cells:
            sheet.append(list(row))  # type: ignore[attr-defined]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A package of these files."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def read(content: bytes | str, **how: Any) -> Report:
    """The report of a file; in = taken + refused, and every reason has a place and a sentence in both languages."""
    report = read_file("f", content.encode() if isinstance(content, str) else content, **how)
    counts = report.counts
    assert counts["in"] == counts["taken"] + counts["taken_with_warnings"] + counts["refused"] == len(report.outcomes)
    assert len(report.rows) == counts["in"] - counts["refused"]
    for outcome in report.outcomes:
        assert (outcome.row is None) == bool(outcome.refusals)
        assert outcome.place.row >= 1
    every = [reason for outcome in report.outcomes for reason in (*outcome.warnings, *outcome.refusals)]
    for reason in [*every, *report.faults, *report.passed_over]:
        assert reason.place.file == "f"
        assert said(reason, "en") != said(reason, "zh")
    assert not (report.faults and report.outcomes)
    assert report.faults or report.outcomes
    return report


def only(content: bytes | str, **how: Any) -> Row:
    """The one row of a file that is taken."""
    report = read(content, **how)
    assert report.faults == ()
    (outcome,) = report.outcomes
    assert outcome.refusals == ()
    assert outcome.row is not None
    return outcome.row


def refusals(content: bytes | str, **how: Any) -> list[str]:
    """Why the rows of a file are refused, in order."""
    return [reason.key for outcome in read(content, **how).outcomes for reason in outcome.refusals]


def warnings(outcome: Outcome) -> set[str]:
    """What is warned of beside what the bank still needs of nearly every file."""
    return {reason.key for reason in outcome.warnings} - {"row.incomplete"}


def fault(content: bytes | str, **how: Any) -> str:
    """Why a file as a whole is not taken."""
    (reason,) = read(content, **how).faults
    return reason.key


def single(**changes: Any) -> Row:
    """A row in both languages with everything but a picture."""
    fields: dict[str, Any] = {
        "kind": Kind.SINGLE,
        "stem": Text(STEM, STEM_BO),
        "key": frozenset("a"),
        "options": tuple(Choice(i, Text(zh, bo)) for i, zh, bo in zip("abcd", OPTIONS, OPTIONS_BO, strict=True)),
        "explanation": Text("见到停车让行标志应当停车。", "མཚོན་རྟགས་མཐོང་ན་འཁོར་ལོ་བཀག་དགོས།"),
        "subject": "subject1",
        "chapter": "road_rules",
        "families": ("car", "moto"),
        "difficulty": 2,
        "sources": (Source("道路交通安全法", "第四十七条"),),
        "id": "s1-road-002",
    }
    return Row(**{**fields, **changes})


def judge(**changes: Any) -> Row:
    """A judge question that is wrong."""
    fields: dict[str, Any] = {
        "kind": Kind.JUDGE,
        "stem": Text("没有中心线的城市道路，最高时速为50公里。", "དཀྱིལ་ཐིག་མེད་པའི་གྲོང་ཁྱེར་ལམ་གཞུང་དུ་ཆུ་ཚོད་རེར་སྤྱི་ལེ་50ཡིན།"),
        "key": frozenset(["wrong"]),
        "options": (),
        "id": "s1-road-001",
    }
    return single(**{**fields, **changes})
