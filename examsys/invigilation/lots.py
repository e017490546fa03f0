"""Recorded lots: the seed, the names and what came out, so that anybody can redo them with domain/lottery.py."""

from collections.abc import Sequence

from ..accounts.service import installation
from ..clock import new_id, now
from ..db import Raw
from ..domain.dates import rfc3339
from ..domain.log import canonical


def keep(raw: Raw, purpose: str, about: str, seed: bytes, names: Sequence[str], drawn: Sequence[str]) -> str:
    """Write a lot down in the open transaction; returns its id, which an entry then names."""
    lot_id = new_id()
    body = canonical(
        {
            "algorithm": "examsys/lottery/1",
            "purpose": purpose,
            "seed": seed.hex(),
            "names": sorted(names),
            "drawn": list(drawn),
        }
    )
    raw.run(
        "INSERT INTO lot (site_id, lot_id, purpose, object, body, at) VALUES (?, ?, ?, ?, ?, ?)",
        *(installation().site_id, lot_id, purpose, about, body, rfc3339(now().wall)),
    )
    return lot_id
