"""Reading a whole database for a check: standing still, row by row; and what the log said to those who check other tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ..clock import new_id
from ..db import Raw, here
from ..domain.merkle import Tree

ROWS_A_FETCH = 2_000


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
        raw.run("BEGIN" if here().embedded else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
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
