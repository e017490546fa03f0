"""The voices of recordings: entered with dialect and consent, known to the bank's files by a slug, their names sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from ..accounts import sealed
from ..accounts.service import installation, record
from ..bank.dialects import dialect_named
from ..bank.schema import RecordingPart
from ..clock import new_id, now
from ..db import Raw, append, here
from ..domain.access import Actor
from ..domain.dates import beijing_day, rfc3339
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import checks, names
from .recordings import parts_of

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of a dialect. `account`: of one who works at the desk; `consent`: the day on which consent was given."""

    slug: str
    dialect: str
    name: str
    account: str | None
    consent: str | None


def voices() -> list[Voice]:
    """All speakers, by slug."""
    sql = "SELECT speaker_id, slug, dialect, name, account, consent FROM speaker WHERE site_id = ? ORDER BY slug"
    with here().reading() as raw:
        rows = raw.all(sql, installation().site_id)
        return [Voice(row[1], row[2], sealed.name_of(row[0], bytes(row[3]), raw), row[4], row[5]) for row in rows]


def voice(slug: str) -> Voice:
    """One speaker; RuleBroken('audio.speaker_unknown')."""
    for one in voices():
        if one.slug == slug:
            return one
    raise RuleBroken("audio.speaker_unknown")


def to_record(slug: str) -> Voice:
    """A speaker who may be recorded. RuleBroken('audio.speaker_unknown', 'audio.no_consent')."""
    found = voice(slug)
    if not found.consent:
        raise RuleBroken("audio.no_consent", speaker=slug)
    return found


def without_consent() -> frozenset[str]:
    """The speakers entered here who have given no consent, or have taken it back: nothing of them is approved or released."""
    sql = "SELECT slug FROM speaker WHERE site_id = ? AND consent IS NULL"
    with here().reading() as raw:
        return frozenset(row[0] for row in raw.all(sql, installation().site_id))


def own_dialects(actor: Actor) -> frozenset[str]:
    """The dialects that who acts has been entered as a speaker of."""
    return frozenset(one.dialect for one in voices() if actor.account and one.account == actor.account)


def usernames(slug: str) -> frozenset[str]:
    """All user names of the person behind a voice, and the slug itself for a voice that has none here."""
    sql = "SELECT account FROM speaker WHERE site_id = ? AND slug = ?"
    with here().reading() as raw:
        row = raw.one(sql, installation().site_id, slug)
    return frozenset({slug}) | (names.persons(names.name_of(row[0])) if row and row[0] else frozenset())


def enter(name: str, dialect: str, consent: str, own: bool, actor: Actor) -> str:
    """Enter a voice; `consent` is the day (ISO) or empty, `own` says that it is the one who acts. Returns the slug.

    RuleBroken('audio.dialect_unknown', 'audio.name_missing', 'audio.bad_day').
    """
    dialect_named(dialect)
    name = _checked_name(name)
    day = _checked_day(consent) if consent else None

    def work(raw: Raw) -> str:
        speaker_id, slug = new_id(), _next_slug(dialect, raw)
        sealed_name = sealed.seal_name(speaker_id, name, raw)
        raw.run(
            "INSERT INTO speaker (site_id, speaker_id, slug, dialect, name, account, consent, consent_by, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(installation().site_id, speaker_id, slug, dialect, sealed_name, actor.account if own else None),
            *(day, actor.account if day else None, rfc3339(now().wall)),
        )
        said = {
            "speaker": slug,
            "dialect": dialect,
            "name": sha256(sealed_name).hexdigest(),
            "consent": day,
            "own": own,
        }
        _tell(speaker_id, said, actor, raw)
        return slug

    with here().transaction():  # the next number and its row together
        return work(here().current())


def correct(slug: str, name: str, dialect: str, own: bool | None, actor: Actor) -> str:
    """Correct how a voice was entered: its name, its dialect as long as nothing was recorded, and whether it is the one who acts (None:
    as it stands). Returns the slug, which is another one in another dialect.

    RuleBroken('audio.speaker_unknown', 'audio.dialect_unknown', 'audio.name_missing', 'audio.has_recordings', 'access.own_work').
    """
    dialect_named(dialect)
    name = _checked_name(name)
    with checks.workshop().writing(), here().transaction():  # no clip of this voice is taken meanwhile
        raw, before = here().current(), voice(slug)
        said: dict[str, Any] = {}
        if own is not None and (account := actor.account if own else None) != before.account:
            _check_hands(before, own, actor)
            said["account"] = account
        if dialect != before.dialect:
            if _was_recorded(slug, raw):
                raise RuleBroken("audio.has_recordings", speaker=slug)
            said |= {"dialect": dialect, "slug": _next_slug(dialect, raw)}
        speaker_id = raw.one(
            "SELECT speaker_id FROM speaker WHERE site_id = ? AND slug = ?", installation().site_id, slug
        )[0]
        if name != before.name:
            said["name"] = sealed.name_anew(speaker_id, name, raw)
        if said:
            _write_correction(speaker_id, slug, said, actor, raw)
    return str(said.get("slug", slug))


def _write_correction(speaker_id: str, slug: str, said: dict[str, Any], actor: Actor, raw: Raw) -> None:
    """The columns of a voice that differ, with their entry of the log."""
    columns = ", ".join(f"{column} = ?" for column in said)
    sql = f"UPDATE speaker SET {columns} WHERE site_id = ? AND speaker_id = ?"
    raw.run(sql, *said.values(), installation().site_id, speaker_id)
    told = said | ({"name": sha256(said["name"]).hexdigest()} if "name" in said else {})
    _tell(speaker_id, {"speaker": slug, "corrected": told}, actor, raw)


def _check_hands(before: Voice, own: bool, actor: Actor) -> None:
    """Four eyes stay four: nobody leaves a voice of his own that was recorded, nor enters one whose recordings he has approved."""
    me = names.persons(names.of_actor(actor))
    parts = [part for part in _recordings() if part.speaker == before.slug]
    leaves = not own and parts and me & usernames(before.slug)
    if leaves or (own and any(part.approved_by in me for part in parts)):
        raise RuleBroken("access.own_work")


def _was_recorded(slug: str, raw: Raw) -> bool:
    """Whether the bank has, or had at this desk, a recording of a voice: its number then stays."""
    sql = "SELECT 1 FROM revision WHERE site_id = ? AND block LIKE ? LIMIT 1"
    if raw.one(sql, installation().site_id, f"%speaker: {slug}%"):
        return True
    return any(part.speaker == slug for part in _recordings())


def _recordings() -> Iterator[RecordingPart]:
    return (part for written in checks.workshop().questions() for parts in parts_of(written) for part in parts)


def consent_to(slug: str, consent: str, actor: Actor) -> None:
    """Write down a consent that was given later, or with an empty day that it was taken back (for `consent.take_back`). RuleBroken('audio.speaker_unknown', 'audio.bad_day')."""
    voice(slug)
    day = _checked_day(consent) if consent else None

    def work(raw: Raw) -> None:
        site_id = installation().site_id
        raw.run(
            "UPDATE speaker SET consent = ?, consent_by = ? WHERE site_id = ? AND slug = ?",
            *(day, actor.account, site_id, slug),
        )
        row = raw.one("SELECT speaker_id FROM speaker WHERE site_id = ? AND slug = ?", site_id, slug)
        _tell(row[0], {"speaker": slug, "consent": day}, actor, raw)

    append(work)


def _tell(speaker_id: str, data: dict[str, Any], actor: Actor, raw: Raw) -> None:
    record(EntryKind.AUDIO_SPEAKER, actor, about=speaker_id, data=data, raw=raw)


def _next_slug(dialect: str, raw: Raw) -> str:
    rows = raw.all("SELECT slug FROM speaker WHERE site_id = ? AND dialect = ?", installation().site_id, dialect)
    return f"{dialect}-{max((int(row[0].rpartition('-')[2]) for row in rows), default=0) + 1:02d}"


def _checked_name(text: str) -> str:
    """A name as it is kept; RuleBroken('audio.name_missing')."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken("audio.name_missing")
    return name


def _checked_day(text: str) -> str:
    """A day that is not in the future; RuleBroken('audio.bad_day')."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RuleBroken("audio.bad_day") from None
    if day > beijing_day(now().wall):
        raise RuleBroken("audio.bad_day")
    return day.isoformat()
