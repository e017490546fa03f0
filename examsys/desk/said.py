"""What the log says of the desk: versions of questions, remarks, proposals; compared with their tables."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ..audit.findings import Findings
from ..audit.said import TableSaid
from ..db import Raw
from ..domain.bank import content_hash
from ..domain.entries import EntryKind
from .history import ENTRIES

DEEDS = {kind.value: deed.value for (deed, _language), kind in ENTRIES.items()}


class DeskSaid:
    """Hears what was written, said and proposed at the desk: a version, remark or proposal changed by SQL is named."""

    def __init__(self) -> None:
        self.revisions = TableSaid(
            "revision", "revision_id", ("question", "deed", "language", "block", "reason", "account")
        )
        self.remarks = TableSaid("remark", "remark_id", ("question", "words", "account"))
        self.proposals = TableSaid("proposal", "proposal_id", ("number", "hash", "questions", "account"))

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry."""
        kind, data = str(entry.get("kind")), dict(entry.get("data") or {})
        said = {**data, "account": (entry.get("actor") or {}).get("account")}
        if kind in DEEDS and "block" in data:
            self.revisions.state(entry.get("object"), {"reason": "", **said, "deed": DEEDS[kind]}, entry)
        elif kind == EntryKind.QUESTION_REMARK:
            self.remarks.state(entry.get("object"), said, entry)
        elif kind == EntryKind.BANK_PROPOSED:
            self.proposals.state(entry.get("object"), {**said, "questions": data.get("hash")}, entry)

    def check(self, site_id: int, raw: Raw, found: Findings) -> int:
        """The three tables; returns how many rows entries name."""
        return (
            self.revisions.check(site_id, raw, found, _seen)
            + self.remarks.check(site_id, raw, found, _seen)
            + self.proposals.check(site_id, raw, found, _seen)
        )


def _seen(_row: str, column: str, value: Any) -> Any:
    """Long texts stand in entries by their hash."""
    if column in ("block", "words"):
        return sha256(str(value).encode("utf-8")).hexdigest()
    if column != "questions":
        return value
    try:
        return content_hash({"proposal": json.loads(value)})
    except ValueError:
        return ""
