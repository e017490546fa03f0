"""Issues score sheets and slips, keeps them sealed, issues them anew when a result changes, and checks what people bring back."""

import hashlib
from concurrent.futures import Future
from typing import NamedTuple

from ..accounts.service import installation, is_site, record
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.certificate import Kind, SheetFacts, sign_statement
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..exam import facts as exam_facts
from ..invigilation.sessions import sight
from . import archive, typeset
from .checking import verify_file, verify_text
from .gathering import gather, states_of
from .signing import signing_identity
from .worker import PRESS, Answer

__all__ = ["check_reach", "note_view", "sheet_for", "slip_for", "verify_file", "verify_text", "warm"]
WAIT_SECONDS = 20.0
MOST_DRAFTS = 600
ISSUED = {Kind.ARCHIVE: EntryKind.SHEET_ISSUED, Kind.SLIP: EntryKind.SLIP_ISSUED}


class Draft(NamedTuple):
    """A paper on its way through the press."""

    sheet_id: str
    candidate_id: str
    attempt_id: str
    person_id: str
    states: str
    facts: SheetFacts
    statement: str
    replaces: str | None  # sheet id
    printed: "Future[Answer]"


_drafts: dict[tuple[str, str, str], Draft] = {}


def sheet_for(attempt_id: str, actor: Actor = HOUSE) -> tuple[bytes, str]:
    """The archive score sheet of an attempt's candidate as PDF, and its number; made on first call, anew after a result changed.

    RuleBroken: attempt.unknown, attempt.not_closed, sheet.being_made (ask again), sheet.unavailable.
    """
    return _paper(attempt_id, Kind.ARCHIVE, actor)


def slip_for(attempt_id: str, actor: Actor = HOUSE) -> tuple[bytes, str]:
    """The candidate's masked slip, as `sheet_for`."""
    return _paper(attempt_id, Kind.SLIP, actor)


def warm() -> None:
    """Start the press and let it load, without waiting: so that the first sheet comes at once. Nothing where there is no site yet."""
    if not is_site():
        return
    PRESS.order({"do": "warm", "keys": str(signing_identity().folder), "style": typeset.STYLE})


def check_reach(attempt_id: str, actor: Actor) -> None:
    """RuleBroken('attempt.unknown') for an attempt outside the units that a member of staff reaches."""
    if exam_facts.unit_of(attempt_id) not in sight(actor):
        raise RuleBroken("attempt.unknown")


def note_view(attempt_id: str, number: str, actor: Actor) -> None:
    """Note that a member of staff has looked at a sheet: it shows the full identity."""
    append(lambda raw: record(EntryKind.SHEET_VIEWED, actor, about=attempt_id, data={"number": number}, raw=raw))


def _paper(attempt_id: str, kind: Kind, actor: Actor) -> tuple[bytes, str]:
    candidate_id = exam_facts.candidate_of(attempt_id)
    standing = exam_facts.standing_results(candidate_id)
    if attempt_id not in {row[0] for row in standing}:
        raise RuleBroken("attempt.not_closed")
    states = states_of(standing)
    with here().reading() as raw:
        current = archive.newest(candidate_id, kind, raw)
    if current is None or current.states != states:
        draft = _draft(candidate_id, kind, states)
        try:
            _, pdf = PRESS.wait(draft.printed, WAIT_SECONDS)
        except RuleBroken as broken:
            if broken.key != "sheet.being_made":
                _drafts.pop((candidate_id, kind.value, states), None)
                _note_failure(attempt_id, kind, broken.key)
            raise
        current = _issue(draft, pdf, actor)
        _drafts.pop((candidate_id, kind.value, states), None)
    return archive.read(current), current.number


def _draft(candidate_id: str, kind: Kind, states: str) -> Draft:
    """The paper that is already in the press for these results, or a new one; two at once do no harm, one of them is issued."""
    key = (candidate_id, kind.value, states)
    waiting = _drafts.get(key)
    if waiting is not None:
        return waiting
    if len(_drafts) >= MOST_DRAFTS:
        _forget_uncalled()
    place, sheet_id, moment = installation(), new_id(), now()
    with here().reading() as raw:
        before = archive.newest(candidate_id, kind, raw)
    facts, person_id = gather(candidate_id, kind, sheet_id, moment, before.number if before else None)
    statement = sign_statement(facts, place.keys.sheet.sign)
    order = {"do": "print", "keys": str(signing_identity().folder), "style": typeset.STYLE}
    printed = PRESS.order(order, typeset.page_of(facts, statement).encode())
    newest = facts.newest.attempt_id
    draft = Draft(
        sheet_id,
        candidate_id,
        newest,
        person_id,
        states,
        facts,
        statement,
        before.sheet_id if before else None,
        printed,
    )
    return _drafts.setdefault(key, draft)


def _note_failure(attempt_id: str, kind: Kind, key: str) -> None:
    data = {"kind": kind.value, "why": key}
    append(lambda raw: record(EntryKind.SHEET_FAILED, about=attempt_id, data=data, raw=raw))


def _forget_uncalled() -> None:
    """Let go of papers that are ready and that nobody has come back for."""
    for key, draft in list(_drafts.items()):
        if draft.printed.done():
            _drafts.pop(key, None)


def _issue(draft: Draft, pdf: bytes, actor: Actor) -> archive.Kept:
    """Keep the file and write down that it was issued; if somebody was faster with the same results, theirs counts."""
    stored = archive.keep(draft.person_id, draft.sheet_id, pdf)
    facts = draft.facts
    row = archive.Kept(
        draft.sheet_id, draft.candidate_id, draft.attempt_id, facts.kind.value, facts.number, facts.newest.result_id,
        draft.states, draft.replaces, facts.log_size, _hash(draft.statement.encode()), _hash(pdf), stored,
        rfc3339(now().wall),
    )  # fmt: skip

    def work(raw: Raw) -> archive.Kept:
        exam_facts.lock(draft.attempt_id, raw)
        there = archive.newest(draft.candidate_id, facts.kind, raw)
        if there is not None and there.states == draft.states:
            return there
        archive.write(row, raw)
        data = {
            "number": row.number, "results": [sitting.result_id for sitting in facts.sittings], "statement": row.statement,
            "pdf": row.pdf, "checkpoint": row.checkpoint, "supersedes": facts.replaces,
        }  # fmt: skip
        record(ISSUED[facts.kind], actor, about=draft.attempt_id, data=data, raw=raw)
        if facts.replaces and facts.kind is Kind.ARCHIVE:
            superseded = {"number": facts.replaces, "by": row.number}
            record(EntryKind.SHEET_SUPERSEDED, actor, about=draft.attempt_id, data=superseded, raw=raw)
        return row

    issued: archive.Kept = append(work)
    return issued


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
