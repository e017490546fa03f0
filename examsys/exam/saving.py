"""Saving answers, the hot path of the house: answers that wait together are judged, sealed and written together."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..accounts import logins
from ..accounts.logins import Login
from ..accounts.service import installation, record
from ..clock import now
from ..db import Raw, append_each, here
from ..domain.access import HOUSE, Actor
from ..domain.attempt import MOST_LATE_STEPS, State, Step, check_answerable, check_options, seconds
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.grading import cannot_pass_any_more
from . import journal, results
from .form import form_of
from .journal import Standing

LARGEST_SEQ = 2**53 - 1
ENDED = ("attempt.time_over", "attempt.closed")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer brings back: a receipt once it is on disk, or why it was kept but not taken."""

    receipt: str
    seconds_left: int
    refused: str | None = None


def told(kept: Receipt, position: int) -> bytes:
    """A receipt in the shape of the contract."""
    return f'{{"receipt":"{kept.receipt}","position":{position},"seconds_left":{kept.seconds_left}}}'.encode()


class NotRecognised(Exception):  # noqa: N818  named by what happened
    """An answer came with a login that does not hold this attempt, or with another token than that login's."""


class Bearer(NamedTuple):
    """Who sends an answer, as the request says it; recognised together with the others that are saved in the same moment."""

    login_id: str
    csrf: str


class Sent(NamedTuple):
    """An answer on its way to the journal."""

    attempt_id: str
    position: int
    options: object
    seq: int
    sender: Login | Bearer


class Answer(NamedTuple):
    """An answer whose sender is known."""

    attempt_id: str
    position: int
    options: object
    seq: int
    login: Login


class Newest(NamedTuple):
    """The newest answer step of a position."""

    seq: int
    hash: bytes
    options: list[str]


def save_answer(attempt_id: str, position: int, options: object, seq: object, sender: Login | Bearer) -> Receipt:
    """Append one answer and return its receipt only once it is on disk (contract: seq).

    RuleBroken: attempt.position (outside the paper), attempt.bad_option, attempt.bad_seq, attempt.not_started, attempt.paused,
    attempt.time_over, attempt.closed. An unknown seq after the end is kept as a late step before it is refused. NotRecognised for
    a Bearer that is not the terminal of this attempt.
    """
    if not 1 <= position <= len(form_of(installation().site_id, attempt_id).kinds):
        raise RuleBroken("attempt.position")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq <= LARGEST_SEQ:
        raise RuleBroken("attempt.bad_seq")
    sent = Sent(attempt_id, position, options, seq, sender)
    receipt: Receipt = _save_alone(sent) or append_each(save_all, sent)
    if receipt.refused:
        raise RuleBroken(receipt.refused)
    return receipt


def _save_alone(sent: Sent) -> Receipt | None:
    """PostgreSQL's way for an answer in order: look without holding, write if nothing has moved. None where the ordinary way is to be
    taken: SQLite, an open transaction, a seq that is known, one that comes late, an exam that may stop, or somebody was quicker.
    """
    if not here().writes_freely:
        return None
    site_id = installation().site_id
    with here().reading() as raw:
        senders = _senders([sent], raw)
        _recognised(sent, senders)
        standing, newest = journal.place(site_id, sent.attempt_id, sent.position, raw)
        if standing is None or form_of(site_id, sent.attempt_id).stops or (newest and sent.seq <= newest[0]):
            return None
        places = {(sent.attempt_id, sent.position): _newest(newest)} if newest else {}
        batch = _Batch(raw, senders, {sent.attempt_id: standing}, places)
        outcome = batch.take(sent)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome.refused:
            return None
        written = journal.write_if_unmoved(batch.sealed[0], batch.standings[sent.attempt_id], raw)
    return outcome if written else None


def _newest(row: Any) -> Newest:
    return Newest(row[0], bytes(row[1]), json.loads(bytes(row[2]))["options"])


def _senders(answers: Sequence[Sent], raw: Raw) -> dict[str, Login]:
    unknown = sorted({sent.sender.login_id for sent in answers if isinstance(sent.sender, Bearer)})
    return logins.find_all(unknown, raw) if unknown else {}


def _recognised(sent: Sent, known: Mapping[str, Login]) -> Answer:
    """The answer with the login of the terminal that holds its attempt; NotRecognised."""
    sender = sent.sender
    if isinstance(sender, Login):
        return Answer(*sent[:4], sender)
    login = known.get(sender.login_id)
    if login is None or login.attempt_id != sent.attempt_id:
        raise NotRecognised
    if not hmac.compare_digest(login.csrf.encode(), sender.csrf.encode("latin-1", "replace")):
        raise NotRecognised
    return Answer(*sent[:4], login)


def save_all(raw: Raw, answers: Sequence[Sent]) -> list[Receipt | Exception]:
    """Judge answers one after the other and write their steps with one statement; for each its receipt, or what refuses it."""
    site_id = installation().site_id
    standings = journal.standings(site_id, sorted({sent.attempt_id for sent in answers}), raw)
    places = sorted({(sent.attempt_id, sent.position) for sent in answers})
    newest = {(row[0], row[1]): _newest(row[2:]) for row in journal.newest_answers(site_id, places, raw)}
    batch = _Batch(raw, _senders(answers, raw), standings, newest)
    outcomes = [batch.take(sent) for sent in answers]
    batch.write()
    batch.stop_unpassable()
    return outcomes


class _Batch:
    """What answers that are saved together share: where their attempts stand, and the steps that were sealed so far."""

    def __init__(
        self,
        raw: Raw,
        senders: Mapping[str, Login],
        standings: dict[str, Standing],
        newest: dict[tuple[str, int], Newest],
    ) -> None:
        self.raw, self.site_id, self.moment = raw, installation().site_id, now()
        self.senders, self.standings, self.newest = senders, standings, newest
        self.sealed: list[journal.StepValues] = []
        self.grown: set[str] = set()

    def take(self, sent: Sent) -> Receipt | Exception:
        try:
            return self._take(_recognised(sent, self.senders))
        except (RuleBroken, NotRecognised) as refused:
            return refused

    def _take(self, answer: Answer) -> Receipt:
        standing = self.standings.get(answer.attempt_id)
        if standing is None:
            raise RuleBroken("attempt.unknown")
        left = 0 if standing.state == State.CLOSED else seconds(standing.timer.left_at(self.moment.mono))
        newest = self.newest.get((answer.attempt_id, answer.position))
        if newest is not None and answer.seq <= newest.seq:
            return self._known(answer, newest, left)
        form = form_of(self.site_id, answer.attempt_id)
        chosen = check_options(form.kinds[answer.position - 1], answer.options, form.options[answer.position - 1])
        try:
            check_answerable(State(standing.state), standing.timer, self.moment.mono)
        except RuleBroken as broken:
            if broken.key in ENDED:
                self._keep_late(answer, standing, chosen)
                return Receipt("", 0, broken.key)
            raise
        return Receipt(self._seal(answer, standing, newest, chosen), left)

    def _seal(self, answer: Answer, standing: Standing, newest: Newest | None, chosen: list[str]) -> str:
        step = journal.seal_step(
            self.site_id, answer.attempt_id, standing, Step.ANSWER if chosen else Step.CLEAR, self.moment,
            position=answer.position, seq=answer.seq, options=chosen,
        )  # fmt: skip
        self._grow(
            answer.attempt_id, step, standing,
            newest_seq=max(standing.newest_seq, answer.seq),
            answered=standing.answered + bool(chosen) - bool(newest and newest.options),
            wrong=standing.wrong + self._is_wrong(answer, chosen) - self._is_wrong(answer, newest.options if newest else []),
            position=answer.position,
        )  # fmt: skip
        self.newest[(answer.attempt_id, answer.position)] = Newest(answer.seq, step.hash, chosen)
        return step.hash.hex()[:32]

    def _is_wrong(self, answer: Answer, options: list[str]) -> bool:
        return bool(options) and form_of(self.site_id, answer.attempt_id).keys[answer.position - 1] != set(options)

    def _grow(self, attempt_id: str, step: journal.StepValues, standing: Standing, **changed: Any) -> None:
        self.sealed.append(step)
        self.standings[attempt_id] = standing._replace(head=step.hash, length=step.number, **changed)
        self.grown.add(attempt_id)

    def _known(self, answer: Answer, newest: Newest, left: int) -> Receipt:
        """A (position, seq) that is known: its own receipt; an older one that never came: the newest receipt. Nothing is added."""
        known = newest if newest.seq == answer.seq else self._older(answer)
        if known is not None and not _same(known.options, answer.options):
            data = {"position": answer.position, "seq": answer.seq}
            who = Actor(attempt=answer.attempt_id, address=answer.login.address)
            record(EntryKind.EXAM_ANSWER_CONFLICT, who, about=answer.attempt_id, data=data, raw=self.raw)
        return Receipt((known or newest).hash.hex()[:32], left)

    def _older(self, answer: Answer) -> Newest | None:
        for step in self.sealed:
            if (step.attempt_id, step.position, step.seq) == (answer.attempt_id, answer.position, answer.seq):
                return Newest(answer.seq, step.hash, json.loads(step.body)["options"])
        row = journal.answer_step(self.site_id, answer.attempt_id, answer.position, answer.seq, self.raw)
        return Newest(row[0], row[1], json.loads(row[2])["options"]) if row else None

    def _keep_late(self, answer: Answer, standing: Standing, chosen: list[str]) -> None:
        if standing.late >= MOST_LATE_STEPS:
            return
        late = {"position": answer.position, "seq": answer.seq, "options": chosen}
        step = journal.seal_step(self.site_id, answer.attempt_id, standing, Step.LATE, self.moment, answer=late)
        self._grow(answer.attempt_id, step, standing, late=standing.late + 1)

    def write(self) -> None:
        """The sealed steps and where their attempts now stand."""
        if self.sealed:
            journal.insert_steps(self.sealed, self.raw)
            journal.update_standings(self.site_id, {name: self.standings[name] for name in self.grown}, self.raw)

    def stop_unpassable(self) -> None:
        """Where the policy says so, end an attempt as soon as the answers given make passing impossible."""
        for attempt_id in sorted(self.grown):
            form, standing = form_of(self.site_id, attempt_id), self.standings[attempt_id]
            running = standing.state == State.RUNNING
            if form.stops and running and cannot_pass_any_more(form.paper.blueprint, standing.wrong):
                kind = EntryKind.EXAM_AUTO_SUBMIT
                results.close(attempt_id, standing, Step.CLOSED, kind, HOUSE, self.raw, by="unpassable")


def _same(kept: list[str], sent: object) -> bool:
    """Whether what was sent names the options that were kept, in whatever order they were tapped."""
    return isinstance(sent, list) and all(isinstance(option, str) for option in sent) and sorted(sent) == sorted(kept)
