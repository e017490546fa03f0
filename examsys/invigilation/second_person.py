"""What an examiner may not do alone: extra minutes, a second move, reopening. Asked of the supervision post, or done and a signature owed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from ..accounts.service import installation, policy_of, record
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor, check_second_person
from ..domain.attempt import State
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..exam import conduct, seating
from .sessions import OPEN, Sitting, attempt_in, free_seats, said, session_for

MOST_MINUTES = 60
_FACTS = "request_id, session_id, attempt_id, kind, value, reason, asked_by, at_once, deadline, at"
REQUESTED = {
    "extra": EntryKind.EXAM_TIME_REQUESTED,
    "move": EntryKind.SEAT_MOVE_REQUESTED,
    "reopen": EntryKind.EXAM_REOPEN_REQUESTED,
}
REFUSED = {
    "extra": EntryKind.EXAM_TIME_REFUSED,
    "move": EntryKind.SEAT_MOVE_REFUSED,
    "reopen": EntryKind.EXAM_REOPEN_REFUSED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the supervision post, with its decision if there is one."""

    request_id: str
    session_id: str
    attempt_id: str
    kind: str
    value: str
    reason: str
    asked_by: str
    at_once: bool
    deadline: str
    at: str
    granted: bool | None
    decided_by: str | None
    why: str | None

    @property
    def overdue(self) -> bool:
        """Whether the second signature is owed past its deadline."""
        return self.at_once and self.granted is None and rfc3339(now().wall) > self.deadline


_ASKED = (
    f"SELECT {', '.join('q.' + name for name in _FACTS.split(', '))}, d.granted, d.decided_by, d.reason"
    " FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id"
)


def requests(session_ids: Sequence[str]) -> list[Asked]:
    """The requests of these sessions, oldest first."""
    marks = ", ".join("?" * len(session_ids))
    with here().reading() as raw:
        rows = raw.all(f"{_ASKED} WHERE q.session_id IN ({marks or 'NULL'}) ORDER BY q.request_id", *session_ids)
    return [Asked(*row) for row in rows]


def note_overdue() -> int:
    """An entry, once, for each second signature that is owed past its deadline; returns how many were written."""
    site_id, moment = installation().site_id, rfc3339(now().wall)
    with here().reading() as raw:
        rows = raw.all(
            "SELECT q.request_id, q.attempt_id FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id"
            " LEFT JOIN overdue o ON o.site_id = q.site_id AND o.request_id = q.request_id"
            " WHERE q.site_id = ? AND q.at_once = ? AND q.deadline < ? AND d.request_id IS NULL AND o.request_id IS NULL",
            *(site_id, True, moment),
        )

    def work(request_id: str, attempt_id: str, raw: Raw) -> None:
        raw.run("INSERT INTO overdue (site_id, request_id) VALUES (?, ?)", site_id, request_id)
        record(EntryKind.EXAM_SIGNATURE_OVERDUE, about=attempt_id, data={"request": request_id}, raw=raw)

    for request_id, attempt_id in rows:
        append(partial(work, request_id, attempt_id))
    return len(rows)


def request_for(request_id: str, actor: Actor) -> tuple[Asked, Sitting]:
    """One request with its session, within the post's reach. RuleBroken('request.unknown') for any other."""
    with here().reading() as raw:
        row = raw.one(f"{_ASKED} WHERE q.site_id = ? AND q.request_id = ?", installation().site_id, request_id)
    if row is None:
        raise RuleBroken("request.unknown")
    asked = Asked(*row)
    try:
        return asked, session_for(asked.session_id, actor)
    except RuleBroken:
        raise RuleBroken("request.unknown") from None


def ask(session_id: str, attempt_id: str, kind: str, value: str, reason: str, at_once: bool, actor: Actor) -> str:
    """Ask for minutes, a second move or reopening; `at_once`: done now, a second signature owed by a deadline.

    RuleBroken('request.bad_kind', 'request.bad_minutes', 'seat.taken', 'reason.missing', 'attempt.closed', 'attempt.not_closed').
    """
    found = attempt_in(session_id, attempt_id, actor)
    _check_asked(found, attempt_id, kind, value)
    hours = policy_of(found.day).value("second_signature.deadline_hours")
    moment, request_id, why = now().wall, new_id(), said(reason)
    deadline = rfc3339(moment + timedelta(hours=hours))
    values = (request_id, session_id, attempt_id, kind, value, why, actor.person, at_once, deadline, rfc3339(moment))

    def work(raw: Raw) -> None:
        marks = ", ".join("?" * (1 + len(values)))
        raw.run(f"INSERT INTO request (site_id, {_FACTS}) VALUES ({marks})", installation().site_id, *values)
        data = {"request": request_id, "value": value, "reason": why, "at_once": at_once, "deadline": deadline}
        record(REQUESTED[kind], actor, about=attempt_id, data=data, raw=raw)
        if at_once:
            _carry_out(kind, attempt_id, value, why, actor)
            conduct.owe_signature(attempt_id, True, raw)
            owed = {"request": request_id, "deadline": deadline}
            record(EntryKind.EXAM_SIGNATURE_OWED, actor, about=attempt_id, data=owed, raw=raw)

    _together(work)
    return request_id


def _check_asked(found: Sitting, attempt_id: str, kind: str, value: str) -> None:
    if kind not in REQUESTED:
        raise RuleBroken("request.bad_kind")
    if kind == "extra" and not (value.isascii() and value.isdigit() and 1 <= int(value) <= MOST_MINUTES):
        raise RuleBroken("request.bad_minutes", most=MOST_MINUTES)
    rows = seating.board(found.session_id)
    closed = any(row.attempt_id == attempt_id and row.state == State.CLOSED for row in rows)
    if kind == "reopen" and not closed:
        raise RuleBroken("attempt.not_closed")
    if kind != "reopen" and closed:
        raise RuleBroken("attempt.closed")
    if kind == "move":
        _check_seat(found, value)


def _check_seat(found: Sitting, seat: str) -> None:
    if seat not in free_seats(found):
        raise RuleBroken("seat.taken")


def decide(request_id: str, granted: bool, reason: str, actor: Actor) -> None:
    """The supervision post grants or refuses. RuleBroken('request.unknown', 'request.decided', 'access.same_person', 'reason.missing')."""
    asked, found = request_for(request_id, actor)
    check_second_person(asked.asked_by, actor.person)
    why = said(reason)
    if granted and not asked.at_once:
        if found.state != OPEN:
            raise RuleBroken("session.wrong_state")
        if asked.kind == "move":
            _check_seat(found, asked.value)
    values = (installation().site_id, request_id, granted, why, actor.person, rfc3339(now().wall))

    def work(raw: Raw) -> None:
        if raw.one("SELECT 1 FROM decision WHERE site_id = ? AND request_id = ?", *values[:2]):
            raise RuleBroken("request.decided")
        raw.run(
            "INSERT INTO decision (site_id, request_id, granted, reason, decided_by, at) VALUES (?, ?, ?, ?, ?, ?)",
            *values,
        )
        data = {"request": request_id, "reason": why}
        if not granted:
            record(REFUSED[asked.kind], actor, about=asked.attempt_id, data=data, raw=raw)
            return
        record(EntryKind.EXAM_SIGNATURE_GIVEN, actor, about=asked.attempt_id, data=data, raw=raw)
        if asked.at_once:
            conduct.owe_signature(asked.attempt_id, _still_owed(asked.attempt_id, raw), raw)
        else:
            _carry_out(asked.kind, asked.attempt_id, asked.value, asked.reason, actor)

    _together(work)


def _still_owed(attempt_id: str, raw: Raw) -> bool:
    """Whether anything done at once to this attempt has no second signature, or was refused one."""
    return (
        raw.one(
            "SELECT 1 FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id AND d.granted = ?"
            " WHERE q.attempt_id = ? AND q.at_once = ? AND d.request_id IS NULL LIMIT 1",
            *(True, attempt_id, True),
        )
        is not None
    )


def _together(work: Callable[[Raw], None]) -> None:
    """One use case's writes in one transaction, also those of the exam's own service that it calls."""
    with here().transaction():
        work(here().current())


def _carry_out(kind: str, attempt_id: str, value: str, reason: str, actor: Actor) -> None:
    if kind == "extra":
        conduct.add_time(attempt_id, int(value), reason, actor)
    elif kind == "move":
        conduct.move_seat(attempt_id, value, reason, actor)
    else:
        conduct.reopen(attempt_id, reason, actor)
