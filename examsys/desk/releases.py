"""Releases of the bank: put together by a reviewer, published by somebody who had no part in them, compared with the one before."""

import json
from collections.abc import Collection, Mapping
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
from . import names, speakers
from .checks import workshop
from .names import name_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """A release that waits for its publisher, or was published. `contents`: by question id the hash of its content."""

    proposal_id: str
    number: str
    contents: Mapping[str, str]
    note: str
    account: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Ids of questions that a release has and the one before had not, the other way round, and with other content."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def ready() -> list[Question]:
    """The questions that a release may hold: approved as they stand, whole in both languages, no stale translation, with what sounds
    of voices that have given consent.
    """
    found, silenced = workshop().questions(), speakers.without_consent()
    whole = (written for written in found if is_approved(written.question) and may_be_drawn(written.question))
    return [sounding(written.released, silenced) for written in whole]


def propose(number: str, note: str, actor: Actor) -> str:
    """Put a release together from all that is ready; returns the proposal's id. RuleBroken('desk.nothing_ready', 'desk.number_taken')."""
    contents = {question.id: question.content_hash for question in ready()}
    if not contents:
        raise RuleBroken("desk.nothing_ready")
    if number in _numbers():
        raise RuleBroken("desk.number_taken", number=number)
    site_id, body = installation().site_id, canonical(contents).decode()
    digest = content_hash({"proposal": contents})

    def work(raw: Raw) -> str:
        made = raw.one(
            "INSERT INTO proposal (site_id, proposal_id, number, questions, hash, note, account, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site_id, number) DO NOTHING RETURNING proposal_id",
            *(site_id, new_id(), number, body, digest, note[:400], actor.account, rfc3339(now().wall)),
        )
        if made is None:
            raise RuleBroken("desk.number_taken", number=number)
        proposal_id = str(made[0])
        data = {"number": number, "hash": digest, "questions": len(contents)}
        record(EntryKind.BANK_PROPOSED, actor, about=proposal_id, data=data, raw=raw)
        return proposal_id

    made: str = append(work)
    return made


def publish(proposal_id: str, actor: Actor) -> str:
    """Publish a proposed release; returns the release's id.

    RuleBroken('desk.proposal_unknown', 'desk.proposal_old' where a question was changed since, 'access.own_work').
    """
    proposal = proposal_of(proposal_id)
    found = {question.id: question for question in ready()}
    if {name: question.content_hash for name, question in found.items() if name in proposal.contents} != dict(
        proposal.contents
    ):
        raise RuleBroken("desk.proposal_old", number=proposal.number)
    if proposal.number in _numbers():
        raise RuleBroken("desk.number_taken", number=proposal.number)
    questions = [found[name] for name in sorted(proposal.contents)]
    check_four_eyes(Hand.PUBLISHER, names.of_actor(actor), _hands(questions, proposal))
    return bank.publish(proposal.number, questions, workshop().folder / "media", actor, proposed_by=proposal.account)


def proposals() -> list[Proposed]:
    """All proposals, the newest first."""
    sql = "SELECT proposal_id, number, questions, note, account, at FROM proposal WHERE site_id = ? ORDER BY proposal_id DESC"
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
    """Proposals that were not published yet, the newest first."""
    numbers = _numbers()
    return [proposal for proposal in proposals() if proposal.number not in numbers]


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


def compared(contents: Mapping[str, str], before: Mapping[str, str]) -> Compared:
    """How one list of contents differs from an earlier one."""
    return Compared(
        tuple(sorted(contents.keys() - before.keys())),
        tuple(sorted(before.keys() - contents.keys())),
        tuple(sorted(name for name in contents.keys() & before.keys() if contents[name] != before[name])),
        sum(before.get(name) == digest for name, digest in contents.items()),
    )


def contents_of(release_id: str) -> dict[str, str]:
    """By question id the hash of the content that a release holds."""
    return {question.id: question.content_hash for question in bank.questions_of(release_id)}


def _proposed(row: Any) -> Proposed:
    return Proposed(row[0], row[1], json.loads(row[2]), row[3], row[4], row[5])


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
    found[Hand.PROPOSER].update([name_of(proposal.account)] if proposal.account else ())
    return {hand: frozenset().union(*map(names.persons, sorted(some))) for hand, some in found.items()}
