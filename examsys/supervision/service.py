"""Supervision: searching attempts, looking at one, verifying, exporting. Every viewing is an entry of the log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ..accounts.service import Clear, installation, person, post, reach_of, record
from ..audit import search as log_search
from ..audit.findings import Findings
from ..audit.stream import snapshot
from ..clock import now
from ..db import append
from ..domain.access import Actor
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.identity import mask_id_number
from ..exam import search
from ..exam.search import Found, Graded, Kept, Query
from ..invigilation import service as invigilation
from . import export, spoil
from .replay import frames, paper_of, seats_of
from .report import Report
from .spoil import Spoiled
from .timeline import BEIJING, Bar, Moment, bar_of, moments
from .verification import Progress, verify

PAGE = 50
LOG_PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the search page asks for; empty fields match everything. `name` is only looked for on one `day`."""

    person: str = ""  # an ID number
    name: str = ""
    day: str = ""
    room: str = ""
    examiner: str = ""
    result: str = ""
    subject: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt as the list shows it."""

    found: Found
    name: str
    id_masked: str
    room: str
    examiner: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the search, and what can be chosen in its filters."""

    rows: Sequence[Row]
    page: int
    more: bool
    rooms: Sequence[tuple[str, str]]
    examiners: Sequence[tuple[str, str]]
    name_needs_day: bool


def find(filters: Filters, page: int, actor: Actor) -> Listed:
    """The attempts within the actor's reach that fit. The viewing is logged with the filters' names, never their values."""
    units = reach_of(actor)
    query = Query(
        units, filters.day, filters.room, filters.examiner, filters.result, filters.subject, filters.language, _persons(filters, units)
    )  # fmt: skip
    found = search.search(query, PAGE + 1, page * PAGE)
    rooms = {room[0]: room[2] for room in invigilation.rooms(units)}
    examiners = {post_id: _post_number(post_id) for post_id in search.examiners(units)}
    asked = [name for name in Filters.__slots__ if getattr(filters, name)]
    _note(EntryKind.AUDIT_VIEWED, actor, None, what="list", filters=asked, page=page, found=len(found[:PAGE]))
    rows = [_row(one, rooms, examiners) for one in found[:PAGE]]
    needs_day = bool(filters.name) and not filters.day
    return Listed(rows, page, len(found) > PAGE, sorted(rooms.items()), sorted(examiners.items()), needs_day)


def _persons(filters: Filters, units: frozenset[str]) -> set[str] | None:
    """Whom the search is for: by ID number through the blind index, by name only among those of one day, as names are sealed."""
    wanted: set[str] | None = None
    if filters.person:
        known = search.person_bearing(filters.person)
        wanted = {known} if known else set()
    if filters.name and filters.day and units:
        of_day = search.persons_on(filters.day, units)
        named = {one for one in of_day if _bears(one, filters.name)}
        wanted = named if wanted is None else wanted & named
    return wanted


def _bears(person_id: str, name: str) -> bool:
    known = _clear(person_id)
    return known is not None and name.strip() in (known.name + "\n" + known.name_bo)


def _clear(person_id: str) -> Clear | None:
    try:
        return person(person_id)
    except RuleBroken:  # erased
        return None


def _post_number(post_id: str) -> str:
    try:
        return post(post_id).number
    except RuleBroken:
        return ""


def _row(one: Found, rooms: dict[str, str], examiners: dict[str, str]) -> Row:
    known = _clear(one.person_id)
    return Row(
        one,
        known.name if known else "",
        mask_id_number(known.id_number) if known else "",
        rooms.get(one.room_id, ""),
        examiners.get(one.examiner, ""),
    )


def _note(kind: EntryKind, actor: Actor, about: str | None, **data: Any) -> None:
    append(lambda raw: record(kind, actor, about=about, data=data, raw=raw))


# -- one attempt ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dossier:
    """One attempt with all that its page shows."""

    row: Row
    moments: Sequence[Moment]
    bar: Bar | None
    results: Sequence[Graded]
    letters: dict[int, dict[str, str]]  # position -> option id -> what the paper called it
    report: Report
    others: Sequence[str]
    steps: Sequence[Kept] = field(repr=False, default=())


def look(attempt_id: str, actor: Actor) -> Dossier:
    """One attempt; the viewing is logged. RuleBroken('attempt.unknown') outside the actor's reach."""
    units = reach_of(actor)
    one = search.found(attempt_id, units)
    _note(EntryKind.AUDIT_VIEWED, actor, attempt_id, what="timeline")
    return _dossier(one, units, export.check(one))


def _dossier(one: Found, units: frozenset[str], findings: Findings) -> Dossier:
    steps = search.journal_of(one.attempt_id)
    rooms = {room[0]: room[2] for room in invigilation.rooms(units)}
    log = installation().log
    return Dossier(
        _row(one, rooms, {one.examiner: _post_number(one.examiner)}),
        moments(steps, log_search.entries_about(log, one.attempt_id)),
        bar_of(steps),
        search.results_of(one.attempt_id),
        search.letters(one.attempt_id),
        Report(findings, log.origin),
        [other for other in search.attempts_of_candidate(one.candidate_id) if other != one.attempt_id],
        steps,
    )


def verify_attempt(attempt_id: str, actor: Actor) -> Dossier:
    """Verify one attempt; what came out is an entry."""
    units = reach_of(actor)
    one = search.found(attempt_id, units)
    findings = export.check(one)
    _note(EntryKind.AUDIT_VERIFIED, actor, attempt_id, whole=findings.is_whole)
    return _dossier(one, units, findings)


@dataclass(frozen=True, slots=True)
class Film:
    """What a replay is drawn from."""

    paper: dict[str, Any]
    frames: list[dict[str, Any]]


def replay_of(attempt_id: str, actor: Actor) -> Film:
    """The attempt as pictures; the viewing is logged."""
    one = search.found(attempt_id, reach_of(actor))
    _note(EntryKind.AUDIT_VIEWED, actor, attempt_id, what="replay")
    steps = search.journal_of(attempt_id)
    first = search.first_seat(attempt_id)
    return Film(
        paper_of(one, seats_of(steps, first)),
        frames(steps, search.results_of(attempt_id), first, one.number == 1 and search.is_exam(attempt_id)),
    )


def reachable(attempt_id: str, actor: Actor) -> Row:
    """One attempt's line, without a viewing being logged: for the frame around a replay."""
    units = reach_of(actor)
    one = search.found(attempt_id, units)
    return _row(
        one, {room[0]: room[2] for room in invigilation.rooms(units)}, {one.examiner: _post_number(one.examiner)}
    )


def export_attempt(attempt_id: str, actor: Actor) -> dict[str, Any]:
    """The evidence of an attempt as a document to be checked elsewhere; the export is an entry."""
    one = search.found(attempt_id, reach_of(actor))
    document = export.document_of(one)
    _note(EntryKind.EXPORT_MADE, actor, attempt_id, what="attempt", checkpoints=len(document["checkpoints"]))
    return document


def spoil_copy(attempt_id: str, number: int | None, actor: Actor) -> Spoiled:
    """Spoil one record of a copy and verify the copy; for a demonstration only."""
    search.found(attempt_id, reach_of(actor))
    return spoil.spoil(attempt_id, number)


# -- the log -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogPage:
    """The state of the log, and a page of its entries."""

    origin: str
    vkey: str
    checkpoints: Sequence[log_search.Sealed]
    waiting: int
    age: int | None  # seconds since the newest checkpoint
    entries: Sequence[log_search.EntryRow]
    page: int
    more: bool


def log_page(kind: str, day: str, page: int) -> LogPage:
    """Checkpoints, what waits for the sealer, and entries by kind and day."""
    log = installation().log
    begins, ends = _bounds(day)
    entries = log_search.entries(log, kind, begins, ends, LOG_PAGE + 1, page * LOG_PAGE)
    checkpoints = log_search.checkpoints(log, 10)
    age = (
        int((now().wall - datetime.fromisoformat(checkpoints[0].at.replace("Z", "+00:00"))).total_seconds())
        if checkpoints
        else None
    )
    return LogPage(
        log.origin, log.verifier.vkey(), checkpoints, log_search.waiting(log), age, entries[:LOG_PAGE], page, len(entries) > LOG_PAGE
    )  # fmt: skip


def _bounds(day: str) -> tuple[str, str]:
    try:
        first = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) - BEIJING
    except ValueError:
        return "", ""
    return rfc3339(first), rfc3339(first + timedelta(days=1))


def today() -> str:
    """The present day in Beijing (ISO)."""
    return beijing_day(now().wall).isoformat()


def verify_site(deep: bool = False, against: bytes | None = None, progress: Progress | None = None) -> Report:
    """Verify this whole site. `against`: checkpoints that somebody else kept. `progress` hears (part, rows done)."""
    with snapshot() as raw:
        return verify(installation().log, raw, deep, against, progress)


def verify_log(deep: bool, actor: Actor) -> Report:
    """Verify the site from its page; what came out is an entry."""
    report = verify_site(deep)
    _note(EntryKind.AUDIT_VERIFIED, actor, None, deep=deep, whole=report.is_whole)
    return report
