"""The proof that an attempt's paper follows from its seed and its bank release."""

import json
from typing import Any

from ..accounts.service import installation
from ..bank import service as bank
from ..db import here
from ..domain.bank import content_hash
from ..domain.errors import RuleBroken
from ..domain.paper import redraw


def redraw_paper(attempt_id: str) -> dict[str, Any]:
    """Draw again and compare. RuleBroken('attempt.unknown', 'paper.not_from_seed', 'paper.unreadable')."""
    with here().reading() as raw:
        row = raw.one(
            "SELECT paper, paper_hash, release_id FROM attempt WHERE site_id = ? AND attempt_id = ?",
            *(installation().site_id, attempt_id),
        )
    if row is None:
        raise RuleBroken("attempt.unknown")
    record = json.loads(bytes(row[0]))
    if content_hash(record) != row[1]:
        raise RuleBroken("paper.not_from_seed", position=0)
    again = redraw(record, bank.questions_of(row[2]))
    return {
        "attempt": attempt_id,
        "paper": row[1],
        "seed": again.seed.hex(),
        "release": bank.release_number(row[2]),
        "questions": len(again.positions),
        "holds": True,
    }
