"""Read-only lookups in the log: entries about an object or of a day, checkpoints, and proofs that entries are in the tree."""

import json
from dataclasses import dataclass
from threading import Lock
from typing import Any

from ..db import Raw, here
from ..domain.entries import EntryKind
from ..domain.export import HeldCheckpoint, ProvedEntry
from ..domain.merkle import Levels, consistency_proof, inclusion_proof, root_of
from .service import LogOf

BLOCK = 8  # subtrees of 2**8 leaves are remembered; what is below is read when it is asked for


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a page lists it; `index` is its place in the tree, None while it waits for the sealer."""

    entry_id: str
    kind: str
    at: str
    actor: str | None
    about: str | None
    index: int | None
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """What its bytes say; empty where they can't be read."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


_ENTRY = (
    "SELECT e.entry_id, e.kind, e.at, e.actor, e.object, l.idx, e.body FROM entry e"
    " LEFT JOIN leaf l ON l.site_id = e.site_id AND l.entry_id = e.entry_id WHERE e.site_id = ?"
)


def _row(row: Any) -> EntryRow:
    entry_id, kind, at, actor, about, index, body = row
    return EntryRow(entry_id, kind, at, actor, about, index, bytes(body))


def entries_about(log: LogOf, about: str) -> list[EntryRow]:
    """All entries about one object, in the order in which they were written."""
    with here().reading() as raw:
        return [_row(row) for row in raw.all(f"{_ENTRY} AND e.object = ? ORDER BY e.entry_id", log.site_id, about)]


def entries(log: LogOf, kind: str, day_from: str, day_to: str, limit: int, offset: int) -> list[EntryRow]:
    """Entries, newest first; `kind` may end with a dot for all of a subject; instants (RFC 3339) bound them, `day_to` excluded."""
    sql = _ENTRY
    values: list[Any] = [log.site_id]
    bounds = (
        ("e.kind LIKE ?", f"{kind}%" if kind.endswith(".") else kind),
        ("e.at >= ?", day_from),
        ("e.at < ?", day_to),
    )
    for part, value in bounds:
        if value:
            sql += f" AND {part}"
            values.append(value)
    with here().reading() as raw:
        return [
            _row(row) for row in raw.all(f"{sql} ORDER BY e.entry_id DESC LIMIT ? OFFSET ?", *values, limit, offset)
        ]


def heads_naming(log: LogOf, attempt_id: str, since: str) -> list[EntryRow]:
    """The sealed log.heads entries from an instant on which name an attempt; the search ends where it no longer grows."""
    sql = f"{_ENTRY} AND e.kind = ? AND e.at >= ? AND l.idx IS NOT NULL ORDER BY e.entry_id"
    wanted = f'["{attempt_id}",'.encode()
    with here().reading() as raw:
        rows = raw.run(sql, log.site_id, EntryKind.LOG_HEADS.value, since)
        return [_row(row) for row in rows if wanted in bytes(row[6])]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A checkpoint as a page lists it."""

    size: int
    root: str
    at: str
    note: str


def checkpoints(log: LogOf, limit: int) -> list[Sealed]:
    """The newest checkpoints."""
    sql = "SELECT size, root, at, note FROM checkpoint WHERE site_id = ? AND epoch = ? ORDER BY size DESC LIMIT ?"
    with here().reading() as raw:
        return [
            Sealed(row[0], bytes(row[1]).hex(), row[2], row[3]) for row in raw.all(sql, log.site_id, log.epoch, limit)
        ]


def checkpoint_covering(log: LogOf, index: int) -> Sealed | None:
    """The first checkpoint that an entry is under."""
    sql = (
        "SELECT size, root, at, note FROM checkpoint WHERE site_id = ? AND epoch = ? AND size > ? ORDER BY size LIMIT 1"
    )
    with here().reading() as raw:
        row = raw.one(sql, log.site_id, log.epoch, index)
    return Sealed(row[0], bytes(row[1]).hex(), row[2], row[3]) if row else None


def waiting(log: LogOf) -> int:
    """How many entries wait for the sealer."""
    with here().reading() as raw:
        count: int = raw.one("SELECT COUNT(*) FROM unsealed WHERE site_id = ?", log.site_id)[0]
    return count


class Nodes:
    """The nodes of the log's tree: large subtrees remembered, small ones read from the leaves. A Node of domain.merkle."""

    def __init__(self, log: LogOf, raw: Raw, blocks: Levels) -> None:
        self.log, self.raw, self.blocks = log, raw, blocks

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree."""
        if level >= BLOCK:
            self._grow((index + 1) << (level - BLOCK))
            return self.blocks(level - BLOCK, index)
        return root_of(self._leaves(index << level, (index + 1) << level))

    def _leaves(self, start: int, end: int) -> list[bytes]:
        sql = "SELECT hash FROM leaf WHERE site_id = ? AND epoch = ? AND idx >= ? AND idx < ? ORDER BY idx"
        return [bytes(row[0]) for row in self.raw.all(sql, self.log.site_id, self.log.epoch, start, end)]

    def _grow(self, blocks: int) -> None:
        while self.blocks.size < blocks:
            start = self.blocks.size << BLOCK
            self.blocks.append(root_of(self._leaves(start, start + (1 << BLOCK))))


_blocks: dict[tuple[str, str], Levels] = {}
_growing = Lock()


def prove(log: LogOf, rows: list[EntryRow], notes: list[Sealed]) -> tuple[list[ProvedEntry], list[HeldCheckpoint]]:
    """Entries and earlier checkpoints with their proofs under the last of `notes` (by growing size)."""
    size = notes[-1].size
    with _growing, here().reading() as raw:
        node = Nodes(log, raw, _blocks.setdefault((str(log.folder), log.origin), Levels()))
        proved = [
            ProvedEntry(row.index, row.body, inclusion_proof(row.index, size, node))
            for row in rows
            if row.index is not None and row.index < size
        ]
        held = [HeldCheckpoint(one.note.encode(), consistency_proof(one.size, size, node)) for one in notes[:-1]]
    return proved, [*held, HeldCheckpoint(notes[-1].note.encode())]
