"""Who is where and how far: the examiner's board, worst first, and the seats as agency staff see them."""

from collections import Counter
from dataclasses import dataclass

from ..accounts import staff
from ..accounts.service import Clear, person
from ..domain.attempt import State
from ..domain.seats import SeatMark, seat_label, seat_mark
from ..exam import seating
from .sessions import OPEN, Sitting

SILENT_SECONDS = 45  # a terminal that runs calls at least every 20 s: two calls missed
ALARM, ATTENTION, FINE, QUIET = "alarm", "attention", "fine", "quiet"


@dataclass(frozen=True, slots=True)
class Tile:
    """One seat of the board. `need` names what the examiner must do about it, None if nothing; `tone` how urgently."""

    row: seating.Row
    mark: SeatMark
    name: str
    last_four: str
    same_name: bool  # another candidate bears it too: the last four signs tell them apart
    silent: int | None  # seconds since the terminal was heard; None: no terminal holds the attempt
    need: str | None
    tone: str

    @property
    def minutes_left(self) -> int:
        """Whole minutes left, rounded up."""
        return -(-self.row.seconds_left // 60)


@dataclass(frozen=True, slots=True)
class SeatState:
    """A seat as agency staff see it: where it is and whether it is taken, nothing of who sits there."""

    seat: str
    mark: SeatMark
    state: str  # free, taken, running, paused, over


URGENCY = {"locked": ALARM, "silent": ALARM, "makeup": ATTENTION, "paused": ATTENTION, "waiting": ATTENTION}
CALM = {State.RUNNING: FINE, State.READY: QUIET, State.WAITING: QUIET, State.CLOSED: QUIET}


def need_of(row: seating.Row, silent: int | None, locked: bool) -> str | None:
    """What a seat asks of the examiner: locked, silent, makeup, paused, waiting, or nothing."""
    if row.state == State.CLOSED:
        return "makeup" if row.makeup == "asked" else None
    if locked:
        return "locked"
    if row.state == State.RUNNING:
        return "silent" if silent is None or silent >= SILENT_SECONDS else None
    if row.state == State.PAUSED:
        return "paused"
    return "waiting" if row.state == State.WAITING and row.held else None


def tiles(session_id: str) -> list[Tile]:
    """All who have checked in to a session: the worst first, then by seat; those who have finished last."""
    rows = seating.board(session_id)
    silent = staff.silent_for([row.attempt_id for row in rows])
    people = {row.attempt_id: person(row.person_id) for row in rows}
    keys = {row.attempt_id: staff.id_number_key(people[row.attempt_id].id_number) for row in rows}
    locked = staff.locked_out(keys.values())
    names = Counter(clear.name for clear in people.values())
    made = [
        _tile(row, clear, names[clear.name] > 1, silent.get(row.attempt_id), keys[row.attempt_id] in locked)
        for row in rows
        for clear in (people[row.attempt_id],)
    ]
    return sorted(made, key=_worst_first)


def _tile(row: seating.Row, clear: Clear, same_name: bool, heard: int | None, locked: bool) -> Tile:
    silent = heard if row.held else None
    need = need_of(row, silent, locked)
    tone = URGENCY[need] if need else CALM[State(row.state)]
    return Tile(row, seat_mark(row.seat), clear.name, clear.id_number[-4:], same_name, silent, need, tone)


def _worst_first(tile: Tile) -> tuple[int, int, str]:
    needs = list(URGENCY)
    return (
        needs.index(tile.need) if tile.need else len(needs),
        1 if tile.row.state == State.CLOSED else 0,
        tile.row.seat,
    )


SEAT_STATES = {State.WAITING: "taken", State.READY: "taken", State.RUNNING: "running", State.PAUSED: "paused"}


def seat_states(found: Sitting) -> list[SeatState]:
    """Every seat of a session's room, in order."""
    sat = seating.board(found.session_id) if found.state == OPEN else []
    over = {row.seat: "over" for row in sat if row.state == State.CLOSED}
    taken = {row.seat: SEAT_STATES[State(row.state)] for row in sat if row.state != State.CLOSED}
    labels = [seat_label(number) for number in range(1, found.seats + 1)]
    return [SeatState(label, seat_mark(label), (over | taken).get(label, "free")) for label in labels]
