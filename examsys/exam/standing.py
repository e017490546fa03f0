"""What `live` must say of an attempt: all of it follows from the journal, the frozen row and the signatures that are owed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..db import Raw
from ..domain.attempt import Replayed, Step

PLACES = frozenset({Step.ANSWER.value, Step.CLEAR.value, Step.SHOWN.value})


class Frozen(NamedTuple):
    """Of an attempt's frozen row what `live` begins with."""

    session_id: str
    seat: str
    allowed: int


def owing(site_id: int, raw: Raw) -> frozenset[str]:
    """The attempts of which a second signature is owed."""
    sql = (
        "SELECT DISTINCT q.attempt_id FROM request q LEFT JOIN decision d ON d.site_id = q.site_id AND d.request_id = q.request_id"
        " AND d.granted = ? WHERE q.site_id = ? AND q.at_once = ? AND d.request_id IS NULL"
    )
    return frozenset(row[0] for row in raw.all(sql, True, site_id, True))


def recomputed(
    frozen: Frozen, said: Sequence[Mapping[str, Any]], replayed: Replayed, keys: Sequence[frozenset[str]], owed: bool
) -> dict[str, Any]:
    """The columns of `live` that follow from a journal (`said`, read as `replayed`) and from the right options by position."""
    places = [step["position"] for step in said if step["kind"] in PLACES]
    seats = [step["seat"] for step in said if step["kind"] == Step.SEAT]
    return {
        "wrong": sum(keys[position - 1] != set(options) for position, options in replayed.answers.items()),
        "state": replayed.state.value,
        "newest_seq": replayed.newest_seq,
        "answered": len(replayed.answers),
        "allowed": frozen.allowed + sum(step["microseconds"] for step in said if step["kind"] == Step.EXTRA),
        "used": replayed.timer.used,
        "since": replayed.timer.since,
        "seat": seats[-1] if seats else frozen.seat,
        "moves": len(seats),
        "position": places[-1] if places else 1,
        "session_id": frozen.session_id,
        "provisional": owed,
        "language": replayed.language,
        "late": replayed.late,
    }
