"""Who sits where and how far: the rows of the examiner's board."""

from dataclasses import dataclass
from typing import Any

from ..accounts.service import installation
from ..clock import now
from ..db import here
from ..domain.attempt import MICROSECONDS, State, Timer
from ..domain.errors import RuleBroken
from . import results
from .form import form_of


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


def seat_of(attempt_id: str) -> str:
    """The seat where an attempt goes on now."""
    with here().reading() as raw:
        row = raw.one("SELECT seat FROM live WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)
    if row is None:
        raise RuleBroken("attempt.unknown")
    return str(row[0])


def moves_of(attempt_id: str) -> int:
    """How often an attempt has changed its seat."""
    with here().reading() as raw:
        row = raw.one("SELECT moves FROM live WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)
    return row[0] if row else 0
