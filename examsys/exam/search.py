"""Read-only lookups for the auditor: attempts by what was frozen with them, and one attempt's journal, results and paper."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ..accounts.service import installation, person_by_id_number
from ..db import here
from ..domain.attempt import State
from ..domain.bank import Kind
from ..domain.errors import RuleBroken
from .form import LETTERS, form_of

RESULTS = ("passed", "failed", "open")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched by; empty fields match everything. `units` is the reach of who asks, `persons` None for everybody."""

    units: Collection[str]
    day: str = ""
    room: str = ""
    examiner: str = ""
    result: str = ""
    subject: str = ""
    language: str = ""
    persons: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One attempt as a line of the list."""

    attempt_id: str
    candidate_id: str
    number: int
    person_id: str
    session_id: str
    room_id: str
    unit_id: str
    examiner: str
    day: str
    subject: str
    licence_class: str
    profile: str
    at: str
    seat: str
    state: str
    language: str | None
    provisional: bool
    score: int | None
    full_mark: int | None
    passed: bool | None
    results: int


_COLUMNS = (
    "a.attempt_id, a.candidate_id, a.number, a.person_id, a.session_id, a.room_id, a.unit_id, a.examiner, a.day, a.subject,"
    " a.licence_class, a.profile, a.at, l.seat, l.state, l.language, l.provisional, r.score, r.full_mark, r.passed,"
    " (SELECT COUNT(*) FROM result o WHERE o.site_id = a.site_id AND o.attempt_id = a.attempt_id)"
)
_TABLES = (
    " FROM attempt a LEFT JOIN live l ON l.site_id = a.site_id AND l.attempt_id = a.attempt_id"
    " LEFT JOIN result r ON r.site_id = a.site_id AND r.result_id ="
    " (SELECT MAX(n.result_id) FROM result n WHERE n.site_id = a.site_id AND n.attempt_id = a.attempt_id)"
)


def search(query: Query, limit: int, offset: int = 0) -> list[Found]:
    """The attempts that fit, newest first."""
    if not query.units or (query.persons is not None and not query.persons):
        return []
    where, values = _conditions(query)
    sql = f"SELECT {_COLUMNS}{_TABLES} WHERE {where} ORDER BY a.attempt_id DESC LIMIT ? OFFSET ?"
    with here().reading() as raw:
        return [_found(row) for row in raw.all(sql, *values, limit, offset)]


def _conditions(query: Query) -> tuple[str, list[Any]]:
    parts: list[str] = ["a.site_id = ?"]
    values: list[Any] = [installation().site_id]
    for column, wanted in (("unit_id", query.units), ("person_id", query.persons)):
        if wanted is not None:
            parts.append(f"a.{column} IN ({', '.join('?' * len(wanted))})")
            values += sorted(wanted)
    for column, value in (
        ("a.day", query.day),
        ("a.room_id", query.room),
        ("a.examiner", query.examiner),
        ("a.subject", query.subject),
        ("l.language", query.language),
    ):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if query.result == "open":
        parts.append("l.state <> ?")
        values.append(State.CLOSED.value)
    elif query.result in ("passed", "failed"):
        parts.append("l.state = ? AND r.passed = ?")
        values += [State.CLOSED.value, query.result == "passed"]
    return " AND ".join(parts), values


def _found(row: Any) -> Found:
    values = dict(zip(Found.__slots__, row, strict=True))
    values["provisional"] = bool(values["provisional"])
    values["passed"] = None if values["passed"] is None else bool(values["passed"])
    return Found(**values)


def found(attempt_id: str, units: Collection[str]) -> Found:
    """One attempt within these units; RuleBroken('attempt.unknown') for any other."""
    sql = f"SELECT {_COLUMNS}{_TABLES} WHERE a.site_id = ? AND a.attempt_id = ?"
    with here().reading() as raw:
        row = raw.one(sql, installation().site_id, attempt_id)
    if row is None or row[6] not in units:
        raise RuleBroken("attempt.unknown")
    return _found(row)


def person_bearing(id_number: str) -> str | None:
    """The person with an ID number, by the blind index."""
    with here().reading() as raw:
        return person_by_id_number(id_number.strip().upper(), raw)


def persons_on(day: str, units: Collection[str]) -> set[str]:
    """The persons who sat an exam on a day: names are sealed, so a name is looked for among these only."""
    sql = f"SELECT DISTINCT person_id FROM attempt WHERE site_id = ? AND day = ? AND unit_id IN ({', '.join('?' * len(units))})"
    with here().reading() as raw:
        return {row[0] for row in raw.all(sql, installation().site_id, day, *sorted(units))}


def newest_day(units: Collection[str]) -> str | None:
    """The last day on which somebody sat an exam in these units."""
    if not units:
        return None
    sql = f"SELECT MAX(day) FROM attempt WHERE site_id = ? AND unit_id IN ({', '.join('?' * len(units))})"
    with here().reading() as raw:
        day: str | None = raw.one(sql, installation().site_id, *sorted(units))[0]
    return day


def examiners(units: Collection[str]) -> list[str]:
    """The posts that examined in these units."""
    if not units:
        return []
    sql = f"SELECT DISTINCT examiner FROM attempt WHERE site_id = ? AND unit_id IN ({', '.join('?' * len(units))})"
    with here().reading() as raw:
        return [row[0] for row in raw.all(sql, installation().site_id, *sorted(units)) if row[0]]


@dataclass(frozen=True, slots=True)
class Kept:
    """One step of the journal: number, bytes, hash, and what the bytes say (empty where they can't be read)."""

    number: int
    body: bytes
    hash: bytes
    said: dict[str, Any]


def journal_of(attempt_id: str) -> list[Kept]:
    """The whole journal, first to last."""
    sql = "SELECT number, body, hash FROM step WHERE site_id = ? AND attempt_id = ? ORDER BY number"
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id, attempt_id)
    return [Kept(row[0], bytes(row[1]), bytes(row[2]), _value(bytes(row[1]))) for row in rows]


def _value(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


@dataclass(frozen=True, slots=True)
class Graded:
    """One result of an attempt."""

    result_id: str
    before: str | None
    reason: str | None
    head: bytes
    score: int
    full_mark: int
    pass_mark: int
    passed: bool
    at: str


def results_of(attempt_id: str) -> list[Graded]:
    """All results of an attempt, oldest first; the last one counts."""
    sql = (
        "SELECT result_id, before, reason, head, score, full_mark, pass_mark, passed, at FROM result"
        " WHERE site_id = ? AND attempt_id = ? ORDER BY result_id"
    )
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id, attempt_id)
    return [Graded(row[0], row[1], row[2], bytes(row[3]), row[4], row[5], row[6], bool(row[7]), row[8]) for row in rows]


def marks_of(result_id: str) -> dict[int, tuple[str, bool, int]]:
    """By position: the question, whether it was right, and for how many ms it was shown."""
    sql = (
        "SELECT position, question, is_right, shown_ms FROM mark WHERE site_id = ? AND result_id = ? ORDER BY position"
    )
    with here().reading() as raw:
        return {row[0]: (row[1], bool(row[2]), row[3]) for row in raw.all(sql, installation().site_id, result_id)}


def paper_bytes(attempt_id: str) -> bytes:
    """The frozen paper as stored."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT paper FROM attempt WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    return bytes(row[0])


def first_seat(attempt_id: str) -> str:
    """The seat at which an attempt was checked in."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT seat FROM attempt WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    return str(row[0])


def is_exam(attempt_id: str) -> bool:
    """Whether the paper is an exam's, not the short one that only shows the product."""
    return not form_of(installation().site_id, attempt_id).paper.blueprint.demonstration


def letters(attempt_id: str) -> dict[int, dict[str, str]]:
    """By position: what the paper called each option id, A to F or the signs of a judge question."""
    form = form_of(installation().site_id, attempt_id)
    return {
        number: dict(zip(options, "√×" if kind == Kind.JUDGE else LETTERS, strict=False))
        for number, (kind, options) in enumerate(zip(form.kinds, form.options, strict=True), 1)
    }


def attempts_of_candidate(candidate_id: str) -> Sequence[str]:
    """The attempts of one booking, first to last."""
    with here().reading() as raw:
        rows = raw.all(
            "SELECT attempt_id FROM attempt WHERE site_id = ? AND candidate_id = ? ORDER BY number",
            *(installation().site_id, candidate_id),
        )
    return [row[0] for row in rows]
