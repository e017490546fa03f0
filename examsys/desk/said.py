"""What the log says of the desk: versions of questions, remarks, proposals, voices; compared with their tables."""

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
    """Hears what was written, said and proposed at the desk, and whose voices: a row of these changed by SQL is named."""

    def __init__(self) -> None:
        self.revisions = TableSaid(
            "revision", "revision_id", ("question", "deed", "language", "block", "reason", "account")
        )
        self.remarks = TableSaid("remark", "remark_id", ("question", "words", "account"))
        self.proposals = TableSaid("proposal", "proposal_id", ("number", "hash", "questions", "lost", "account"))
        self.withdrawn = TableSaid("withdrawn_proposal", "proposal_id", ("reason", "account"))
        self.speakers = TableSaid(
            "speaker", "speaker_id", ("slug", "dialect", "name", "account", "consent", "consent_by")
        )

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
        elif kind == EntryKind.BANK_WITHDRAWN:
            self.withdrawn.state(entry.get("object"), said, entry)
        elif kind == EntryKind.AUDIO_SPEAKER:
            self.speakers.state(entry.get("object"), _voice(data, said["account"]), entry)

    def check(self, site_id: int, raw: Raw, found: Findings) -> int:
        """The five tables; returns how many rows entries name."""
        return (
            self.revisions.check(site_id, raw, found, _seen)
            + self.remarks.check(site_id, raw, found, _seen)
            + self.proposals.check(site_id, raw, found, _seen)
            + self.withdrawn.check(site_id, raw, found, _seen)
            + self.speakers.check(site_id, raw, found, _seen)
        )


def _voice(data: Mapping[str, Any], account: str | None) -> dict[str, Any]:
    """The row of a voice as its entry states it: entered by `account`, corrected, or its consent written down or taken back by them."""
    if "corrected" in data:
        return dict(data["corrected"])
    row = {name: data[name] for name in ("dialect", "name", "consent") if name in data}
    if "dialect" not in data:  # a consent alone
        return {**row, "consent_by": account}
    by = account if data.get("consent") else None
    return {**row, "slug": data.get("speaker"), "account": account if data.get("own") else None, "consent_by": by}


def _seen(_row: str, column: str, value: Any) -> Any:
    """Long texts and sealed names stand in entries by their hash."""
    if column == "name":
        return sha256(bytes(value)).hexdigest()
    if column in ("block", "words"):
        return sha256(str(value).encode("utf-8")).hexdigest()
    if column != "questions":
        return value
    try:
        return content_hash({"proposal": json.loads(value)})
    except ValueError:
        return ""
