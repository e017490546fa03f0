"""The acceptance post: makes sessions, imports rosters, has the examiner drawn by a recorded lot."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from ..accounts.service import holders, installation, person, person_by_id_number, policy_of, record, supervisors_of
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor, Role
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.lottery import SEED_BYTES, draw_lowest
from ..exam import entering
from . import audio_papers, lots, roster
from .sessions import MATCHED, PLANNED, change, hold, rooms, session_for, sight

FARTHEST = timedelta(days=366)


def create_session(room_id: str, day: str, actor: Actor) -> str:
    """A session in a room on a day (ISO), today or within a year. RuleBroken('room.unknown', 'session.bad_day')."""
    site_id, session_id, moment = installation().site_id, new_id(), now().wall
    found = next((room for room in rooms(sight(actor)) if room[0] == room_id), None)
    if found is None:
        raise RuleBroken("room.unknown")
    _check_day(day, beijing_day(moment))
    number = f"{day.replace('-', '')}-{session_id[-4:].upper()}"

    def work(raw: Raw) -> str:
        raw.run(
            "INSERT INTO session (site_id, session_id, room_id, unit_id, day, number, made_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(site_id, session_id, room_id, found[1], day, number, actor.person, rfc3339(moment)),
        )
        raw.run("INSERT INTO session_live (site_id, session_id, state) VALUES (?, ?, ?)", site_id, session_id, PLANNED)
        data = {"room": room_id, "day": day, "number": number}
        record(EntryKind.SESSION_CREATE, actor, about=session_id, data=data, raw=raw)
        return session_id

    created: str = append(work)
    return created


def _check_day(text: str, today: date) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RuleBroken("session.bad_day") from None
    if len(text) != 10 or not today <= day <= today + FARTHEST:
        raise RuleBroken("session.bad_day")


def import_roster(session_id: str, content: bytes, actor: Actor) -> roster.Report:
    """Take a roster (CSV) whole or not at all; the report has a row for each line. RuleBroken('session.not_planned')."""
    found = session_for(session_id, actor)
    if found.state not in (PLANNED, MATCHED):
        raise RuleBroken("session.not_planned")
    booked = entering.bookings(session_id)
    policy = policy_of(found.day)
    report = roster.read(content, room=found.seats - len(booked), policy=policy)
    audio_papers.judge(report.rows, policy)
    _compare(report.rows, {(booking.person_id, booking.subject) for booking in booked})
    if report.refused:
        append(
            lambda raw: record(EntryKind.SESSION_ROSTER_REFUSED, actor, about=session_id, data=report.counts, raw=raw)
        )
        return report
    roster.keep(session_id, report.rows, actor)
    return report


def _compare(lines: Sequence[roster.Line], booked: set[tuple[str, str]]) -> None:
    """Hold each line against what the house knows: booked already, or the same ID number under another name."""
    for line in lines:
        with here().reading() as raw:
            known = person_by_id_number(line.values.get("id_number", ""), raw)
        if known is None:
            continue
        if (known, line.values.get("subject", "")) in booked:
            line.faults.append("roster.already")
        elif person(known).name != line.values.get("name"):
            line.faults.append("roster.name_differs")


def match_examiner(session_id: str, actor: Actor) -> str:
    """Draw the session's examiner from all who hold that post in the unit that supervises the room (Order 162, Art. 48).

    Recorded so that anybody can redo it. Returns the post id. RuleBroken('session.no_examiner', 'session.not_planned').
    """
    found = session_for(session_id, actor)
    names = [holder.post_id for holder in holders(Role.EXAMINER, supervisors_of(found.unit_id))]
    if not names:
        raise RuleBroken("session.no_examiner")
    seed = secrets.token_bytes(SEED_BYTES)
    (chosen,) = draw_lowest(seed, "examiner", names, 1)

    def work(raw: Raw) -> None:
        if hold(raw, session_id) != PLANNED:
            raise RuleBroken("session.not_planned")
        lot = lots.keep(raw, "examiner", session_id, seed, names, [chosen])
        change(raw, session_id, state=MATCHED, examiner=chosen)
        data = {"lot": lot, "examiner": chosen, "names": len(names)}
        record(EntryKind.SESSION_EXAMINER_DRAWN, actor, about=session_id, data=data, raw=raw)

    append(work)
    return chosen
