"""Appends entries to the site's log and seals them: leaves of a Merkle tree under signed checkpoints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..clock import Instant, new_id, now
from ..db import Raw, here
from ..domain.access import HOUSE, Actor
from ..domain.checkpoint import VerifierKey, checkpoint_body, sign_note
from ..domain.dates import rfc3339
from ..domain.entries import EntryKind
from ..domain.log import canonical
from ..domain.merkle import Tree, leaf_hash
from ..keys import Keyring, public_bytes
from .notes import append_notes, newest_size, sole_writer

MOST_SEALED_AT_ONCE = 5_000
ADVISORY_LOCK = 0x6578616D  # "exam": one sealer at a time on PostgreSQL

Heads = Callable[[Raw], Sequence[tuple[str, int, str]]]


@dataclass(frozen=True, slots=True)
class LogOf:
    """Which log is written: site, epoch, its keys and the folder for checkpoints outside the database."""

    site_id: int
    epoch: int
    keys: Keyring
    folder: Path

    @property
    def origin(self) -> str:
        """The name under which checkpoints are signed."""
        return f"examsys/site{self.site_id:02d}/audit/{self.epoch}"

    @property
    def notes_name(self) -> str:
        """Under which name its checkpoints lie outside the database."""
        return f"{self.origin.replace('/', '-')}.notes"

    @property
    def verifier(self) -> VerifierKey:
        """The public half, by which others check the log."""
        return VerifierKey(self.origin, public_bytes(self.keys.log))


Kept = tuple[int, str, str, str, str | None, str | None, bytes]  # an entry as its row


def record(
    site_id: int,
    kind: EntryKind,
    actor: Actor = HOUSE,
    *,
    about: str | None = None,
    data: Mapping[str, Any] | None = None,
    raw: Raw | None = None,
    at: Instant | None = None,
) -> str:
    """Append an entry in the transaction that is open: who did what to which object. Returns its id.

    `data` holds ids, numbers, reasons and commitments, never personal data in clear.
    """
    row = entry_of(site_id, kind, actor, about=about, data=data, at=at)
    keep(raw or here().current(), [row])
    return row[1]


def entry_of(
    site_id: int,
    kind: EntryKind,
    actor: Actor = HOUSE,
    *,
    about: str | None = None,
    data: Mapping[str, Any] | None = None,
    at: Instant | None = None,
) -> Kept:
    """An entry made before its transaction, where thousands are kept together: nobody waits while they are made."""
    moment = at or now()
    entry_id, wall = new_id(), rfc3339(moment.wall)
    body = canonical(
        {
            "v": 1,
            "site": site_id,
            "id": entry_id,
            "kind": kind.value,
            "at": wall,
            "mono": moment.mono,
            "boot": moment.boot,
            "actor": _named(actor),
            "object": about,
            "data": dict(data or {}),
        }
    )
    return site_id, entry_id, kind.value, wall, actor.id, about, body


def keep(raw: Raw, rows: Sequence[Kept]) -> None:
    """Append entries in the transaction that is open."""
    raw.many("INSERT INTO entry (site_id, entry_id, kind, at, actor, object, body) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    raw.many("INSERT INTO unsealed (site_id, entry_id) VALUES (?, ?)", [row[:2] for row in rows])


def has_entry(site_id: int, kind: EntryKind, about: str) -> bool:
    """Whether the log holds an entry of this kind about an object."""
    with here().reading() as raw:
        sql = "SELECT 1 FROM entry WHERE object = ? AND site_id = ? AND kind = ? LIMIT 1"
        return raw.one(sql, about, site_id, kind.value) is not None


def _named(actor: Actor) -> dict[str, str] | None:
    fields = {
        "account": actor.account,
        "person": actor.person,
        "post": actor.post,
        "role": actor.role.value if actor.role else None,
        "unit": actor.unit,
        "address": actor.address,
        "attempt": actor.attempt,
    }
    return {name: value for name, value in fields.items() if value is not None} or None


def seal(log: LogOf, heads: Heads) -> str | None:
    """Log the heads of all attempts that grew, put every new entry into the tree and sign a checkpoint.

    Returns the note, or None when nothing was new. The note also goes, fsynced, to a file outside the database.
    """
    note: str | None = here().append(lambda raw: _seal(log, heads, raw))
    if note is not None:
        _keep_outside(log)
    return note


def _keep_outside(log: LogOf) -> None:
    """What the file lacks: the new note, after those that a crash or a full disk kept from it."""
    file = log.folder / log.notes_name
    with sole_writer(file), here().reading() as raw:
        sql = "SELECT note FROM checkpoint WHERE site_id = ? AND epoch = ? AND size > ? ORDER BY size"
        missing = [row[0] for row in raw.all(sql, log.site_id, log.epoch, newest_size(file))]
        if missing:
            append_notes(file, missing)


def _seal(log: LogOf, heads: Heads, raw: Raw) -> str | None:
    if not here().embedded:
        raw.one("SELECT pg_advisory_xact_lock(?)", ADVISORY_LOCK)
    grown = heads(raw)
    if grown:
        data = {"heads": [list(row) for row in grown]}
        record(log.site_id, EntryKind.LOG_HEADS, data=data, raw=raw)
    waiting = raw.all(
        "SELECT e.entry_id, e.body FROM unsealed u JOIN entry e ON e.site_id = u.site_id AND e.entry_id = u.entry_id"
        " WHERE u.site_id = ? ORDER BY u.entry_id LIMIT ?",
        *(log.site_id, MOST_SEALED_AT_ONCE),
    )
    if not waiting:
        return None
    tree = _tree(log, raw)
    leaves = []
    for entry_id, body in waiting:
        leaf = leaf_hash(bytes(body))
        leaves.append((log.site_id, log.epoch, tree.size, entry_id, leaf))
        tree.append(leaf)
    raw.many("INSERT INTO leaf (site_id, epoch, idx, entry_id, hash) VALUES (?, ?, ?, ?, ?)", leaves)
    raw.many("DELETE FROM unsealed WHERE site_id = ? AND entry_id = ?", [(log.site_id, row[0]) for row in waiting])
    root = tree.root()
    body = checkpoint_body(log.origin, tree.size, root)
    note = sign_note(body, log.origin, log.keys.log.sign, public_bytes(log.keys.log)).decode()
    raw.run(
        "INSERT INTO checkpoint (site_id, epoch, size, root, state, note, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(log.site_id, log.epoch, tree.size, root, tree.state(), note, rfc3339(now().wall)),
    )
    return note


def _tree(log: LogOf, raw: Raw) -> Tree:
    row = raw.one(
        "SELECT state FROM checkpoint WHERE site_id = ? AND epoch = ? ORDER BY size DESC LIMIT 1",
        log.site_id,
        log.epoch,
    )
    return Tree.from_state(bytes(row[0])) if row else Tree()


def latest_note(log: LogOf) -> str | None:
    """The newest checkpoint, as its signed note."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT note FROM checkpoint WHERE site_id = ? AND epoch = ? ORDER BY size DESC LIMIT 1",
            log.site_id,
            log.epoch,
        )
    return row[0] if row else None


def tick(site_id: int, moment: Instant) -> None:
    """Write a sign of life; what lies between the last one and the next start of the server is an outage."""

    def work(raw: Raw) -> None:
        raw.run(
            "UPDATE tick SET boot = ?, mono = ?, at = ? WHERE site_id = ?",
            moment.boot,
            moment.mono,
            rfc3339(moment.wall),
            site_id,
        )

    here().append(work)


def last_tick(site_id: int, raw: Raw) -> tuple[str, int, str] | None:
    """Boot, monotonic µs and wall time of the last sign of life."""
    row = raw.one("SELECT boot, mono, at FROM tick WHERE site_id = ?", site_id)
    return (row[0], row[1], row[2]) if row else None


def begin_ticks(site_id: int, moment: Instant, raw: Raw) -> None:
    """The first sign of life of a server run, in the open transaction."""
    raw.run("DELETE FROM tick WHERE site_id = ?", site_id)
    raw.run(
        "INSERT INTO tick (site_id, boot, mono, at, runs) VALUES (?, ?, ?, ?, 1)",
        *(site_id, moment.boot, moment.mono, rfc3339(moment.wall)),
    )
