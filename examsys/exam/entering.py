"""How candidates come in: rosters are booked, papers drawn and frozen at check-in, make-ups released, lost codes replaced."""

import secrets
from dataclasses import dataclass
from typing import Any

from ..accounts import logins
from ..accounts.service import commitments, installation, record
from ..bank import service as bank
from ..clock import Instant, new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor
from ..domain.attempt import MICROSECONDS
from ..domain.bank import content_hash
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.log import canonical
from ..domain.lottery import SEED_BYTES
from ..domain.paper import Paper, draw_paper, frozen
from . import conduct, journal, results
from .admitted import digest_of
from .form import form_of
from .holding import admission_index


@dataclass(frozen=True, slots=True)
class Booking:
    """A candidate as the roster has them."""

    candidate_id: str
    person_id: str
    session_id: str
    serial: str
    subject: str
    licence_class: str
    reason: str
    school: str
    language: str
    dialect: str | None = None  # of an audio paper


@dataclass(frozen=True, slots=True)
class Place:
    """Where and under whom an attempt is taken; frozen with it."""

    session_id: str
    room_id: str
    unit_id: str
    examiner: str  # post id
    seat: str


_BOOKING = "candidate_id, person_id, session_id, serial, subject, licence_class, reason, school, language, dialect"


def book(rows: list[dict[str, Any]], raw: Raw) -> list[str]:
    """Write the candidates of a roster in the open transaction; returns their ids."""
    site_id, ids = installation().site_id, [new_id() for _ in rows]
    raw.many(
        f"INSERT INTO candidate (site_id, {_BOOKING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (site_id, candidate_id, row["person_id"], row["session_id"], row["serial"], row["subject"], row["licence_class"],
             row["reason"], row["school"], row["language"], row.get("dialect") or None)
            for candidate_id, row in zip(ids, rows, strict=True)
        ],
    )  # fmt: skip
    return ids


def booking(candidate_id: str) -> Booking:
    """One candidate; RuleBroken('candidate.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            f"SELECT {_BOOKING} FROM candidate WHERE site_id = ? AND candidate_id = ?",
            installation().site_id,
            candidate_id,
        )
    if row is None:
        raise RuleBroken("candidate.unknown")
    return Booking(*row)


def bookings(session_id: str) -> list[Booking]:
    """All candidates of a session, in the roster's order."""
    with here().reading() as raw:
        rows = raw.all(f"SELECT {_BOOKING} FROM candidate WHERE session_id = ? ORDER BY candidate_id", session_id)
    return [Booking(*row) for row in rows]


def draw(release_id: str, blueprint_name: str, avoid: frozenset[str] = frozenset()) -> Paper:
    """Draw a paper from the system's own secret source; outside any write transaction. RuleBroken('paper.cell_missing').

    Questions that have been voided since the release are avoided like those of a first paper.
    """
    blueprint = bank.blueprint_named(blueprint_name)
    return draw_paper(
        blueprint,
        bank.pool(release_id, blueprint_name),
        secrets.token_bytes(SEED_BYTES),
        avoid | bank.voided_questions(),
    )


@dataclass(frozen=True, slots=True)
class Entrance:
    """One check-in: who sits where, number 1 or 2, with which paper of which release, under which version of the policy, when."""

    attempt_id: str
    number: int
    candidate: Booking
    place: Place
    paper: Paper
    release_id: str
    policy: str
    moment: Instant


def enter(
    candidate: Booking,
    place: Place,
    paper: Paper,
    release_id: str,
    policy: str,
    code: str,
    actor: Actor,
    number: int = 1,
) -> str:
    """Check a candidate in: freeze the paper with the attempt, keep the code as HMAC. Returns the attempt's id."""
    entrance = Entrance(new_id(), number, candidate, place, paper, release_id, policy, now())
    admission = admission_index(candidate.person_id, code)

    def work(raw: Raw) -> str:
        _enter(entrance, admission, actor, raw)
        _issued(entrance.attempt_id, admission, actor, raw)
        return entrance.attempt_id

    entered: str = append(work)
    return entered


def _enter(entrance: Entrance, admission: str, actor: Actor, raw: Raw) -> None:
    """Attempt, journal and the two entries of a check-in, in the open transaction."""
    body = frozen(entrance.paper)
    digest, allowed = content_hash(body), entrance.paper.blueprint.minutes * 60 * MICROSECONDS
    _write_attempt(entrance, canonical(body), digest, allowed, raw)
    place, site_id = entrance.place, installation().site_id
    journal.begin(site_id, entrance.attempt_id, place.session_id, place.seat, admission, allowed, raw)
    _tell(entrance, digest, actor, raw)


def _write_attempt(entrance: Entrance, body: bytes, digest: str, allowed: int, raw: Raw) -> None:
    house, candidate, place = installation(), entrance.candidate, entrance.place
    row = {
        "site_id": house.site_id, "attempt_id": entrance.attempt_id,
        "candidate_id": candidate.candidate_id, "number": entrance.number, "person_id": candidate.person_id,
        "session_id": place.session_id, "room_id": place.room_id, "unit_id": place.unit_id, "examiner": place.examiner,
        "day": beijing_day(entrance.moment.wall).isoformat(), "subject": candidate.subject,
        "licence_class": candidate.licence_class, "profile": house.site.profile, "seat": place.seat, "allowed": allowed,
        "paper": body, "paper_hash": digest, "release_id": entrance.release_id, "policy": entrance.policy,
        "at": rfc3339(entrance.moment.wall),
    }  # fmt: skip
    raw.run(f"INSERT INTO attempt ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", *row.values())


def _tell(entrance: Entrance, digest: str, actor: Actor, raw: Raw) -> None:
    """Who was checked in where, and which paper was drawn from which seed."""
    candidate, place, paper = entrance.candidate, entrance.place, entrance.paper
    checked_in = {
        "candidate": candidate.candidate_id, "number": entrance.number, "seat": place.seat, "session": place.session_id,
        "person": commitments(candidate.person_id, raw),
    }  # fmt: skip
    drawn = {
        "paper": digest, "seed": paper.seed.hex(), "release": entrance.release_id, "policy": entrance.policy,
        "shared": list(paper.shared), "profile": installation().site.profile,
    }  # fmt: skip
    record(EntryKind.CANDIDATE_CHECKIN, actor, about=entrance.attempt_id, data=checked_in, raw=raw)
    record(EntryKind.EXAM_PAPER_DRAWN, actor, about=entrance.attempt_id, data=drawn, raw=raw)


def make_up(attempt_id: str, policy: str, release_id: str, actor: Actor) -> str:
    """Release the make-up of a failed first attempt at the same seat, with a paper that shares no question where the bank allows.

    The terminal that holds the first attempt goes on with the second. RuleBroken('attempt.no_makeup').
    """
    if results.told(attempt_id)["makeup"] not in ("offered", "asked"):
        raise RuleBroken("attempt.no_makeup")
    site_id = installation().site_id
    first = form_of(site_id, attempt_id)
    avoid = frozenset(position.question_id for position in first.paper.positions)
    paper = draw(release_id, first.paper.blueprint.name, avoid)
    candidate, second_id = booking(first.candidate_id), new_id()
    second = Entrance(second_id, 2, candidate, place_of(attempt_id), paper, release_id, policy, now())

    def work(raw: Raw) -> str:
        before = raw.one(  # held, so that of two releases at once the second one sees the first one's attempt
            f"SELECT admission, hold, seat FROM live WHERE site_id = ? AND attempt_id = ?{raw.lock}",
            site_id,
            attempt_id,
        )
        if len(_numbers(candidate.candidate_id, raw)) > 1:
            raise RuleBroken("attempt.no_makeup")
        _enter(second, admission_index(candidate.person_id, ""), actor, raw)
        raw.run(
            "UPDATE live SET admission = ?, hold = ?, seat = ? WHERE site_id = ? AND attempt_id = ?",
            *before,
            site_id,
            second_id,
        )
        if before[1]:
            logins.rebind(before[1], second_id, raw)
        conduct.release_now(second_id, actor, raw)
        record(EntryKind.EXAM_MAKEUP_RELEASED, actor, about=second_id, data={"first": attempt_id}, raw=raw)
        return second_id

    made: str = append(work)
    return made


def _numbers(candidate_id: str, raw: Raw) -> list[Any]:
    return raw.all(
        "SELECT number FROM attempt WHERE site_id = ? AND candidate_id = ?", installation().site_id, candidate_id
    )


def place_of(attempt_id: str) -> Place:
    """Where an attempt was taken; RuleBroken('attempt.unknown')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT session_id, room_id, unit_id, examiner, seat FROM attempt WHERE site_id = ? AND attempt_id = ?",
            installation().site_id,
            attempt_id,
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    return Place(*row)


def candidate_of(attempt_id: str) -> str:
    """Whose attempt it is; RuleBroken('attempt.unknown')."""
    return form_of(installation().site_id, attempt_id).candidate_id


def attempts_of(candidate_id: str) -> list[str]:
    """The attempts of a candidate, first to last."""
    with here().reading() as raw:
        return [
            row[0]
            for row in raw.all(
                "SELECT attempt_id FROM attempt WHERE site_id = ? AND candidate_id = ? ORDER BY number",
                *(installation().site_id, candidate_id),
            )
        ]


def new_code(attempt_id: str, code: str, actor: Actor) -> None:
    """A new admission code in the place of one that was lost; the old one opens nothing any more."""
    candidate = booking(form_of(installation().site_id, attempt_id).candidate_id)

    def work(raw: Raw) -> None:
        index = admission_index(candidate.person_id, code)
        raw.run(
            "UPDATE live SET admission = ? WHERE site_id = ? AND attempt_id = ?",
            index,
            installation().site_id,
            attempt_id,
        )
        _issued(attempt_id, index, actor, raw)

    append(work)


def _issued(attempt_id: str, admission: str, actor: Actor, raw: Raw) -> None:
    """The entry of a code that was issued names what is stored of it, so that another in its place is noticed."""
    data = {"admission": digest_of(admission)}
    record(EntryKind.CANDIDATE_ADMISSION_ISSUED, actor, about=attempt_id, data=data, raw=raw)
