"""What the house does by itself: ticks, the closer, the gap of an outage, the seal on what is new."""

from functools import partial
from typing import Any

from ..accounts.service import installation, record
from ..audit import service as audit
from ..clock import Instant, now
from ..db import Raw, append, here
from ..domain.access import HOUSE
from ..domain.attempt import State, Step, Timer, replay
from ..domain.entries import EntryKind
from . import journal, results
from .form import form_of


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
        standing = journal.held(installation().site_id, attempt_id, raw)
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
    site_id, standing = installation().site_id, journal.held(installation().site_id, attempt_id, raw)
    sealed = journal.append_step(site_id, attempt_id, standing, Step.OUTAGE, moment, raw, last_tick=last_tick)
    timer = standing.timer.after_outage(last_tick, moment.mono)
    journal.update(site_id, attempt_id, raw, sealed, **journal.time_columns(timer))


def tick() -> None:
    """A sign of life of this server."""
    audit.tick(installation().site_id, now())


def seal_log() -> str | None:
    """Seal what is new: heads of grown journals, entries, a checkpoint."""
    log = installation().log
    return audit.seal(log, lambda raw: journal.grown(log.site_id, raw))


def recomputed(attempt_id: str, raw: Raw) -> dict[str, Any]:
    """What `live` must say of an attempt, from its journal, its frozen row and the signatures owed: for `log verify --deep`."""
    site_id, said = installation().site_id, list(journal.steps(installation().site_id, attempt_id, raw))
    replayed = replay(said)
    session_id, seat, allowed = raw.one(
        "SELECT session_id, seat, allowed FROM attempt WHERE site_id = ? AND attempt_id = ?", site_id, attempt_id
    )
    owed = raw.one(
        "SELECT COUNT(*) FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id AND d.granted = ?"
        " WHERE q.site_id = ? AND q.attempt_id = ? AND q.at_once = ? AND d.request_id IS NULL",
        *(True, site_id, attempt_id, True),
    )
    places = [step["position"] for step in said if step["kind"] in (Step.ANSWER, Step.CLEAR, Step.SHOWN)]
    seats = [step["seat"] for step in said if step["kind"] == Step.SEAT]
    keys = form_of(site_id, attempt_id).keys
    return {
        "wrong": sum(keys[position - 1] != set(options) for position, options in replayed.answers.items()),
        "state": replayed.state.value,
        "newest_seq": replayed.newest_seq,
        "answered": len(replayed.answers),
        "allowed": allowed + sum(step["microseconds"] for step in said if step["kind"] == Step.EXTRA),
        "used": replayed.timer.used,
        "since": replayed.timer.since,
        "seat": seats[-1] if seats else seat,
        "moves": len(seats),
        "position": places[-1] if places else 1,
        "session_id": session_id,
        "provisional": bool(owed[0]),
        "language": replayed.language,
        "late": replayed.late,
    }
