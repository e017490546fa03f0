"""Sessions of the demonstration, opened the way an acceptance post and an examiner would."""

import csv
import io

from ..accounts import logins
from ..accounts import service as accounts
from ..domain.access import Actor
from ..domain.errors import RuleBroken
from ..invigilation import service as invigilation


def actor_as(role: str) -> Actor:
    """The demonstration's holder of a role, as an actor."""
    account = logins.account_named(role)
    if account is None:
        raise RuleBroken("account.unknown")
    return logins.actor_of(account, accounts.posts_of(account.person_id)[0], "127.0.0.1")


def roster_of(lines: list[dict[str, str]]) -> bytes:
    """A roster file of these lines."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode()


def open_session(room_id: str, day: str, lines: list[dict[str, str]]) -> str:
    """A session with its roster, matched by lot and taken over."""
    acceptance, examiner = actor_as("acceptance"), actor_as("examiner")
    session_id = invigilation.create_session(room_id, day, acceptance)
    if lines:
        report = invigilation.import_roster(session_id, roster_of(lines), acceptance)
        if report.refused:
            raise RuleBroken(
                "demo.roster",
                faults=str([(row.number, row.faults) for row in report.rows if row.faults] + list(report.file_faults)),
            )
    invigilation.match_examiner(session_id, acceptance)
    invigilation.take_over(session_id, examiner)
    return session_id
