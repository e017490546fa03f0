"""Sessions and rooms as they stand, and which of them a post may see or act in."""

from dataclasses import dataclass
from typing import Any

from ..accounts.service import installation, post, reach_of, record, units
from ..clock import new_id
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor, Role
from ..domain.attempt import State
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.seats import seat_label
from ..exam import entering, seating

PLANNED, MATCHED, OPEN, ENDED = "planned", "matched", "open", "ended"
MOST_LISTED = 500
AT_THE_ROOM = frozenset({Role.ACCEPTANCE, Role.EXAMINER, Role.EXAMINATION_SUPERVISOR})


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


def sight(actor: Actor) -> frozenset[str]:
    """The units whose rooms a post may see: its reach; for the posts of a brigade also the agencies that the brigade supervises.

    Rooms stand at agencies, the posts that run them belong to the brigade or office above (Order 162, Art. 48).
    """
    reach = reach_of(actor)
    if actor.role not in AT_THE_ROOM:
        return reach
    return reach | {unit.unit_id for unit in units() if unit.kind == "agency" and unit.supervised_by == actor.unit}


def sitting(session_id: str, reach: frozenset[str] | None = None) -> Sitting:
    """One session, within the units of `reach` if given; RuleBroken('session.unknown') for any other."""
    with here().reading() as raw:
        row = raw.one(f"{_SITTING} WHERE s.site_id = ? AND s.session_id = ?", installation().site_id, session_id)
    if row is None or (reach is not None and row[2] not in reach):
        raise RuleBroken("session.unknown")
    return Sitting(*row)


def sittings(reach: frozenset[str], day: str | None = None) -> list[Sitting]:
    """The sessions of these units, newest first."""
    marks, days = ", ".join("?" * len(reach)), " AND s.day = ?" if day else ""
    with here().reading() as raw:
        rows = raw.all(
            f"{_SITTING} WHERE s.unit_id IN ({marks or 'NULL'}){days} ORDER BY s.day DESC, s.session_id DESC LIMIT {MOST_LISTED}",
            *(*sorted(reach), *([day] if day else [])),
        )
    return [Sitting(*row) for row in rows]


def session_for(session_id: str, actor: Actor) -> Sitting:
    """One session as a post may see it: an examiner sees only those that the lot gave; RuleBroken('session.unknown') for others."""
    found = sitting(session_id, sight(actor))
    if actor.role is Role.EXAMINER and found.examiner != actor.post:
        raise RuleBroken("session.unknown")
    return found


def sessions_for(actor: Actor, day: str | None = None) -> list[Sitting]:
    """All sessions that a post may see, newest first."""
    seen = sittings(sight(actor), day)
    return [found for found in seen if actor.role is not Role.EXAMINER or found.examiner == actor.post]


def own_session(session_id: str, actor: Actor, *states: str) -> Sitting:
    """A session that this examiner was matched with. RuleBroken('session.unknown') for anybody else's, 'session.wrong_state'."""
    found = sitting(session_id)
    if found.examiner is None or found.examiner != actor.post:
        raise RuleBroken("session.unknown")
    if states and found.state not in states:
        raise RuleBroken("session.wrong_state")
    return found


def attempt_in(session_id: str, attempt_id: str, actor: Actor) -> Sitting:
    """This examiner's open session, if the attempt belongs to it; RuleBroken('attempt.unknown')."""
    found = own_session(session_id, actor, OPEN)
    if entering.place_of(attempt_id).session_id != session_id:
        raise RuleBroken("attempt.unknown")
    return found


def taken_seats(found: Sitting) -> frozenset[str]:
    """The seats of a session's room where somebody sits now, in this session or in another that is open in the same room."""
    with here().reading() as raw:
        rows = raw.all(
            "SELECT s.session_id FROM session s JOIN session_live l ON l.site_id = s.site_id AND l.session_id = s.session_id"
            " WHERE s.site_id = ? AND s.room_id = ? AND l.state = ?",
            *(installation().site_id, found.room_id, OPEN),
        )
    sat = [row for (session_id,) in rows for row in seating.board(session_id)]
    return frozenset(row.seat for row in sat if row.state != State.CLOSED)


def free_seats(found: Sitting) -> list[str]:
    """The seats of a session's room that nobody sits at."""
    taken = taken_seats(found)
    labels = [seat_label(number) for number in range(1, found.seats + 1)]
    return [label for label in labels if label not in taken]


def rooms(reach: frozenset[str]) -> list[tuple[str, str, str, int]]:
    """Id, unit, name and number of seats of the rooms of these units."""
    with here().reading() as raw:
        rows = raw.all("SELECT room_id, unit_id, name_zh, seats FROM room ORDER BY room_id")
    return [tuple(row) for row in rows if row[1] in reach]


def room_names(room_id: str) -> tuple[str, str]:
    """A room's name in Chinese and Tibetan. RuleBroken('room.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT name_zh, name_bo FROM room WHERE site_id = ? AND room_id = ?", installation().site_id, room_id
        )
    if row is None:
        raise RuleBroken("room.unknown")
    return str(row[0]), str(row[1])


def make_room(unit_id: str, name_zh: str, name_bo: str, seats: int, actor: Actor = HOUSE) -> str:
    """Add an exam room; returns its id."""
    room_id = new_id()

    def work(raw: Raw) -> None:
        raw.run(
            "INSERT INTO room (site_id, room_id, unit_id, name_zh, name_bo, seats) VALUES (?, ?, ?, ?, ?, ?)",
            *(installation().site_id, room_id, unit_id, name_zh, name_bo, seats),
        )
        data = {"unit": unit_id, "name_zh": name_zh, "name_bo": name_bo, "seats": seats}
        record(EntryKind.ROOM_CREATE, actor, about=room_id, data=data, raw=raw)

    append(work)
    return room_id


def change(raw: Raw, session_id: str, **columns: Any) -> None:
    """Move what changes of a session, in the open transaction."""
    names = ", ".join(f"{name} = ?" for name in columns)
    raw.run(
        f"UPDATE session_live SET {names} WHERE site_id = ? AND session_id = ?",
        *(*columns.values(), installation().site_id, session_id),
    )


def hold(raw: Raw, session_id: str) -> str:
    """The state of a session, which nobody else can change until the open transaction ends."""
    row = raw.one(
        f"SELECT state FROM session_live WHERE site_id = ? AND session_id = ?{raw.lock}",
        *(installation().site_id, session_id),
    )
    if row is None:
        raise RuleBroken("session.unknown")
    return str(row[0])


def examiner_number(found: Sitting) -> str:
    """The post number of a session's examiner, which papers print instead of a name."""
    return post(found.examiner).number if found.examiner else ""


def said(reason: str) -> str:
    """A reason as the log keeps it: one line, at most 200 signs. RuleBroken('reason.missing') for none."""
    kept = "".join(sign if sign.isprintable() else " " for sign in reason).strip()[:200]
    if not kept:
        raise RuleBroken("reason.missing")
    return kept
