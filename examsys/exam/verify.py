"""The deep check of attempts: all that was derived is read again from the stored bytes.

The columns against the bytes, papers against the entries that name them, `live`, results and marks computed again.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag

from ..accounts.service import commitments, installation
from ..audit.findings import Findings
from ..audit.rows import guarded, near, stored_bytes
from ..audit.stream import rows
from ..bank.verify import Contents
from ..db import Raw
from ..domain.attempt import MICROSECONDS, Replayed, Step, replay
from ..domain.errors import RuleBroken
from ..domain.grading import Grade, grade
from ..domain.log import NotCanonical, decode
from ..domain.paper import Paper, Position, thaw
from .said import Said
from .standing import Frozen, owing, recomputed

# Columns of `live` that follow from the journal and the frozen row. hold and admission follow from entries: admitted.py.
DERIVED = (
    "state", "newest_seq", "answered", "wrong", "used", "since", "allowed", "language", "late", "position", "seat", "moves",
    "session_id",
)  # fmt: skip
NOT_COUNTED = (None, None)  # switches and heard of a mark that was made before these were kept
GRADED = (Step.ANSWER.value, Step.CLEAR.value)


class StepRow(NamedTuple):
    """A step as stored."""

    number: int
    kind: str
    position: int | None
    seq: int | None
    body: bytes
    hash: bytes


class Journal:
    """The steps of an attempt as their bodies say, and what they come to when read up to a length: read once for all who ask."""

    def __init__(self, said: list[dict[str, Any]], hashes: list[bytes]) -> None:
        self.said, self.hashes = said, hashes
        self._read: dict[int, Replayed] = {}

    def upto(self, length: int) -> Replayed:
        """The journal's first steps, replayed; RuleBroken, KeyError, TypeError or ValueError for a journal that cannot be played."""
        if length not in self._read:
            self._read[length] = replay(self.said[:length])
        return self._read[length]


class Deep:
    """The deep check: reads all that was derived again from the bytes. `said` is what the log says of attempts and results."""

    def __init__(self, site_id: int, raw: Raw, said: Said, contents: Contents, found: Findings) -> None:
        self.site_id, self.raw, self.said, self.contents, self.found = site_id, raw, said, contents, found
        self.owing = owing(site_id, raw)

    def check_all(self, progress: Callable[[int], None] | None) -> None:
        """Every attempt."""
        ids = [
            row[0]
            for row in self.raw.all(
                "SELECT attempt_id FROM attempt WHERE site_id = ? ORDER BY attempt_id", self.site_id
            )
        ]
        total = 0
        for attempt_id in ids:
            total += self.check(attempt_id)
            if progress:
                progress(total)
        for attempt_id in self.said.papers.keys() - set(ids):
            self.found.broken("attempt.missing", "attempt", attempt_id, steps=0)
        self._pictures()
        self.found.holds("derived", attempts=len(ids))

    def _pictures(self) -> None:
        """Every picture of every stored question against its hash, as the terminals are given it."""
        digests: set[str] = set()
        for content, body in rows(self.raw, "SELECT hash, body FROM content ORDER BY hash"):
            with guarded(self.found, "content", content):
                asked = json.loads(stored_bytes(body))
                shown = [*asked["media"], *(option["picture"] for option in asked["options"] if option["picture"])]
                digests.update(medium["sha256"] for medium in shown)
        store = installation().store
        for digest in sorted(digests):
            try:
                store.read(digest)
            except OSError:
                self.found.broken("picture.missing", "file", digest)
            except ValueError:
                self.found.broken("picture.altered", "file", digest)
        self.found.holds("pictures", count=len(digests))

    def check(self, attempt_id: str) -> int:
        """One attempt; returns the number of its steps."""
        paper = None
        with guarded(self.found, "attempt", attempt_id):
            paper = self._paper(attempt_id)
        steps = [
            StepRow(row[0], row[1], row[2], row[3], stored_bytes(row[4]), stored_bytes(row[5]))
            for row in self.raw.all(
                "SELECT number, kind, position, seq, body, hash FROM step WHERE site_id = ? AND attempt_id = ? ORDER BY number",
                *(self.site_id, attempt_id),
            )
        ]
        bodies = [self._columns(attempt_id, step) for step in steps]
        said = [body for body in bodies if body is not None]
        if len(said) == len(steps):
            journal = Journal(said, [step.hash for step in steps])
            with guarded(self.found, "live", attempt_id):
                self._live(attempt_id, paper, journal)
            with guarded(self.found, "result", attempt_id):
                self._results(attempt_id, paper, journal)
        return len(steps)

    def _columns(self, attempt_id: str, step: StepRow) -> dict[str, Any] | None:
        row = f"{attempt_id}/{step.number}"
        try:
            said: dict[str, Any] = decode(step.body)
        except NotCanonical:
            self.found.broken("step.unreadable", "step", row)
            return None
        graded = said.get("kind") in GRADED
        derived = (
            ("site_id", said.get("site"), self.site_id),
            ("attempt_id", said.get("attempt"), attempt_id),
            ("number", said.get("n"), step.number),
            ("kind", said.get("kind"), step.kind),
            ("position", said.get("position") if graded else None, step.position),
            ("seq", said.get("seq") if graded else None, step.seq),
        )
        for name, meant, stored in derived:
            if meant != stored:
                self.found.broken("column.differs", "step", row, column=name, stored=stored, said=meant)
        return said

    def _paper(self, attempt_id: str) -> Paper | None:
        sql = (
            "SELECT paper, paper_hash, release_id, policy, profile, candidate_id, number, session_id, seat, at, day, allowed, person_id"
            " FROM attempt WHERE site_id = ? AND attempt_id = ?"
        )
        row = self.raw.one(sql, self.site_id, attempt_id)
        body, stored = stored_bytes(row[0]), row[1]
        made = hashlib.sha256(body).hexdigest()
        drawn = self.said.papers.get(attempt_id)
        if drawn is None:
            self.found.broken("attempt.unnamed", "attempt", attempt_id)
        else:
            self.said.compare(self.found, attempt_id, row, drawn)
            with guarded(self.found, "person", row[12]):
                self._person(attempt_id, row[12])
        if made != stored or (drawn is not None and made != drawn.get("paper")):
            altered = drawn is None or made != drawn.get("paper")
            self.found.broken("paper.altered" if altered else "paper.hash_altered", "attempt", attempt_id)
        try:
            paper = thaw(json.loads(body))
        except (RuleBroken, ValueError):
            self.found.broken("paper.unreadable", "attempt", attempt_id)
            return None
        meant = paper.blueprint.minutes * 60 * MICROSECONDS
        if row[11] != meant:
            self.found.broken("column.differs", "attempt", attempt_id, column="allowed", stored=row[11], said=meant)
        return paper

    def _person(self, attempt_id: str, person_id: str) -> None:
        """Whether the person is the one that the check-in committed to; unless the person's key was erased."""
        committed = self.said.checkins.get(attempt_id, {}).get("person")
        try:
            meant = commitments(person_id, self.raw)
        except RuleBroken:
            return  # a key that no entry says was erased is named where the standing of persons is checked
        except InvalidTag:
            meant = {}
        if committed != meant:
            self.found.broken("column.differs", "attempt", attempt_id, column="person_id", stored=person_id, said="")

    def _live(self, attempt_id: str, paper: Paper | None, journal: Journal) -> None:
        sql = (
            f"SELECT {', '.join(f'l.{name}' for name in DERIVED)}, l.provisional, a.session_id, a.seat, a.allowed FROM live l"
            " JOIN attempt a ON a.site_id = l.site_id AND a.attempt_id = l.attempt_id WHERE l.site_id = ? AND l.attempt_id = ?"
        )
        row = self.raw.one(sql, self.site_id, attempt_id)
        if row is None or paper is None:
            return  # named where the chain was checked, or the paper read
        *stored, provisional = row[:-3]
        try:
            keys = [self._right(position) for position in paper.positions]
            owed = attempt_id in self.owing
            meant = recomputed(Frozen(*row[-3:]), journal.said, journal.upto(len(journal.said)), keys, owed)
        except (RuleBroken, LookupError, TypeError, ValueError) as error:
            self.found.broken("journal.unplayable", "attempt", attempt_id, why=type(error).__name__)
            return
        for name, value in zip((*DERIVED, "provisional"), (*stored, bool(provisional)), strict=True):
            if value != meant[name]:
                self.found.broken("live.differs", "live", attempt_id, column=name, stored=value, said=meant[name])

    def _right(self, position: Position) -> frozenset[str]:
        key = self.contents.key(position.content_hash)
        return frozenset(option.id for option in position.options if option.bank_id in key)

    def _results(self, attempt_id: str, paper: Paper | None, journal: Journal) -> None:
        sql = "SELECT result_id, before, head, score, full_mark, pass_mark, passed, reason, at FROM result WHERE site_id = ? AND attempt_id = ? ORDER BY result_id"
        there = {row[0]: row for row in self.raw.all(sql, self.site_id, attempt_id)}
        for result_id in self.said.results_of.get(attempt_id, set()) - there.keys():
            self.found.broken("result.missing", "result", result_id, attempt=attempt_id)
        for result_id, row in there.items():
            self._named(result_id, attempt_id, row)
            head = stored_bytes(row[2])
            if head not in journal.hashes:
                self.found.broken("result.other_journal", "result", result_id, attempt=attempt_id)
            elif paper is not None:
                self._graded(result_id, row, paper, journal)

    def _named(self, result_id: str, attempt_id: str, row: Any) -> None:
        named = self.said.results.get(result_id)
        if named is None:
            self.found.broken("result.unnamed", "result", result_id, attempt=attempt_id)
            return
        stored = {
            "head": stored_bytes(row[2]).hex(), "score": row[3], "full_mark": row[4], "pass_mark": row[5], "passed": bool(row[6]),
            "before": row[1], "reason": row[7], "attempt": attempt_id,
        }  # fmt: skip
        if near(named.get("at"), row[8]) != row[8]:
            self.found.broken("column.differs", "result", result_id, column="at", stored=row[8], said=named.get("at"))
        for name, value in stored.items():
            if named.get(name) != value:
                self.found.broken(
                    "column.differs", "result", result_id, column=name, stored=value, said=named.get(name)
                )

    def _graded(self, result_id: str, row: Any, paper: Paper, journal: Journal) -> None:
        try:
            replayed = journal.upto(journal.hashes.index(stored_bytes(row[2])) + 1)
            keys = {each.content_hash: self.contents.key(each.content_hash) for each in paper.positions}
            voided = self.contents.withdrawn_by(row[8])
            again = grade(paper, keys, replayed.answers, replayed.seconds_on, voided)
        except (RuleBroken, KeyError, TypeError, ValueError) as error:
            self.found.broken("result.not_regradable", "result", result_id, why=type(error).__name__)
            return
        if (again.total, again.passed) != (row[3], bool(row[6])):
            self.found.broken("result.other_grade", "result", result_id, stored=row[3], said=again.total)
        self._marks(result_id, again, replayed)

    def _marks(self, result_id: str, again: Grade, replayed: Replayed) -> None:
        sql = "SELECT position, question, content, chosen, is_right, shown_ms, language, switches, heard FROM mark WHERE site_id = ? AND result_id = ? ORDER BY position"
        there = {row[0]: tuple(row) for row in self.raw.all(sql, self.site_id, result_id)}
        for mark in again.marks:
            meant = (
                mark.position, mark.question_id, mark.content_hash, ",".join(mark.chosen), mark.right, mark.shown_ms,
                replayed.answered_in.get(mark.position, replayed.language), *replayed.looks(mark.position),
            )  # fmt: skip
            stored = there.pop(mark.position, None)
            if stored is None:
                self.found.broken("mark.missing", "mark", f"{result_id}/{mark.position}")
            elif stored[:-2] != meant[:-2] or stored[-2:] not in (meant[-2:], NOT_COUNTED):
                self.found.broken("mark.differs", "mark", f"{result_id}/{mark.position}")
        for position in there:
            self.found.broken("mark.surplus", "mark", f"{result_id}/{position}")
