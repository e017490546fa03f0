"""Checks who was let in to an exam: the admission code that is stored and the terminal that holds, against the entries that name them."""

from collections.abc import Mapping
from typing import Any

from ..audit.findings import Findings
from ..audit.rows import row_digest
from ..audit.said import TableSaid
from ..db import Raw
from ..domain.entries import EntryKind

SIGN_INS = (EntryKind.CANDIDATE_SIGN_IN, EntryKind.TERMINAL_SWITCH)
FREED = (EntryKind.SEAT_FREED, EntryKind.SEAT_MOVED)
HEARD = frozenset({
    *SIGN_INS, *FREED, EntryKind.CANDIDATE_CHECKIN, EntryKind.CANDIDATE_ADMISSION_ISSUED, EntryKind.CANDIDATE_SIGN_OUT,
    EntryKind.EXAM_MAKEUP_RELEASED,
})  # fmt: skip


def digest_of(stored: str) -> str:
    """What an entry says of a stored admission or login: a hash of what is a keyed hash already."""
    return row_digest(stored)


class Admitted:
    """Hears which codes were issued and which terminals signed in, then compares `live`. Logs of before do not state them."""

    def __init__(self) -> None:
        self.live = TableSaid("live", "attempt_id", ("admission", "hold"))
        self.issued: dict[str, set[str]] = {}  # attempt -> admissions that ever opened it
        self.used: list[tuple[str, str]] = []  # attempt, admission with which somebody signed in
        self.first: dict[str, str] = {}  # make-up -> the attempt before, whose terminal and code it took over

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry."""
        kind, about, data = str(entry.get("kind")), entry.get("object"), entry.get("data") or {}
        if kind not in HEARD or not isinstance(about, str):
            return
        if kind == EntryKind.CANDIDATE_CHECKIN or kind in FREED:
            self.live.state(about, {"hold": None})
        elif kind == EntryKind.CANDIDATE_ADMISSION_ISSUED:
            self._tell(about, "admission", data.get("admission"))
            self.issued.setdefault(about, set()).add(data.get("admission", ""))
        elif kind == EntryKind.EXAM_MAKEUP_RELEASED and isinstance(data.get("first"), str):
            self._take_over(about, data["first"])
        elif kind in SIGN_INS:
            self._tell(about, "hold", data.get("login"))
            if "admission" in data:
                self.used.append((about, data["admission"]))
        elif kind == EntryKind.CANDIDATE_SIGN_OUT:
            self._sign_out(about, data.get("login"))

    def _tell(self, attempt_id: str, column: str, said: str | None) -> None:
        """What an entry says; from one of before, which says nothing, on it is unknown."""
        self.live.state(attempt_id, {column: said})
        if said is None:
            self.live.named[attempt_id].pop(column)

    def _take_over(self, attempt_id: str, first: str) -> None:
        before = self.live.named.get(first, {})
        self.first[attempt_id] = first
        self.live.named[attempt_id] = dict(before)
        self.issued[attempt_id] = set(self.issued.get(first, ()))

    def _sign_out(self, attempt_id: str, login: str | None) -> None:
        """A terminal leaves every attempt that it holds: the make-up and the one before."""
        for one in (attempt_id, self.first.get(attempt_id)):
            if one is None:
                continue
            if login is None:
                self.live.named.get(one, {}).pop("hold", None)
            elif self.live.named.get(one, {}).get("hold") == login:
                self.live.state(one, {"hold": None})

    def check(self, site_id: int, raw: Raw, found: Findings) -> None:
        """The codes and terminals of all attempts; and that nobody signed in with a code that was not issued."""
        self.live.check(site_id, raw, found, lambda _row, _column, stored: stored and digest_of(str(stored)))
        for attempt_id, admission in self.used:
            known = self.issued.get(attempt_id, set())
            if admission not in known and "" not in known:
                found.broken("admission.foreign", "live", attempt_id)
