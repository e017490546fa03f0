"""What was done to a question at the desk: versions, who did what and why, differences that can be read."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import takewhile
from typing import Any

import yaml

from ..accounts.service import installation, record
from ..audit import service as audit
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.dates import rfc3339
from ..domain.desk import Deed
from ..domain.entries import EntryKind

CAME = "pull"  # the reason of a version that nobody wrote here
HASHES = (".of", ".text")  # how the fields end that no person reads
ENTRIES = {
    (Deed.WRITE, "zh"): EntryKind.QUESTION_DRAFT,
    (Deed.WRITE, "bo"): EntryKind.QUESTION_TRANSLATE,
    (Deed.SUBMIT, "zh"): EntryKind.QUESTION_REVIEW,
    (Deed.SUBMIT, "bo"): EntryKind.QUESTION_REVIEW,
    (Deed.APPROVE, "zh"): EntryKind.QUESTION_APPROVE,
    (Deed.APPROVE, "bo"): EntryKind.QUESTION_APPROVE,
    (Deed.RETURN, "zh"): EntryKind.QUESTION_RETURN,
    (Deed.RETURN, "bo"): EntryKind.QUESTION_RETURN,
    (Deed.RETIRE, "zh"): EntryKind.QUESTION_RETIRE,
    (Deed.RETIRE, "bo"): EntryKind.QUESTION_RETIRE,
    (Deed.RESTORE, "zh"): EntryKind.QUESTION_RESTORE,
    (Deed.RESTORE, "bo"): EntryKind.QUESTION_RESTORE,
    **{(Deed.RECORD, language): EntryKind.QUESTION_RECORD for language in ("zh", "bo")},
    **{(Deed.HEAR, language): EntryKind.QUESTION_HEAR for language in ("zh", "bo")},
    **{(Deed.SILENCE, language): EntryKind.QUESTION_SILENCE for language in ("zh", "bo")},
}


@dataclass(frozen=True, slots=True)
class Version:
    """A question as somebody left it. `account`: whose deed it was; None for the house (a pull)."""

    revision_id: str
    deed: str
    language: str
    block: str
    reason: str
    account: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a changed text: same, gone or new."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a question before and after, e.g. ('options.b', 'zh')."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A remark."""

    words: str
    account: str | None
    at: str


def numbers() -> set[str]:
    """The ids of all questions that were ever worked on at the desk."""
    with here().reading() as raw:
        return {row[0] for row in raw.all("SELECT DISTINCT question FROM revision")}


@dataclass(frozen=True, slots=True)
class Made:
    """A version and its entry of the log as rows, made before their transaction."""

    version: tuple[Any, ...]
    entry: audit.Kept


def made(question_id: str, deed: Deed, language: str, block: str, reason: str, actor: Actor) -> Made:
    """What `keep_all` writes down; with thousands of them nobody else waits while they are made."""
    revision_id, site_id = new_id(), installation().site_id
    data: dict[str, Any] = {"question": question_id, "language": language, "block": sha256(block.encode()).hexdigest()}
    data |= {"reason": reason[:400]} if reason else {}
    return Made(
        (
            *(site_id, revision_id, question_id, deed.value, language, block, reason[:400]),
            *(actor.account, rfc3339(now().wall)),
        ),
        audit.entry_of(site_id, ENTRIES[deed, language], actor, about=revision_id, data=data),
    )


def keep_all(some: Sequence[Made], raw: Raw) -> None:
    """Write down versions and their entries of the log, in the open transaction."""
    raw.many(
        "INSERT INTO revision (site_id, revision_id, question, deed, language, block, reason, account, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [one.version for one in some],
    )
    audit.keep(raw, [one.entry for one in some])


def keep(question_id: str, deed: Deed, language: str, block: str, reason: str, actor: Actor, raw: Raw) -> str:
    """Write down a version and its entry of the log, in the open transaction; returns the version's id."""
    one = made(question_id, deed, language, block, reason, actor)
    keep_all([one], raw)
    return str(one.version[1])


def made_first(question_id: str, block: str) -> Made:
    """The version of a question as it came here, before the first deed at this desk."""
    return made(question_id, Deed.WRITE, "zh", block, CAME, HOUSE)


def keep_first(question_id: str, block: str, raw: Raw) -> None:
    """Before the first deed at this desk: the question as it came here, so that the deed can be compared with it."""
    sql = "SELECT 1 FROM revision WHERE site_id = ? AND question = ? LIMIT 1"
    if raw.one(sql, installation().site_id, question_id) is None:
        keep_all([made_first(question_id, block)], raw)


def versions(question_id: str) -> list[Version]:
    """All versions of a question, the newest first."""
    with here().reading() as raw:
        rows = raw.all(
            "SELECT revision_id, deed, language, block, reason, account, at FROM revision"
            " WHERE site_id = ? AND question = ? ORDER BY revision_id DESC",
            *(installation().site_id, question_id),
        )
    return [Version(*row) for row in rows]


def block_of(question_id: str, digest: str) -> str | None:
    """The newest version whose bytes have this SHA-256; None for one that was never kept here."""
    return next((one.block for one in versions(question_id) if sha256(one.block.encode()).hexdigest() == digest), None)


def hands(question_id: str, language: str) -> frozenset[str]:
    """The accounts that wrote a question in a language since it was last approved in it."""
    mine = [version for version in versions(question_id) if version.language == language]
    since = takewhile(lambda version: version.deed != Deed.APPROVE.value, mine)
    return frozenset(one.account for one in since if one.deed == Deed.WRITE.value and one.account)


def hands_of_approved(questions: Collection[str], language: str) -> frozenset[str]:
    """The accounts that wrote what was last approved of these questions in a language."""
    sql = "SELECT question, deed, account FROM revision WHERE site_id = ? AND language = ? ORDER BY revision_id"
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id, language)
    writing: dict[str, set[str]] = {}
    approved: dict[str, set[str]] = {}
    for question, deed, account in rows:
        if deed == Deed.WRITE.value and account:
            writing.setdefault(question, set()).add(account)
        elif deed == Deed.APPROVE.value:
            approved[question] = writing.pop(question, set())
    return frozenset().union(*(approved.get(question, ()) for question in questions))


def sent_back(dialect: str) -> dict[str, str]:
    """By text (s1-road-001.stem) why a recording in a dialect was last sent back."""
    sql = "SELECT question, reason FROM revision WHERE site_id = ? AND deed = ? ORDER BY revision_id"
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id, Deed.SILENCE.value)
    found = {}
    for question, said in rows:
        place, _, reason = said.partition(f" {dialect}: ")
        if reason:
            found[f"{question}.{place}"] = reason
    return found


def takers() -> dict[str, str]:
    """By the file of a recording that was taken at this desk the account that took it."""
    sql = "SELECT reason, account FROM revision WHERE site_id = ? AND deed = ? ORDER BY revision_id DESC"
    with here().reading() as raw:
        return {row[0]: row[1] for row in raw.all(sql, installation().site_id, Deed.RECORD.value) if row[1]}


def remark(question_id: str, words: str, actor: Actor) -> None:
    """Say something about a question."""
    site_id = installation().site_id

    def work(raw: Raw) -> None:
        remark_id = new_id()
        raw.run(
            "INSERT INTO remark (site_id, remark_id, question, words, account, at) VALUES (?, ?, ?, ?, ?, ?)",
            *(site_id, remark_id, question_id, words.strip()[:1000], actor.account, rfc3339(now().wall)),
        )
        data = {"question": question_id, "words": sha256(words.strip()[:1000].encode()).hexdigest()}
        record(EntryKind.QUESTION_REMARK, actor, about=remark_id, data=data, raw=raw)

    append(work)


def remarks(question_id: str) -> list[Said]:
    """What was said about a question, the oldest first."""
    with here().reading() as raw:
        rows = raw.all(
            "SELECT words, account, at FROM remark WHERE site_id = ? AND question = ? ORDER BY remark_id",
            *(installation().site_id, question_id),
        )
    return [Said(*row) for row in rows]


# -- differences ---------------------------------------------------------------------------------------------


def difference(before: str, after: str) -> list[Change]:
    """What differs between two blocks of a question, field by field; nothing for what only looks different in the file, nor for hashes."""
    old, new = (dict(_fields(yaml.safe_load(block)[0])) if block else {} for block in (before, after))
    names = [*new, *(name for name in old if name not in new)]
    return [
        Change(name, pieces(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name) != new.get(name) and not name.endswith(HASHES)
    ]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as pieces that are in both, only in the older, only in the newer. Tibetan is cut at its tshegs, never within a syllable."""
    old, new = _cut(before), _cut(after)
    found: list[Piece] = []
    for sort, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            found.append(Piece("same", "".join(old[start:end])))
            continue
        found += [Piece("gone", "".join(old[start:end]))] if end > start else []
        found += [Piece("new", "".join(new[begin:stop]))] if stop > begin else []
    return tuple(found)


def _cut(text: str) -> list[str]:
    """Chinese into signs, everything else into syllables and words with the tsheg or space that ends them."""
    found, part = [], ""
    for sign in text:
        if "\u4e00" <= sign <= "\u9fff":
            found += [part, sign] if part else [sign]
            part = ""
        else:
            part += sign
            if sign in "\u0f0b\u0f0d ，。；：、":
                found.append(part)
                part = ""
    return [*found, part] if part else found


def _fields(values: Any, path: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Every leaf of a question with its way there; an option is named by its id."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from _fields(value, (*path, str(name)))
    elif isinstance(values, list) and values and isinstance(values[0], dict):
        for place, value in enumerate(values):
            rest = {name: one for name, one in value.items() if name != "id"}
            yield from _fields(rest, (*path, str(value.get("id", place + 1))))
    elif isinstance(values, list):
        yield ".".join(path), ", ".join(map(str, values))
    else:
        yield ".".join(path), str(values)
