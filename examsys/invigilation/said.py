"""Checks exam rooms against the entries by which they were made."""

from collections.abc import Mapping
from typing import Any

from ..audit.findings import Findings
from ..audit.said import TableSaid
from ..db import Raw
from ..domain.entries import EntryKind


class RoomsSaid:
    """Hears what the log says of rooms, then compares their table: a room with more seats, or of another unit, is named."""

    def __init__(self) -> None:
        self.rooms = TableSaid("room", "room_id", ("unit_id", "name_zh", "name_bo", "seats"))
        self.all_named = False

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry. Sites that were made before rooms had entries have rooms that none names."""
        if entry.get("kind") == EntryKind.ROOM_CREATE:
            data = entry.get("data") or {}
            self.rooms.state(entry.get("object"), data | {"unit_id": data.get("unit")}, entry)
        elif entry.get("kind") == EntryKind.SITE_INIT:
            self.all_named = "room" in (entry.get("data") or {}).get("named", ())

    def check(self, site_id: int, raw: Raw, found: Findings) -> int:
        """The table of rooms; returns how many rows entries name."""
        return self.rooms.check(site_id, raw, found, all_named=self.all_named)
