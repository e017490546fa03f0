"""Checks the contents, releases and withdrawals of the bank from their stored bytes."""

import hashlib
import json
from typing import Any

from ..audit.findings import Findings
from ..audit.rows import near, stored_bytes
from ..audit.stream import rows
from ..db import Raw
from ..domain.bank import content_hash
from ..domain.entries import EntryKind


class Contents:
    """The contents of a database, each believed only if it has its hash; and what the log says of releases and withdrawals."""

    def __init__(self, site_id: int, raw: Raw) -> None:
        self.site_id, self.raw = site_id, raw
        self._keys: dict[str, frozenset[str]] = {}
        self._withdrawn: list[tuple[str, str]] | None = None
        self.releases: dict[str, dict[str, Any]] = {}
        self.voided: dict[str, dict[str, Any]] = {}

    def hear(self, _index: int, entry: dict[str, Any]) -> None:
        """Take one entry of the log."""
        kind, data = entry.get("kind"), entry.get("data") or {}
        if kind == EntryKind.BANK_RELEASED and entry.get("object"):
            by = (entry.get("actor") or {}).get("account")
            self.releases[entry["object"]] = data | {"at": entry.get("at"), "by": by}
        elif kind == EntryKind.QUESTION_VOIDED:
            self.voided.update(dict.fromkeys(data.get("contents", ()), data | {"at": entry.get("at")}))

    def key(self, digest: str) -> frozenset[str]:
        """The key of a content; KeyError if it is gone or no longer has its hash."""
        if digest not in self._keys:
            row = self.raw.one("SELECT body FROM content WHERE hash = ?", digest)
            if row is None or hashlib.sha256(stored_bytes(row[0])).hexdigest() != digest:
                raise KeyError(digest)
            self._keys[digest] = frozenset(json.loads(stored_bytes(row[0]))["key"])
        return self._keys[digest]

    def withdrawn_by(self, at: str) -> frozenset[str]:
        """The contents that were withdrawn at this instant (RFC 3339)."""
        if self._withdrawn is None:
            self._withdrawn = [
                tuple(row) for row in self.raw.all("SELECT content, at FROM withdrawal WHERE site_id = ?", self.site_id)
            ]
        return frozenset(content for content, since in self._withdrawn if since <= at)

    def check(self, found: Findings) -> None:
        """Every content has its hash, every release and withdrawal is the one that the log names, none is missing."""
        there = set()
        for digest, body in rows(self.raw, "SELECT hash, body FROM content ORDER BY hash"):
            there.add(digest)
            if hashlib.sha256(stored_bytes(body)).hexdigest() != digest:
                found.broken("content.altered", "content", digest)
        self._releases(there, found)
        self._withdrawals(found)
        found.holds("contents", count=len(there))

    def _releases(self, contents: set[str], found: Findings) -> None:
        sql = "SELECT release_id, number, questions, hash, published_by, at, proposed_by FROM release WHERE site_id = ?"
        named = dict(self.releases)
        missing: set[str] = set()
        for release_id, number, questions, digest, by, at, proposer in self.raw.all(sql, self.site_id):
            data = named.pop(release_id, None)
            if data is None:
                found.broken("row.unnamed", "release", release_id)
                continue
            try:
                listed = json.loads(questions)
                made = content_hash({"release": listed})
                missing |= {entry["content"] for entry in listed} - contents
            except (ValueError, KeyError, TypeError):
                made = ""
            for name, stored, meant in (
                ("hash", digest, data.get("hash")),
                ("questions", made, data.get("hash")),
                ("number", number, data.get("number")),
                ("published_by", by, data["by"]),
                ("proposed_by", proposer, data.get("proposed_by", proposer)),  # not said before the desk
                ("at", at, near(data["at"], at)),
            ):
                if stored != meant:
                    found.broken("column.differs", "release", release_id, column=name, stored=stored, said=meant)
        for release_id in named:
            found.broken("row.missing", "release", release_id)
        for digest in sorted(missing):
            found.broken("content.missing", "content", digest)

    def _withdrawals(self, found: Findings) -> None:
        named = dict(self.voided)
        for content, question, reason, at in self.raw.all(
            "SELECT content, question, reason, at FROM withdrawal WHERE site_id = ?", self.site_id
        ):
            data = named.pop(content, None)
            if data is None:
                found.broken("row.unnamed", "withdrawal", content)
                continue
            if near(data["at"], at) != at:
                found.broken("column.differs", "withdrawal", content, column="at", stored=at, said=data["at"])
            for name, stored in (("question", question), ("reason", reason)):
                if data.get(name) != stored:
                    found.broken(
                        "column.differs", "withdrawal", content, column=name, stored=stored, said=data.get(name)
                    )
        for content in named:
            found.broken("row.missing", "withdrawal", content)
