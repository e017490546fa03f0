"""Checks a site's log from its stored bytes: entries, leaves, tree, checkpoints, and the checkpoints kept outside the database.

Rows are streamed, so a log of any length needs the same memory. Nothing here is trusted but hashes and signatures: of two
rows that contradict each other the next checkpoint's root tells which one was changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from ..db import Raw
from ..domain.checkpoint import NoteRefused, open_note
from ..domain.log import NotCanonical, decode
from ..domain.merkle import HASH_SIZE, Tree, TreeStateBroken, leaf_hash
from .findings import Findings
from .outside import check_file, check_unsealed
from .rows import guarded, stored_bytes
from .service import LogOf
from .stream import LogSeen, rows

Hear = Callable[[int, dict[str, Any]], None]
Progress = Callable[[int], None]
NOWHERE = bytes(HASH_SIZE)  # stands in the place of a leaf that is gone
_HEADS = b'"kind":"log.heads"'


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
        check_file(one, checked.check(), seen, found)
        if epoch == log.epoch:
            checked.hear_unsealed()
    check_unsealed(log.site_id, raw, found)
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
            self._checkpoint(size, stored_bytes(root), stored_bytes(state), str(note))
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
            stored = stored_bytes(stored)
            if body is None:
                self.gaps = True
                if entry_id:
                    found.broken("entry.missing", "entry", entry_id, index=index)
                keep(stored)
                yield stored
                continue
            body = stored_bytes(body)
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
            self._columns(index, entry_id, stored_bytes(body), columns, self.hear)

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
        actor = said["actor"] if isinstance(said.get("actor"), dict) else {}
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
        with guarded(self.found, "entry", entry_id):
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
