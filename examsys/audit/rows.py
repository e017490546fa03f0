"""How a row is compared with the entry that it was written together with: by its instant, or by a digest of the whole row."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from ..domain.log import canonical

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
