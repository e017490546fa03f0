"""Letting a visitor of the demonstration in: to a desk, to a terminal, to the papers of the finished morning."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..accounts import logins
from ..accounts import service as accounts
from ..accounts.logins import Login
from ..clock import now
from ..db import append
from ..domain.access import Actor
from ..domain.attempt import State
from ..domain.dates import beijing_day
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..exam import entering, holding, search
from ..invigilation import roster, sessions
from ..invigilation import service as invigilation
from . import people, staging
from .morning import STORIES

MOST_ATTEMPTS = 20  # of one visitor's candidate, newest first, that are looked at for one to go on with
_seating = threading.Lock()  # a double click must not check a candidate in twice


@dataclass(frozen=True, slots=True)
class Chair:
    """A candidate whom a visitor may be: invented, and apart from the candidates of the account file."""

    number: int
    name_zh: str
    name_bo: str
    subject: str
    language: str
    blueprint: str | None = None  # None: the paper of the subject and class

    @property
    def line(self) -> dict[str, str]:
        """The candidate as a line of a roster."""
        line = people.candidate_line(self.number, self.subject, "C1", self.language)
        return line | {"姓名": self.name_zh, "藏文姓名": self.name_bo}


CHAIRS: Final[Mapping[str, Chair]] = {
    "tibetan": Chair(9_001, "次仁卓玛", "ཚེ་རིང་སྒྲོལ་མ", "科目一", "藏文"),
    "chinese": Chair(9_002, "李雪梅", "", "科目一", "汉文"),
    "subject3": Chair(9_003, "格桑顿珠", "སྐལ་བཟང་དོན་གྲུབ", "科目三安全文明驾驶常识", "藏汉双语"),
    "ten": Chair(9_004, "白玛央宗", "པདྨ་དབྱངས་འཛོམས", "科目一", "藏文", "demo10"),
}


def to_desk(door: str, role: str, address: str) -> str:
    """Sign a visitor in as the demonstration's holder of a role; the token for the cookie."""
    account = logins.account_named(role)
    if account is None:
        raise RuleBroken("account.unknown")
    token, login = logins.sign_in_account(account, address, {"door": door})
    post = accounts.posts_of(account.person_id)[0]
    _note(door, logins.actor_of(account, post, address), login)
    return token


def to_terminal(door: str, address: str) -> tuple[str, str]:
    """Seat a visitor as a candidate who can sit an exam now; token for the cookie and the attempt."""
    chair = CHAIRS[door]
    with _seating:
        attempt_id = _going_on(chair) or _checked_in(chair)
        token, login = holding.sit(attempt_id, address)
    _note(door, holding.attempt_actor(login), login)
    return token, attempt_id


def _note(door: str, actor: Actor, login: Login) -> None:
    append(
        lambda raw: (
            accounts.record(EntryKind.DEMO_DOOR, actor, about=login.attempt_id, data={"door": door}, raw=raw) and None
        )
    )


def _everywhere() -> frozenset[str]:
    return frozenset(unit.unit_id for unit in accounts.units())


def _going_on(chair: Chair) -> str | None:
    """The candidate's newest attempt that has not ended."""
    person_id = search.person_bearing(chair.line["身份证明号码"])
    if person_id is None:
        return None
    found = search.search(search.Query(_everywhere(), persons={person_id}), MOST_ATTEMPTS)
    return next((attempt.attempt_id for attempt in found if attempt.state != State.CLOSED), None)


def _checked_in(chair: Chair) -> str:
    """Book, check in and release the candidate in today's room."""
    acceptance, examiner = staging.actor_as("acceptance"), staging.actor_as("examiner")
    session_id = open_session()
    policy = accounts.policy_of(sessions.sitting(session_id).day)
    report = roster.read(staging.roster_of([chair.line]), 1, policy)
    if report.refused:
        raise RuleBroken("demo.roster", faults=str(report.counts))
    (candidate_id,) = roster.keep(session_id, report.rows, acceptance)
    admission = invigilation.check_in(session_id, candidate_id, examiner, chair.blueprint)
    invigilation.release(session_id, admission.attempt_id, examiner)
    return admission.attempt_id


def open_session() -> str:
    """The examiner's open session with a free seat; a new one where the last has ended or is full."""
    examiner = staging.actor_as("examiner")
    for found in sessions.sessions_for(examiner):
        if found.state == sessions.OPEN and invigilation.free_seats(found):
            return found.session_id
    room_id = sessions.rooms(sessions.sight(examiner))[0][0]
    return staging.open_session(room_id, beijing_day(now().wall).isoformat(), [])


# -- the finished morning ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """How the morning went for one candidate: who, on what paper, what happened, and how it ended."""

    attempt_id: str
    name: str
    name_bo: str
    subject: str
    licence_class: str
    happening: str
    passed: bool
    score: int


def finished_morning() -> list[Told]:
    """The sixteen of the morning in the order of the roster; empty where this is not the demonstration that `demo` makes."""
    sittings = sessions.sittings(_everywhere())
    if not sittings or sittings[-1].state != sessions.ENDED:
        return []
    first = sittings[-1]
    booked, newest = entering.bookings(first.session_id), _newest_of(first)
    if len(booked) != len(STORIES) or not newest.keys() >= {booking.candidate_id for booking in booked}:
        return []
    told = []
    for booking, story in zip(booked, STORIES, strict=True):
        attempt, person = newest[booking.candidate_id], accounts.person(booking.person_id)
        told.append(
            Told(
                attempt.attempt_id, person.name, person.name_bo, booking.subject, booking.licence_class,
                _happening(story.happening, bool(attempt.passed)), bool(attempt.passed), attempt.score or 0,
            )
        )  # fmt: skip
    return told


def _newest_of(sitting: sessions.Sitting) -> dict[str, search.Found]:
    """The last attempt of each candidate of a session; their papers, which are large, are not read."""
    found = search.search(search.Query(_everywhere(), day=sitting.day), 10 * MOST_ATTEMPTS)
    of_session = (attempt for attempt in found if attempt.session_id == sitting.session_id)
    return {attempt.candidate_id: attempt for attempt in sorted(of_session, key=lambda attempt: attempt.number)}


def _happening(happening: str, passed: bool) -> str:
    """What the list tells; a make-up is told by how it ended."""
    return f"{happening}.{'passed' if passed else 'failed'}" if happening in ("", "makeup") else happening


def resumed() -> str | None:
    """The attempt of the morning that went on at another seat: where the auditor's door leads."""
    return next((told.attempt_id for told in finished_morning() if told.happening == "moves"), None)
