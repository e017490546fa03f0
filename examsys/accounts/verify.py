"""Checks the site's own row against the entry by which the site was made."""

from collections.abc import Mapping
from typing import Any

from ..audit.findings import Findings
from ..db import Raw
from ..domain.entries import EntryKind


class SiteSaid:
    """Hears what the log says of the site, then compares its row: a demonstration that passes itself off as a real site is named."""

    def __init__(self) -> None:
        self.made: Mapping[str, Any] | None = None

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry; only the first that makes the site counts."""
        if entry.get("kind") == EntryKind.SITE_INIT and self.made is None:
            self.made = entry.get("data") or {}

    def check(self, site_id: int, raw: Raw, found: Findings) -> None:
        """The database holds this one site, and its row says what the entry said."""
        rows = raw.all("SELECT site_id, name_zh, name_bo, profile, epoch FROM site ORDER BY site_id")
        for number, *_ in rows:
            if number != site_id or self.made is None:
                found.broken("row.unnamed", "site", number)
        mine = next((row for row in rows if row[0] == site_id), None)
        if mine is None:
            found.broken("row.missing", "site", site_id)
        elif self.made is not None:
            names = ("site", "name_zh", "name_bo", "profile", "epoch")
            for name, stored in zip(names, mine, strict=True):
                if name in self.made and stored != self.made[name]:
                    found.broken("column.differs", "site", site_id, column=name, stored=stored, said=self.made[name])
