"""Running an exam room: sessions and rosters, the recorded lots, check-in, and what needs a second person."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..accounts.service import holders, installation, policy_of, post, record, supervisors_of
from ..bank import service as bank
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor, Role, check_second_person
from ..domain.attempt import State
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.lottery import SEED_BYTES, draw_lowest
from ..domain.policy import family_of
from ..domain.seats import seat_label
from ..exam import conduct
from . import lots, roster

PLANNED, MATCHED, OPEN, ENDED = "planned", "matched", "open", "ended"
CODE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as its pages show it."""

    session_id: str
    room_id: str
    unit_id: str
    room: str
    seats: int
    day: str
    number: str
    made_by: str | None
    state: str
    examiner: str | None
    release_id: str | None


_SITTING = (
    "SELECT s.session_id, s.room_id, s.unit_id, r.name_zh, r.seats, s.day, s.number, s.made_by, l.state, l.examiner, l.release_id"
    " FROM session s JOIN session_live l ON l.site_id = s.site_id AND l.session_id = s.session_id"
    " JOIN room r ON r.site_id = s.site_id AND r.room_id = s.room_id"
)


def sitting(session_id: str, reach: frozenset[str] | None = None) -> Sitting:
    """One session, within the units of `reach` if given; RuleBroken('session.unknown') for any other."""
    with here().reading() as raw:
        row = raw.one(f"{_SITTING} WHERE s.session_id = ?", session_id)
    if row is None or (reach is not None and row[2] not in reach):
        raise RuleBroken("session.unknown")
    return Sitting(*row)


def sittings(reach: frozenset[str], day: str | None = None) -> list[Sitting]:
    """The sessions of these units, newest first."""
    with here().reading() as raw:
        rows = raw.all(f"{_SITTING} ORDER BY s.day DESC, s.session_id DESC LIMIT 500")
    return [Sitting(*row) for row in rows if row[2] in reach and (day is None or row[5] == day)]


def rooms(reach: frozenset[str]) -> list[tuple[str, str, str, int]]:
    """Id, unit, name and number of seats of the rooms of these units."""
    with here().reading() as raw:
        rows = raw.all("SELECT room_id, unit_id, name_zh, seats FROM room ORDER BY room_id")
    return [tuple(row) for row in rows if row[1] in reach]


def make_room(unit_id: str, name_zh: str, name_bo: str, seats: int) -> str:
    """Add an exam room; returns its id."""
    room_id = new_id()
    values = (installation().site_id, room_id, unit_id, name_zh, name_bo, seats)
    append(
        lambda raw: (
            raw.run(
                "INSERT INTO room (site_id, room_id, unit_id, name_zh, name_bo, seats) VALUES (?, ?, ?, ?, ?, ?)",
                *values,
            )
            and None
        )
    )
    return room_id


# -- the acceptance post -------------------------------------------------------------------------------------


def create_session(room_id: str, day: str, actor: Actor) -> str:
    """A session in a room on a day (ISO). RuleBroken('room.unknown')."""
    site_id, session_id, moment = installation().site_id, new_id(), rfc3339(now().wall)
    with here().reading() as raw:
        room = raw.one("SELECT unit_id FROM room WHERE site_id = ? AND room_id = ?", site_id, room_id)
    if room is None:
        raise RuleBroken("room.unknown")
    number = f"{day.replace('-', '')}-{session_id[-4:].upper()}"

    def work(raw: Raw) -> str:
        raw.run(
            "INSERT INTO session (site_id, session_id, room_id, unit_id, day, number, made_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(site_id, session_id, room_id, room[0], day, number, actor.person, moment),
        )
        raw.run("INSERT INTO session_live (site_id, session_id, state) VALUES (?, ?, ?)", site_id, session_id, PLANNED)
        record(
            EntryKind.SESSION_CREATE,
            actor,
            about=session_id,
            data={"room": room_id, "day": day, "number": number},
            raw=raw,
        )
        return session_id

    created: str = append(work)
    return created


def import_roster(session_id: str, content: bytes, actor: Actor) -> roster.Report:
    """Take a roster (CSV) whole or not at all; the report has a row for each line. RuleBroken('session.not_planned')."""
    found = sitting(session_id)
    if found.state not in (PLANNED, MATCHED):
        raise RuleBroken("session.not_planned")
    report = roster.read(content, room=found.seats - len(conduct.bookings(session_id)), policy=policy_of(found.day))
    if report.refused:
        append(
            lambda raw: record(EntryKind.SESSION_ROSTER_REFUSED, actor, about=session_id, data=report.counts, raw=raw)
        )
        return report
    roster.keep(session_id, report.rows, actor)
    return report


def match_examiner(session_id: str, actor: Actor) -> str:
    """Draw the session's examiner from all who hold that post in the unit that supervises the room (Order 162, Art. 48).

    Recorded so that anybody can redo it. Returns the post id. RuleBroken('session.no_examiner', 'session.not_planned').
    """
    found = sitting(session_id)
    if found.state != PLANNED:
        raise RuleBroken("session.not_planned")
    names = [holder.post_id for holder in holders(Role.EXAMINER, supervisors_of(found.unit_id))]
    if not names:
        raise RuleBroken("session.no_examiner")
    seed = secrets.token_bytes(SEED_BYTES)
    (chosen,) = draw_lowest(seed, "examiner", names, 1)

    def work(raw: Raw) -> None:
        lot = lots.keep(raw, "examiner", session_id, seed, names, [chosen])
        _live(raw, session_id, state=MATCHED, examiner=chosen)
        record(
            EntryKind.SESSION_EXAMINER_DRAWN,
            actor,
            about=session_id,
            data={"lot": lot, "examiner": chosen, "names": len(names)},
            raw=raw,
        )

    append(work)
    return chosen


def _live(raw: Raw, session_id: str, **columns: Any) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    raw.run(
        f"UPDATE session_live SET {names} WHERE site_id = ? AND session_id = ?",
        *columns.values(),
        installation().site_id,
        session_id,
    )


# -- the examiner --------------------------------------------------------------------------------------------


def own_session(session_id: str, actor: Actor, *states: str) -> Sitting:
    """A session that this examiner was matched with. RuleBroken('session.unknown') for anybody else's, 'session.wrong_state'."""
    found = sitting(session_id)
    if found.examiner is None or found.examiner != actor.post:
        raise RuleBroken("session.unknown")
    if states and found.state not in states:
        raise RuleBroken("session.wrong_state")
    return found


def check_formal(release_id: str, subject: str) -> None:
    """A formal site opens no session on Tibetan that nobody released or that no approval covers. RuleBroken('bank.not_released', ...)."""
    place = installation()
    policy = policy_of(beijing_day(now().wall).isoformat())
    if not policy.switch("extra_requires_approval"):
        return
    missing = bank.unreleased(release_id, subject, "bo")
    if missing:
        raise RuleBroken(
            "bank.not_released", count=len(missing), first=", ".join(missing[:5]), profile=place.site.profile
        )
    if not policy.values.get("approval_of_tibetan_papers"):
        raise RuleBroken("policy.no_approval")


def take_over(session_id: str, actor: Actor) -> None:
    """The matched examiner takes the session over: from now on it draws from one release. RuleBroken names what is missing."""
    found = own_session(session_id, actor, MATCHED)
    release_id, _ = bank.newest_release()
    for subject in {booking.subject for booking in conduct.bookings(session_id)}:
        check_formal(release_id, subject)

    def work(raw: Raw) -> None:
        _live(raw, session_id, state=OPEN, release_id=release_id)
        record(
            EntryKind.SESSION_TAKEN_OVER,
            actor,
            about=session_id,
            data={"release": release_id, "room": found.room_id},
            raw=raw,
        )

    append(work)


@dataclass(frozen=True, slots=True)
class Admission:
    """What a check-in gives: the attempt, the seat by lot, and the code that is shown once and kept only as an HMAC."""

    attempt_id: str
    seat: str
    code: str


def check_in(session_id: str, candidate_id: str, actor: Actor, blueprint: str | None = None) -> Admission:
    """核验签到: draw and freeze the paper, give a seat by lot and an 8-digit code.

    RuleBroken('candidate.unknown', 'candidate.checked_in', 'session.full', 'paper.cell_missing').
    """
    found = own_session(session_id, actor, OPEN)
    candidate = conduct.booking(candidate_id)
    if candidate.session_id != session_id or found.release_id is None:
        raise RuleBroken("candidate.unknown")
    if conduct.attempts_of(candidate_id):
        raise RuleBroken("candidate.checked_in")
    policy = policy_of(found.day)
    name = blueprint or bank.blueprint_for(candidate.subject, family_of(policy, candidate.licence_class)).name
    paper = conduct.draw(found.release_id, name)
    seat = _seat_by_lot(found, actor)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    place = conduct.Place(session_id, found.room_id, found.unit_id, found.examiner or "", seat)
    attempt_id = conduct.enter(candidate, place, paper, found.release_id, policy.version, code, actor)
    return Admission(attempt_id, seat, code)


def free_seats(found: Sitting) -> list[str]:
    """The seats of a session that nobody sits at."""
    taken = {row.seat for row in conduct.board(found.session_id) if row.state != State.CLOSED}
    return [seat_label(number) for number in range(1, found.seats + 1) if seat_label(number) not in taken]


def _seat_by_lot(found: Sitting, actor: Actor) -> str:
    free = free_seats(found)
    if not free:
        raise RuleBroken("session.full")
    seed = secrets.token_bytes(SEED_BYTES)
    (seat,) = draw_lowest(seed, "seat", free, 1)

    def work(raw: Raw) -> None:
        lot = lots.keep(raw, "seat", found.session_id, seed, free, [seat])
        record(EntryKind.SEAT_ASSIGNED, actor, about=found.session_id, data={"lot": lot, "seat": seat}, raw=raw)

    append(work)
    return seat


def attempt_in(session_id: str, attempt_id: str, actor: Actor) -> None:
    """Whether an attempt belongs to this examiner's open session; RuleBroken('attempt.unknown')."""
    own_session(session_id, actor, OPEN)
    if conduct.place_of(attempt_id).session_id != session_id:
        raise RuleBroken("attempt.unknown")


def release_all(session_id: str, actor: Actor) -> int:
    """Release everybody who waits; returns how many."""
    own_session(session_id, actor, OPEN)
    waiting = [row.attempt_id for row in conduct.board(session_id) if row.state == State.WAITING]
    for attempt_id in waiting:
        conduct.release(attempt_id, actor)
    return len(waiting)


def pause_all(session_id: str, reason: str, actor: Actor) -> int:
    """Stop everybody's clock, as in a power cut; returns how many ran."""
    own_session(session_id, actor, OPEN)
    running = [row.attempt_id for row in conduct.board(session_id) if row.state == State.RUNNING]
    append(
        lambda raw: record(
            EntryKind.SESSION_PAUSE, actor, about=session_id, data={"reason": reason, "running": len(running)}, raw=raw
        )
    )
    for attempt_id in running:
        conduct.pause(attempt_id, reason, actor)
    return len(running)


def resume_all(session_id: str, actor: Actor) -> int:
    """Let everybody's clock run again; returns how many stood."""
    own_session(session_id, actor, OPEN)
    standing = [row.attempt_id for row in conduct.board(session_id) if row.state == State.PAUSED]
    append(
        lambda raw: record(EntryKind.SESSION_RESUME, actor, about=session_id, data={"paused": len(standing)}, raw=raw)
    )
    for attempt_id in standing:
        conduct.resume(attempt_id, actor)
    return len(standing)


def release_makeup(session_id: str, attempt_id: str, actor: Actor) -> str:
    """Release the make-up that a candidate asked for; returns the new attempt."""
    attempt_in(session_id, attempt_id, actor)
    found = sitting(session_id)
    return conduct.make_up(attempt_id, policy_of(found.day).version, found.release_id or "", actor)


def end_session(session_id: str, reason: str, actor: Actor) -> None:
    """End the session: whoever still sits is closed; nothing of it can be changed any more."""
    own_session(session_id, actor, OPEN)
    for row in conduct.board(session_id):
        if row.state != State.CLOSED:
            conduct.end(row.attempt_id, reason, actor)

    def work(raw: Raw) -> None:
        _live(raw, session_id, state=ENDED)
        record(EntryKind.SESSION_END, actor, about=session_id, data={"reason": reason}, raw=raw)

    append(work)


# -- what needs a second person ------------------------------------------------------------------------------


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


_ASKED = (
    "SELECT q.request_id, q.session_id, q.attempt_id, q.kind, q.value, q.reason, q.asked_by, q.at_once, q.deadline, q.at, d.granted, d.decided_by"
    " FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id"
)
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


def requests(session_ids: Sequence[str]) -> list[Asked]:
    """The requests of these sessions, oldest first."""
    with here().reading() as raw:
        rows = raw.all(f"{_ASKED} ORDER BY q.request_id")
    wanted = set(session_ids)
    return [Asked(*row) for row in rows if row[1] in wanted]


def move_seat(session_id: str, attempt_id: str, seat: str, reason: str, actor: Actor) -> None:
    """Move a candidate, once; RuleBroken('seat.second_move') after that: it must be asked for."""
    attempt_in(session_id, attempt_id, actor)
    found = sitting(session_id)
    if seat not in free_seats(found):
        raise RuleBroken("seat.taken")
    if conduct.moves_of(attempt_id) >= policy_of(found.day).value("attempts.seat_moves_without_request"):
        raise RuleBroken("seat.second_move")
    conduct.move_seat(attempt_id, seat, reason, actor)


def ask(session_id: str, attempt_id: str, kind: str, value: str, reason: str, at_once: bool, actor: Actor) -> str:
    """Ask the supervision post for minutes, a second move or reopening; `at_once`: done now, a second signature owed by a deadline."""
    attempt_in(session_id, attempt_id, actor)
    if kind not in REQUESTED or not reason.strip():
        raise RuleBroken("request.bad")
    if kind == "extra" and not (value.isdigit() and 1 <= int(value) <= 60):
        raise RuleBroken("request.bad")
    hours = policy_of(sitting(session_id).day).value("second_signature.deadline_hours")
    moment, request_id = now().wall, new_id()
    deadline = rfc3339(moment + timedelta(hours=hours))
    values = (
        installation().site_id,
        request_id,
        session_id,
        attempt_id,
        kind,
        value,
        reason.strip(),
        actor.person,
        at_once,
        deadline,
        rfc3339(moment),
    )

    def work(raw: Raw) -> None:
        raw.run(
            "INSERT INTO request (site_id, request_id, session_id, attempt_id, kind, value, reason, asked_by, at_once, deadline, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *values,
        )
        data = {"request": request_id, "value": value, "reason": reason, "at_once": at_once, "deadline": deadline}
        record(REQUESTED[kind], actor, about=attempt_id, data=data, raw=raw)
        if at_once:
            _carry_out(kind, attempt_id, value, reason, actor)
            conduct.owe_signature(attempt_id, True, raw)
            record(
                EntryKind.EXAM_SIGNATURE_OWED,
                actor,
                about=attempt_id,
                data={"request": request_id, "deadline": deadline},
                raw=raw,
            )

    _together(work)
    return request_id


def decide(request_id: str, granted: bool, reason: str, actor: Actor) -> None:
    """The supervision post grants or refuses. RuleBroken('request.unknown', 'request.decided', 'access.same_person')."""
    with here().reading() as raw:
        row = raw.one(f"{_ASKED} WHERE q.request_id = ?", request_id)
    if row is None:
        raise RuleBroken("request.unknown")
    asked = Asked(*row)
    if asked.granted is not None:
        raise RuleBroken("request.decided")
    check_second_person(asked.asked_by, actor.person)
    values = (installation().site_id, request_id, granted, reason, actor.person, rfc3339(now().wall))

    def work(raw: Raw) -> None:
        raw.run(
            "INSERT INTO decision (site_id, request_id, granted, reason, decided_by, at) VALUES (?, ?, ?, ?, ?, ?)",
            *values,
        )
        if asked.at_once:
            conduct.owe_signature(asked.attempt_id, not granted, raw)
            kind = EntryKind.EXAM_SIGNATURE_GIVEN if granted else REFUSED[asked.kind]
            record(kind, actor, about=asked.attempt_id, data={"request": request_id, "reason": reason}, raw=raw)
        elif granted:
            _carry_out(asked.kind, asked.attempt_id, asked.value, asked.reason, actor)
        else:
            record(
                REFUSED[asked.kind],
                actor,
                about=asked.attempt_id,
                data={"request": request_id, "reason": reason},
                raw=raw,
            )

    _together(work)


def _together(work: Any) -> None:
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


def examiner_number(found: Sitting) -> str:
    """The post number of a session's examiner, which papers print instead of a name."""
    return post(found.examiner).number if found.examiner else ""
