"""A driver's connection, spoken to alike on both databases."""

import functools
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any


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
