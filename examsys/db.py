"""The database handle, the only place that commits, and the one writer's turn.

SQLite: one server process; every write, ORM or raw, holds the turn, begins IMMEDIATE and commits at synchronous=FULL. Small writes that
wait together are committed together (`append`). PostgreSQL: plain transactions, the small ones pipelined.
"""

import functools
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Final, ParamSpec, TypeVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase

from . import clock
from .domain.errors import RuleBroken
from .raw import Raw as Raw  # what services take as their connection

OWNERS: Final = ("site", "center", "local")
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_MILLISECONDS: Final = 15_000
LONGEST_BATCH: Final = 512
LONGEST_WAIT_SECONDS: Final = 20.0
LOOK_MICROSECONDS: Final = 250_000  # how long the database file is believed to be the one that was opened
AWAY: Final = (sqlite3.OperationalError, OperationalError, PoolTimeout)  # what a driver raises when there is no storage
File = tuple[int, int]  # device and inode: which file a connection has open
P = ParamSpec("P")
R = TypeVar("R")


class Base(DeclarativeBase):
    """All tables. Each names its owner and whether it is evidence (insert only) with `table_of`."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(owner: str, *, evidence: bool = False) -> dict[str, Any]:
    """`__table_args__` of a table: who may write it (evidence.md 1.7 R5), and whether triggers refuse UPDATE and DELETE."""
    if owner not in OWNERS:
        raise ValueError(owner)
    return {"info": {"owner": owner, "evidence": evidence}}


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": True})


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
    depth = 0
    reader: tuple[File, sqlite3.Connection] | None = None


class Database:
    """What the rest of the house uses of one app's database; made by `connect`."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.app, self.engine = app, engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.turn = threading.Lock()
        self.thread = _Thread()
        self._queue: SimpleQueue[_Item] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()
        self._leader: Any = None
        self._seen: tuple[int, File] | None = None
        if self.sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", self._begin)
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

    def _begin(self, connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if self.thread.depth else "BEGIN")

    # -- reading ---------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Raw]:
        """A connection for single SELECTs outside any transaction."""
        if self.sqlite:
            if self.thread.reader is None or self.thread.reader[0] != self._file(believed=True):
                self.thread.reader = self._opened(self.thread.reader)
            yield Raw(self.thread.reader[1])
        else:
            with self._pooled() as connection:
                connection.autocommit = True
                yield Raw(connection)
                connection.autocommit = False

    def _opened(self, before: tuple[File, sqlite3.Connection] | None) -> tuple[File, sqlite3.Connection]:
        """The connection that was opened before, or one to the file that stands there now."""
        file = self._file()
        if before is not None and before[0] == file:
            return before
        if before is not None:
            before[1].close()
        connection = sqlite3.connect(str(self.engine.url.database), isolation_level=None, check_same_thread=False)
        _prepare_sqlite(connection, None)
        return file, connection

    @contextmanager
    def _pooled(self) -> Iterator[Any]:
        """A driver's connection to PostgreSQL; RuleBroken('storage.unavailable') when the server is away."""
        import psycopg

        try:
            pooled = self.engine.raw_connection()
        except (*AWAY, psycopg.OperationalError) as error:
            raise RuleBroken("storage.unavailable") from error
        try:
            yield pooled.driver_connection
        except psycopg.OperationalError as error:
            pooled.invalidate()
            self.engine.dispose()  # the others of the pool have lost the server too
            raise RuleBroken("storage.unavailable") from error
        except BaseException:
            _undo(pooled)
            raise
        finally:
            pooled.close()

    # -- small writes ----------------------------------------------------------------------------------------

    def append(self, work: Callable[[Raw], Any]) -> Any:
        """Run `work` in a transaction and return its value only once that is on disk. Joins an open `transaction`.

        Whatever `work` raises undoes its own writes alone. RuleBroken('storage.unavailable') when the database can't commit.
        """
        if self.thread.depth:
            return work(self.current())
        if not self.sqlite:
            return self._append_postgresql(work)
        return self._wait_for(_Item(work))

    @property
    def writes_freely(self) -> bool:
        """Whether single statements may write beside each other: PostgreSQL, with no transaction open in this thread."""
        return not self.sqlite and not self.thread.depth

    def append_each(self, together: Callable[[Raw, Sequence[Any]], list[Any]], given: Any) -> Any:
        """Like `append`, for one kind of small write that comes in crowds: `together` is handed all that wait, and returns for
        each its value or the exception that refuses it, having written nothing of those it refuses.
        """
        if self.thread.depth:
            (value,) = together(self.current(), [given])
        elif self.sqlite:
            return self._wait_for(_Item(together, given))
        else:
            (value,) = self._append_postgresql(lambda raw: together(raw, [given]))
        if isinstance(value, Exception):
            raise value
        return value

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

    def _append_postgresql(self, work: Callable[[Raw], Any]) -> Any:
        with self._pooled() as connection, connection.pipeline():
            value = work(Raw(connection))
            connection.commit()
        return value

    def _start_writer(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_for_ever, name="writer", daemon=True)
                self._writer.start()

    def _write_for_ever(self) -> None:
        writer = None
        with self.app.app_context():
            while True:
                writer = self._write_batch(writer)

    def _write_batch(self, writer: tuple[File, sqlite3.Connection] | None) -> tuple[File, sqlite3.Connection] | None:
        """Whatever waits, together. Returns the connection to go on with; None after a fault, so that the next batch begins anew."""
        batch = [self._queue.get()]
        with suppress(Empty):
            while len(batch) < LONGEST_BATCH:
                batch.append(self._queue.get_nowait())
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

    def leads(self, lock: int) -> bool:
        """Whether this process is the one that closes and seals: always on SQLite; on PostgreSQL whoever holds the lock."""
        if self.sqlite:
            return True
        if self._leader is None:
            self._leader = self.engine.raw_connection()
            self._leader.driver_connection.autocommit = True
        try:
            held: bool = self._leader.driver_connection.execute("SELECT pg_try_advisory_lock(%s)", (lock,)).fetchone()[
                0
            ]
        except Exception:
            self._leader.invalidate()
            self._leader = None
            return False
        return held

    # -- use cases -------------------------------------------------------------------------------------------

    def current(self) -> Raw:
        """The connection of the open transaction, for raw statements beside the ORM's."""
        return Raw(db.session.connection().connection.driver_connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One use case's writes: commits at the end, undoes all on an exception; joins one that is open."""
        if self.thread.depth:
            yield
            return
        if self.sqlite and not self.turn.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise RuleBroken("storage.unavailable")
        db.session.rollback()  # what was read before the turn may be old
        self.thread.depth = 1
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            self.thread.depth = 0
            if self.sqlite:
                self.turn.release()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
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


def _close(opened: tuple[File, sqlite3.Connection] | None) -> None:
    """Close a connection that failed, which undoes what it had begun."""
    if opened is not None:
        with suppress(sqlite3.Error):
            opened[1].close()


def _undo(pooled: Any) -> None:
    """Roll back a connection of the pool; one that cannot is thrown away."""
    try:
        pooled.driver_connection.rollback()
        pooled.driver_connection.autocommit = False
    except Exception:
        pooled.invalidate()


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


def connect(app: Flask, engine: Engine) -> Database:
    """Tie a Database to an app's engine; call once an app."""
    return Database(app, engine)


def transaction(use_case: Callable[P, R]) -> Callable[P, R]:
    """Decorator of services that write: the only commit of the house."""

    @functools.wraps(use_case)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with here().transaction():
            return use_case(*args, **kwargs)

    return wrapped


def extension(name: str) -> Any:
    """What the roof tied to the app that is running, by its name."""
    return current_app.extensions[name]


def here() -> Database:
    """The Database of the app that is running."""
    database: Database = extension("examsys.database")
    return database


def append(work: Callable[[Raw], Any]) -> Any:
    """`Database.append` of the app that is running."""
    return here().append(work)


def append_each(together: Callable[[Raw, Sequence[Any]], list[Any]], given: Any) -> Any:
    """`Database.append_each` of the app that is running."""
    return here().append_each(together, given)
