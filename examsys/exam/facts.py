"""What papers state of a candidate's attempts, read once they have ended. Reads only; sees the room's and the log's rows by id alone."""

from dataclasses import dataclass

from ..accounts.service import installation, post
from ..bank import service as bank
from ..db import Raw, here
from ..domain.attempt import State, replay
from ..domain.errors import RuleBroken
from . import journal, results
from .form import form_of

_ATTEMPT = "attempt_id, number, session_id, room_id, unit_id, examiner, day, paper_hash, release_id"


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that has ended, with the result that counts."""

    attempt_id: str
    number: int  # 1, or 2 for the make-up
    session_id: str
    room_id: str
    unit_id: str
    examiner: str  # post number
    day: str
    paper_hash: str
    release: str  # number of the bank's release
    seat: str
    languages: tuple[str, ...]
    started_at: str | None
    ended_at: str | None
    result_id: str
    score: int
    full_mark: int
    pass_mark: int
    passed: bool
    regraded: bool
    provisional: bool


def candidate_of(attempt_id: str) -> str:
    """Whose attempt it is; RuleBroken('attempt.unknown')."""
    return form_of(installation().site_id, attempt_id).candidate_id


def is_demonstration_paper(attempt_id: str) -> bool:
    """Whether the attempt was on a paper that is no exam."""
    return form_of(installation().site_id, attempt_id).paper.blueprint.demonstration


def standing_results(candidate_id: str) -> list[tuple[str, str, bool]]:
    """Attempt, newest result and whether a second signature is owed, of all ended attempts of a candidate: what a paper depends on."""
    site_id = installation().site_id
    with here().reading() as raw:
        rows = raw.all(
            "SELECT a.attempt_id, l.provisional FROM attempt a JOIN live l ON l.site_id = a.site_id AND l.attempt_id = a.attempt_id"
            " WHERE a.site_id = ? AND a.candidate_id = ? AND l.state = ? ORDER BY a.number",
            *(site_id, candidate_id, State.CLOSED.value),
        )
        found = [(row[0], results.newest(row[0], raw), bool(row[1])) for row in rows]
    return [(attempt_id, newest[0], owed) for attempt_id, newest, owed in found if newest is not None]


def ended(attempt_id: str) -> Ended:
    """An ended attempt; RuleBroken('attempt.unknown', 'attempt.not_closed')."""
    site_id = installation().site_id
    with here().reading() as raw:
        row = raw.one(f"SELECT {_ATTEMPT} FROM attempt WHERE site_id = ? AND attempt_id = ?", site_id, attempt_id)
        live = raw.one(
            "SELECT state, seat, provisional FROM live WHERE site_id = ? AND attempt_id = ?", site_id, attempt_id
        )
        newest = results.newest(attempt_id, raw)
        replayed = replay(journal.steps(site_id, attempt_id, raw))
    if row is None or live is None:
        raise RuleBroken("attempt.unknown")
    if live[0] != State.CLOSED or newest is None:
        raise RuleBroken("attempt.not_closed")
    result_id, score, full_mark, pass_mark, passed, reason = newest
    _, number, session_id, room_id, unit_id, examiner, day, paper_hash, release_id = row
    return Ended(
        attempt_id, number, session_id, room_id, unit_id, post(examiner).number, day, paper_hash,
        bank.release_number(release_id), live[1], tuple(replayed.languages), replayed.started_at, replayed.ended_at,
        result_id, score, full_mark, pass_mark, passed, reason is not None, bool(live[2]),
    )  # fmt: skip


def place_names(session_id: str, room_id: str) -> tuple[str, str, str]:
    """Number of the session, and the room's name in both languages."""
    site_id = installation().site_id
    with here().reading() as raw:
        session = raw.one("SELECT number FROM session WHERE site_id = ? AND session_id = ?", site_id, session_id)
        room = raw.one("SELECT name_zh, name_bo FROM room WHERE site_id = ? AND room_id = ?", site_id, room_id)
    return session[0] if session else "", room[0] if room else "", room[1] if room else ""


def is_sealed(attempt_id: str) -> bool:
    """Whether a checkpoint covers the attempt's journal and every entry about it."""
    site_id = installation().site_id
    with here().reading() as raw:
        grown = raw.one(
            "SELECT 1 FROM live WHERE site_id = ? AND attempt_id = ? AND length > sealed", site_id, attempt_id
        )
        waiting = raw.one(
            "SELECT 1 FROM unsealed u JOIN entry e ON e.site_id = u.site_id AND e.entry_id = u.entry_id"
            " WHERE u.site_id = ? AND e.object = ?",
            *(site_id, attempt_id),
        )
    return not grown and not waiting


def lock(attempt_id: str, raw: Raw) -> None:
    """Hold the attempt's row until the open transaction ends, so that only one paper is issued at a time."""
    raw.one(f"SELECT 1 FROM live WHERE site_id = ? AND attempt_id = ?{raw.lock}", installation().site_id, attempt_id)


def unit_of(attempt_id: str) -> str:
    """The unit in which an attempt was taken: what reach is judged by. RuleBroken('attempt.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT unit_id FROM attempt WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    return str(row[0])
