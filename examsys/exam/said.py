"""What the log says of attempts, candidates and results: what their rows are compared with."""

from datetime import datetime
from typing import Any

from ..audit.findings import Findings
from ..audit.rows import near
from ..domain.dates import beijing_day
from ..domain.entries import EntryKind

GRADINGS = (EntryKind.EXAM_SCORED, EntryKind.EXAM_REGRADED)


class Said:
    """Hears every entry of the log and keeps what rows must agree with."""

    def __init__(self) -> None:
        self.papers: dict[str, dict[str, Any]] = {}  # attempt -> data of exam.paper_drawn, with when and by whom
        self.checkins: dict[str, dict[str, Any]] = {}  # attempt -> data of candidate.checkin
        self.results: dict[str, dict[str, Any]] = {}  # result -> data of exam.scored or exam.regraded
        self.results_of: dict[str, set[str]] = {}  # attempt -> its results

    def hear(self, _index: int, entry: dict[str, Any]) -> None:
        """Take one entry."""
        kind, about, data = entry.get("kind"), entry.get("object"), entry.get("data") or {}
        if not isinstance(about, str):
            return
        if kind == EntryKind.EXAM_PAPER_DRAWN:
            self.papers[about] = data
        elif kind == EntryKind.CANDIDATE_CHECKIN:
            self.checkins[about] = data | {"at": entry.get("at")}
        elif kind in GRADINGS and isinstance(data.get("result"), str):
            self.results[data["result"]] = data | {"attempt": about, "at": entry.get("at")}
            self.results_of.setdefault(about, set()).add(data["result"])

    def compare(self, found: Findings, attempt_id: str, row: Any, drawn: dict[str, Any]) -> None:
        """The columns of an attempt with what the log said when it was made."""
        entered = self.checkins.get(attempt_id, {})
        said = {
            "release_id": (drawn.get("release"), row[2]),
            "policy": (drawn.get("policy"), row[3]),
            "profile": (drawn.get("profile"), row[4]),
            "candidate_id": (entered.get("candidate"), row[5]),
            "number": (entered.get("number"), row[6]),
            "session_id": (entered.get("session"), row[7]),
            "seat": (entered.get("seat"), row[8]),
            "at": (near(entered.get("at"), row[9]), row[9]),
            "day": (_day(row[9]), row[10]),
        }
        for name, (meant, stored) in said.items():
            if meant != stored:
                found.broken("column.differs", "attempt", attempt_id, column=name, stored=stored, said=meant)


def _day(at: str) -> str:
    try:
        return beijing_day(datetime.fromisoformat(at)).isoformat()
    except ValueError:
        return ""
