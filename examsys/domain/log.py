"""The record itself: canonical bytes, the chain of steps, commitments to personal data, the kinds of log entries.

The stored bytes are the evidence; columns are read from them. A step's body should name its attempt and its number in
that attempt, so that a chain cannot be passed off as another attempt's.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

FIRST = bytes(32)  # what stands in the place of a previous hash before an attempt's first step
MAX_INTEGER = 2**53 - 1  # beyond this RFC 8785 readers round, as numbers there are IEEE doubles
_STEP = b"examsys/step/1\0"
_LAST_PLAIN = "\ud7ff"  # up to here the order of code points is the order of UTF-16 units, which RFC 8785 asks for
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class NotCanonical(ValueError):  # noqa: N818  named by what happened
    """A value that has no single canonical form, or bytes that are not in it."""


class ChainFault(StrEnum):
    """In what way a chain of steps is broken."""

    ALTERED = "altered"  # body or hash edited, or the step before it taken out
    DISPLACED = "displaced"  # the step is whole, but follows another step than the one before it
    CUT = "cut"  # steps missing at the end, against a head or a length known from elsewhere
    SURPLUS = "surplus"  # more steps than the length known from elsewhere
    REPLACED = "replaced"  # whole in itself, but not the chain whose head is known from elsewhere


class ChainBroken(ValueError):  # noqa: N818  named by what happened
    """A chain does not hold; `position` counts steps from 1 (for CUT: the first one missing)."""

    def __init__(self, position: int, fault: ChainFault) -> None:
        super().__init__(f"step {position}: {fault}")
        self.position = position
        self.fault = fault


def canonical(value: Any) -> bytes:
    """The one byte form of a value after RFC 8785, for str, int, bool, None, list, tuple and dict with str keys.

    Floats, integers beyond 2**53 - 1 (nanoseconds since boot: write milliseconds), lone surrogates and keys beyond
    U+D7FF raise NotCanonical. Texts are taken as they are: normalise before.
    """
    _check(value)
    try:
        return _encode(value).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def decode(body: bytes) -> Any:
    """The value of canonical bytes; NotCanonical when they are any other spelling of it (or no JSON at all)."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if canonical(value) != body:
        raise NotCanonical("not in canonical form")
    return value


def _check(value: Any) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical(f"integer beyond 2**53 - 1: {value}")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not (key.isascii() or max(key) <= _LAST_PLAIN):
                raise NotCanonical(f"key {key!r}")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    else:
        raise NotCanonical(f"{type(value).__name__} has no canonical form here")


def step_hash(previous: bytes, body: bytes) -> bytes:
    """The hash which seals a step's body to the step before it (FIRST where there is none)."""
    return hashlib.sha256(_STEP + previous + body).digest()


def verify_chain(
    steps: Iterable[tuple[bytes, bytes]], *, head: bytes | None = None, length: int | None = None
) -> bytes:
    """The head of (body, hash) pairs in order, each of which follows from the one before; else ChainBroken.

    Only `head` and `length`, known from the log (entry log.heads) or a paper, show that the tail was cut.
    """
    steps = steps if isinstance(steps, Sequence) else list(steps)
    previous = FIRST
    sha256, prefix = hashlib.sha256, _STEP
    for position, (body, sealed) in enumerate(steps, 1):
        if sha256(prefix + previous + body).digest() != sealed:
            raise ChainBroken(position, _fault_of(steps, body, sealed))
        previous = sealed
    if length is not None and len(steps) != length:
        short = len(steps) < length
        raise ChainBroken((len(steps) if short else length) + 1, ChainFault.CUT if short else ChainFault.SURPLUS)
    if head is not None and previous != head:
        raise ChainBroken(max(1, len(steps)), _fault_at_end(steps, head))
    return previous


def _fault_of(steps: Sequence[tuple[bytes, bytes]], body: bytes, sealed: bytes) -> ChainFault:
    predecessors = [FIRST, *(other for _, other in steps)]
    if any(step_hash(previous, body) == sealed for previous in predecessors):
        return ChainFault.DISPLACED
    return ChainFault.ALTERED


def _fault_at_end(steps: Sequence[tuple[bytes, bytes]], head: bytes) -> ChainFault:
    if head == FIRST or any(sealed == head for _, sealed in steps):
        return ChainFault.SURPLUS
    return ChainFault.REPLACED


def commitment(key: bytes, field: str, value: str) -> str:
    """Hex HMAC-SHA-256 that binds an entry to a person's field without showing it (evidence.md 2.6).

    `key` is the person's own 32 random bytes: once it is deleted, nobody can link the entry to the value any more.
    """
    return hmac.new(_key(key), field.encode() + b"\0" + value.encode(), hashlib.sha256).hexdigest()


def blind_index(key: bytes, value: str) -> str:
    """Hex HMAC by which an encrypted value is found again; `key` (32 bytes) belongs to the site, not to a person."""
    return hmac.new(_key(key), b"examsys/index/1\0" + value.encode(), hashlib.sha256).hexdigest()


def _key(key: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("a key is 32 bytes")
    return key


class EntryKind(StrEnum):
    """What the log can say, as subject.action (evidence.md 2.5). Stored for ever: names are added, never changed."""

    # signing in of staff and the guard
    AUTH_LOGIN = "auth.login"
    AUTH_LOGIN_FAILED = "auth.login_failed"
    AUTH_LOGOUT = "auth.logout"
    AUTH_LOCKED = "auth.locked"  # too many failures for one account or terminal
    AUTH_UNLOCKED = "auth.unlocked"
    AUTH_PASSWORD_RESET = "auth.password_reset"
    AUTH_SESSION_KILLED = "auth.session_killed"  # ended by another person, or by the account being disabled
    AUTH_REFUSED = "auth.refused"  # the guard said no: outside role, unit or separation of duties
    REQUEST_REFUSED = "request.refused"  # input no honest page sends
    # people and units
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_ROLE_CHANGE = "account.role_change"  # a post or role given or taken away
    ACCOUNT_DISABLE = "account.disable"
    UNIT_CREATE = "unit.create"
    UNIT_MOVE = "unit.move"
    # a session of exams in a room
    SESSION_CREATE = "session.create"
    SESSION_ROSTER_IMPORTED = "session.roster_imported"
    SESSION_ROSTER_REFUSED = "session.roster_refused"  # faults in rows: nothing was imported
    SESSION_EXAMINER_DRAWN = "session.examiner_drawn"  # the recorded lot that matched examiner and session
    SESSION_TAKEN_OVER = "session.taken_over"
    SESSION_PAUSE = "session.pause"  # the whole room
    SESSION_RESUME = "session.resume"
    SESSION_NOTE = "session.note"  # what the examiner wrote down
    SESSION_END = "session.end"
    # a candidate in the room
    CANDIDATE_CHECKIN = "candidate.checkin"
    CANDIDATE_IDENTITY_CHECKED = "candidate.identity_checked"
    CANDIDATE_IDENTITY_REFUSED = "candidate.identity_refused"
    CANDIDATE_ADMISSION_ISSUED = "candidate.admission_issued"  # an 8-digit code, kept as HMAC
    CANDIDATE_SIGN_IN = "candidate.sign_in"
    CANDIDATE_SIGN_IN_FAILED = "candidate.sign_in_failed"
    CANDIDATE_SIGN_IN_BLOCKED = "candidate.sign_in_blocked"  # too many failures for one pair, or signed in elsewhere
    CANDIDATE_SIGN_OUT = "candidate.sign_out"
    SEAT_ASSIGNED = "seat.assigned"  # by lot
    SEAT_FREED = "seat.freed"  # the examiner ended a terminal's hold
    SEAT_MOVE_REQUESTED = "seat.move_requested"  # a second move
    SEAT_MOVE_REFUSED = "seat.move_refused"
    SEAT_MOVED = "seat.moved"
    TERMINAL_ENROL = "terminal.enrol"
    TERMINAL_SWITCH = "terminal.switch"  # an attempt goes on at another terminal
    TERMINAL_OFFLINE = "terminal.offline"
    TERMINAL_ONLINE = "terminal.online"
    # an attempt
    EXAM_PAPER_DRAWN = "exam.paper_drawn"  # seed, paper hash, bank release, policy
    EXAM_RELEASED = "exam.released"  # the examiner lets the candidate start
    EXAM_START = "exam.start"
    EXAM_PAUSE = "exam.pause"
    EXAM_RESUME = "exam.resume"
    EXAM_ANSWER_CONFLICT = "exam.answer_conflict"  # a known seq sent again with other options
    EXAM_SUBMIT = "exam.submit"
    EXAM_AUTO_SUBMIT = "exam.auto_submit"  # closed by the clock, or early because failing is certain
    EXAM_ABORT = "exam.abort"  # ended by the examiner
    EXAM_TIME_REQUESTED = "exam.time_requested"
    EXAM_TIME_ADDED = "exam.time_added"
    EXAM_TIME_REFUSED = "exam.time_refused"
    EXAM_REOPEN_REQUESTED = "exam.reopen_requested"
    EXAM_REOPENED = "exam.reopened"
    EXAM_REOPEN_REFUSED = "exam.reopen_refused"
    EXAM_SIGNATURE_OWED = "exam.signature_owed"  # done with one signature; the result is provisional until the second
    EXAM_SIGNATURE_GIVEN = "exam.signature_given"
    EXAM_SIGNATURE_OVERDUE = "exam.signature_overdue"
    EXAM_SCORED = "exam.scored"
    EXAM_MAKEUP_RELEASED = "exam.makeup_released"
    EXAM_MAKEUP_DECLINED = "exam.makeup_declined"  # the candidate left after the first fail
    EXAM_REGRADE_REQUESTED = "exam.regrade_requested"
    EXAM_REGRADED = "exam.regraded"
    EXAM_VOID_REQUESTED = "exam.void_requested"
    EXAM_VOIDED = "exam.voided"
    # papers given to people
    SHEET_ISSUED = "sheet.issued"
    SHEET_SUPERSEDED = "sheet.superseded"
    SHEET_FAILED = "sheet.failed"  # could not be made; the exam went on
    SHEET_VIEWED = "sheet.viewed"
    SLIP_ISSUED = "slip.issued"
    # questions and rules
    BANK_IMPORTED = "bank.imported"
    BANK_RELEASED = "bank.released"
    BANK_PAPER_REFUSED = "bank.paper_refused"  # a blueprint that the release cannot fill, with the missing cell
    QUESTION_DRAFT = "question.draft"
    QUESTION_TRANSLATE = "question.translate"
    QUESTION_REVIEW = "question.review"
    QUESTION_APPROVE = "question.approve"
    QUESTION_PUBLISH = "question.publish"
    QUESTION_RETIRE = "question.retire"
    QUESTION_VOIDED = "question.voided"  # found faulty after it was asked
    POLICY_CHANGE = "policy.change"  # a new version, or a site's override
    POLICY_TIBETAN_APPROVED = "policy.tibetan_approved"  # the approval of Tibetan papers, as entered
    # who looked, and what left the house
    AUDIT_VIEWED = "audit.viewed"  # an attempt's timeline or replay
    AUDIT_VERIFIED = "audit.verified"
    EXPORT_MADE = "export.made"
    PD_VIEWED = "pd.viewed"  # full identity shown to a person
    PD_ERASED = "pd.erased"
    # the log, the site, the machine
    LOG_HEADS = "log.heads"  # heads of all attempts that grew since the last one
    LOG_COSIGNED = "log.cosigned"
    LOG_REFUSED = "log.refused"  # a witness refused a checkpoint
    LOG_EPOCH_NEW = "log.epoch_new"
    CLOCK_STEP = "clock.step"  # wall time moved against monotonic time by more than 2 s
    OUTAGE_RECORDED = "outage.recorded"  # the gap since the last tick, which costs no candidate time
    SITE_INIT = "site.init"
    SITE_KEY = "site.key"  # a key made, changed or withdrawn
    SITE_START = "site.start"  # the server came up, with software and schema version
    SITE_STOP = "site.stop"
    SITE_MIGRATED = "site.migrated"
    SITE_FAULT = "site.fault"  # disk full, database away
    DEMO_CREATED = "demo.created"
    DEMO_DOOR = "demo.door"  # one-click sign-in of a demonstration
