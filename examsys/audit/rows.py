"""How a row is compared with the entry that it was written together with: by its instant, or by a digest of the whole row."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag

from ..domain.errors import RuleBroken
from ..domain.log import canonical
from .findings import Findings

# What a row that somebody spoilt may do to those who read it; a database that fails is not among them.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError, InvalidTag, RuleBroken)
SAME_ACT = timedelta(minutes=1)  # a row and its entry are written in one transaction


def row_digest(*values: str | int | bool | None) -> str:
    """Hex SHA-256 of a row's values in the order in which both sides name them."""
    return hashlib.sha256(canonical(list(values))).hexdigest()


def near(said: Any, stored: str) -> Any:
    """The stored instant if it is that of the same act as the entry's, else the entry's."""
    try:
        apart = datetime.fromisoformat(said) - datetime.fromisoformat(stored)
    except (TypeError, ValueError):
        return said
    return stored if abs(apart) <= SAME_ACT else said


def stored_bytes(value: Any) -> bytes:
    """The bytes of a column that holds bytes; a column into which something else was written holds that as text, which has no valid hash."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()


@contextmanager
def guarded(found: Findings, table: str, row: object = "") -> Iterator[None]:
    """A row that cannot be read is named, and the check goes on with what comes after the block."""
    try:
        yield
    except UNREADABLE as error:
        found.broken("check.failed", table, row, why=type(error).__name__)
