"""Releases of the bank: put together by a reviewer, published by somebody who had no part in them, compared with the one before."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..accounts.service import installation, record
from ..bank import service as bank
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor, Hand, check_four_eyes
from ..domain.bank import Question, content_hash, is_approved, may_be_drawn
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.log import canonical
from ..domain.spoken import sounding, spoken_texts
from . import history, names, speakers
from .checks import workshop
from .names import name_of
from .outlook import Compared, compared, contents_of, outlook


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a proposal was withdrawn or refused, by whom and when."""

    reason: str
    account: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A release that was put together for its publisher. `contents`: by question id the hash of its content; `lost`: the names of
    papers of which its proposer knew that they could no longer be drawn.
    """

    proposal_id: str
    number: str
    contents: Mapping[str, str]
    note: str
    account: str | None
    at: str
    lost: frozenset[str] = frozenset()
    ended: Ended | None = None


def ready() -> list[Question]:
    """The questions that a release may hold: approved as they stand, whole in both languages, no stale translation, with what sounds
    of voices that have given consent.
    """
    found, silenced = workshop().questions(), speakers.without_consent()
    whole = (written for written in found if is_approved(written.question) and may_be_drawn(written.question))
    return [sounding(written.released, silenced) for written in whole]


# -- proposals -----------------------------------------------------------------------------------------------


def propose(number: str, note: str, actor: Actor, *, knowing: bool = False) -> str:
    """Put a release together from all that is ready; returns the proposal's id. `knowing`: that papers would be lost.

    RuleBroken('desk.nothing_ready', 'desk.papers_lost', 'desk.number_taken').
    """
    row = _row_of_proposal(number, note, actor, knowing)
    made: str = append(lambda raw: _keep_proposal(row, actor, raw))
    return made


def propose_anew(proposal_id: str, actor: Actor, *, knowing: bool = False) -> str:
    """The same number and note for what is ready now; the old proposal is withdrawn. RuleBroken as in `propose` and `withdraw`."""
    old = proposal_of(proposal_id)
    row = _row_of_proposal(old.number, old.note, actor, knowing)

    def work(raw: Raw) -> str:
        _keep_end(old, "", actor, raw)
        return _keep_proposal(row, actor, raw)

    made: str = append(work)
    return made


def withdraw(proposal_id: str, reason: str, actor: Actor) -> None:
    """End a proposal: its number is free again. RuleBroken('desk.proposal_unknown', 'desk.proposal_ended')."""
    proposal = proposal_of(proposal_id)
    append(lambda raw: _keep_end(proposal, reason, actor, raw))


def proposals() -> list[Proposed]:
    """All proposals, the newest first."""
    sql = (
        "SELECT p.proposal_id, p.number, p.questions, p.note, p.account, p.at, p.lost, w.reason, w.account, w.at FROM proposal p"
        " LEFT JOIN withdrawn_proposal w ON w.site_id = p.site_id AND w.proposal_id = p.proposal_id"
        " WHERE p.site_id = ? ORDER BY p.proposal_id DESC"
    )
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id)
    return [_proposed(row) for row in rows]


def proposal_of(proposal_id: str) -> Proposed:
    """One proposal; RuleBroken('desk.proposal_unknown')."""
    for proposal in proposals():
        if proposal.proposal_id == proposal_id:
            return proposal
    raise RuleBroken("desk.proposal_unknown")


def waiting() -> list[Proposed]:
    """Proposals that were neither published nor withdrawn, the newest first."""
    numbers = _numbers()
    return [proposal for proposal in proposals() if not proposal.ended and proposal.number not in numbers]


def withdrawn() -> list[Proposed]:
    """Proposals that were withdrawn or refused, the newest first."""
    return [proposal for proposal in proposals() if proposal.ended]


def changed_since(proposal: Proposed, found: Iterable[Question]) -> tuple[str, ...]:
    """The questions of a proposal that are no longer ready as it holds them; it can be published only while there are none.

    `found`: the questions that are `ready`.
    """
    there = {question.id: question.content_hash for question in found}
    return tuple(name for name in sorted(proposal.contents) if there.get(name) != proposal.contents[name])


# -- publishing ----------------------------------------------------------------------------------------------


def publish(proposal_id: str, actor: Actor, *, knowing: bool = False) -> str:
    """Publish a proposed release; returns the release's id. `knowing`: that papers would be lost.

    RuleBroken('desk.proposal_unknown', 'desk.proposal_ended', 'desk.proposal_old' where a question was changed since,
    'access.own_work', 'desk.papers_lost', 'desk.proposer_unaware' where more papers are lost than its proposer knew).
    """
    proposal, found = proposal_of(proposal_id), ready()
    if proposal.number in _numbers():
        raise RuleBroken("desk.number_taken", number=proposal.number)
    if proposal.ended:
        raise RuleBroken("desk.proposal_ended")
    old = changed_since(proposal, found)
    if old:
        raise RuleBroken("desk.proposal_old", number=proposal.number, questions=list(old))
    questions = sorted((one for one in found if one.id in proposal.contents), key=lambda one: one.id)
    check_four_eyes(Hand.PUBLISHER, names.of_actor(actor), _hands(questions, proposal))
    lost = _lost(questions, knowing)
    if not proposal.lost.issuperset(lost):
        raise RuleBroken("desk.proposer_unaware", papers=sorted(set(lost) - proposal.lost))
    media = workshop().folder / "media"
    return bank.publish(proposal.number, questions, media, actor, proposed_by=proposal.account, lost=lost)


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as the list shows it: who proposed and published it, whether its signature holds, what differs from the one before."""

    release_id: str
    number: str
    at: str
    questions: int
    hash: str
    proposed_by: str
    published_by: str
    signed: bool
    compared: Compared


def listed() -> list[Listed]:
    """All releases, the newest first."""
    sql = "SELECT release_id, number, at, hash, proposed_by, published_by, signature FROM release WHERE site_id = ? ORDER BY release_id"
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id)
    found: list[Listed] = []
    before: dict[str, str] = {}
    for release_id, number, at, digest, proposed_by, published_by, signature in rows:
        contents = contents_of(release_id)
        people = (name_of(proposed_by), name_of(published_by))
        signed = bank.is_signed(number, digest, signature)
        found.append(Listed(release_id, number, at, len(contents), digest, *people, signed, compared(contents, before)))
        before = contents
    return found[::-1]


def _proposed(row: Any) -> Proposed:
    proposal_id, number, contents, note, account, at, lost, *end = row
    known, ended = frozenset((lost or "").split()), Ended(*end) if end[-1] else None
    return Proposed(proposal_id, number, json.loads(contents), note, account, at, known, ended)


def _lost(questions: Sequence[Question], knowing: bool) -> tuple[str, ...]:
    """The papers that could no longer be drawn; RuleBroken('desk.papers_lost') where the actor has not said that they know it."""
    lost = outlook(questions).lost
    if lost and not knowing:
        raise RuleBroken("desk.papers_lost", papers=list(lost))
    return lost


def _row_of_proposal(number: str, note: str, actor: Actor, knowing: bool) -> dict[str, Any]:
    questions = ready()
    if not questions:
        raise RuleBroken("desk.nothing_ready")
    if number in _numbers():
        raise RuleBroken("desk.number_taken", number=number)
    contents = {question.id: question.content_hash for question in questions}
    return {
        "site_id": installation().site_id, "proposal_id": new_id(), "number": number, "questions": canonical(contents).decode(),
        "hash": content_hash({"proposal": contents}), "note": note[:400], "account": actor.account, "at": rfc3339(now().wall),
        "lost": " ".join(_lost(questions, knowing)),
    }  # fmt: skip


def _keep_proposal(row: Mapping[str, Any], actor: Actor, raw: Raw) -> str:
    """Row and entry. Of those who press at once one gets the number: both count the same proposals of it that were withdrawn."""
    turn = (
        "SELECT count(*) FROM proposal p JOIN withdrawn_proposal w ON w.site_id = p.site_id AND w.proposal_id = p.proposal_id"
        " WHERE p.site_id = ? AND p.number = ?"
    )
    made = raw.one(
        f"INSERT INTO proposal ({', '.join(row)}, turn) VALUES ({', '.join('?' * len(row))}, ({turn}))"
        " ON CONFLICT (site_id, number, turn) DO NOTHING RETURNING proposal_id",
        *(*row.values(), row["site_id"], row["number"]),
    )
    if made is None:
        raise RuleBroken("desk.number_taken", number=row["number"])
    proposal_id, count = str(made[0]), len(json.loads(row["questions"]))
    data = {"number": row["number"], "hash": row["hash"], "questions": count, "lost": row["lost"]}
    record(EntryKind.BANK_PROPOSED, actor, about=proposal_id, data=data, raw=raw)
    return proposal_id


def _keep_end(proposal: Proposed, reason: str, actor: Actor, raw: Raw) -> None:
    """RuleBroken('desk.proposal_ended') where it was published or withdrawn meanwhile."""
    site_id = installation().site_id
    published = raw.one("SELECT 1 FROM release WHERE site_id = ? AND number = ?", site_id, proposal.number)
    ended = published or not raw.one(
        "INSERT INTO withdrawn_proposal (site_id, proposal_id, reason, account, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING proposal_id",
        *(site_id, proposal.proposal_id, reason[:400], actor.account, rfc3339(now().wall)),
    )
    if ended:
        raise RuleBroken("desk.proposal_ended")
    data = {"number": proposal.number, "reason": reason[:400]}
    record(EntryKind.BANK_WITHDRAWN, actor, about=proposal.proposal_id, data=data, raw=raw)


def _numbers() -> set[str]:
    with here().reading() as raw:
        return {row[0] for row in raw.all("SELECT number FROM release WHERE site_id = ?", installation().site_id)}


def _hands(questions: Collection[Question], proposal: Proposed) -> dict[Hand, frozenset[str]]:
    """By hand, the names of all who had that part in these questions, and who put the release together."""
    found: dict[Hand, set[str]] = {hand: set() for hand in Hand}
    for question in questions:
        found[Hand.AUTHOR].update([question.author] if question.author else ())
        found[Hand.REVIEWER].update([question.approval.by] if question.approval else ())
        for translation in question.translations.values():
            found[Hand.TRANSLATOR].update([translation.by] if translation.by else ())
            found[Hand.REVIEWER].update([translation.reviewed_by] if translation.reviewed_by else ())
        for recording in (one for text in spoken_texts(question) for one in text.recordings):
            found[Hand.LISTENER].update([recording.approved_by] if recording.approved_by else ())
            found[Hand.SPEAKER].update(speakers.usernames(recording.speaker))
    ids = [question.id for question in questions]
    for hand, language in ((Hand.AUTHOR, "zh"), (Hand.TRANSLATOR, "bo")):
        found[hand].update(name_of(account) for account in history.hands_of_approved(ids, language))
    found[Hand.PROPOSER].update([name_of(proposal.account)] if proposal.account else ())
    return {hand: frozenset().union(*map(names.persons, sorted(some))) for hand, some in found.items()}
