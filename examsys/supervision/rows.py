"""The rest of the evidence against the log: sessions, rosters, lots, requests, decisions and sheets.

Each such row was written together with an entry that names it; a row without its entry, an entry without its row, and a
column that says something else than the entry are named.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..audit.findings import Findings
from ..audit.verify import rows
from ..db import Raw
from ..domain.entries import EntryKind
from ..domain.lottery import draw_lowest


class Named(NamedTuple):
    """How entries name the rows of a table: the row's id in `data[key]` (None: the entry's object), columns by data field."""

    table: str
    column: str
    key: str | None
    columns: Mapping[str, str]


_ASKED = Named(
    "request",
    "request_id",
    "request",
    {"value": "value", "reason": "reason", "at_once": "at_once", "deadline": "deadline"},
)
NAMING: Mapping[str, Named] = {
    EntryKind.SESSION_CREATE: Named("session", "session_id", None, {"room_id": "room", "day": "day", "number": "number"}),
    EntryKind.EXAM_TIME_REQUESTED: _ASKED,
    EntryKind.SEAT_MOVE_REQUESTED: _ASKED,
    EntryKind.EXAM_REOPEN_REQUESTED: _ASKED,
    EntryKind.SESSION_EXAMINER_DRAWN: Named("lot", "lot_id", "lot", {}),
    EntryKind.SEAT_ASSIGNED: Named("lot", "lot_id", "lot", {}),
}  # fmt: skip
DRAWN = {EntryKind.SESSION_EXAMINER_DRAWN: "examiner", EntryKind.SEAT_ASSIGNED: "seat"}


class Rows:
    """Hears every entry, then compares the tables."""

    def __init__(self, site_id: int, raw: Raw) -> None:
        self.site_id, self.raw = site_id, raw
        self.named: dict[str, dict[str, dict[str, Any]]] = {"session": {}, "request": {}, "lot": {}}
        self.rosters: dict[str, int] = {}
        self.candidates: set[str] = set()

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry."""
        kind, data = entry.get("kind"), entry.get("data") or {}
        about = entry.get("object")
        naming = NAMING.get(kind or "")
        if naming is not None:
            row = about if naming.key is None else data.get(naming.key)
            if isinstance(row, str):
                drawn = data.get(DRAWN[EntryKind(kind)]) if kind in DRAWN else None
                said = {column: data.get(field) for column, field in naming.columns.items()}
                self.named[naming.table][row] = said | {"_about": about, "_drawn": drawn}
        elif kind == EntryKind.SESSION_ROSTER_IMPORTED and isinstance(about, str):
            self.rosters[about] = self.rosters.get(about, 0) + int(data.get("rows", 0))
        elif kind == EntryKind.CANDIDATE_CHECKIN and isinstance(data.get("candidate"), str):
            self.candidates.add(data["candidate"])

    def check(self, found: Findings) -> None:
        """All tables."""
        count = sum(self._table(table, found) for table in self.named)
        self._lots(found)
        self._attempts(found)
        count += self._candidates(found)
        found.holds("rows", count=count)

    def _table(self, table: str, found: Findings) -> int:
        naming = next(each for each in NAMING.values() if each.table == table)
        named = dict(self.named[table])
        columns = ", ".join([naming.column, *naming.columns])
        count = 0
        for row_id, *stored in rows(self.raw, f"SELECT {columns} FROM {table} WHERE site_id = ?", self.site_id):
            count += 1
            said = named.pop(row_id, None)
            if said is None:
                found.broken("row.unnamed", table, row_id)
                continue
            for name, value in zip(naming.columns, stored, strict=True):
                if said[name] != (bool(value) if name == "at_once" else value):
                    found.broken("column.differs", table, row_id, column=name, stored=value, said=said[name])
        for row_id in named:
            found.broken("row.missing", table, row_id)
        return count

    def _lots(self, found: Findings) -> None:
        sql = "SELECT lot_id, purpose, object, body FROM lot WHERE site_id = ?"
        for lot_id, purpose, about, body in rows(self.raw, sql, self.site_id):
            said = self.named["lot"].get(lot_id)
            try:
                lot = json.loads(bytes(body))
                again = draw_lowest(bytes.fromhex(lot["seed"]), purpose, lot["names"], len(lot["drawn"]))
                follows = list(again) == lot["drawn"] and lot["purpose"] == purpose
            except (ValueError, KeyError, TypeError):
                lot, follows = {}, False
            if not follows:
                found.broken("lot.not_from_seed", "lot", lot_id)
            if said is None:
                continue
            for name, stored, meant in (
                ("object", about, said["_about"]),
                ("body", lot.get("drawn"), [said["_drawn"]]),
            ):
                if stored != meant:
                    found.broken("column.differs", "lot", lot_id, column=name, stored=stored, said=meant)

    def _candidates(self, found: Findings) -> int:
        sql = "SELECT session_id, candidate_id FROM candidate WHERE site_id = ?"
        counts: dict[str, int] = {}
        there = set()
        for session_id, candidate_id in rows(self.raw, sql, self.site_id):
            counts[session_id] = counts.get(session_id, 0) + 1
            there.add(candidate_id)
        for session_id in counts.keys() | self.rosters.keys():
            stored, said = counts.get(session_id, 0), self.rosters.get(session_id, 0)
            if stored != said:
                found.broken("roster.count", "candidate", session_id, stored=stored, said=said)
        for candidate_id in sorted(self.candidates - there):
            found.broken("row.missing", "candidate", candidate_id)
        return len(there)

    def _attempts(self, found: Findings) -> None:
        """What an attempt froze of its session, its booking and its day."""
        sql = (
            "SELECT a.attempt_id, a.room_id, s.room_id, a.unit_id, s.unit_id, a.person_id, c.person_id, a.subject, c.subject,"
            " a.licence_class, c.licence_class, a.session_id, c.session_id FROM attempt a"
            " LEFT JOIN session s ON s.site_id = a.site_id AND s.session_id = a.session_id"
            " LEFT JOIN candidate c ON c.site_id = a.site_id AND c.candidate_id = a.candidate_id WHERE a.site_id = ?"
        )
        names = ("room_id", "unit_id", "person_id", "subject", "licence_class", "session_id")
        for attempt_id, *pairs in rows(self.raw, sql, self.site_id):
            for name, stored, meant in zip(names, pairs[::2], pairs[1::2], strict=True):
                if stored != meant and meant is not None:
                    found.broken("column.differs", "attempt", attempt_id, column=name, stored=stored, said=meant)
