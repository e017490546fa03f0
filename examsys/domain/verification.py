"""The check of an exported attempt: what holds, what is broken and where, and what was not checked.

deploy/verify_exam.py is the same check written a second time, for one who has only that file.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from . import checkpoint, log, merkle
from .attempt import Step
from .checkpoint import Checkpoint, VerifierKey
from .entries import EntryKind
from .export import FORMAT, RESULT_FIELDS, ProvedEntry

# Microseconds by which a step may be older than the one before it: requests overtake each other, clocks do not.
BACKWARDS = 2_000_000
_GRADINGS = (EntryKind.EXAM_SCORED, EntryKind.EXAM_REGRADED)
_ENDS = (Step.SUBMIT, Step.CLOSED)


class Verdict(StrEnum):
    """What a check came to."""

    HOLDS = "holds"
    BROKEN = "broken"
    MISSING = "missing"  # not checked, because something is not there that should be: the proof is incomplete
    OUTSIDE = "outside"  # not checked, because no export can show it


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a key for the sentence (`chain.broken`) and the values which it names."""

    verdict: Verdict
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """Who is said to have sat the exam: fields in clear (name, id_number) and the person's own key. Never in the export."""

    key: bytes
    fields: Mapping[str, str]


def check_export(
    document: Any, pinned: Iterable[VerifierKey] = (), against: Sequence[bytes] = (), person: Person | None = None
) -> list[Finding]:
    """Everything that holds, is broken, or was not checked, in the order of the check; never raises for a bad document.

    `pinned` are keys known from elsewhere: without them the document only agrees with itself. `against` are checkpoint
    notes held elsewhere. With `person` the log's commitments are compared with the fields in clear.
    """
    findings: list[Finding] = []
    try:
        findings.extend(_Export(document, list(pinned), against, person).findings())
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        findings.append(Finding(Verdict.BROKEN, "format.unreadable", {"what": type(error).__name__}))
    return findings


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """BROKEN if anything is, else MISSING if anything is, else HOLDS."""
    verdicts = {finding.verdict for finding in findings}
    return next((each for each in (Verdict.BROKEN, Verdict.MISSING) if each in verdicts), Verdict.HOLDS)


class _Export:
    def __init__(
        self, document: Any, pinned: list[VerifierKey], against: Sequence[bytes], person: Person | None
    ) -> None:
        self.document = document
        self.person = person
        self.pinned = pinned
        self.against = against
        if document["format"] != FORMAT:
            raise ValueError("format")
        self.attempt = str(document["attempt"])
        self.origin = str(document["site"]["origin"])
        self.keys = pinned or [checkpoint.parse_vkey(text) for text in document["keys"]]
        self.steps = [(row["number"], _raw(row["body"]), bytes.fromhex(row["hash"])) for row in document["steps"]]
        self.entries = [
            ProvedEntry(row["index"], _raw(row["body"]), _hashes(row["path"])) for row in document["entries"]
        ]
        self.bodies: list[tuple[int, dict[str, Any]]] = []  # of the entries that the checkpoint proves

    def findings(self) -> Iterator[Finding]:
        if self.document["demonstration"]:
            yield Finding(Verdict.OUTSIDE, "demonstration")
        if self.pinned:
            yield Finding(Verdict.HOLDS, "key.pinned")
        else:
            yield Finding(Verdict.MISSING, "key.unpinned", {"keys": [key.vkey() for key in self.keys]})
        try:
            opened = [checkpoint.open_note(row["note"].encode(), self.keys) for row in self.document["checkpoints"]]
        except checkpoint.NoteRefused as error:
            yield Finding(Verdict.BROKEN, "checkpoint.refused", {"why": type(error).__name__})
            opened = []
        if opened:
            yield from self._checkpoints(opened)
            yield from self._included(opened[-1])
        elif not self.document["checkpoints"]:
            yield Finding(Verdict.MISSING, "checkpoint.none")
        yield from self._chain()
        yield from self._heads()
        yield from self._clock()
        yield from self._paper()
        yield from self._results()
        yield from self._person()
        for key in ("outside.grading", "outside.omitted"):
            yield Finding(Verdict.OUTSIDE, key)

    def _checkpoints(self, opened: list[Checkpoint]) -> Iterator[Finding]:
        last = opened[-1]
        if last.origin != self.origin:
            yield Finding(Verdict.BROKEN, "checkpoint.foreign", {"origin": last.origin})
        yield Finding(Verdict.HOLDS, "checkpoint.signed", {"size": last.size})
        for row, one in zip(self.document["checkpoints"][:-1], opened[:-1], strict=True):
            path = _hashes(row["consistency"])
            proved = merkle.verify_consistency(one.size, one.root, last.size, last.root, path)
            grown = proved and one.origin == last.origin
            yield Finding(*_either(grown, "checkpoint.grown", "checkpoint.forked"), {"size": one.size})
        if last.witnesses:
            yield Finding(Verdict.HOLDS, "witness.seen", {"names": list(last.witnesses)})
        else:
            yield Finding(Verdict.OUTSIDE, "witness.none")
        yield from self._against({one.size: one.root for one in opened if one.origin == self.origin})

    def _against(self, roots: Mapping[int, bytes]) -> Iterator[Finding]:
        compared = 0
        for note in self.against:
            try:
                held = checkpoint.open_note(note, self.keys)
            except checkpoint.NoteRefused as error:
                yield Finding(Verdict.BROKEN, "against.refused", {"why": type(error).__name__})
                return
            if held.origin == self.origin and held.size in roots:
                compared += 1
                same = held.root == roots[held.size]
                yield Finding(*_either(same, "against.same", "against.differs"), {"size": held.size})
        if self.against and not compared:
            yield Finding(Verdict.MISSING, "against.unknown", {"sizes": sorted(roots)})

    def _included(self, last: Checkpoint) -> Iterator[Finding]:
        for entry in self.entries:
            if merkle.verify_inclusion(merkle.leaf_hash(entry.body), entry.index, last.size, entry.path, last.root):
                self.bodies.append((entry.index, log.decode(entry.body)))
            else:
                yield Finding(Verdict.BROKEN, "entry.not_in_log", {"index": entry.index})
        if len(self.bodies) == len(self.entries):
            yield Finding(Verdict.HOLDS, "entry.in_log", {"count": len(self.entries)})

    def _chain(self) -> Iterator[Finding]:
        numbers = [number for number, _, _ in self.steps]
        gap = next((place for place, number in enumerate(numbers, 1) if number != place), None)
        if gap is not None:
            yield Finding(Verdict.BROKEN, "step.missing", {"step": gap, "found": numbers[gap - 1]})
        try:
            log.verify_chain([(body, sealed) for _, body, sealed in self.steps])
        except log.ChainBroken as error:
            facts = {"step": numbers[error.position - 1], "fault": error.fault.value}
            yield Finding(Verdict.BROKEN, "chain.broken", facts)
            return
        for number, body, _ in self.steps:
            said = log.decode(body)
            if said.get("attempt", self.attempt) != self.attempt or said.get("n", number) != number:
                yield Finding(Verdict.BROKEN, "step.foreign", {"step": number})
                return
        yield Finding(Verdict.HOLDS, "chain.whole", {"count": len(self.steps)})

    def _heads(self) -> Iterator[Finding]:
        named = sorted(
            (int(row[1]), str(row[2]), index)
            for index, data in self._said(lambda kind, _: kind == EntryKind.LOG_HEADS)
            for row in data["heads"]
            if row[0] == self.attempt
        )
        if not named:
            yield Finding(Verdict.MISSING, "head.none")
            return
        for length, head, index in named:
            if not 0 < length <= len(self.steps):
                yield Finding(Verdict.BROKEN, "chain.cut", {"steps": len(self.steps), "length": length, "index": index})
                return
            if self.steps[length - 1][2].hex() != head:
                yield Finding(Verdict.BROKEN, "head.differs", {"step": length, "index": index})
                return
        length, _, index = named[-1]
        yield Finding(Verdict.HOLDS, "head.named", {"length": length, "index": index})
        if length < len(self.steps):
            yield Finding(Verdict.MISSING, "head.behind", {"count": len(self.steps) - length})

    def _clock(self) -> Iterator[Finding]:
        newest: dict[str, int] = {}
        for number, body, _ in self.steps:
            said = _value(body)
            boot, mono = said.get("boot"), said.get("mono")
            if isinstance(boot, str) and isinstance(mono, int):
                if mono < newest.get(boot, mono) - BACKWARDS:
                    yield Finding(Verdict.BROKEN, "clock.backwards", {"step": number})
                    return
                newest[boot] = max(mono, newest.get(boot, mono))
        yield Finding(Verdict.HOLDS, "clock.forwards") if newest else Finding(Verdict.OUTSIDE, "clock.unknown")

    def _paper(self) -> Iterator[Finding]:
        made = hashlib.sha256(_raw(self.document["paper"])).hexdigest()
        drawn = self._said(lambda kind, about: kind == EntryKind.EXAM_PAPER_DRAWN and about == self.attempt)
        if not drawn:
            yield Finding(Verdict.MISSING, "paper.unnamed")
        for index, data in drawn:
            demonstration = self.document["demonstration"]
            if "profile" not in data and not demonstration:
                yield Finding(Verdict.MISSING, "demonstration.unknown", {"index": index})
            elif (data.get("profile", "demo") == "demo") != demonstration:
                yield Finding(Verdict.BROKEN, "demonstration.hidden", {"index": index})
            yield Finding(*_either(data["paper"] == made, "paper.same", "paper.differs"), {"index": index})

    def _results(self) -> Iterator[Finding]:
        closed = False
        for _, body, _ in self.steps:
            kind = _value(body).get("kind")
            closed = kind in _ENDS or (closed and kind != Step.REOPEN)
        if not closed:
            yield Finding(Verdict.MISSING, "chain.open")
        elif not self.document["results"]:
            yield Finding(Verdict.MISSING, "result.none")
        gradings = self._said(lambda kind, about: kind in _GRADINGS and about == self.attempt)
        gradings.sort(key=lambda one: one[0])
        listed = [result["id"] for result in self.document["results"]]
        both = [each for _, data in gradings for each in (data.get("before"), data["result"]) if each is not None]
        named = [each for at, each in enumerate(both) if each not in both[:at]]  # as the log made one after the other
        yield from (Finding(Verdict.BROKEN, "result.missing", {"result": each}) for each in named if each not in listed)
        if [each for each in listed if each in named] != [each for each in named if each in listed]:
            yield Finding(Verdict.BROKEN, "result.order")
        for result in self.document["results"]:
            yield from self._result(result, gradings)
        if named and listed == named:
            yield Finding(Verdict.HOLDS, "result.stands", {"result": named[-1]})

    def _result(self, result: Mapping[str, Any], gradings: list[tuple[int, dict[str, Any]]]) -> Iterator[Finding]:
        facts = {"result": result["id"]}
        if set(result) != {"id", *RESULT_FIELDS}:
            yield Finding(Verdict.BROKEN, "result.form", facts)
        if result["head"] not in {sealed.hex() for _, _, sealed in self.steps}:
            yield Finding(Verdict.BROKEN, "result.other_journal", facts)
        vouching = [(index, data) for index, data in gradings if data.get("result") == result["id"]]
        if not vouching:
            yield Finding(Verdict.MISSING, "result.unnamed", facts)
        for index, data in vouching:
            silent = [name for name in RESULT_FIELDS if name not in data]
            if silent:
                yield Finding(Verdict.MISSING, "result.unvouched", facts | {"fields": silent, "index": index})
            same = all(_same(data[name], result[name]) for name in RESULT_FIELDS if name in data)
            yield Finding(*_either(same, "result.same", "result.differs"), facts | {"index": index})

    def _person(self) -> Iterator[Finding]:
        if self.person is None:
            yield Finding(Verdict.OUTSIDE, "outside.person")
            return
        about = self._said(lambda _, about: about == self.attempt)
        committed = [(index, data["person"]) for index, data in about if isinstance(data.get("person"), dict)]
        for name, value in self.person.fields.items():
            made = log.commitment(self.person.key, name, value)
            found = [(index, fields[name] == made) for index, fields in committed if name in fields]
            if not found:
                yield Finding(Verdict.MISSING, "person.unnamed", {"field": name})
            for index, same in found:
                yield Finding(*_either(same, "person.same", "person.differs"), {"field": name, "index": index})

    def _said(self, wanted: Callable[[str, Any], bool]) -> list[tuple[int, dict[str, Any]]]:
        return [(index, body["data"]) for index, body in self.bodies if wanted(body["kind"], body.get("object"))]


def _either(good: bool, holds: str, broken: str) -> tuple[Verdict, str]:
    return (Verdict.HOLDS, holds) if good else (Verdict.BROKEN, broken)


def _same(said: Any, written: Any) -> bool:
    return type(said) is type(written) and bool(said == written)


def _value(body: bytes) -> dict[str, Any]:
    try:
        value = log.decode(body)
    except log.NotCanonical:
        return {}
    return value if isinstance(value, dict) else {}


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _hashes(texts: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]
