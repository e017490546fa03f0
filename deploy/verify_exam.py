"""Check the exported record of one exam attempt, on any computer, without the system that made it.

    python verify_exam.py export.json [--key VKEY|FILE]... [--against CHECKPOINT_FILE] [--person FILE] [--json]

Needs Python 3.11 or later and the package `cryptography`, nothing else; it asks no network. --key gives the public keys of the site's log and of its
witnesses as you got them from somewhere else than this export (text, or a file with one a line). --against gives checkpoints that somebody
else kept (a file of notes, a score sheet's checkpoint). --person gives {"key": hex, "fields": {"name": ..., "id_number": ...}}: who is said to have sat the exam, with the key that the site keeps for
this person; it is never part of an export.

Exit code: 0 everything that can be checked holds, 1 something is broken, 2 nothing is broken but the proof is incomplete.
The format of the export is described in examsys/domain/export.py. This is a second writing of examsys/domain/verification.py on
purpose: a fault in one would have to be in the other too to stay unseen.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HOLDS, BROKEN, MISSING, OUTSIDE = "holds", "broken", "missing", "outside"
LOG_KEY, WITNESS_KEY = 1, 4
BACKWARDS = 2_000_000  # microseconds
RESULT_FIELDS = ("head", "score", "full_mark", "pass_mark", "passed")

LABELS = {HOLDS: "完好 OK        ", BROKEN: "损坏 BROKEN    ", MISSING: "缺失 INCOMPLETE", OUTSIDE: "未查 NOT CHECKED"}
# fmt: off
SENTENCES = {
    "format.unreadable": ("文件不是可读的导出记录（{what}）", "the file is not a readable export ({what})"),
    "demonstration": ("演示样张，无效：这不是考试", "a demonstration, not valid: this was no exam"),
    "demonstration.hidden": ("是否演示与日志条目 {index} 不符", "whether this was a demonstration differs from log entry {index}"),
    "demonstration.unknown": ("日志条目 {index} 没有写明是否演示", "log entry {index} does not say whether this was a demonstration"),
    "key.pinned": ("使用您另行取得的公钥", "public keys taken from you, not from the export"),
    "key.unpinned": ("公钥取自导出文件本身，请与站点公布的核对：{keys}", "the keys come from the export itself; compare them with those the site has published: {keys}"),
    "checkpoint.none": ("没有封存点", "there is no checkpoint"),
    "checkpoint.refused": ("封存点签名或格式不对（{why}）", "a checkpoint is wrongly signed or malformed ({why})"),
    "checkpoint.foreign": ("封存点属于另一日志 {origin}", "the checkpoint is of another log, {origin}"),
    "checkpoint.signed": ("封存点签名正确，日志共 {size} 条", "the checkpoint over {size} log entries is rightly signed"),
    "checkpoint.grown": ("较早的封存点（{size} 条）是其开头", "the earlier checkpoint ({size} entries) is its beginning"),
    "checkpoint.forked": ("较早的封存点（{size} 条）与其不一致", "the earlier checkpoint ({size} entries) contradicts it"),
    "witness.seen": ("上级联署：{names}", "cosigned by {names}"),
    "witness.none": ("没有可核对的上级联署", "no cosignature of a known witness"),
    "against.same": ("与您持有的封存点（{size} 条）相同", "the same as the checkpoint you hold ({size} entries)"),
    "against.differs": ("与您持有的封存点（{size} 条）不同", "differs from the checkpoint you hold ({size} entries)"),
    "against.unknown": ("您持有的封存点不在导出之中，导出含 {sizes} 条的", "the checkpoint you hold is not in the export, which has those of {sizes} entries"),
    "against.refused": ("您持有的封存点签名或格式不对（{why}）", "the checkpoint you hold is wrongly signed or malformed ({why})"),
    "entry.in_log": ("{count} 条日志条目都在已封存的日志中", "all {count} entries are in the sealed log"),
    "entry.not_in_log": ("日志条目 {index} 被改动，或不在已封存的日志中", "log entry {index} was changed or is not in the sealed log"),
    "step.missing": ("第 {step} 步的位置上是第 {found} 步：有步骤缺失或次序被换", "in the place of step {step} stands step {found}: one is missing, or the order was changed"),
    "step.foreign": ("第 {step} 步写明属于别处", "step {step} says that it belongs elsewhere"),
    "chain.broken": ("步骤链在第 {step} 步断开（{fault}）", "the chain of steps breaks at step {step} ({fault})"),
    "chain.whole": ("{count} 个步骤的链完整", "the chain of {count} steps is whole"),
    "chain.cut": ("日志条目 {index} 记有 {length} 步，只有 {steps} 步：结尾被删", "log entry {index} knows {length} steps, here are {steps}: the end was cut off"),
    "chain.open": ("步骤链没有交卷或结束的一步", "the chain has no step that ends the attempt"),
    "head.none": ("没有日志条目封存这条步骤链", "no log entry seals this chain of steps"),
    "head.differs": ("第 {step} 步与日志条目 {index} 封存的不同", "step {step} is not the one that log entry {index} sealed"),
    "head.named": ("日志条目 {index} 封存了前 {length} 步", "log entry {index} seals the first {length} steps"),
    "head.behind": ("最后 {count} 步尚未封存", "the last {count} steps are not sealed yet"),
    "clock.forwards": ("步骤的时钟没有倒退", "the clock of the steps never goes back"),
    "clock.backwards": ("第 {step} 步的时钟倒退", "the clock goes back at step {step}"),
    "clock.unknown": ("步骤没有写明时钟", "the steps do not tell their clock"),
    "paper.same": ("试卷与日志条目 {index} 所记相同", "the paper is the one that log entry {index} names"),
    "paper.differs": ("试卷与日志条目 {index} 所记不同", "the paper is not the one that log entry {index} names"),
    "paper.unnamed": ("没有日志条目记载这份试卷", "no log entry names the paper"),
    "result.none": ("没有成绩", "there is no result"),
    "result.same": ("成绩 {result} 与日志条目 {index} 所记相同", "result {result} is the one that log entry {index} names"),
    "result.differs": ("成绩 {result} 与日志条目 {index} 所记不同", "result {result} is not the one that log entry {index} names"),
    "result.unvouched": ("日志条目 {index} 没有写明成绩 {result} 的 {fields}", "log entry {index} does not name of result {result}: {fields}"),
    "result.unnamed": ("没有日志条目记载成绩 {result}", "no log entry names result {result}"),
    "result.missing": ("日志记有成绩 {result}，导出中却没有", "the log knows result {result}, the export lacks it"),
    "result.order": ("成绩重复，或次序与日志不符", "results are doubled, or not in the order of the log"),
    "result.form": ("成绩 {result} 的字段不合格式", "result {result} has not the fields of a result"),
    "result.stands": ("有效的成绩是 {result}", "the result that stands is {result}"),
    "result.other_journal": ("成绩 {result} 不是由这些步骤评出", "result {result} was not computed from these steps"),
    "person.same": ("考生的 {field} 与日志条目 {index} 的承诺值相符", "the person's {field} fits the commitment in log entry {index}"),
    "person.differs": ("考生的 {field} 与日志条目 {index} 的承诺值不符", "the person's {field} does not fit the commitment in log entry {index}"),
    "person.unnamed": ("没有日志条目含有 {field} 的承诺值", "no log entry has a commitment to {field}"),
    "outside.grading": ("未重新评分：答案不在导出之中", "the grading was not repeated: the key is not in the export"),
    "outside.person": ("未核对考生身份：未给出 --person", "the person was not checked: no --person was given"),
    "outside.omitted": ("未能查明有无其他日志条目被略去", "whether other log entries were left out cannot be seen from an export"),
}
# fmt: on
FAULTS = {"altered": "被改动，或其前一步缺失", "displaced": "次序被换"}

Finding = tuple[str, str, dict[str, Any]]


class Refused(ValueError):  # noqa: N818  the word that the other writing uses
    """A note or key that must not be believed; the text says why."""


def canonical(value: Any) -> bytes:
    """RFC 8785, for what records hold."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def read_body(body: bytes) -> dict[str, Any]:
    """The object that canonical bytes are; ValueError for any other bytes."""
    value = json.loads(body, parse_float=_refuse)
    if not isinstance(value, dict) or canonical(value) != body:
        raise ValueError("not canonical")
    return value


def _refuse(number: str) -> Any:
    raise ValueError(f"records hold no fractions: {number}")


def sha256(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether a leaf is in a tree: the path is folded recursively as RFC 6962 defines it, from the root downwards."""

    def fold(index: int, size: int, rest: list[bytes]) -> bytes:
        if size == 1:
            if rest:
                raise ValueError("path too long")
            return leaf
        half = 1 << (size - 1).bit_length() - 1
        *inner, sibling = rest
        if index < half:
            return sha256(b"\1" + fold(index, half, inner) + sibling)
        return sha256(b"\1" + sibling + fold(index - half, size - half, inner))

    try:
        return type(index) is int and 0 <= index < size and fold(index, size, path) == root
    except ValueError:
        return False


def grown(old: int, old_root: bytes, new: int, new_root: bytes, path: list[bytes]) -> bool:
    """Whether one tree is the beginning of another: both roots are folded from the path as RFC 6962 defines it."""

    def fold(old: int, new: int, whole: bool, rest: list[bytes]) -> tuple[bytes, bytes]:
        if old == new:
            if len(rest) != (0 if whole else 1):
                raise ValueError("path of the wrong length")
            return (old_root, old_root) if whole else (rest[0], rest[0])
        half = 1 << (new - 1).bit_length() - 1
        *inner, sibling = rest
        if old <= half:
            before, after = fold(old, half, whole, inner)
            return before, sha256(b"\1" + after + sibling)
        before, after = fold(old - half, new - half, False, inner)
        return sha256(b"\1" + sibling + before), sha256(b"\1" + sibling + after)

    if old == 0 < new:
        return not path and old_root == sha256(b"")
    try:
        return old <= new and fold(old, new, True, path) == (old_root, new_root)
    except ValueError:
        return False


def read_key(text: str) -> tuple[str, int, bytes]:
    """Name, kind and public key of a vkey text; ValueError if it is none."""
    name, key_id, material = text.strip().split("+", 2)
    raw = base64.b64decode(material, validate=True)
    if len(raw) != 33 or raw[0] not in (LOG_KEY, WITNESS_KEY) or id_of(name, raw).hex() != key_id:
        raise ValueError("not a verifier key")
    return name, raw[0], raw[1:]


def id_of(name: str, material: bytes) -> bytes:
    """The four bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + material)[:4]


def open_note(note: bytes, keys: list[tuple[str, int, bytes]]) -> tuple[str, int, bytes, list[str]]:
    """Origin, size, root and witnesses of a checkpoint that the log itself has signed; else Refused."""
    body, blank, lines = note.rpartition(b"\n\n")
    body += b"\n"
    try:
        origin, size, root = body.decode().split("\n")[:3]
        rows = [
            row.removeprefix("\u2014 ").rsplit(" ", 1) for row in lines.decode().splitlines() if row[:2] == "\u2014 "
        ]
        signed = [(name, base64.b64decode(text, validate=True)) for name, text in rows]
        checked = (origin, int(size), base64.b64decode(root, validate=True))
        if not blank or not origin or len(rows) != lines.count(b"\n") or body != _body_of(*checked, body):
            raise ValueError
    except ValueError as error:
        raise Refused("NoteMalformed") from error
    kinds = {(name, id_of(name, bytes([kind]) + public)): (kind, public) for name, kind, public in keys}
    by_log, witnesses = False, []
    for name, raw in signed:
        kind, public = kinds.get((name, raw[:4]), (0, b""))
        if kind == LOG_KEY:
            check_signature(public, raw[4:], body)
            by_log = by_log or name == origin
        elif kind == WITNESS_KEY:
            check_signature(public, raw[12:], b"cosignature/v1\ntime %d\n" % int.from_bytes(raw[4:12], "big") + body)
            witnesses.append(name)
    if not by_log:
        raise Refused("LogSignatureMissing")
    return *checked, list(dict.fromkeys(witnesses))


def _body_of(origin: str, size: int, root: bytes, body: bytes) -> bytes:
    extension = body.decode().split("\n")[3:-1]
    if size < 0 or len(root) != 32 or not all(extension):
        raise ValueError
    return "\n".join([origin, str(size), base64.b64encode(root).decode(), *extension, ""]).encode()


def check_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Refused unless it is the key's Ed25519 signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise Refused("SignatureWrong") from error


class Export:
    """The export that is being checked."""

    def __init__(self, document: Any, pinned: list[str], against: list[bytes], person: Any) -> None:
        if document["format"] != "examsys/export/1":
            raise ValueError("format")
        self.document, self.pinned, self.against, self.known = document, pinned, against, person
        self.attempt = document["attempt"]
        self.key_texts = pinned or document["keys"]
        self.keys = [read_key(text) for text in self.key_texts]
        self.steps = [
            (row["number"], base64.b64decode(row["body"], validate=True), row["hash"]) for row in document["steps"]
        ]
        self.proved: list[tuple[int, dict[str, Any]]] = []

    def findings(self) -> Iterator[Finding]:
        """Everything that was looked at, in order."""
        if self.document["demonstration"]:
            yield OUTSIDE, "demonstration", {}
        if self.pinned:
            yield HOLDS, "key.pinned", {}
        else:
            yield MISSING, "key.unpinned", {"keys": self.key_texts}
        yield from self.sealed()
        yield from self.chain()
        yield from self.heads()
        yield from self.clock()
        yield from self.paper()
        yield from self.results()
        yield from self.person()
        for key in ("outside.grading", "outside.omitted"):
            yield OUTSIDE, key, {}

    def sealed(self) -> Iterator[Finding]:
        """Checkpoints, and the entries under the last of them."""
        rows = self.document["checkpoints"]
        if len(rows) == 0:
            yield MISSING, "checkpoint.none", {}
            return
        try:
            opened = [open_note(row["note"].encode(), self.keys) for row in rows]
        except Refused as error:
            yield BROKEN, "checkpoint.refused", {"why": str(error)}
            return
        origin, size, root, witnesses = opened[-1]
        if origin != self.document["site"]["origin"]:
            yield BROKEN, "checkpoint.foreign", {"origin": origin}
        yield HOLDS, "checkpoint.signed", {"size": size}
        for row, (name, old, old_root, _) in zip(rows[:-1], opened[:-1], strict=True):
            path = [bytes.fromhex(each) for each in row["consistency"]]
            good = name == origin and grown(old, old_root, size, root, path)
            yield HOLDS if good else BROKEN, "checkpoint.grown" if good else "checkpoint.forked", {"size": old}
        yield (HOLDS, "witness.seen", {"names": witnesses}) if witnesses else (OUTSIDE, "witness.none", {})
        yield from self.held_elsewhere({one[1]: one[2] for one in opened if one[0] == self.document["site"]["origin"]})
        yield from self.entries(size, root)

    def held_elsewhere(self, roots: dict[int, bytes]) -> Iterator[Finding]:
        """The checkpoints which somebody else kept."""
        compared = 0
        for note in self.against:
            try:
                origin, size, root, _ = open_note(note, self.keys)
            except Refused as error:
                yield BROKEN, "against.refused", {"why": str(error)}
                return
            if origin == self.document["site"]["origin"] and size in roots:
                compared += 1
                good = root == roots[size]
                yield HOLDS if good else BROKEN, "against.same" if good else "against.differs", {"size": size}
        if self.against and not compared:
            yield MISSING, "against.unknown", {"sizes": sorted(roots)}

    def entries(self, size: int, root: bytes) -> Iterator[Finding]:
        """Which entries the tree holds."""
        rows = self.document["entries"]
        for row in rows:
            body = base64.b64decode(row["body"], validate=True)
            if included(sha256(b"\0" + body), row["index"], size, [bytes.fromhex(each) for each in row["path"]], root):
                self.proved.append((row["index"], read_body(body)))
            else:
                yield BROKEN, "entry.not_in_log", {"index": row["index"]}
        if len(self.proved) == len(rows):
            yield HOLDS, "entry.in_log", {"count": len(rows)}

    def chain(self) -> Iterator[Finding]:
        """The chain of steps."""
        for place, (number, _, _) in enumerate(self.steps, 1):
            if number != place:
                yield BROKEN, "step.missing", {"step": place, "found": number}
                break
        previous = bytes(32)
        for number, body, sealed in self.steps:
            if seal(previous, body) != sealed:
                before = [bytes(32), *(bytes.fromhex(other) for _, _, other in self.steps)]
                fault = "displaced" if any(seal(other, body) == sealed for other in before) else "altered"
                yield BROKEN, "chain.broken", {"step": number, "fault": fault}
                return
            previous = bytes.fromhex(sealed)
        for number, body, _ in self.steps:
            said = read_body(body)
            if said.get("attempt", self.attempt) != self.attempt or said.get("n", number) != number:
                yield BROKEN, "step.foreign", {"step": number}
                return
        yield HOLDS, "chain.whole", {"count": len(self.steps)}

    def heads(self) -> Iterator[Finding]:
        """What the log knows of the chain's heads."""
        rows = [(row, index) for index, data in self.said({"log.heads"}) for row in data["heads"]]
        named = sorted((row[1], row[2], index) for row, index in rows if row[0] == self.attempt)
        for length, head, index in named:
            if not 0 < length <= len(self.steps):
                yield BROKEN, "chain.cut", {"steps": len(self.steps), "length": length, "index": index}
                return
            if self.steps[length - 1][2] != head:
                yield BROKEN, "head.differs", {"step": length, "index": index}
                return
        if not named:
            yield MISSING, "head.none", {}
            return
        length, _, index = named[-1]
        yield HOLDS, "head.named", {"length": length, "index": index}
        if length < len(self.steps):
            yield MISSING, "head.behind", {"count": len(self.steps) - length}

    def clock(self) -> Iterator[Finding]:
        """Whether the steps' clock goes forwards."""
        newest: dict[str, int] = {}
        for number, body, _ in self.steps:
            said = or_empty(body)
            boot, mono = said.get("boot"), said.get("mono")
            if isinstance(boot, str) and isinstance(mono, int):
                if mono < newest.get(boot, mono) - BACKWARDS:
                    yield BROKEN, "clock.backwards", {"step": number}
                    return
                newest[boot] = max(mono, newest.get(boot, mono))
        yield (HOLDS, "clock.forwards", {}) if newest else (OUTSIDE, "clock.unknown", {})

    def paper(self) -> Iterator[Finding]:
        """The frozen paper."""
        made = sha256(base64.b64decode(self.document["paper"], validate=True)).hex()
        drawn = self.said({"exam.paper_drawn"}, self.attempt)
        if not drawn:
            yield MISSING, "paper.unnamed", {}
        for index, data in drawn:
            if "profile" not in data and not self.document["demonstration"]:
                yield MISSING, "demonstration.unknown", {"index": index}
            elif (data.get("profile", "demo") == "demo") != self.document["demonstration"]:
                yield BROKEN, "demonstration.hidden", {"index": index}
            good = data["paper"] == made
            yield HOLDS if good else BROKEN, "paper.same" if good else "paper.differs", {"index": index}

    def results(self) -> Iterator[Finding]:
        """The results, against the journal and the log."""
        kinds = [or_empty(body).get("kind") for _, body, _ in self.steps]
        ends = [at for at, kind in enumerate(kinds) if kind in ("submit", "closed")]
        reopened = [at for at, kind in enumerate(kinds) if kind == "reopen"]
        if not ends or (reopened and reopened[-1] > ends[-1]):
            yield MISSING, "chain.open", {}
        elif not self.document["results"]:
            yield MISSING, "result.none", {}
        graded = sorted(self.said({"exam.scored", "exam.regraded"}, self.attempt), key=lambda row: row[0])
        yield from self.listed(graded)
        for result in self.document["results"]:
            facts = {"result": result["id"]}
            if sorted(result) != sorted(("id", *RESULT_FIELDS)):
                yield BROKEN, "result.form", facts
            if result["head"] not in [sealed for _, _, sealed in self.steps]:
                yield BROKEN, "result.other_journal", facts
            vouching = [(index, data) for index, data in graded if data.get("result") == result["id"]]
            if not vouching:
                yield MISSING, "result.unnamed", facts
            for index, data in vouching:
                silent = [name for name in RESULT_FIELDS if name not in data]
                if silent:
                    yield MISSING, "result.unvouched", facts | {"fields": silent, "index": index}
                pairs = [(data[name], result[name]) for name in RESULT_FIELDS if name in data]
                good = all(type(one) is type(other) and one == other for one, other in pairs)
                yield HOLDS if good else BROKEN, "result.same" if good else "result.differs", facts | {"index": index}
        order = self.made(graded)
        if order and order == [result["id"] for result in self.document["results"]]:
            yield HOLDS, "result.stands", {"result": order[-1]}

    def listed(self, graded: list[tuple[int, dict[str, Any]]]) -> Iterator[Finding]:
        """Whether the results that the log knows are all there, once each, in the order in which they were made."""
        there = [result["id"] for result in self.document["results"]]
        order = self.made(graded)
        for one in order:
            if there.count(one) == 0:
                yield BROKEN, "result.missing", {"result": one}
        places = [order.index(one) for one in there if one in order]
        if any(later <= earlier for earlier, later in zip(places, places[1:], strict=False)):
            yield BROKEN, "result.order", {}

    @staticmethod
    def made(graded: list[tuple[int, dict[str, Any]]]) -> list[str]:
        """The ids of all results that the log names, also as the one before another."""
        order: list[str] = []
        for _, data in graded:
            for one in (data.get("before"), data["result"]):
                if one is not None and one not in order:
                    order.append(one)
        return order

    def person(self) -> Iterator[Finding]:
        """The person's fields in clear, against what the log committed itself to."""
        if self.known is None:
            yield OUTSIDE, "outside.person", {}
            return
        about = [(index, body["data"]) for index, body in self.proved if body.get("object") == self.attempt]
        committed = [(index, data["person"]) for index, data in about if isinstance(data.get("person"), dict)]
        for name, value in self.known["fields"].items():
            message = name.encode() + b"\0" + value.encode()
            made = hmac.new(bytes.fromhex(self.known["key"]), message, hashlib.sha256).hexdigest()
            found = [(index, fields[name] == made) for index, fields in committed if name in fields]
            if not found:
                yield MISSING, "person.unnamed", {"field": name}
            for index, good in found:
                facts = {"field": name, "index": index}
                yield HOLDS if good else BROKEN, "person.same" if good else "person.differs", facts

    def said(self, kinds: set[str], about: str | None = None) -> list[tuple[int, dict[str, Any]]]:
        """What the proved entries of these kinds say."""
        return [
            (index, body["data"])
            for index, body in self.proved
            if body["kind"] in kinds and about in (None, body.get("object"))
        ]


def seal(previous: bytes, body: bytes) -> str:
    """The hash of a step, in hex."""
    return sha256(b"examsys/step/1\0" + previous + body).hex()


def or_empty(body: bytes) -> dict[str, Any]:
    """What a body says, or nothing if it cannot be read."""
    try:
        return read_body(body)
    except ValueError:
        return {}


def check(document: Any, pinned: list[str], against: list[bytes], person: Any = None) -> list[Finding]:
    """All findings; a document of another shape is a finding too."""
    findings: list[Finding] = []
    try:
        findings.extend(Export(document, pinned, against, person).findings())
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        findings.append((BROKEN, "format.unreadable", {"what": type(error).__name__}))
    return findings


def told(finding: Finding) -> str:
    """A finding as one line in both languages."""
    verdict, key, facts = finding
    shown = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in facts.items()}
    in_chinese = {name: FAULTS.get(value, value) if name == "fault" else value for name, value in shown.items()}
    chinese, english = SENTENCES[key][0].format(**in_chinese), SENTENCES[key][1].format(**shown)
    return f"{LABELS[verdict]}  {chinese} · {english}"


def key_texts(given: list[str]) -> list[str]:
    """The keys that were given as text or as files of them."""
    texts: list[str] = []
    for each in given:
        found = (
            [each] if "+" in each and not Path(each).is_file() else Path(each).read_text(encoding="utf-8").splitlines()
        )
        texts.extend(text.strip() for text in found if text.strip())
    return texts


def notes_in(text: bytes) -> list[bytes]:
    """The notes of a file that has one or many, with blank lines between."""
    parts = text.strip(b"\n").split(b"\n\n")
    return [b"\n\n".join(parts[at : at + 2]) + b"\n" for at in range(0, len(parts), 2)]


def main(arguments: list[str] | None = None) -> int:
    """Run the check; the exit code."""
    parser = argparse.ArgumentParser(description="核验导出的考试记录 · check the exported record of an exam attempt")
    parser.add_argument("export", type=Path)
    parser.add_argument(
        "--key", action="append", default=[], help="公钥文本或文件 · a public key (vkey), or a file of them"
    )
    parser.add_argument("--against", type=Path, help="另存的封存点 · a file with checkpoints kept elsewhere")
    parser.add_argument("--person", type=Path, help="考生与其密钥 · a file with the person and the person's key")
    parser.add_argument("--json", action="store_true", help="机器可读 · for machines")
    given = parser.parse_args(arguments)
    try:
        raw = given.export.read_bytes()
        pinned = key_texts(given.key)
        against = notes_in(given.against.read_bytes()) if given.against else []
        person = json.loads(given.person.read_bytes()) if given.person else None
    except (OSError, ValueError) as error:
        sys.stderr.write(f"无法读取 · cannot read: {error}\n")
        return 2
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        document = None
    findings = check(document, pinned, against, person)
    verdicts = {verdict for verdict, _, _ in findings}
    code = 1 if BROKEN in verdicts else 2 if MISSING in verdicts else 0
    if given.json:
        rows = [{"verdict": verdict, "key": key, "facts": facts} for verdict, key, facts in findings]
        sys.stdout.write(json.dumps({"exit": code, "findings": rows}, ensure_ascii=False, indent=1) + "\n")
    else:
        ends = ("完好 · everything checked holds", "已损坏 · BROKEN", "证明不完整 · the proof is incomplete")
        demonstration = (
            "演示样张，无效 · DEMONSTRATION, not valid · " if (OUTSIDE, "demonstration", {}) in findings else ""
        )
        sys.stdout.write("\n".join([*map(told, findings), "", demonstration + ends[code], ""]))
    return code


if __name__ == "__main__":
    sys.exit(main())
