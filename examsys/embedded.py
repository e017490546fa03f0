"""The embedded database: one SQLite file, its identity, its readers, and the one writer that commits what waits together."""

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Final

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from . import clock
from .domain.errors import RuleBroken
from .raw import Raw

BUSY_MILLISECONDS: Final = 15_000
LONGEST_BATCH: Final = 512
LONGEST_WAIT_SECONDS: Final = 20.0
LOOK_MICROSECONDS: Final = 250_000  # how long the database file is believed to be the one that was opened
File = tuple[int, int]  # device and inode: which file a connection has open
Opened = tuple[File, sqlite3.Connection]


class _Item:
    """One small write on its way through the writer."""

    __slots__ = ("abandoned", "done", "error", "failed", "given", "next", "settled", "value", "work")

    def __init__(self, work: Callable[..., Any], given: Any = None) -> None:
        self.work, self.given = work, given
        self.done = threading.Lock()
        self.done.acquire()
        self.value: Any = None
        self.error: BaseException | None = None
        self.settled = self.abandoned = self.failed = False
        self.next: _Item | None = None


class _Thread(threading.local):
    reader: Opened | None = None


class Embedded:
    """One SQLite file; `turn` is held by whoever writes, the writer thread or an ORM use case."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.app, self.engine = app, engine
        self.turn = threading.Lock()
        self._thread = _Thread()
        self._queue: SimpleQueue[_Item | None] = SimpleQueue()
        self._readers: list[sqlite3.Connection] = []
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()
        self._seen: tuple[int, File] | None = None
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "do_connect", lambda *_: self._file() and None)
        event.listen(engine, "checkout", self._check_file)

    def _file(self, *, believed: bool = False) -> File:
        """The file that bears the database's name now; `believed`: or did a moment ago, which is enough to read.

        RuleBroken('storage.unavailable') when there is none: SQLite would go on writing to a file that was taken away, and begin an
        empty one in its place.
        """
        now = clock.now().mono
        if not believed or self._seen is None or abs(now - self._seen[0]) > LOOK_MICROSECONDS:
            try:
                found = os.stat(str(self.engine.url.database))
            except OSError as error:
                self._seen = None
                raise RuleBroken("storage.unavailable") from error
            self._seen = now, (found.st_dev, found.st_ino)
        return self._seen[1]

    def _check_file(self, _connection: Any, record: Any, _proxy: Any) -> None:
        file = self._file()
        if record.info.setdefault("file", file) != file:
            raise DisconnectionError

    # -- reading ---------------------------------------------------------------------------------------------

    def reader(self) -> sqlite3.Connection:
        """This thread's connection for single SELECTs, to the file that stands there now."""
        held = self._thread.reader
        if held is None or held[0] != self._file(believed=True):
            held = self._thread.reader = self._opened(held)
            self._readers.append(held[1])
        return held[1]

    def _opened(self, before: Opened | None) -> Opened:
        """The connection that was opened before, or one to the file that stands there now."""
        file = self._file()
        if before is not None and before[0] == file:
            return before
        if before is not None:
            before[1].close()
        connection = sqlite3.connect(str(self.engine.url.database), isolation_level=None, check_same_thread=False)
        _prepare(connection, None)
        return file, connection

    # -- writing ---------------------------------------------------------------------------------------------

    def write(self, work: Callable[[Raw], Any]) -> Any:
        """Run one small write with whatever else waits; its value once that is on disk. RuleBroken('storage.unavailable')."""
        return self._wait_for(_Item(work))

    def write_each(self, together: Callable[[Raw, Sequence[Any]], list[Any]], given: Any) -> Any:
        """The same for a kind that comes in crowds: `together` is handed all that wait."""
        return self._wait_for(_Item(together, given))

    def close(self) -> None:
        """End the writer once what waits is written, and close every connection; nobody may be reading or writing any more."""
        with self._starting:
            if self._writer is not None:
                self._queue.put(None)
                self._writer.join(LONGEST_WAIT_SECONDS)
                self._writer = None
        for connection in self._readers:
            connection.close()
        self._readers.clear()
        self._thread = _Thread()

    def _wait_for(self, item: _Item) -> Any:
        if self._writer is None:
            self._start_writer()
        self._queue.put(item)
        if not item.done.acquire(timeout=LONGEST_WAIT_SECONDS) and not item.settled:
            item.abandoned = True
            raise RuleBroken("storage.unavailable")
        if item.next is not None:
            item.next.done.release()
        if item.error is not None:
            raise item.error
        return item.value

    def _start_writer(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_for_ever, name="writer", daemon=True)
                self._writer.start()

    def _write_for_ever(self) -> None:
        writer = None
        with self.app.app_context():
            while (first := self._queue.get()) is not None:
                writer = self._write_batch(writer, first)
        _close(writer)

    def _write_batch(self, writer: Opened | None, first: _Item) -> Opened | None:
        """Whatever waits, together. Returns the connection to go on with; None after a fault, so that the next batch begins anew."""
        batch = [first]
        with suppress(Empty):
            while len(batch) < LONGEST_BATCH:
                item = self._queue.get_nowait()
                if item is None:  # the end comes after this batch
                    self._queue.put(None)
                    break
                batch.append(item)
        try:
            with self.turn:
                writer = self._opened(writer)
                _commit_together(Raw(writer[1]), batch)
        except BaseException as error:  # disk full, file gone, locked too long: nobody is told that anything was kept
            _refuse(batch, error)
            _close(writer)
            writer = None
        _settle(batch)
        return writer


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _commit_together(raw: Raw, batch: list[_Item]) -> None:
    """Run all items in one transaction, each behind its own savepoint; no reply before COMMIT has returned."""
    connection = raw.connection
    connection.execute("BEGIN IMMEDIATE")
    crowds: dict[Any, list[_Item]] = {}
    for item in batch:
        if item.given is None:
            _behind_savepoint(connection, [item], partial(_alone, raw, item))
        else:
            crowds.setdefault(item.work, []).append(item)
    for together, items in crowds.items():
        _crowd(raw, together, items)
    connection.execute("COMMIT")


def _refuse(batch: list[_Item], error: BaseException) -> None:
    for item in batch:
        broken = RuleBroken("storage.unavailable")
        broken.__cause__ = error
        item.error = item.error or broken


def _close(opened: Opened | None) -> None:
    """Close a connection that failed, which undoes what it had begun."""
    if opened is not None:
        with suppress(sqlite3.Error):
            opened[1].close()


def _settle(batch: list[_Item]) -> None:
    """Wake who waited, one after the other: each wakes the next. Woken together they would all fight for the interpreter."""
    waiting = [item for item in batch if not item.abandoned]
    for item, after in zip(waiting, waiting[1:], strict=False):
        item.next = after
    for item in waiting:
        item.settled = True
    if waiting:
        waiting[0].done.release()


def _alone(raw: Raw, item: _Item) -> list[Any]:
    return [item.work(raw)]


def _crowd(raw: Raw, together: Callable[[Raw, Sequence[Any]], list[Any]], items: list[_Item]) -> None:
    """All of one kind at once; if that fails, one by one, so that a bad item harms no neighbour."""
    _behind_savepoint(raw.connection, items, partial(together, raw, [item.given for item in items]))
    if len(items) > 1 and any(item.failed for item in items):
        for item in items:
            item.error, item.failed = None, False
            _behind_savepoint(raw.connection, [item], partial(together, raw, [item.given]))


def _behind_savepoint(connection: sqlite3.Connection, items: list[_Item], work: Callable[[], list[Any]]) -> None:
    connection.execute("SAVEPOINT item")
    try:
        for item, value in zip(items, work(), strict=True):
            if isinstance(value, Exception):
                item.error = value
            else:
                item.value = value
    except sqlite3.OperationalError:
        raise
    except BaseException as error:
        for item in items:
            item.error, item.failed = error, True
        connection.execute("ROLLBACK TO item")
    connection.execute("RELEASE item")
