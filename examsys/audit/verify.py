"""Checks a site's log from its stored bytes: entries, leaves, tree, checkpoints, and the checkpoints kept outside the database.

Rows are streamed, so a log of any length needs the same memory. Nothing here is trusted but hashes and signatures: of two
rows that contradict each other the next checkpoint's root tells which one was changed.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ..clock import new_id
from ..db import Raw, here
from ..domain.checkpoint import NoteRefused, notes_in, open_note
from ..domain.log import NotCanonical, decode
from ..domain.merkle import HASH_SIZE, Tree, TreeStateBroken, leaf_hash, root_of
from .findings import Findings
from .service import LogOf

ROWS_A_FETCH = 2_000
Hear = Callable[[int, dict[str, Any]], None]
Progress = Callable[[int], None]
NOWHERE = bytes(HASH_SIZE)  # stands in the place of a leaf that is gone
_HEADS = b'"kind":"log.heads"'


@dataclass(slots=True)
class LogSeen:
    """What the log says to those who check other tables against it."""

    heads: dict[str, tuple[int, str, int]] = field(default_factory=dict)  # attempt -> length, head, index of the entry
    roots: dict[int, bytes] = field(default_factory=dict)  # sizes of the checkpoints that hold, with their roots
    tree: Tree = field(default_factory=Tree)
    entries: int = 0


@contextmanager
def snapshot() -> Iterator[Raw]:
    """A reading connection on which the whole database stands still."""
    with here().reading() as raw:
        raw.run("BEGIN" if here().sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield raw
        finally:
            raw.run("ROLLBACK")


def rows(raw: Raw, sql: str, *values: Any) -> Iterator[Any]:
    """The rows of a SELECT, a few at a time; on PostgreSQL within a transaction."""
    if not raw.lock:  # SQLite hands rows out as they are asked for
        yield from raw.run(sql, *values)
        return
    with raw.connection.cursor(name=f"rows_{new_id()}") as cursor:
        cursor.itersize = ROWS_A_FETCH
        cursor.execute(sql.replace("?", "%s"), values)
        yield from cursor


def verify_log(
    log: LogOf, raw: Raw, found: Findings, hear: Hear | None = None, progress: Progress | None = None
) -> LogSeen:
    """Check all epochs of a site's log. With `hear`, every entry is read and handed on, and its columns are compared with its bytes."""
    seen = LogSeen()
    for epoch in range(1, log.epoch + 1):
        one = replace(log, epoch=epoch)
        seen.tree = Tree()
        seen.roots = {}
        checked = _Epoch(one, raw, found, seen, hear, progress)
        _check_file(one, checked.check(), seen, found)
        if epoch == log.epoch:
            checked.hear_unsealed()
    _check_unsealed(log.site_id, raw, found)
    found.holds("log.entries", count=seen.entries)
    return seen


class _Epoch:
    """One pass over the leaves of an epoch, block by block: a block ends at a checkpoint, where damage ends too."""

    def __init__(
        self, log: LogOf, raw: Raw, found: Findings, seen: LogSeen, hear: Hear | None, progress: Progress | None
    ) -> None:
        self.log, self.raw, self.found, self.seen = log, raw, found, seen
        self.hear, self.progress = hear, progress
        self.base = seen.tree.state()  # of the tree at the checkpoint before
        self.made: list[bytes] = []  # leaf hashes of the block, made anew from the entries
        self.doubts: list[tuple[int, str]] = []  # places of the block whose leaf and entry contradict each other
        self.gaps = False
        self.is_cut = False

    def check(self) -> dict[int, str]:
        """Check every leaf and checkpoint; the notes by size."""
        leaves = self._leaves()
        notes: dict[int, str] = {}
        sql = "SELECT size, root, state, note FROM checkpoint WHERE site_id = ? AND epoch = ? ORDER BY size"
        for size, root, state, note in rows(self.raw, sql, self.log.site_id, self.log.epoch):
            notes[size] = note
            self.seen.tree.extend(self._looked_at(islice(leaves, size - self.seen.tree.size)))
            self._checkpoint(size, bytes(root), bytes(state), note)
            if self.progress:
                self.progress(size)
        sealed = self.seen.tree.size
        self.seen.tree.extend(self._looked_at(leaves))
        self._settle("entry.or_leaf_altered", "entry")
        if self.seen.tree.size > sealed:
            self.found.broken("leaf.not_signed", "leaf", sealed, count=self.seen.tree.size - sealed, size=sealed)
        return notes

    def _leaves(self) -> Iterator[tuple[int, str, bytes, Any]]:
        """Every place of the tree with its entry; a place that is missing stands there empty."""
        sql = (
            "SELECT l.idx, l.entry_id, l.hash, e.body, e.kind, e.at, e.actor, e.object FROM leaf l LEFT JOIN entry e"
            " ON e.site_id = l.site_id AND e.entry_id = l.entry_id WHERE l.site_id = ? AND l.epoch = ? ORDER BY l.idx"
        )
        expected = 0
        for row in rows(self.raw, sql, self.log.site_id, self.log.epoch):
            while expected < row[0]:
                self.found.broken("leaf.missing", "leaf", expected)
                yield expected, "", NOWHERE, None
                expected += 1
            yield row
            expected += 1

    def _looked_at(self, leaves: Iterator[Any]) -> Iterator[bytes]:
        seen, hear, found, keep = self.seen, self.hear, self.found, self.made.append
        for index, entry_id, stored, body, *columns in leaves:
            stored = bytes(stored)
            if body is None:
                self.gaps = True
                if entry_id:
                    found.broken("entry.missing", "entry", entry_id, index=index)
                keep(stored)
                yield stored
                continue
            body = bytes(body)
            seen.entries += 1
            made = leaf_hash(body)
            keep(made)
            if made != stored:
                self.doubts.append((index, entry_id))
            elif _HEADS in body:
                self._heads(index, body)
            if hear is not None:
                self._columns(index, entry_id, body, columns, hear)
            yield stored

    def hear_unsealed(self) -> None:
        """What waits for the sealer names rows too: between two seals a site is as whole as after one."""
        if self.hear is None:
            return
        sql = (
            "SELECT e.entry_id, e.body, e.kind, e.at, e.actor, e.object FROM unsealed u JOIN entry e"
            " ON e.site_id = u.site_id AND e.entry_id = u.entry_id WHERE u.site_id = ? ORDER BY u.entry_id"
        )
        waiting = rows(self.raw, sql, self.log.site_id)
        for index, (entry_id, body, *columns) in enumerate(waiting, self.seen.tree.size):
            self._columns(index, entry_id, bytes(body), columns, self.hear)

    def _heads(self, index: int, body: bytes) -> None:
        try:
            said = decode(body)
            named = [(str(row[0]), int(row[1]), str(row[2])) for row in said["data"]["heads"]]
        except (NotCanonical, KeyError, TypeError, ValueError, IndexError):
            return  # its leaf tells that it was changed
        for attempt_id, length, head in named:
            self.seen.heads[attempt_id] = (length, head, index)

    def _columns(self, index: int, entry_id: str, body: bytes, columns: list[Any], hear: Hear) -> None:
        said = _said(body)
        if said is None:
            self.found.broken("entry.unreadable", "entry", entry_id, index=index)
            return
        actor = said.get("actor") or {}
        derived = {
            "site_id": (said.get("site"), self.log.site_id),
            "entry_id": (said.get("id"), entry_id),
            "kind": (said.get("kind"), columns[0]),
            "at": (said.get("at"), columns[1]),
            "actor": (actor.get("account") or actor.get("attempt"), columns[2]),
            "object": (said.get("object"), columns[3]),
        }
        for name, (meant, stored) in derived.items():
            if meant != stored:
                self.found.broken("column.differs", "entry", entry_id, column=name, stored=stored, said=meant)
        hear(index, said)

    def _checkpoint(self, size: int, root: bytes, state: bytes, note: str) -> None:
        true_root = self._signed_root(size, root, note)
        if self.seen.tree.size != size:
            if not self.is_cut:
                self.found.broken("log.cut", "leaf", self.seen.tree.size, size=size, leaves=self.seen.tree.size)
            self.is_cut = True
            self._go_on_from(state, true_root)
        elif self.seen.tree.root() == true_root:
            self._settle("entry.altered", "entry")
        elif self._by_entries().root() == true_root:
            self.seen.tree = self._by_entries()
            self._settle("leaf.altered", "leaf")
        else:
            before = int.from_bytes(self.base[:8], "big")
            if not self.gaps and not self.doubts:
                self.found.broken("checkpoint.root", "checkpoint", size, before=before)
            self._settle("entry.or_leaf_altered", "entry")
            self._go_on_from(state, true_root)
        if state != self.seen.tree.state():
            self.found.broken("checkpoint.state", "checkpoint", size)
        self.seen.roots[size] = true_root
        self.base, self.gaps = self.seen.tree.state(), False
        self.made.clear()

    def _signed_root(self, size: int, root: bytes, note: str) -> bytes:
        try:
            opened = open_note(note.encode(), [self.log.verifier])
        except NoteRefused as error:
            self.found.broken("checkpoint.refused", "checkpoint", size, why=type(error).__name__)
            return root
        if (opened.size, opened.root, opened.origin) != (size, root, self.log.origin):
            self.found.broken("checkpoint.columns", "checkpoint", size, said=opened.size)
        return opened.root

    def _by_entries(self) -> Tree:
        """The tree that the entries of this block themselves give."""
        tree = Tree.from_state(self.base)
        tree.extend(self.made)
        return tree

    def _go_on_from(self, state: bytes, true_root: bytes) -> None:
        """After a damaged block, the peaks that the signed root vouches for: what follows is checked as if nothing had been."""
        try:
            tree = Tree.from_state(state)
        except TreeStateBroken:
            return
        if tree.root() == true_root:
            self.seen.tree = tree

    def _settle(self, what: str, table: str) -> None:
        for index, entry_id in self.doubts:
            self.found.broken(what, table, entry_id if table == "entry" else index, index=index, entry=entry_id)
        self.doubts.clear()


def _said(body: bytes) -> dict[str, Any] | None:
    try:
        value = decode(body)
    except NotCanonical:
        return None
    return value if isinstance(value, dict) else None


def _check_file(log: LogOf, notes: dict[int, str], seen: LogSeen, found: Findings) -> None:
    """The checkpoints outside the database against those in it: what was cut off or rolled back is missing there."""
    name = notes_file(log)
    try:
        kept = notes_in((log.folder / name).read_bytes()) if (log.folder / name).exists() else []
    except NoteRefused:
        found.broken("file.unreadable", "file", name)
        return
    if not kept:
        if notes:
            found.broken("file.missing", "file", name, count=len(notes))
        return
    newest, last, sizes = max(notes, default=0), 0, set()
    for number, note in enumerate(kept, 1):
        size = _size_of(note)
        sizes.add(size)
        if notes.get(size, "").encode() != note:
            _note_differs(log, number, note, size, newest, found)
        elif size <= last:
            found.broken("file.shrinks", "file", f"{name}:{number}", size=size, before=last)
        last = size
    lacking = sorted(set(notes) - sizes)
    for size in lacking:
        if size == newest:
            found.unseen("file.behind", "checkpoint", size)
        else:
            found.broken("file.lacks", "checkpoint", size)
    found.holds("log.checkpoints", count=len(notes), size=newest)


def _note_differs(log: LogOf, number: int, note: bytes, size: int, newest: int, found: Findings) -> None:
    row = f"{notes_file(log)}:{number}"
    try:
        open_note(note, [log.verifier])
    except NoteRefused:
        found.broken("file.altered", "file", row)
        return
    if size > newest:
        found.broken("database.rolled_back", "checkpoint", size, size=size, newest=newest)
    else:
        found.broken("checkpoint.missing", "checkpoint", size, size=size)


def _size_of(note: bytes) -> int:
    try:
        return int(note.split(b"\n", 2)[1])
    except (IndexError, ValueError):
        return 0


def notes_file(log: LogOf) -> str:
    """Under which name a log's checkpoints lie outside the database."""
    return f"{log.origin.replace('/', '-')}.notes"


def _check_unsealed(site_id: int, raw: Raw, found: Findings) -> None:
    """What waits for the sealer: entries that are in no tree yet, and no others."""
    waiting = raw.one("SELECT COUNT(*) FROM unsealed WHERE site_id = ?", site_id)[0]
    if waiting:
        found.unseen("log.unsealed", "unsealed", "", count=waiting)
    lost = "SELECT u.entry_id FROM unsealed u LEFT JOIN entry e ON e.site_id = u.site_id AND e.entry_id = u.entry_id WHERE u.site_id = ? AND e.entry_id IS NULL"
    for (entry_id,) in rows(raw, lost, site_id):
        found.broken("entry.missing", "entry", entry_id, index="")
    placed = "SELECT u.entry_id FROM unsealed u JOIN leaf l ON l.site_id = u.site_id AND l.entry_id = u.entry_id WHERE u.site_id = ?"
    for (entry_id,) in rows(raw, placed, site_id):
        found.broken("unsealed.placed", "unsealed", entry_id)
    stray = (
        "SELECT e.entry_id FROM entry e WHERE e.site_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM leaf l WHERE l.site_id = e.site_id AND l.entry_id = e.entry_id)"
        " AND NOT EXISTS (SELECT 1 FROM unsealed u WHERE u.site_id = e.site_id AND u.entry_id = e.entry_id)"
    )
    for (entry_id,) in rows(raw, stray, site_id):
        found.broken("entry.stray", "entry", entry_id)


def check_against(log: LogOf, held: bytes, seen: LogSeen, raw: Raw, found: Findings) -> None:
    """Checkpoints that somebody else kept: each must be the beginning of this log's tree."""
    try:
        notes = notes_in(held)
    except NoteRefused as error:
        found.broken("against.refused", "file", "", why=type(error).__name__)
        return
    for number, note in enumerate(notes, 1):
        try:
            opened = open_note(note, [log.verifier])
        except NoteRefused as error:
            found.broken("against.refused", "file", number, why=type(error).__name__)
            continue
        if opened.size > seen.tree.size:
            found.broken("against.larger", "checkpoint", opened.size, size=opened.size, leaves=seen.tree.size)
        elif _root_at(log, opened.size, seen, raw) != opened.root:
            found.broken("against.differs", "checkpoint", opened.size, size=opened.size)
        else:
            found.holds("against.same", size=opened.size)


def _root_at(log: LogOf, size: int, seen: LogSeen, raw: Raw) -> bytes:
    known = seen.roots.get(size)
    if known is not None:
        return known
    sql = "SELECT hash FROM leaf WHERE site_id = ? AND epoch = ? AND idx < ? ORDER BY idx"
    return root_of(bytes(row[0]) for row in rows(raw, sql, log.site_id, log.epoch, size))


def check_triggers(raw: Raw, tables: Iterable[str], found: Findings) -> None:
    """Whether the database itself still refuses to change or delete evidence."""
    if raw.lock:
        sql = "SELECT tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND p.proname = 'refuse_change'"
        needed = ("no_change", "no_truncate")
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
        needed = ("no_update", "no_delete")
    there = {row[0] for row in raw.all(sql)}
    missing = [(table, act) for table in tables for act in needed if f"{table}_{act}" not in there]
    for table, act in missing:
        found.broken("trigger.missing", table, f"{table}_{act}")
    if not missing:
        found.holds("triggers")
