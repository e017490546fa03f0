"""Running an exam room: what the examiner does, and the door to the rest: acceptance.py, second_person.py, sessions.py."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ..accounts import lockout, staff
from ..accounts.service import installation, person, policy_of, record
from ..bank import approvals
from ..bank import service as bank
from ..clock import now
from ..db import Raw, append, here
from ..domain.access import Actor
from ..domain.attempt import State
from ..domain.dates import beijing_day
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.lottery import SEED_BYTES, draw_lowest
from ..domain.policy import family_of
from ..exam import conduct, entering, seating
from . import audio_papers, lots
from .acceptance import create_session as create_session
from .acceptance import import_roster as import_roster
from .acceptance import match_examiner as match_examiner
from .second_person import ask as ask
from .second_person import decide as decide
from .sessions import (
    ENDED,
    MATCHED,
    OPEN,
    Sitting,
    attempt_in,
    change,
    hold,
    own_session,
    said,
)
from .sessions import examiner_number as examiner_number
from .sessions import free_seats as free_seats
from .sessions import make_room as make_room
from .sessions import rooms as rooms
from .sessions import sitting as sitting

CODE_DIGITS = 8
OVERTAKEN = frozenset({"attempt.closed", "attempt.wrong_state", "attempt.not_started"})


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
    if not approvals.is_approved(subject, release_id):
        raise RuleBroken("policy.no_approval", subject=subject, release=bank.release_number(release_id))


def take_over(session_id: str, actor: Actor) -> None:
    """The matched examiner takes the session over: from now on it draws from one release. RuleBroken names what is missing."""
    found = own_session(session_id, actor, MATCHED)
    release_id, _ = bank.newest_release()
    for subject in {booking.subject for booking in entering.bookings(session_id)}:
        check_formal(release_id, subject)

    def work(raw: Raw) -> None:
        if hold(raw, session_id) != MATCHED:
            raise RuleBroken("session.wrong_state")
        change(raw, session_id, state=OPEN, release_id=release_id)
        data = {"release": release_id, "room": found.room_id}
        record(EntryKind.SESSION_TAKEN_OVER, actor, about=session_id, data=data, raw=raw)

    append(work)


@dataclass(frozen=True, slots=True)
class Admission:
    """What a check-in gives: the attempt, the seat by lot, and the code that is shown once and kept only as an HMAC."""

    attempt_id: str
    seat: str
    code: str


def booked_in(session_id: str, candidate_id: str) -> entering.Booking:
    """A candidate of this session; RuleBroken('candidate.unknown') for anybody else."""
    candidate = entering.booking(candidate_id)
    if candidate.session_id != session_id:
        raise RuleBroken("candidate.unknown")
    return candidate


def check_in(session_id: str, candidate_id: str, actor: Actor, blueprint: str | None = None) -> Admission:
    """核验签到, once the examiner has looked at document and person: draw and freeze the paper, give a seat by lot and an 8-digit code.

    RuleBroken('candidate.unknown', 'candidate.checked_in', 'session.full', 'paper.cell_missing', 'audio.not_whole').
    """
    found = own_session(session_id, actor, OPEN)
    candidate = booked_in(session_id, candidate_id)
    if found.release_id is None:
        raise RuleBroken("session.wrong_state")
    policy = policy_of(found.day)
    name = blueprint or bank.blueprint_for(candidate.subject, family_of(policy, candidate.licence_class)).name
    audio_papers.check_whole(found.release_id, name, candidate.dialect)
    paper = entering.draw(found.release_id, name)
    code = _fresh_code()
    # one transaction that holds the session: two check-ins at once neither make two attempts nor share a seat
    with here().transaction():
        raw = here().current()
        if hold(raw, session_id) != OPEN:
            raise RuleBroken("session.wrong_state")
        if entering.attempts_of(candidate_id):
            raise RuleBroken("candidate.checked_in")
        record(EntryKind.CANDIDATE_IDENTITY_CHECKED, actor, about=candidate_id, raw=raw)
        seat = _seat_by_lot(found, actor, raw)
        place = entering.Place(session_id, found.room_id, found.unit_id, found.examiner or "", seat)
        attempt_id = entering.enter(candidate, place, paper, found.release_id, policy.version, code, actor)
    return Admission(attempt_id, seat, code)


def _fresh_code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def new_code(session_id: str, attempt_id: str, actor: Actor) -> Admission:
    """Another code for a candidate who lost the slip; the old one opens nothing any more."""
    attempt_in(session_id, attempt_id, actor)
    code = _fresh_code()
    entering.new_code(attempt_id, code, actor)
    return Admission(attempt_id, seating.seat_of(attempt_id), code)


def note_identity_shown(candidate_id: str, actor: Actor) -> None:
    """An entry for a full ID number that was shown to be compared with a document."""
    append(lambda raw: record(EntryKind.PD_VIEWED, actor, about=candidate_id, data={"why": "check-in"}, raw=raw))


def refuse_identity(session_id: str, candidate_id: str, reason: str, actor: Actor) -> None:
    """The examiner looked and does not check this candidate in. RuleBroken('candidate.checked_in', 'reason.missing')."""
    own_session(session_id, actor, OPEN)
    booked_in(session_id, candidate_id)
    if entering.attempts_of(candidate_id):
        raise RuleBroken("candidate.checked_in")
    data = {"reason": said(reason)}
    append(lambda raw: record(EntryKind.CANDIDATE_IDENTITY_REFUSED, actor, about=candidate_id, data=data, raw=raw))


def _seat_by_lot(found: Sitting, actor: Actor, raw: Raw) -> str:
    free = free_seats(found)
    if not free:
        raise RuleBroken("session.full")
    seed = secrets.token_bytes(SEED_BYTES)
    (seat,) = draw_lowest(seed, "seat", free, 1)
    lot = lots.keep(raw, "seat", found.session_id, seed, free, [seat])
    record(EntryKind.SEAT_ASSIGNED, actor, about=found.session_id, data={"lot": lot, "seat": seat}, raw=raw)
    return seat


def release(session_id: str, attempt_id: str, actor: Actor) -> None:
    """准予开考 for one candidate."""
    attempt_in(session_id, attempt_id, actor)
    conduct.release(attempt_id, actor)


def pause(session_id: str, attempt_id: str, reason: str, actor: Actor) -> None:
    """Stop one candidate's clock."""
    attempt_in(session_id, attempt_id, actor)
    conduct.pause(attempt_id, said(reason), actor)


def resume(session_id: str, attempt_id: str, actor: Actor) -> None:
    """Let one candidate's clock run again."""
    attempt_in(session_id, attempt_id, actor)
    conduct.resume(attempt_id, actor)


def free_seat(session_id: str, attempt_id: str, actor: Actor) -> None:
    """End a terminal's hold, so that the candidate can sign in at another."""
    attempt_in(session_id, attempt_id, actor)
    conduct.free(attempt_id, actor)


def end_attempt(session_id: str, attempt_id: str, reason: str, actor: Actor) -> None:
    """End the exam for one candidate."""
    attempt_in(session_id, attempt_id, actor)
    conduct.end(attempt_id, said(reason), actor)


def unlock_seat(session_id: str, attempt_id: str, actor: Actor) -> None:
    """Forget the failed tries to sign in as this candidate: at an exam seat no lock is lifted by time alone."""
    attempt_in(session_id, attempt_id, actor)
    row = next((row for row in seating.board(session_id) if row.attempt_id == attempt_id), None)
    if row is None:
        raise RuleBroken("attempt.unknown")
    lockout.unlock(staff.id_number_key(person(row.person_id).id_number), actor)


def _each(session_id: str, state: State, act: Callable[[str], None]) -> int:
    """Do an act to every attempt in a state; one that has just moved on by itself is passed over. Returns how many."""
    done = 0
    for row in seating.board(session_id):
        if row.state == state:
            try:
                act(row.attempt_id)
                done += 1
            except RuleBroken as broken:
                if broken.key not in OVERTAKEN:
                    raise
    return done


def release_all(session_id: str, actor: Actor) -> int:
    """Release everybody who waits; returns how many."""
    own_session(session_id, actor, OPEN)
    return _each(session_id, State.WAITING, lambda attempt_id: conduct.release(attempt_id, actor))


def pause_all(session_id: str, reason: str, actor: Actor) -> int:
    """Stop everybody's clock, as in a power cut; returns how many ran."""
    own_session(session_id, actor, OPEN)
    why = said(reason)
    append(lambda raw: record(EntryKind.SESSION_PAUSE, actor, about=session_id, data={"reason": why}, raw=raw))
    return _each(session_id, State.RUNNING, lambda attempt_id: conduct.pause(attempt_id, why, actor))


def resume_all(session_id: str, actor: Actor) -> int:
    """Let everybody's clock run again; returns how many stood."""
    own_session(session_id, actor, OPEN)
    append(lambda raw: record(EntryKind.SESSION_RESUME, actor, about=session_id, raw=raw))
    return _each(session_id, State.PAUSED, lambda attempt_id: conduct.resume(attempt_id, actor))


def move_seat(session_id: str, attempt_id: str, seat: str, reason: str, actor: Actor) -> None:
    """Move a candidate, once; RuleBroken('seat.second_move') after that: it must be asked for."""
    found = attempt_in(session_id, attempt_id, actor)
    if seat not in free_seats(found):
        raise RuleBroken("seat.taken")
    if seating.moves_of(attempt_id) >= policy_of(found.day).value("attempts.seat_moves_without_request"):
        raise RuleBroken("seat.second_move")
    conduct.move_seat(attempt_id, seat, said(reason), actor)


def release_makeup(session_id: str, attempt_id: str, actor: Actor) -> str:
    """Release the make-up that a candidate asked for; returns the new attempt."""
    found = attempt_in(session_id, attempt_id, actor)
    return entering.make_up(attempt_id, policy_of(found.day).version, found.release_id or "", actor)


def end_session(session_id: str, reason: str, actor: Actor) -> None:
    """End the session: whoever still sits is closed; nothing of it can be changed any more."""
    own_session(session_id, actor, OPEN)
    why = said(reason)
    for state in (State.WAITING, State.READY, State.RUNNING, State.PAUSED):
        _each(session_id, state, lambda attempt_id: conduct.end(attempt_id, why, actor))

    def work(raw: Raw) -> None:
        if hold(raw, session_id) != OPEN:
            raise RuleBroken("session.wrong_state")
        change(raw, session_id, state=ENDED)
        record(EntryKind.SESSION_END, actor, about=session_id, data={"reason": why}, raw=raw)

    append(work)
