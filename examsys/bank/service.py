"""The bank as a site holds it: published releases, contents by hash, questions withdrawn after they were asked."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature

from ..accounts.service import installation, record
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import HOUSE, Actor
from ..domain.bank import Medium, Question, content_hash, content_of, is_released, may_be_drawn
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from ..domain.log import canonical
from ..domain.paper import Blueprint, Pool, gather
from ..domain.spoken import sounding, spoken_texts
from .blueprints import load_blueprints
from .records import listed, question_from

ROWS_A_TURN = 100


def publish(
    number: str,
    questions: Sequence[Question],
    media: Path,
    actor: Actor = HOUSE,
    *,
    proposed_by: str | None = None,
    lost: Sequence[str] = (),
) -> str:
    """Make an immutable, signed release of these questions; keeps every content, picture and recording that sounds by its hash.
    Returns the release's id.

    `proposed_by`: the account that put it together; `lost`: papers of which both know that they can no longer be drawn.
    RuleBroken('bank.not_drawable') names questions that no paper may hold, 'desk.number_taken': there is a release of that number.
    """
    place = installation()
    refused = [question.id for question in questions if not may_be_drawn(question)]
    if refused:
        raise RuleBroken("bank.not_drawable", questions=refused)
    questions = [sounding(question) for question in questions]
    _keep_all(questions, media)
    rows_of = canonical([listed(question) for question in sorted(questions, key=lambda question: question.id)])
    release_id, digest = new_id(), content_hash({"release": json.loads(rows_of)})
    data = {"number": number, "hash": digest, "questions": len(questions), "proposed_by": proposed_by}
    data |= {"lost": " ".join(lost)} if lost else {}

    def work(raw: Raw) -> None:
        made = raw.one(
            "INSERT INTO release (site_id, release_id, number, questions, hash, published_by, at, proposed_by, signature)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site_id, number) DO NOTHING RETURNING release_id",
            *(place.site_id, release_id, number, rows_of.decode(), digest, actor.account, rfc3339(now().wall)),
            *(proposed_by, place.keys.log.sign(signed_bytes(number, digest)).hex()),
        )
        if made is None:
            raise RuleBroken("desk.number_taken", number=number)
        record(EntryKind.BANK_RELEASED, actor, about=release_id, data=data, raw=raw)

    append(work)
    return release_id


def _keep_all(questions: Sequence[Question], media: Path) -> None:
    """Every content by its hash, every picture and recording in the store."""
    store = installation().store
    for path in {path for question in questions for path in _files_of(question)}:
        store.keep((media / path).read_bytes())
    contents = [(question.content_hash, canonical(content_of(question))) for question in questions]
    for start in range(0, len(contents), ROWS_A_TURN):
        append(partial(_keep_contents, contents[start : start + ROWS_A_TURN]))


def signed_bytes(number: str, digest: str) -> bytes:
    """What the signature of a release covers: its number and the hash of its list of questions."""
    return canonical({"bank_release": number, "hash": digest})


def is_signed(number: str, digest: str, signature: str | None) -> bool:
    """Whether this site's key signed a release; those made before the desk bear no signature."""
    try:
        installation().keys.log.public_key().verify(bytes.fromhex(signature or ""), signed_bytes(number, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _keep_contents(rows: Sequence[tuple[str, bytes]], raw: Raw) -> None:
    raw.many("INSERT INTO content (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)


def _media_of(question: Question) -> Iterable[Medium]:
    yield from question.media
    yield from (option.picture for option in question.options if option.picture)


def _files_of(question: Question) -> Iterable[str]:
    """The pictures and recordings of a question, by their paths below `media/`."""
    yield from (medium.path for medium in _media_of(question))
    yield from (recording.path for text in spoken_texts(question) for recording in text.recordings)


def newest_release() -> tuple[str, str]:
    """Id and number of the newest release; RuleBroken('bank.no_release')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT release_id, number FROM release WHERE site_id = ? ORDER BY release_id DESC LIMIT 1",
            installation().site_id,
        )
    if row is None:
        raise RuleBroken("bank.no_release")
    return row[0], row[1]


def release_numbered(number: str) -> str:
    """The release of a number; RuleBroken('bank.no_release')."""
    with here().reading() as raw:
        row = raw.one("SELECT release_id FROM release WHERE site_id = ? AND number = ?", installation().site_id, number)
    if row is None:
        raise RuleBroken("bank.no_release")
    return str(row[0])


def release_number(release_id: str) -> str:
    """The number that papers print for a release."""
    with here().reading() as raw:
        row = raw.one("SELECT number FROM release WHERE release_id = ?", release_id)
    if row is None:
        raise RuleBroken("bank.no_release")
    return str(row[0])


@lru_cache(maxsize=8)
def questions_of(release_id: str) -> tuple[Question, ...]:
    """The questions of a release as they were when it was published; releases never change, so this is kept."""
    with here().reading() as raw:
        row = raw.one("SELECT questions FROM release WHERE release_id = ?", release_id)
        if row is None:
            raise RuleBroken("bank.no_release")
        entries = json.loads(row[0])
        bodies = _bodies([entry["content"] for entry in entries], raw)
    return tuple(question_from(entry, json.loads(bodies[entry["content"]])) for entry in entries)


def _bodies(hashes: Sequence[str], raw: Raw) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for start in range(0, len(hashes), 500):
        some = hashes[start : start + 500]
        marks = ", ".join("?" * len(some))
        found.update(
            (row[0], bytes(row[1])) for row in raw.all(f"SELECT hash, body FROM content WHERE hash IN ({marks})", *some)
        )
    return found


def pool(release_id: str, blueprint_name: str) -> Pool:
    """What a blueprint, as it is in force today, may draw from a release."""
    return _pool(release_id, blueprint_name, *blueprints_now())


@lru_cache(maxsize=16)
def _pool(release_id: str, name: str, file: Path, changed: int, day: str) -> Pool:
    return gather(_named(_in_force(file, changed, day), name), questions_of(release_id))


def blueprints() -> tuple[Blueprint, ...]:
    """The blueprints in force today."""
    return _in_force(*blueprints_now())


def blueprints_now() -> tuple[Path, int, str]:
    """By what the blueprints in force are kept: their file (the site's own copy where it has one), when it was changed, the day
    in Beijing.
    """
    settings = installation().settings
    own = settings.home / "bank/blueprints.yaml"
    file = own if own.is_file() else settings.bank / "blueprints.yaml"
    return file, file.stat().st_mtime_ns, beijing_day(now().wall).isoformat()


@lru_cache(maxsize=4)
def _in_force(file: Path, _changed: int, day: str) -> tuple[Blueprint, ...]:
    return load_blueprints(file, day)


def blueprint_named(name: str) -> Blueprint:
    """One blueprint; RuleBroken('paper.no_blueprint')."""
    return _named(blueprints(), name)


def _named(some: Iterable[Blueprint], name: str) -> Blueprint:
    for blueprint in some:
        if blueprint.name == name:
            return blueprint
    raise RuleBroken("paper.no_blueprint", name=name)


def blueprint_for(subject: str, family: str) -> Blueprint:
    """The blueprint of a subject for a family of classes; RuleBroken('paper.no_blueprint')."""
    for blueprint in blueprints():
        if blueprint.subject == subject and blueprint.family == family and not blueprint.demonstration:
            return blueprint
    raise RuleBroken("paper.no_blueprint", name=f"{subject} {family}")


@lru_cache(maxsize=20_000)
def content(digest: str) -> dict[str, Any]:
    """A question as it was, by the hash of its content; RuleBroken('bank.content_missing'). Contents never change, so this is kept."""
    with here().reading() as raw:
        row = raw.one("SELECT body FROM content WHERE hash = ?", digest)
    if row is None:
        raise RuleBroken("bank.content_missing", hash=digest)
    found: dict[str, Any] = json.loads(bytes(row[0]))
    return found


def key_of(digest: str) -> frozenset[str]:
    """The options that are right."""
    return frozenset(content(digest)["key"])


def withdraw(question_id: str, reason: str, actor: Actor = HOUSE) -> list[str]:
    """Void a question in every form in which it was ever asked; returns the content hashes. RuleBroken('bank.question_unknown')."""
    with here().reading() as raw:
        rows = raw.all("SELECT hash, body FROM content")
    hashes = [row[0] for row in rows if json.loads(bytes(row[1]))["id"] == question_id]
    if not hashes:
        raise RuleBroken("bank.question_unknown", question=question_id)
    site_id, at, known = installation().site_id, rfc3339(now().wall), withdrawn()
    added = [digest for digest in hashes if digest not in known]
    if not added:
        return hashes  # voided before: the first reason stands

    def work(raw: Raw) -> None:
        raw.many(
            "INSERT INTO withdrawal (site_id, content, question, reason, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(site_id, digest, question_id, reason, at) for digest in added],
        )
        record(
            EntryKind.QUESTION_VOIDED,
            actor,
            data={"question": question_id, "contents": added, "reason": reason},
            raw=raw,
        )

    append(work)
    return hashes


def withdrawn() -> frozenset[str]:
    """The content hashes of all voided questions."""
    with here().reading() as raw:
        return frozenset(
            row[0] for row in raw.all("SELECT content FROM withdrawal WHERE site_id = ?", installation().site_id)
        )


def voided_questions() -> frozenset[str]:
    """The ids of all voided questions."""
    with here().reading() as raw:
        return frozenset(
            row[0]
            for row in raw.all("SELECT DISTINCT question FROM withdrawal WHERE site_id = ?", installation().site_id)
        )


def unreleased(release_id: str, subject: str, language: str) -> list[str]:
    """The questions of a subject in a release whose translation no named translator has released."""
    return [
        question.id
        for question in questions_of(release_id)
        if question.subject == subject and not is_released(question, language)
    ]


def question_of(release_id: str, question_id: str) -> Question:
    """One question of a release; RuleBroken('bank.question_unknown')."""
    for question in questions_of(release_id):
        if question.id == question_id:
            return question
    raise RuleBroken("bank.question_unknown", question=question_id)
