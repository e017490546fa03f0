"""What the room does to attempts: enters candidates, releases, pauses, moves, lengthens, reopens; the outage and the closer."""

import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..accounts import logins
from ..accounts.service import commitments, installation, record
from ..audit import service as audit
from ..bank import service as bank
from ..clock import Instant, new_id, now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.attempt import MICROSECONDS, State, Step, Timer, check_move, replay, seconds
from ..domain.bank import content_hash
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.log import canonical
from ..domain.lottery import SEED_BYTES
from ..domain.paper import Paper, draw_paper, frozen
from . import journal, results
from .form import form_of
from .service import admission_index


@dataclass(frozen=True, slots=True)
class Booking:
    """A candidate as the roster has them."""

    candidate_id: str
    person_id: str
    session_id: str
    serial: str
    subject: str
    licence_class: str
    reason: str
    school: str
    language: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where and under whom an attempt is taken; frozen with it."""

    session_id: str
    room_id: str
    unit_id: str
    examiner: str  # post id
    seat: str


_BOOKING = "candidate_id, person_id, session_id, serial, subject, licence_class, reason, school, language"


def book(rows: list[dict[str, Any]], raw: Raw) -> list[str]:
    """Write the candidates of a roster in the open transaction; returns their ids."""
    site_id, ids = installation().site_id, [new_id() for _ in rows]
    raw.many(
        f"INSERT INTO candidate (site_id, {_BOOKING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (site_id, candidate_id, row["person_id"], row["session_id"], row["serial"], row["subject"], row["licence_class"],
             row["reason"], row["school"], row["language"])
            for candidate_id, row in zip(ids, rows, strict=True)
        ],
    )  # fmt: skip
    return ids


def booking(candidate_id: str) -> Booking:
    """One candidate; RuleBroken('candidate.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            f"SELECT {_BOOKING} FROM candidate WHERE site_id = ? AND candidate_id = ?",
            installation().site_id,
            candidate_id,
        )
    if row is None:
        raise RuleBroken("candidate.unknown")
    return Booking(*row)


def bookings(session_id: str) -> list[Booking]:
    """All candidates of a session, in the roster's order."""
    with here().reading() as raw:
        rows = raw.all(f"SELECT {_BOOKING} FROM candidate WHERE session_id = ? ORDER BY candidate_id", session_id)
    return [Booking(*row) for row in rows]


# -- entering ------------------------------------------------------------------------------------------------


def draw(release_id: str, blueprint_name: str, avoid: frozenset[str] = frozenset()) -> Paper:
    """Draw a paper from the system's own secret source; outside any write transaction. RuleBroken('paper.cell_missing').

    Questions that have been voided since the release are avoided like those of a first paper.
    """
    blueprint = bank.blueprint_named(blueprint_name)
    return draw_paper(
        blueprint,
        bank.pool(release_id, blueprint_name),
        secrets.token_bytes(SEED_BYTES),
        avoid | bank.voided_questions(),
    )


def enter(
    candidate: Booking,
    place: Place,
    paper: Paper,
    release_id: str,
    policy: str,
    code: str,
    actor: Actor,
    number: int = 1,
) -> str:
    """Check a candidate in: freeze the paper with the attempt, keep the code as HMAC. Returns the attempt's id."""
    moment, attempt_id = now(), new_id()

    def work(raw: Raw) -> str:
        _enter(attempt_id, candidate, place, paper, release_id, policy, code, actor, number, moment, raw)
        return attempt_id

    entered: str = append(work)
    return entered


def _enter(
    attempt_id: str,
    candidate: Booking,
    place: Place,
    paper: Paper,
    release_id: str,
    policy: str,
    code: str,
    actor: Actor,
    number: int,
    moment: Instant,
    raw: Raw,
) -> None:
    here_ = installation()
    site_id, body = here_.site_id, canonical(frozen(paper))
    allowed = paper.blueprint.minutes * 60 * MICROSECONDS
    digest = content_hash(frozen(paper))
    raw.run(
        "INSERT INTO attempt (site_id, attempt_id, candidate_id, number, person_id, session_id, room_id, unit_id, examiner, day, subject,"
        " licence_class, profile, seat, allowed, paper, paper_hash, release_id, policy, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(
            site_id,
            attempt_id,
            candidate.candidate_id,
            number,
            candidate.person_id,
            place.session_id,
            place.room_id,
            place.unit_id,
        ),
        *(
            place.examiner,
            beijing_day(moment.wall).isoformat(),
            candidate.subject,
            candidate.licence_class,
            here_.site.profile,
            place.seat,
        ),
        *(allowed, body, digest, release_id, policy, rfc3339(moment.wall)),
    )
    journal.begin(
        site_id, attempt_id, place.session_id, place.seat, admission_index(candidate.person_id, code), allowed, raw
    )
    data = {"candidate": candidate.candidate_id, "number": number, "seat": place.seat, "session": place.session_id}
    record(
        EntryKind.CANDIDATE_CHECKIN,
        actor,
        about=attempt_id,
        data={**data, "person": commitments(candidate.person_id, raw)},
        raw=raw,
    )
    drawn = {
        "paper": digest,
        "seed": paper.seed.hex(),
        "release": release_id,
        "policy": policy,
        "shared": list(paper.shared),
        "profile": here_.site.profile,
    }
    record(EntryKind.EXAM_PAPER_DRAWN, actor, about=attempt_id, data=drawn, raw=raw)


def make_up(attempt_id: str, policy: str, release_id: str, actor: Actor) -> str:
    """Release the make-up of a failed first attempt at the same seat, with a paper that shares no question where the bank allows.

    The terminal that holds the first attempt goes on with the second. RuleBroken('attempt.no_makeup').
    """
    if results.told(attempt_id)["makeup"] not in ("offered", "asked"):
        raise RuleBroken("attempt.no_makeup")
    site_id = installation().site_id
    first = form_of(site_id, attempt_id)
    avoid = frozenset(position.question_id for position in first.paper.positions)
    paper = draw(release_id, first.paper.blueprint.name, avoid)
    candidate, moment, second_id = booking(first.candidate_id), now(), new_id()
    place = place_of(attempt_id)

    def work(raw: Raw) -> str:
        before = raw.one(  # held, so that of two releases at once the second one sees the first one's attempt
            f"SELECT admission, hold, seat FROM live WHERE site_id = ? AND attempt_id = ?{raw.lock}",
            site_id,
            attempt_id,
        )
        if raw.one(
            "SELECT 1 FROM attempt WHERE site_id = ? AND candidate_id = ? AND number = 2", site_id, candidate.candidate_id
        ):
            raise RuleBroken("attempt.no_makeup")
        _enter(second_id, candidate, place, paper, release_id, policy, "", actor, 2, moment, raw)
        raw.run(
            "UPDATE live SET admission = ?, hold = ?, seat = ? WHERE site_id = ? AND attempt_id = ?",
            *before,
            site_id,
            second_id,
        )
        if before[1]:
            logins.rebind(before[1], second_id, raw)
        _release(second_id, actor, raw)
        record(EntryKind.EXAM_MAKEUP_RELEASED, actor, about=second_id, data={"first": attempt_id}, raw=raw)
        return second_id

    made: str = append(work)
    return made


def place_of(attempt_id: str) -> Place:
    """Where an attempt was taken; RuleBroken('attempt.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT session_id, room_id, unit_id, examiner, seat FROM attempt WHERE site_id = ? AND attempt_id = ?",
            installation().site_id,
            attempt_id,
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    return Place(*row)


# -- acts of the examiner ------------------------------------------------------------------------------------


def _standing(attempt_id: str, raw: Raw) -> journal.Standing:
    standing = journal.standing(installation().site_id, attempt_id, raw)
    if standing is None:
        raise RuleBroken("attempt.unknown")
    return standing


def _move(attempt_id: str, step: Step, kind: EntryKind, actor: Actor, raw: Raw, **facts: Any) -> None:
    """One step of the room with its entry: the state follows the table of moves, the timer follows the step."""
    site_id, standing, moment = installation().site_id, _standing(attempt_id, raw), now()
    after = check_move(step, State(standing.state))
    sealed = journal.append_step(site_id, attempt_id, standing, step, moment, raw, **facts)
    timer = standing.timer
    if step is Step.PAUSE:
        timer = timer.stopped(moment.mono)
    elif step is Step.RESUME:
        timer = timer.started(moment.mono)
    columns = {"state": after.value, "hold_seen": seconds(moment.mono), **journal.time_columns(timer)}
    journal.update(site_id, attempt_id, raw, sealed, **columns)
    record(kind, actor, about=attempt_id, data={"head": sealed.hash.hex(), **facts}, raw=raw)


def _release(attempt_id: str, actor: Actor, raw: Raw) -> None:
    _move(attempt_id, Step.RELEASED, EntryKind.EXAM_RELEASED, actor, raw)


def release(attempt_id: str, actor: Actor) -> None:
    """准予开考: the candidate may start."""
    append(lambda raw: _release(attempt_id, actor, raw))


def pause(attempt_id: str, reason: str, actor: Actor) -> None:
    """Stop the clock of a running attempt."""
    append(lambda raw: _move(attempt_id, Step.PAUSE, EntryKind.EXAM_PAUSE, actor, raw, reason=reason))


def resume(attempt_id: str, actor: Actor) -> None:
    """Let the clock run again."""
    append(lambda raw: _move(attempt_id, Step.RESUME, EntryKind.EXAM_RESUME, actor, raw))


def end(attempt_id: str, reason: str, actor: Actor) -> None:
    """End an attempt for the candidate; one that never started is closed with no mark."""

    def work(raw: Raw) -> None:
        results.close(
            attempt_id,
            _standing(attempt_id, raw),
            Step.CLOSED,
            EntryKind.EXAM_ABORT,
            actor,
            raw,
            by="examiner",
            reason=reason,
        )

    append(work)


def free(attempt_id: str, actor: Actor) -> None:
    """End the hold of a terminal, so that another can sign in."""

    def work(raw: Raw) -> None:
        _free(attempt_id, raw)
        record(EntryKind.SEAT_FREED, actor, about=attempt_id, raw=raw)

    append(work)


def _free(attempt_id: str, raw: Raw) -> None:
    standing = _standing(attempt_id, raw)
    if standing.hold:
        logins.end_login(standing.hold, raw)
    raw.run("UPDATE live SET hold = NULL WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)


def move_seat(attempt_id: str, seat: str, reason: str, actor: Actor) -> None:
    """Move a candidate to another seat: the old terminal is freed, and a clock that runs stands until the new one signs in."""

    def work(raw: Raw) -> None:
        standing = _standing(attempt_id, raw)
        if standing.state == State.CLOSED:
            raise RuleBroken("attempt.closed")
        stopped = standing.state == State.RUNNING
        if stopped:
            _move(attempt_id, Step.PAUSE, EntryKind.EXAM_PAUSE, actor, raw, reason=reason)
            standing = _standing(attempt_id, raw)
        site_id, facts = installation().site_id, {"seat": seat, "reason": reason, "stopped": stopped}
        sealed = journal.append_step(site_id, attempt_id, standing, Step.SEAT, now(), raw, **facts)
        journal.update(site_id, attempt_id, raw, sealed, seat=seat, moves=standing.moves + 1)
        _free(attempt_id, raw)
        record(
            EntryKind.SEAT_MOVED,
            actor,
            about=attempt_id,
            data={"from": standing.seat, "to": seat, "reason": reason},
            raw=raw,
        )

    append(work)


def add_time(attempt_id: str, minutes: int, reason: str, actor: Actor) -> None:
    """Add minutes that the supervision post granted."""

    def work(raw: Raw) -> None:
        standing = _standing(attempt_id, raw)
        if standing.state == State.CLOSED:
            raise RuleBroken("attempt.closed")
        site_id, extra = installation().site_id, minutes * 60 * MICROSECONDS
        sealed = journal.append_step(
            site_id, attempt_id, standing, Step.EXTRA, now(), raw, microseconds=extra, reason=reason
        )
        journal.update(site_id, attempt_id, raw, sealed, allowed=standing.allowed + extra)
        record(EntryKind.EXAM_TIME_ADDED, actor, about=attempt_id, data={"minutes": minutes, "reason": reason}, raw=raw)

    append(work)


def reopen(attempt_id: str, reason: str, actor: Actor) -> None:
    """Open a closed attempt again, standing still until the examiner resumes it; its result stays as a row and is graded anew."""
    append(lambda raw: _move(attempt_id, Step.REOPEN, EntryKind.EXAM_REOPENED, actor, raw, reason=reason))


def owe_signature(attempt_id: str, owed: bool, raw: Raw) -> None:
    """Mark a result provisional until the second signature is there, or no longer so."""
    raw.run(
        "UPDATE live SET provisional = ? WHERE site_id = ? AND attempt_id = ?", owed, installation().site_id, attempt_id
    )


def new_code(attempt_id: str, code: str, actor: Actor) -> None:
    """A new admission code in the place of one that was lost; the old one opens nothing any more."""
    candidate = booking(form_of(installation().site_id, attempt_id).candidate_id)

    def work(raw: Raw) -> None:
        index = admission_index(candidate.person_id, code)
        raw.run(
            "UPDATE live SET admission = ? WHERE site_id = ? AND attempt_id = ?",
            index,
            installation().site_id,
            attempt_id,
        )
        record(EntryKind.CANDIDATE_ADMISSION_ISSUED, actor, about=attempt_id, raw=raw)

    append(work)


# -- by itself -----------------------------------------------------------------------------------------------


def close_due(moment: Instant) -> list[str]:
    """The closer: end every running attempt whose time is over, even if nobody calls. Returns them."""
    site_id = installation().site_id
    with here().reading() as raw:
        running = raw.all(
            "SELECT attempt_id, allowed, used, since FROM live WHERE site_id = ? AND state = ?",
            site_id,
            State.RUNNING.value,
        )
    due = [row[0] for row in running if not Timer(*row[1:]).left_at(moment.mono)]

    def work(attempt_id: str, raw: Raw) -> None:
        standing = _standing(attempt_id, raw)
        if standing.state == State.RUNNING and not standing.timer.left_at(now().mono):
            results.close(attempt_id, standing, Step.CLOSED, EntryKind.EXAM_AUTO_SUBMIT, HOUSE, raw, by="clock")

    for attempt_id in due:
        append(partial(work, attempt_id))
    return due


def recover_outage(moment: Instant) -> int:
    """At the start of the server: the gap since its last sign of life is one entry, and no running attempt is charged for it."""

    def work(raw: Raw) -> int:
        site_id = installation().site_id
        last = audit.last_tick(site_id, raw)
        running = [
            row[0]
            for row in raw.all(
                "SELECT attempt_id FROM live WHERE site_id = ? AND state = ?", site_id, State.RUNNING.value
            )
        ]
        if last is not None:
            for attempt_id in running:
                _skip_outage(attempt_id, last[1], moment, raw)
            data = {"last_boot": last[0], "last_tick": last[1], "last_at": last[2], "running": len(running)}
            record(EntryKind.OUTAGE_RECORDED, data=data, raw=raw)
        audit.begin_ticks(site_id, moment, raw)
        return len(running)

    count: int = append(work)
    return count


def _skip_outage(attempt_id: str, last_tick: int, moment: Instant, raw: Raw) -> None:
    site_id, standing = installation().site_id, _standing(attempt_id, raw)
    sealed = journal.append_step(site_id, attempt_id, standing, Step.OUTAGE, moment, raw, last_tick=last_tick)
    timer = standing.timer.after_outage(last_tick, moment.mono)
    journal.update(site_id, attempt_id, raw, sealed, **journal.time_columns(timer))


def seal_log() -> str | None:
    """Seal what is new: heads of grown journals, entries, a checkpoint."""
    log = installation().log
    return audit.seal(log, lambda raw: journal.grown(log.site_id, raw))


def recomputed(attempt_id: str, raw: Raw) -> dict[str, Any]:
    """What `live` must say of an attempt, from its journal alone: for `log verify --deep`."""
    replayed = replay(journal.steps(installation().site_id, attempt_id, raw))
    keys = form_of(installation().site_id, attempt_id).keys
    return {
        "wrong": sum(keys[position - 1] != set(options) for position, options in replayed.answers.items()),
        "state": replayed.state.value,
        "newest_seq": replayed.newest_seq,
        "answered": len(replayed.answers),
        "used": replayed.timer.used,
        "language": replayed.language,
        "late": replayed.late,
    }


def seat_of(attempt_id: str) -> str:
    """The seat where an attempt goes on now."""
    with here().reading() as raw:
        row = raw.one("SELECT seat FROM live WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)
    if row is None:
        raise RuleBroken("attempt.unknown")
    return str(row[0])


@dataclass(frozen=True, slots=True)
class Row:
    """One seat of the examiner's board."""

    attempt_id: str
    candidate_id: str
    person_id: str
    number: int
    subject: str
    licence_class: str
    seat: str
    state: str
    answered: int
    questions: int
    position: int
    seconds_left: int
    language: str | None
    moves: int
    held: bool
    makeup: str | None
    provisional: bool
    passed: bool | None
    score: int | None


def board(session_id: str) -> list[Row]:
    """Who is where and how far: the newest attempt of each candidate of a session."""
    site_id, mono = installation().site_id, now().mono
    with here().reading() as raw:
        rows = raw.all(
            "SELECT a.attempt_id, a.candidate_id, a.person_id, a.number, a.subject, a.licence_class, l.seat, l.state, l.answered, l.position,"
            " l.allowed, l.used, l.since, l.language, l.moves, l.hold, l.makeup, l.provisional FROM attempt a"
            " JOIN live l ON l.site_id = a.site_id AND l.attempt_id = a.attempt_id WHERE a.site_id = ? AND a.session_id = ? ORDER BY a.number",
            *(site_id, session_id),
        )
        scores = {row[0]: results.newest(row[0], raw) for row in rows if row[7] == State.CLOSED}
    newest = {row[1]: row for row in rows}
    return sorted((_row(site_id, row, scores.get(row[0]), mono) for row in newest.values()), key=lambda row: row.seat)


def _row(site_id: int, row: Any, score: Any, mono: int) -> Row:
    timer = Timer(*row[10:13])
    return Row(
        attempt_id=row[0],
        candidate_id=row[1],
        person_id=row[2],
        number=row[3],
        subject=row[4],
        licence_class=row[5],
        seat=row[6],
        state=row[7],
        answered=row[8],
        questions=len(form_of(site_id, row[0]).kinds),
        position=row[9],
        seconds_left=0 if row[7] == State.CLOSED else timer.left_at(mono) // MICROSECONDS,
        language=row[13],
        moves=row[14],
        held=row[15] is not None,
        makeup=row[16],
        provisional=bool(row[17]),
        passed=score[4] if score else None,
        score=score[1] if score else None,
    )


def attempts_of(candidate_id: str) -> list[str]:
    """The attempts of a candidate, first to last."""
    with here().reading() as raw:
        return [
            row[0]
            for row in raw.all("SELECT attempt_id FROM attempt WHERE candidate_id = ? ORDER BY number", candidate_id)
        ]


def moves_of(attempt_id: str) -> int:
    """How often an attempt has changed its seat."""
    with here().reading() as raw:
        row = raw.one("SELECT moves FROM live WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)
    return row[0] if row else 0


def tick() -> None:
    """A sign of life of this server."""
    audit.tick(installation().site_id, now())
