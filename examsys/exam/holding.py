"""Which terminal holds an attempt: signing in with number and code, contact, the way to another seat, signing out."""

from dataclasses import dataclass
from typing import Any

from ..accounts import lockout, logins
from ..accounts.logins import Login
from ..accounts.service import installation, person, person_by_id_number, record
from ..clock import now
from ..db import Raw, append, here
from ..domain.access import Actor
from ..domain.attempt import (
    State,
    Step,
    seconds,
)
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.identity import mask_id_number
from ..keys import keyed
from . import journal
from .admitted import digest_of
from .form import form_of

SILENT_SECONDS = 60


def attempt_actor(login: Login) -> Actor:
    """A candidate at a terminal, as entries name them."""
    return Actor(attempt=login.attempt_id, address=login.address)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the terminal is told after a sign-in; `token` goes into the cookie."""

    token: str
    login: Login
    state: str
    candidate: dict[str, Any]


def admission_index(person_id: str, code: str) -> str:
    """What is kept of an admission code: useless without the site's key, and of no use for anybody else."""
    return keyed(installation().keys.codes, "admission", person_id, code)


def sign_in(id_number: object, admission: object, address: str, held: Login | None = None) -> SignedIn:
    """Open a terminal for a candidate. RuleBroken('exam.unknown_candidate', 'exam.signed_in_elsewhere', 'auth.locked').

    `held`: the login that this browser already has, which may sign in again.
    """
    id_text, code = _typed(id_number).upper(), _typed(admission)
    who = keyed(installation().keys.codes, "id_number", id_text)
    lockout.check_not_locked(who, address, lockout.Limits())
    found = _attempt_for(id_text, code)
    if found is None:
        lockout.refuse(who, address, EntryKind.CANDIDATE_SIGN_IN_FAILED)
        raise RuleBroken("exam.unknown_candidate")
    attempt_id, person_id, subject, licence_class = found
    index = admission_index(person_id, code)

    def work(raw: Raw) -> tuple[str, Login, journal.Standing]:
        return _hold(attempt_id, address, held, raw, index)

    token, login, standing = append(work)
    known = person(person_id)
    candidate = {
        "name": known.name,
        "name_bo": known.name_bo,
        "id_masked": mask_id_number(known.id_number),
        "licence_class": licence_class,
        "subject": subject,
        "seat": standing.seat,
    }
    return SignedIn(token, login, standing.state, candidate)


def _typed(value: object) -> str:
    """What somebody typed; nothing where it is no text, or holds signs that no keyboard sends."""
    text = value.strip() if isinstance(value, str) else ""
    return text if text.isprintable() else ""


def sit(attempt_id: str, address: str) -> tuple[str, Login]:
    """Seat a candidate without a code, as only a demonstration's door does; an older terminal's hold ends. Token and login."""

    def work(raw: Raw) -> tuple[str, Login]:
        standing = journal.standing(installation().site_id, attempt_id, raw)
        if standing is not None and standing.hold:
            logins.end_login(standing.hold, raw)
        token, login, _ = _hold(attempt_id, address, None, raw)
        return token, login

    seated: tuple[str, Login] = append(work)
    return seated


def _attempt_for(id_number: str, code: str) -> tuple[str, str, str, str] | None:
    with here().reading() as raw:
        person_id = person_by_id_number(id_number, raw)
        if person_id is None:
            return None
        row = raw.one(
            "SELECT a.attempt_id, a.person_id, a.subject, a.licence_class FROM attempt a JOIN live l ON l.site_id = a.site_id"
            " AND l.attempt_id = a.attempt_id WHERE a.person_id = ? AND l.admission = ? ORDER BY a.number DESC, a.attempt_id DESC LIMIT 1",
            *(person_id, admission_index(person_id, code)),
        )
    return tuple(row) if row else None


def _hold(
    attempt_id: str, address: str, held: Login | None, raw: Raw, admission: str | None = None
) -> tuple[str, Login, journal.Standing]:
    site_id = installation().site_id
    standing = journal.standing(site_id, attempt_id, raw)
    if standing is None or (admission is not None and _admission(attempt_id, raw) != admission):
        raise RuleBroken("exam.unknown_candidate")  # not there, or the code was replaced a moment ago
    if standing.hold and (held is None or held.login_id != standing.hold) and _still_held(standing, raw):
        raise RuleBroken("exam.signed_in_elsewhere")
    if standing.hold:
        logins.end_login(standing.hold, raw)
    token, login = logins.open_login(raw, address, attempt_id=attempt_id)
    raw.run(
        "UPDATE live SET hold = ?, hold_seen = ? WHERE site_id = ? AND attempt_id = ?",
        *(login.login_id, seconds(now().mono), site_id, attempt_id),
    )
    if _stands_for_a_move(site_id, attempt_id, standing, raw):
        standing = _go_on(site_id, attempt_id, standing, login, raw)
    kind = EntryKind.TERMINAL_SWITCH if standing.state == State.RUNNING else EntryKind.CANDIDATE_SIGN_IN
    data = {"login": digest_of(login.login_id)} | ({"admission": digest_of(admission)} if admission else {})
    record(kind, attempt_actor(login), about=attempt_id, data=data, raw=raw)
    return token, login, standing


def _admission(attempt_id: str, raw: Raw) -> str:
    row = raw.one("SELECT admission FROM live WHERE site_id = ? AND attempt_id = ?", installation().site_id, attempt_id)
    return str(row[0])


def _stands_for_a_move(site_id: int, attempt_id: str, standing: journal.Standing, raw: Raw) -> bool:
    """Whether the clock stands only because the candidate was on the way to another seat."""
    if standing.state != State.PAUSED:
        return False
    last = journal.last_move(site_id, attempt_id, raw)
    return last is not None and last["kind"] == Step.SEAT and bool(last.get("stopped"))


def _go_on(site_id: int, attempt_id: str, standing: journal.Standing, login: Login, raw: Raw) -> journal.Standing:
    moment = now()
    sealed = journal.append_step(site_id, attempt_id, standing, Step.RESUME, moment, raw)
    timer = standing.timer.started(moment.mono)
    journal.update(site_id, attempt_id, raw, sealed, state=State.RUNNING.value, **journal.time_columns(timer))
    record(EntryKind.EXAM_RESUME, attempt_actor(login), about=attempt_id, data={"head": sealed.hash.hex()}, raw=raw)
    return standing._replace(state=State.RUNNING.value)


def _still_held(standing: journal.Standing, raw: Raw) -> bool:
    """A hold never ends by itself while the attempt runs; else after a minute without contact, whatever the wall clock says."""
    row = raw.one("SELECT ended FROM login WHERE login_id = ?", standing.hold)
    if row is None or row[0]:
        return False
    mono = seconds(now().mono)
    silent = mono - standing.hold_seen if mono >= standing.hold_seen else mono  # the machine was started again
    return standing.state == State.RUNNING or silent <= SILENT_SECONDS + logins.CONTACT_SECONDS


def note_contact(login: Login) -> None:
    """Note that a terminal is there, at most every few seconds."""
    logins.touch(login)
    site_id, mono = installation().site_id, seconds(now().mono)
    with here().reading() as raw:
        row = raw.one("SELECT hold_seen FROM live WHERE site_id = ? AND attempt_id = ?", site_id, login.attempt_id)
    if row is not None and not 0 <= mono - row[0] < logins.CONTACT_SECONDS:
        sql = "UPDATE live SET hold_seen = ? WHERE site_id = ? AND hold = ?"
        append(lambda raw: raw.run(sql, mono, site_id, login.login_id) and None)


def sign_out(login: Login) -> None:
    """Free the terminal."""

    def work(raw: Raw) -> None:
        logins.end_login(login.login_id, raw)
        raw.run("UPDATE live SET hold = NULL WHERE hold = ?", login.login_id)
        data = {"login": digest_of(login.login_id)}
        record(EntryKind.CANDIDATE_SIGN_OUT, attempt_actor(login), about=login.attempt_id, data=data, raw=raw)

    append(work)


def may_see(login: Login, attempt_id: str) -> bool:
    """Whether a terminal may look at an attempt: its own, or an earlier one of the same candidate."""
    if login.attempt_id == attempt_id:
        return True
    if login.attempt_id is None:
        return False
    site_id = installation().site_id
    try:
        return form_of(site_id, attempt_id).candidate_id == form_of(site_id, login.attempt_id).candidate_id
    except RuleBroken:
        return False
