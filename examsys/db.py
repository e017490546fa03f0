"""The database handle, the only place that commits, and the one writer's turn.

SQLite: one server process; every write, ORM or raw, holds the turn, begins IMMEDIATE and commits at synchronous=FULL. Small writes that
wait together are committed together (`append`). PostgreSQL: plain transactions, the small ones pipelined.
"""

import functools
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
from sqlalchemy.orm import DeclarativeBase

from .domain.errors import RuleBroken

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


class Raw:
    """A driver's connection with one way of speaking: `?` for parameters, on both databases."""

    __slots__ = ("connection", "_sql")

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._sql: Callable[[str], str] = _as_it_is if isinstance(connection, sqlite3.Connection) else _percent

    def one(self, sql: str, *values: Any) -> Any:
        """The first row, or None."""
        return self.connection.execute(self._sql(sql), values).fetchone()

    def all(self, sql: str, *values: Any) -> list[Any]:
        """All rows."""
        rows: list[Any] = self.connection.execute(self._sql(sql), values).fetchall()
        return rows

    def run(self, sql: str, *values: Any) -> Any:
        """Execute; the cursor (its rowcount is only known outside a pipeline)."""
        return self.connection.execute(self._sql(sql), values)

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Execute once a row."""
        self.connection.cursor().executemany(self._sql(sql), rows)

    @property
    def lock(self) -> str:
        """What a SELECT ends with to hold its row until the commit."""
        return "" if self._sql is _as_it_is else " FOR UPDATE"


def _as_it_is(sql: str) -> str:
    return sql


@functools.lru_cache(maxsize=512)
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")


class _Item:
    """One small write on its way through the writer."""

    __slots__ = ("work", "given", "done", "value", "error")

    def __init__(self, work: Callable[..., Any], given: Any = None) -> None:
        self.work, self.given = work, given
        self.done = threading.Lock()
        self.done.acquire()
        self.value: Any = None
        self.error: BaseException | None = None


class _Thread(threading.local):
    depth = 0
    reader: sqlite3.Connection | None = None


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
        if self.sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", self._begin)

    def _begin(self, connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if self.thread.depth else "BEGIN")

    # -- reading ---------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Raw]:
        """A connection for single SELECTs outside any transaction."""
        if self.sqlite:
            if self.thread.reader is None:
                self.thread.reader = self._open_sqlite()
            yield Raw(self.thread.reader)
        else:
            pooled = self.engine.raw_connection()
            try:
                pooled.driver_connection.autocommit = True  # type: ignore[union-attr]
                yield Raw(pooled.driver_connection)
            finally:
                pooled.driver_connection.autocommit = False  # type: ignore[union-attr]
                pooled.close()

    def _open_sqlite(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self.engine.url.database), isolation_level=None, check_same_thread=False)
        _prepare_sqlite(connection, None)
        return connection

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
        if not item.done.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise RuleBroken("storage.unavailable")
        if item.error is not None:
            raise item.error
        return item.value

    def _append_postgresql(self, work: Callable[[Raw], Any]) -> Any:
        import psycopg

        try:
            pooled = self.engine.raw_connection()
        except Exception as error:
            raise RuleBroken("storage.unavailable") from error
        connection: Any = pooled.driver_connection
        try:
            with connection.pipeline():
                value = work(Raw(connection))
                connection.commit()
            return value
        except psycopg.OperationalError as error:
            pooled.invalidate()
            raise RuleBroken("storage.unavailable") from error
        except BaseException:
            connection.rollback()
            raise
        finally:
            pooled.close()

    def _start_writer(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_for_ever, name="writer", daemon=True)
                self._writer.start()

    def _write_for_ever(self) -> None:
        raw = Raw(self._open_sqlite())
        with self.app.app_context():
            while True:
                self._write_batch(raw)

    def _write_batch(self, raw: Raw) -> None:
        """Whatever waits, together."""
        batch = [self._queue.get()]
        with suppress(Empty):
            while len(batch) < LONGEST_BATCH:
                batch.append(self._queue.get_nowait())
        with self.turn:
            _commit_together(raw, batch)
        for item in batch:
            item.done.release()

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
    try:
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
    except BaseException as error:  # disk full, file gone, locked too long: nobody is told that anything was kept
        broken = RuleBroken("storage.unavailable")
        broken.__cause__ = error
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for item in batch:
            item.error = item.error or broken


def _alone(raw: Raw, item: _Item) -> list[Any]:
    return [item.work(raw)]


def _crowd(raw: Raw, together: Callable[[Raw, Sequence[Any]], list[Any]], items: list[_Item]) -> None:
    """All of one kind at once; if that fails, one by one, so that a bad item harms no neighbour."""
    _behind_savepoint(raw.connection, items, partial(together, raw, [item.given for item in items]))
    if len(items) > 1 and any(item.error is not None and not isinstance(item.error, RuleBroken) for item in items):
        for item in items:
            item.error = None
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
            item.error = error
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
