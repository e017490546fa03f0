"""The database handle, the only place that commits, and the one writer's turn.

SQLite: one server process; every write, ORM or raw, holds the turn, begins IMMEDIATE and commits at synchronous=FULL. Small writes that
wait together are committed together (`append`). PostgreSQL: plain transactions, the small ones pipelined.
"""

import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, ParamSpec, TypeVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase

from .domain.errors import RuleBroken
from .embedded import LONGEST_WAIT_SECONDS, Embedded
from .raw import Raw as Raw  # what services take as their connection

OWNERS: Final = ("site", "center", "local")
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
AWAY: Final = (sqlite3.OperationalError, OperationalError, PoolTimeout)  # what a driver raises when there is no storage
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


class _Thread(threading.local):
    depth = 0


class Database:
    """What the rest of the house uses of one app's database; made by `connect`."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.app, self.engine = app, engine
        self.embedded = Embedded(app, engine) if engine.dialect.name == "sqlite" else None
        self.thread = _Thread()
        self._leader: Any = None
        if self.embedded:
            event.listen(engine, "begin", self._begin)

    def _begin(self, connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if self.thread.depth else "BEGIN")

    def close(self) -> None:
        """Close all connections: at the end of a process that made an application for a while, as commands and tests do."""
        if self.embedded:
            self.embedded.close()
        self.engine.dispose()

    # -- reading ---------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Raw]:
        """A connection for single SELECTs outside any transaction."""
        if self.embedded:
            yield Raw(self.embedded.reader())
        else:
            with self._pooled() as connection:
                connection.autocommit = True
                yield Raw(connection)
                connection.autocommit = False

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
        return self.embedded.write(work) if self.embedded else self._append_postgresql(work)

    @property
    def writes_freely(self) -> bool:
        """Whether single statements may write beside each other: PostgreSQL, with no transaction open in this thread."""
        return self.embedded is None and not self.thread.depth

    def append_each(self, together: Callable[[Raw, Sequence[Any]], list[Any]], given: Any) -> Any:
        """Like `append`, for one kind of small write that comes in crowds: `together` is handed all that wait, and returns for
        each its value or the exception that refuses it, having written nothing of those it refuses.
        """
        if self.thread.depth:
            (value,) = together(self.current(), [given])
        elif self.embedded:
            return self.embedded.write_each(together, given)
        else:
            (value,) = self._append_postgresql(lambda raw: together(raw, [given]))
        if isinstance(value, Exception):
            raise value
        return value

    def _append_postgresql(self, work: Callable[[Raw], Any]) -> Any:
        with self._pooled() as connection, connection.pipeline():
            value = work(Raw(connection))
            connection.commit()
        return value

    def leads(self, lock: int) -> bool:
        """Whether this process is the one that closes and seals: always on SQLite; on PostgreSQL whoever holds the lock."""
        if self.embedded:
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
        turn = self.embedded.turn if self.embedded else None
        if turn and not turn.acquire(timeout=LONGEST_WAIT_SECONDS):
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
            if turn:
                turn.release()


def _undo(pooled: Any) -> None:
    """Roll back a connection of the pool; one that cannot is thrown away."""
    try:
        pooled.driver_connection.rollback()
        pooled.driver_connection.autocommit = False
    except Exception:
        pooled.invalidate()


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
