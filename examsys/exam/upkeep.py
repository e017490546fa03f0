"""What the house does by itself: ticks, the closer, the gap of an outage, the seal on what is new."""

from functools import partial

from ..accounts.service import installation, record
from ..audit import service as audit
from ..clock import Instant, now
from ..db import Raw, append, here
from ..domain.access import HOUSE
from ..domain.attempt import State, Step, Timer
from ..domain.entries import EntryKind
from . import journal, results


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
