"""What the room does to attempts that are under way: releases, pauses, moves, lengthens, reopens."""

from typing import Any

from ..accounts import logins
from ..accounts.service import installation, record
from ..clock import now
from ..db import Raw, append
from ..domain.access import Actor
from ..domain.attempt import MICROSECONDS, State, Step, check_move, seconds
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import journal, results


def _move(attempt_id: str, step: Step, kind: EntryKind, actor: Actor, raw: Raw, **facts: Any) -> None:
    """One step of the room with its entry: the state follows the table of moves, the timer follows the step."""
    site_id, standing, moment = installation().site_id, journal.held(installation().site_id, attempt_id, raw), now()
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


def release_now(attempt_id: str, actor: Actor, raw: Raw) -> None:
    """Release a start in the open transaction."""
    _move(attempt_id, Step.RELEASED, EntryKind.EXAM_RELEASED, actor, raw)


def release(attempt_id: str, actor: Actor) -> None:
    """准予开考: the candidate may start."""
    append(lambda raw: release_now(attempt_id, actor, raw))


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
            journal.held(installation().site_id, attempt_id, raw),
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
    standing = journal.held(installation().site_id, attempt_id, raw)
    if standing.hold:
        logins.end_login(standing.hold, raw)
    raw.run("UPDATE live SET hold = NULL WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)


def move_seat(attempt_id: str, seat: str, reason: str, actor: Actor) -> None:
    """Move a candidate to another seat: the old terminal is freed, and a clock that runs stands until the new one signs in."""

    def work(raw: Raw) -> None:
        standing = journal.held(installation().site_id, attempt_id, raw)
        if standing.state == State.CLOSED:
            raise RuleBroken("attempt.closed")
        stopped = standing.state == State.RUNNING
        if stopped:
            _move(attempt_id, Step.PAUSE, EntryKind.EXAM_PAUSE, actor, raw, reason=reason)
            standing = journal.held(installation().site_id, attempt_id, raw)
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
        standing = journal.held(installation().site_id, attempt_id, raw)
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
