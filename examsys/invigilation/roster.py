"""Rosters: a CSV of candidates, read into a report with a row for each line, taken whole or not at all."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..accounts.service import make_person, person, record
from ..audit.rows import row_digest
from ..db import here
from ..domain.access import Actor
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.identity import id_check_digit, valid_id_number
from ..domain.policy import Policy, family_of
from ..exam import entering, seating

COLUMNS: Final = ("serial", "name", "id_number", "subject", "licence_class", "reason", "school", "language")
HEADINGS: Final[Mapping[str, str]] = {
    "流水号": "serial",
    "姓名": "name",
    "藏文姓名": "name_bo",
    "身份证明号码": "id_number",
    "考试科目": "subject",
    "准驾车型": "licence_class",
    "考试原因": "reason",
    "驾驶培训机构": "school",
    "语言": "language",
    "语音": "dialect",  # of an audio paper; may be left out
}
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "subject": {
        "科目一": "subject1",
        "科目三安全文明驾驶常识": "subject3",
        "subject1": "subject1",
        "subject3": "subject3",
    },
    "reason": {
        "初次申领": "first",
        "增驾": "adding",
        "恢复驾驶资格": "restoration",
        "first": "first",
        "adding": "adding",
        "restoration": "restoration",
    },
    "language": {"藏文": "bo", "汉文": "zh", "藏汉双语": "both", "bo": "bo", "zh": "zh", "both": "both"},
}
MOST_ROWS: Final = 500
LONGEST: Final = 60


@dataclass(slots=True)
class Line:
    """One line of a roster and what is wrong with it: message ids."""

    number: int
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)  # what the words of the faults name


@dataclass(frozen=True, slots=True)
class Report:
    """What an import found: every line, and what is wrong with the file as a whole."""

    rows: Sequence[Line]
    file_faults: Sequence[str] = ()

    @property
    def refused(self) -> bool:
        """Whether anything at all is wrong: then nothing is taken."""
        return bool(self.file_faults) or not self.rows or any(row.faults for row in self.rows)

    @property
    def counts(self) -> dict[str, Any]:
        """How many lines there were and how many are faulty."""
        return {
            "rows": len(self.rows),
            "faulty": sum(bool(row.faults) for row in self.rows),
            "file": list(self.file_faults),
        }


def read(content: bytes, room: int, policy: Policy) -> Report:
    """Read a roster; `room` is how many more candidates the session has seats for."""
    text = _text(content)
    if text is None:
        return Report((), ("roster.encoding",))
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        lines = [_line(number, row) for number, row in enumerate(reader, 2)]
    except csv.Error:
        return Report((), ("roster.not_csv",))
    missing = [
        name
        for name in COLUMNS
        if name not in {HEADINGS.get(heading or "", heading) for heading in reader.fieldnames or ()}
    ]
    if missing:
        return Report((), ("roster.columns",))
    for line in lines:
        line.faults += _faults(line, policy)
    _mark_repeated(lines)
    over = ("roster.too_many",) if len(lines) > min(room, MOST_ROWS) else ()
    return Report(lines, over if lines else ("roster.empty",))


def _text(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _line(number: int, row: Mapping[str | None, Any]) -> Line:
    values = {
        HEADINGS.get(heading, heading): (value or "").strip()
        for heading, value in row.items()
        if isinstance(heading, str) and isinstance(value, str)
    }
    for name, known in VALUES.items():
        values[name] = known.get(values.get(name, ""), values.get(name, ""))
    values["id_number"] = values.get("id_number", "").upper()
    return Line(number, values)


def _faults(line: Line, policy: Policy) -> list[str]:
    values, faults = line.values, []
    if any(len(value) > LONGEST or not _clean(value) for value in values.values()):
        faults.append("roster.signs")
    if not values.get("serial") or not values.get("name"):
        faults.append("roster.empty_cell")
    if not valid_id_number(values.get("id_number", "")):
        faults.append("roster.id_number")
    for name, known in VALUES.items():
        if values.get(name) not in known.values():
            faults.append(f"roster.{name}")
    try:
        family_of(policy, values.get("licence_class", ""))
    except RuleBroken:
        faults.append("roster.licence_class")
    return faults


def _clean(value: str) -> bool:
    """No control characters, no markup: a name is printed as it stands."""
    return value.isprintable() and not set(value) & set("<>{}\\`")


def _mark_repeated(lines: Sequence[Line]) -> None:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        key = (line.values.get("id_number", ""), line.values.get("subject", ""))
        if key in seen:
            line.faults.append("roster.repeated")
        seen.add(key)


def keep(session_id: str, lines: Sequence[Line], actor: Actor) -> list[str]:
    """Write a faultless roster in one transaction; returns the candidates' ids."""
    with here().transaction():
        raw = here().current()
        rows = [
            {
                **line.values,
                "session_id": session_id,
                "person_id": make_person(line.values["id_number"], line.values["name"], line.values.get("name_bo", "")),
            }
            for line in lines
        ]
        ids = entering.book(rows, raw)
        booked = {
            candidate_id: _digest(session_id, candidate_id, row) for candidate_id, row in zip(ids, rows, strict=True)
        }
        data = {"rows": len(rows), "candidates": booked}
        record(EntryKind.SESSION_ROSTER_IMPORTED, actor, about=session_id, data=data, raw=raw)
    return ids


def _digest(session_id: str, candidate_id: str, row: Mapping[str, str]) -> str:
    """What the log vouches for of a candidate: the whole row, by its hash."""
    names = ("person_id", "serial", "subject", "licence_class", "reason", "school", "language")
    values = [row[name] for name in names]
    return row_digest(session_id, candidate_id, *values, *([row["dialect"]] if row.get("dialect") else []))


@dataclass(frozen=True, slots=True)
class Booked:
    """A candidate of a session as its list shows them; `row` is the newest attempt, None before the check-in."""

    booking: entering.Booking
    name: str
    name_bo: str
    id_number: str
    same_name: bool  # another candidate of the session bears this name too
    row: seating.Row | None

    @property
    def attempt_id(self) -> str | None:
        """The newest attempt."""
        return self.row.attempt_id if self.row else None


def booked(session_id: str) -> list[Booked]:
    """Everybody on a session's roster, in its order."""
    rows = {row.candidate_id: row for row in seating.board(session_id)}
    people = [(booking, person(booking.person_id)) for booking in entering.bookings(session_id)]
    names = Counter(clear.name for _, clear in people)
    return [
        Booked(
            booking, clear.name, clear.name_bo, clear.id_number, names[clear.name] > 1, rows.get(booking.candidate_id)
        )
        for booking, clear in people
    ]


def template() -> bytes:
    """An empty roster: the headings that are read, and one line of an invented person that must be replaced."""
    body = "99000019900101001"  # a region that does not exist
    line = [
        "流水号示例",
        "姓名示例",
        "",
        body + id_check_digit(body),
        "科目一",
        "C1",
        "初次申领",
        "驾校示例",
        "藏文",
        "",
    ]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([list(HEADINGS), line])
    return file.getvalue().encode("utf-8-sig")
