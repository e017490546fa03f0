"""An attempt's journal: appends sealed steps, reads them again. The path that every answer takes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..clock import Instant
from ..db import Raw
from ..domain.attempt import State, Step, Timer
from ..domain.dates import rfc3339
from ..domain.errors import RuleBroken
from ..domain.log import FIRST, canonical, step_hash

_LIVE = "state, head, length, newest_seq, language, allowed, used, since, answered, wrong, position, late, seat, moves, hold, hold_seen, makeup, session_id"

_written = lru_cache(maxsize=64)(rfc3339)  # answers that are saved together have one moment


class Standing(NamedTuple):
    """The row of `live`: where an attempt stands."""

    state: str
    head: bytes
    length: int
    newest_seq: int
    language: str | None
    allowed: int
    used: int
    since: int | None
    answered: int
    wrong: int
    position: int
    late: int
    seat: str
    moves: int
    hold: str | None
    hold_seen: int
    makeup: str | None
    session_id: str

    @property
    def timer(self) -> Timer:
        """Its running time."""
        return Timer(self.allowed, self.used, self.since)


def held(site_id: int, attempt_id: str, raw: Raw) -> Standing:
    """Where an attempt stands, held until the transaction ends. RuleBroken('attempt.unknown')."""
    found = standing(site_id, attempt_id, raw)
    if found is None:
        raise RuleBroken("attempt.unknown")
    return found


def standings(site_id: int, attempt_ids: Sequence[str], raw: Raw) -> dict[str, Standing]:
    """Where several attempts stand, held until the transaction ends; in the order of their ids, so that nobody waits in a circle."""
    marks = ", ".join("?" * len(attempt_ids))
    rows = raw.all(
        f"SELECT attempt_id, {_LIVE} FROM live WHERE site_id = ? AND attempt_id IN ({marks}) ORDER BY attempt_id{raw.lock}",
        *(site_id, *attempt_ids),
    )
    return {row[0]: Standing(*row[1:]) for row in rows}


class Sealed(NamedTuple):
    """A step that was appended: the hash that its receipt shows, and the length of the journal with it."""

    hash: bytes
    length: int

    @property
    def receipt(self) -> str:
        """What the terminal is given: the first 32 hex digits of the hash."""
        return self.hash.hex()[:32]


def standing(site_id: int, attempt_id: str, raw: Raw, *, lock: bool = True) -> Standing | None:
    """Where an attempt stands; with `lock`, held until the transaction ends."""
    row = raw.one(
        f"SELECT {_LIVE} FROM live WHERE site_id = ? AND attempt_id = ?{raw.lock if lock else ''}", site_id, attempt_id
    )
    return Standing(*row) if row else None


class StepValues(NamedTuple):
    """A sealed step as its row."""

    site_id: int
    attempt_id: str
    number: int
    kind: str
    position: int | None
    seq: int | None
    body: bytes
    hash: bytes


def seal_step(
    site_id: int,
    attempt_id: str,
    now: Standing,
    kind: Step,
    moment: Instant,
    *,
    position: int | None = None,
    seq: int | None = None,
    **facts: Any,
) -> StepValues:
    """Seal one step to the journal's head. `position` and `seq` become columns for answers alone; `facts` go into the body."""
    number = now.length + 1
    body: dict[str, Any] = {
        "v": 1,
        "site": site_id,
        "attempt": attempt_id,
        "n": number,
        "kind": kind.value,
        "at": _written(moment.wall),
        "mono": moment.mono,
        "boot": moment.boot,
        **facts,
    }
    if position is not None:
        body["position"] = position
    if seq is not None:
        body["seq"] = seq
    sealed = canonical(body)
    graded = kind in (Step.ANSWER, Step.CLEAR)
    return StepValues(
        site_id,
        attempt_id,
        number,
        kind.value,
        position if graded else None,
        seq if graded else None,
        sealed,
        step_hash(bytes(now.head), sealed),
    )


def insert_steps(steps: Sequence[StepValues], raw: Raw) -> None:
    """Write sealed steps with one statement."""
    marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?)"] * len(steps))
    raw.run(
        f"INSERT INTO step (site_id, attempt_id, number, kind, position, seq, body, hash) VALUES {marks}",
        *(value for step in steps for value in step),
    )


def append_step(
    site_id: int, attempt_id: str, now: Standing, kind: Step, moment: Instant, raw: Raw, **facts: Any
) -> Sealed:
    """Seal one step and write it."""
    step = seal_step(site_id, attempt_id, now, kind, moment, **facts)
    insert_steps([step], raw)
    return Sealed(step.hash, step.number)


def update_standings(site_id: int, standings: Mapping[str, Standing], raw: Raw) -> None:
    """Write where attempts stand after answers were saved, with one statement."""
    marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?)"] * len(standings))
    raw.run(
        f"WITH v (attempt_id, head, length, newest_seq, answered, wrong, position, late) AS (VALUES {marks}) UPDATE live SET head = v.head,"
        " length = v.length, newest_seq = v.newest_seq, answered = v.answered, wrong = v.wrong, position = v.position, late = v.late"
        " FROM v WHERE live.site_id = ? AND live.attempt_id = v.attempt_id",
        *(
            value
            for attempt_id, now in standings.items()
            for value in (
                attempt_id,
                bytes(now.head),
                now.length,
                now.newest_seq,
                now.answered,
                now.wrong,
                now.position,
                now.late,
            )
        ),
        site_id,
    )


def update(site_id: int, attempt_id: str, raw: Raw, sealed: Sealed, **columns: Any) -> None:
    """Move `live` to the sealed step, with whatever else follows from it."""
    names = "".join(f", {name} = ?" for name in columns)
    raw.run(
        f"UPDATE live SET head = ?, length = ?{names} WHERE site_id = ? AND attempt_id = ?",
        *(sealed.hash, sealed.length, *columns.values(), site_id, attempt_id),
    )


def time_columns(timer: Timer) -> dict[str, int | None]:
    """A timer as columns of `live`."""
    return {"allowed": timer.allowed, "used": timer.used, "since": timer.since}


def steps(site_id: int, attempt_id: str, raw: Raw) -> Iterator[dict[str, Any]]:
    """The journal, as the values of its bodies, first to last."""
    for row in raw.all(
        "SELECT body FROM step WHERE site_id = ? AND attempt_id = ? ORDER BY number", site_id, attempt_id
    ):
        yield json.loads(bytes(row[0]))


def last_move(site_id: int, attempt_id: str, raw: Raw) -> dict[str, Any] | None:
    """The newest step that bears on whether the clock runs, or of a seat."""
    kinds = (Step.START, Step.PAUSE, Step.RESUME, Step.OUTAGE, Step.REOPEN, Step.SEAT)
    marks = ", ".join("?" * len(kinds))
    row = raw.one(
        f"SELECT body FROM step WHERE site_id = ? AND attempt_id = ? AND kind IN ({marks}) ORDER BY number DESC LIMIT 1",
        *(site_id, attempt_id, *(kind.value for kind in kinds)),
    )
    return json.loads(bytes(row[0])) if row else None


def sealed_steps(site_id: int, attempt_id: str, raw: Raw) -> list[tuple[bytes, bytes]]:
    """The journal as stored: body and hash of each step."""
    rows = raw.all(
        "SELECT body, hash FROM step WHERE site_id = ? AND attempt_id = ? ORDER BY number", site_id, attempt_id
    )
    return [(bytes(body), bytes(digest)) for body, digest in rows]


def newest_answers(site_id: int, places: Sequence[tuple[str, int]], raw: Raw) -> list[Any]:
    """Attempt, position, seq, hash and body of the newest answer step of each place that has one."""
    marks = ", ".join(["(?, ?)"] * len(places))
    return raw.all(
        f"WITH w (attempt_id, position) AS (VALUES {marks}) SELECT s.attempt_id, s.position, s.seq, s.hash, s.body FROM w JOIN step s"
        " ON s.site_id = ? AND s.attempt_id = w.attempt_id AND s.position = w.position AND s.seq = (SELECT MAX(t.seq) FROM step t"
        " WHERE t.site_id = ? AND t.attempt_id = w.attempt_id AND t.position = w.position)",
        *(value for place in places for value in place),
        *(site_id, site_id),
    )


def place(site_id: int, attempt_id: str, position: int, raw: Raw) -> tuple[Standing | None, Any]:
    """Where an attempt stands, and seq, hash and body of a position's newest answer, in one statement and held by nobody (PostgreSQL)."""
    columns = ", ".join(f"l.{name}" for name in Standing._fields)
    row = raw.one(
        f"SELECT {columns}, s.seq, s.hash, s.body FROM live l LEFT JOIN LATERAL (SELECT seq, hash, body FROM step WHERE site_id = l.site_id"
        " AND attempt_id = l.attempt_id AND position = ? ORDER BY seq DESC LIMIT 1) s ON TRUE WHERE l.site_id = ? AND l.attempt_id = ?",
        *(position, site_id, attempt_id),
    )
    if row is None:
        return None, None
    return Standing(*row[:-3]), None if row[-3] is None else row[-3:]


def write_if_unmoved(step: StepValues, now: Standing, raw: Raw) -> bool:
    """Write an answer's step and where its attempt now stands, if nothing was written since: one statement, which is its own transaction."""
    done = raw.run(
        "WITH moved AS (UPDATE live SET head = ?, length = ?, newest_seq = ?, answered = ?, wrong = ?, position = ?"
        " WHERE site_id = ? AND attempt_id = ? AND length = ? RETURNING 1)"
        " INSERT INTO step (site_id, attempt_id, number, kind, position, seq, body, hash) SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM moved",
        *(bytes(now.head), now.length, now.newest_seq, now.answered, now.wrong, now.position),
        *(step.site_id, step.attempt_id, step.number - 1, *step),
    )
    written: bool = done.rowcount == 1
    return written


def answer_step(site_id: int, attempt_id: str, position: int, seq: int, raw: Raw) -> tuple[int, bytes, bytes] | None:
    """The answer step of exactly this position and seq."""
    row = raw.one(
        "SELECT seq, hash, body FROM step WHERE site_id = ? AND attempt_id = ? AND position = ? AND seq = ?",
        *(site_id, attempt_id, position, seq),
    )
    return (row[0], bytes(row[1]), bytes(row[2])) if row else None


def begin(site_id: int, attempt_id: str, session_id: str, seat: str, admission: str, allowed: int, raw: Raw) -> None:
    """The empty journal of a new attempt."""
    raw.run(
        "INSERT INTO live (site_id, attempt_id, session_id, state, head, length, sealed, newest_seq, allowed, used, answered, wrong, position, late,"
        " seat, moves, admission, hold_seen, provisional) VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, 0, 0, 0, 1, 0, ?, 0, ?, 0, ?)",
        *(site_id, attempt_id, session_id, State.WAITING.value, FIRST, allowed, seat, admission, False),
    )


def grown(site_id: int, raw: Raw) -> list[tuple[str, int, str]]:
    """The heads of all attempts that grew since the log last named them; marks them as named."""
    rows = raw.all(
        "SELECT attempt_id, length, head FROM live WHERE site_id = ? AND length > sealed ORDER BY attempt_id", site_id
    )
    raw.many(
        "UPDATE live SET sealed = ? WHERE site_id = ? AND attempt_id = ?", [(row[1], site_id, row[0]) for row in rows]
    )
    return [(row[0], row[1], bytes(row[2]).hex()) for row in rows]
