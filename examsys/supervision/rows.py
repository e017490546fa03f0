"""The rest of the evidence against the log: sessions, rosters, lots, requests, decisions and sheets.

Each such row was written together with an entry that names it; a row without its entry, an entry without its row, and a
column that says something else than the entry are named.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..audit.findings import Findings
from ..audit.rows import guarded, near, row_digest, stored_bytes
from ..audit.stream import rows
from ..db import Raw
from ..domain.entries import EntryKind
from ..domain.lottery import draw_lowest
from .standing import Standing


class Named(NamedTuple):
    """How entries name the rows of a table: the row's id in `data[key]` (None: the entry's object); what its columns must say.

    A column is a field of the data, or with a colon something of the entry itself: :about, :at, :person, :kind.
    """

    table: str
    column: str
    key: str | None
    columns: Mapping[str, str]


_ASKED = Named(
    "request",
    "request_id",
    "request",
    {
        "value": "value",
        "reason": "reason",
        "at_once": "at_once",
        "deadline": "deadline",
        "attempt_id": ":about",
        "asked_by": ":person",
        "kind": ":kind",
        "at": ":at",
    },
)
_LOT = Named("lot", "lot_id", "lot", {"object": ":about", "at": ":at"})
_SHEET = Named(
    "sheet",
    "number",
    "number",
    {
        "statement": "statement",
        "pdf": "pdf",
        "checkpoint": "checkpoint",
        "attempt_id": ":about",
        "kind": ":kind",
        "at": ":at",
    },
)
NAMING: Mapping[str, Named] = {
    EntryKind.SHEET_ISSUED: _SHEET,
    EntryKind.SLIP_ISSUED: _SHEET,
    EntryKind.SESSION_CREATE: Named(
        "session",
        "session_id",
        None,
        {"room_id": "room", "day": "day", "number": "number", "made_by": ":person", "at": ":at"},
    ),
    EntryKind.EXAM_TIME_REQUESTED: _ASKED,
    EntryKind.SEAT_MOVE_REQUESTED: _ASKED,
    EntryKind.EXAM_REOPEN_REQUESTED: _ASKED,
    EntryKind.SESSION_EXAMINER_DRAWN: _LOT,
    EntryKind.SEAT_ASSIGNED: _LOT,
}
KINDS: Mapping[str, str] = {
    EntryKind.EXAM_TIME_REQUESTED: "extra",
    EntryKind.SEAT_MOVE_REQUESTED: "move",
    EntryKind.EXAM_REOPEN_REQUESTED: "reopen",
    EntryKind.SHEET_ISSUED: "archive",
    EntryKind.SLIP_ISSUED: "slip",
}
# Granted and refused decisions have entries of their own; one of before they had is told by the act that was carried out.
DECIDED: Mapping[str, bool] = {
    EntryKind.EXAM_SIGNATURE_GIVEN: True,
    EntryKind.EXAM_TIME_REFUSED: False,
    EntryKind.SEAT_MOVE_REFUSED: False,
    EntryKind.EXAM_REOPEN_REFUSED: False,
}
CARRIED_OUT = {"extra": EntryKind.EXAM_TIME_ADDED, "move": EntryKind.SEAT_MOVED, "reopen": EntryKind.EXAM_REOPENED}
DRAWN = {EntryKind.SESSION_EXAMINER_DRAWN: "examiner", EntryKind.SEAT_ASSIGNED: "seat"}


class Rows:
    """Hears every entry, then compares the tables."""

    def __init__(self, site_id: int, raw: Raw) -> None:
        self.site_id, self.raw = site_id, raw
        self.named: dict[str, dict[str, dict[str, Any]]] = {"session": {}, "request": {}, "lot": {}, "sheet": {}}
        self.decided: dict[str, tuple[bool, Any, Any, Any]] = {}  # request -> granted, reason, by whom, when
        self.acts: dict[tuple[str, str, str], tuple[Any, Any]] = {}  # attempt, kind, reason -> by whom, when
        self.examiners: dict[str, str] = {}  # session -> post that the lot gave it
        self.rosters: dict[str, int] = {}
        self.booked: dict[str, str] = {}  # candidate -> digest of the row as it was imported
        self.candidates: set[str] = set()
        self.standing = Standing(site_id, raw)

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry."""
        kind, data = entry.get("kind"), entry.get("data") or {}
        about = entry.get("object")
        self.standing.hear(kind, about, data)
        naming = NAMING.get(kind or "")
        if naming is not None:
            row = about if naming.key is None else data.get(naming.key)
            if isinstance(row, str):
                drawn = data.get(DRAWN[EntryKind(kind)]) if kind in DRAWN else None
                own = _of_entry(entry)
                said = {column: own.get(field, data.get(field)) for column, field in naming.columns.items()}
                self.named[naming.table][row] = said | {"_drawn": drawn}
        if kind in DECIDED and isinstance(data.get("request"), str):
            own = _of_entry(entry)
            self.decided[data["request"]] = (DECIDED[str(kind)], data.get("reason"), own[":person"], own[":at"])
        elif kind in CARRIED_OUT.values():
            own = _of_entry(entry)
            self.acts[(str(about), str(kind), str(data.get("reason")))] = (own[":person"], own[":at"])
        elif kind == EntryKind.SESSION_EXAMINER_DRAWN:
            self.examiners[str(about)] = str(data.get("examiner"))
        elif kind == EntryKind.SESSION_ROSTER_IMPORTED and isinstance(about, str):
            self.rosters[about] = self.rosters.get(about, 0) + int(data.get("rows", 0))
            self.booked.update(data.get("candidates") or {})
        elif kind == EntryKind.CANDIDATE_CHECKIN and isinstance(data.get("candidate"), str):
            self.candidates.add(data["candidate"])

    def check(self, found: Findings) -> None:
        """All tables."""
        count = 0
        for table in self.named:
            with guarded(found, table):
                count += self._table(table, found)
        with guarded(found, "candidate"):
            count += self._candidates(found)
        parts = {"lot": self._lots, "decision": self._decisions, "attempt": self._attempts, "live": self.standing.check}
        for table, part in parts.items():
            with guarded(found, table):
                part(found)
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
                if name == "at":
                    said[name] = near(said[name], value)
                if said[name] != (bool(value) if name == "at_once" else value):
                    found.broken("column.differs", table, row_id, column=name, stored=value, said=said[name])
        for row_id in named:
            found.broken("row.missing", table, row_id)
        return count

    def _lots(self, found: Findings) -> None:
        sql = "SELECT lot_id, purpose, body FROM lot WHERE site_id = ?"
        for lot_id, purpose, body in rows(self.raw, sql, self.site_id):
            said = self.named["lot"].get(lot_id)
            try:
                lot = json.loads(stored_bytes(body))
                again = draw_lowest(bytes.fromhex(lot["seed"]), purpose, lot["names"], len(lot["drawn"]))
                follows = list(again) == lot["drawn"] and lot["purpose"] == purpose
            except (ValueError, KeyError, TypeError):
                lot, follows = {}, False
            if not follows:
                found.broken("lot.not_from_seed", "lot", lot_id)
            if said is None:
                continue
            if lot.get("drawn") != [said["_drawn"]]:
                found.broken(
                    "column.differs", "lot", lot_id, column="body", stored=lot.get("drawn"), said=said["_drawn"]
                )

    def _decisions(self, found: Findings) -> None:
        sql = (
            "SELECT d.request_id, d.granted, d.reason, d.decided_by, d.at, q.attempt_id, q.kind, q.reason, q.at_once FROM decision d"
            " LEFT JOIN request q ON q.site_id = d.site_id AND q.request_id = d.request_id WHERE d.site_id = ?"
        )
        there = set()
        for request_id, granted, reason, by, at, attempt_id, kind, asked, at_once in rows(self.raw, sql, self.site_id):
            there.add(request_id)
            said = self.decided.get(request_id)
            act = self.acts.get((attempt_id, CARRIED_OUT.get(kind, ""), asked))
            if said is None and act is not None and not at_once:
                said = (True, reason, *act)
            if said is None:
                found.broken("row.unnamed", "decision", request_id)
                continue
            stored = (bool(granted), reason, by, at)
            for name, value, meant in zip(("granted", "reason", "decided_by", "at"), stored, said, strict=True):
                if value != (near(meant, at) if name == "at" else meant):
                    found.broken("column.differs", "decision", request_id, column=name, stored=value, said=meant)
        for request_id in (self.decided.keys() - there) | self._undecided():
            found.broken("row.missing", "decision", request_id)

    def _undecided(self) -> set[str]:
        """Requests whose act was done, though neither at once nor by a decision that is there."""
        sql = (
            "SELECT q.request_id, q.attempt_id, q.kind, q.reason, q.at_once FROM request q LEFT JOIN decision d"
            " ON d.site_id = q.site_id AND d.request_id = q.request_id WHERE q.site_id = ? AND d.request_id IS NULL"
        )
        waiting = rows(self.raw, sql, self.site_id)
        return {row[0] for row in waiting if not row[4] and (row[1], CARRIED_OUT.get(row[2], ""), row[3]) in self.acts}

    def _candidates(self, found: Findings) -> int:
        sql = (
            "SELECT session_id, candidate_id, person_id, serial, subject, licence_class, reason, school, language, dialect FROM candidate"
            " WHERE site_id = ?"
        )
        counts: dict[str, int] = {}
        there = set()
        for session_id, candidate_id, *values, dialect in rows(self.raw, sql, self.site_id):
            counts[session_id] = counts.get(session_id, 0) + 1
            there.add(candidate_id)
            vouched = self.booked.get(candidate_id)
            if vouched is not None and vouched != row_digest(
                session_id, candidate_id, *values, *([dialect] if dialect else [])
            ):
                found.broken("row.altered", "candidate", candidate_id)
        for session_id in counts.keys() | self.rosters.keys():
            stored, said = counts.get(session_id, 0), self.rosters.get(session_id, 0)
            if stored != said:
                found.broken("roster.count", "candidate", session_id, stored=stored, said=said)
        for candidate_id in sorted((self.candidates | self.booked.keys()) - there):
            found.broken("row.missing", "candidate", candidate_id)
        return len(there)

    def _attempts(self, found: Findings) -> None:
        """What an attempt froze of its session, its booking and its day."""
        sql = (
            "SELECT a.attempt_id, a.room_id, s.room_id, a.unit_id, s.unit_id, a.person_id, c.person_id, a.subject, c.subject,"
            " a.licence_class, c.licence_class, a.session_id, c.session_id, a.examiner FROM attempt a"
            " LEFT JOIN session s ON s.site_id = a.site_id AND s.session_id = a.session_id"
            " LEFT JOIN candidate c ON c.site_id = a.site_id AND c.candidate_id = a.candidate_id WHERE a.site_id = ?"
        )
        crossed = (
            "SELECT q.request_id, q.session_id, a.session_id FROM request q JOIN attempt a ON a.site_id = q.site_id"
            " AND a.attempt_id = q.attempt_id WHERE q.site_id = ? AND q.session_id <> a.session_id"
        )
        for request_id, stored, meant in rows(self.raw, crossed, self.site_id):
            found.broken("column.differs", "request", request_id, column="session_id", stored=stored, said=meant)
        names = ("room_id", "unit_id", "person_id", "subject", "licence_class", "session_id")
        for attempt_id, *pairs in rows(self.raw, sql, self.site_id):
            examiner, drawn = pairs.pop(), self.examiners.get(pairs[-2])
            if drawn is not None and examiner != drawn:
                found.broken("column.differs", "attempt", attempt_id, column="examiner", stored=examiner, said=drawn)
            for name, stored, meant in zip(names, pairs[::2], pairs[1::2], strict=True):
                if stored != meant and meant is not None:
                    found.broken("column.differs", "attempt", attempt_id, column=name, stored=stored, said=meant)


def _of_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry itself says: about what, when, by which person, and for a request of what kind."""
    return {
        ":about": entry.get("object"),
        ":at": entry.get("at"),
        ":person": (entry.get("actor") or {}).get("person"),
        ":kind": KINDS.get(str(entry.get("kind"))),
    }
