"""Checks who was let in to an exam: the admission code that is stored and the terminal that holds, against the entries that name them."""

from collections.abc import Mapping
from typing import Any

from ..audit.findings import Findings
from ..audit.rows import guarded, row_digest
from ..audit.said import TableSaid, moment_of
from ..db import Raw
from ..domain.entries import EntryKind

SIGN_INS = (EntryKind.CANDIDATE_SIGN_IN, EntryKind.TERMINAL_SWITCH)
FREED = (EntryKind.SEAT_FREED, EntryKind.SEAT_MOVED)
HEARD = frozenset({
    *SIGN_INS, *FREED, EntryKind.CANDIDATE_CHECKIN, EntryKind.CANDIDATE_ADMISSION_ISSUED, EntryKind.CANDIDATE_SIGN_OUT,
    EntryKind.EXAM_MAKEUP_RELEASED,
})  # fmt: skip
UNSTATED = ""  # what an entry of before says


def digest_of(stored: str) -> str:
    """What an entry says of a stored admission or login: a hash of what is a keyed hash already."""
    return row_digest(stored)


class Admitted:
    """Hears which codes were issued and which terminals signed in, then compares `live`. Logs of before do not state them."""

    def __init__(self) -> None:
        self.live = TableSaid("live", "attempt_id", ("admission", "hold"))
        self.heard: list[tuple[str, str, Mapping[str, Any]]] = []  # kind, attempt, entry
        self.issued: dict[str, set[str]] = {}  # attempt -> admissions that ever opened it
        self.used: list[tuple[str, str]] = []  # attempt, admission with which somebody signed in
        self.first: dict[str, str] = {}  # make-up -> the attempt before, whose terminal and code it took over

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry. All are gone through at the end: who holds follows from their order in time, not in the log."""
        kind, about = str(entry.get("kind")), entry.get("object")
        if kind in HEARD and isinstance(about, str):
            self.heard.append((kind, about, entry))

    def _go_through(self) -> None:
        boots: dict[str, int] = {}
        moments = [moment_of(entry) for _, _, entry in self.heard]
        for boot, _ in moments:
            boots.setdefault(boot, len(boots))
        for place in sorted(range(len(moments)), key=lambda place: (boots[moments[place][0]], moments[place][1])):
            self._take(*self.heard[place])

    def _take(self, kind: str, about: str, entry: Mapping[str, Any]) -> None:
        data = entry.get("data") or {}
        if kind == EntryKind.CANDIDATE_CHECKIN or kind in FREED:
            self._tell(about, {"hold": None}, entry)
        elif kind == EntryKind.CANDIDATE_ADMISSION_ISSUED:
            self._tell(about, {"admission": data.get("admission", UNSTATED)}, entry)
            self.issued.setdefault(about, set()).add(data.get("admission", UNSTATED))
        elif kind == EntryKind.EXAM_MAKEUP_RELEASED and isinstance(data.get("first"), str):
            self.first[about] = data["first"]
            self.issued[about] = set(self.issued.get(data["first"], ()))
            before = self.live.named.get(data["first"], {})
            self._tell(about, {name: before.get(name, UNSTATED) for name in self.live.columns}, entry)
        elif kind in SIGN_INS:
            self._tell(about, {"hold": data.get("login", UNSTATED)}, entry)
            if "admission" in data:
                self.used.append((about, data["admission"]))
        elif kind == EntryKind.CANDIDATE_SIGN_OUT:
            self._sign_out(about, data.get("login", UNSTATED), entry)

    def _tell(self, attempt_id: str, said: Mapping[str, str | None], entry: Mapping[str, Any]) -> None:
        """What an entry says; after one of before, which says nothing, it is unknown."""
        self.live.state(attempt_id, said, entry)
        row = self.live.named[attempt_id]
        for name in [name for name, value in row.items() if value == UNSTATED]:
            del row[name]

    def _sign_out(self, attempt_id: str, login: str, entry: Mapping[str, Any]) -> None:
        """A terminal leaves every attempt that it holds: the make-up and the one before."""
        for one in (attempt_id, self.first.get(attempt_id)):
            holds = self.live.named.get(one or "", {}).get("hold")
            if one is not None and holds is not None and login in (holds, UNSTATED):
                self._tell(one, {"hold": None if login == holds else UNSTATED}, entry)

    def check(self, site_id: int, raw: Raw, found: Findings) -> None:
        """The codes and terminals of all attempts; and that nobody signed in with a code that was not issued."""
        with guarded(found, "live"):
            self._go_through()
        self.live.check(site_id, raw, found, lambda _row, _column, stored: stored and digest_of(str(stored)))
        for attempt_id, admission in self.used:
            known = self.issued.get(attempt_id, set())
            if admission not in known and UNSTATED not in known:
                found.broken("admission.foreign", "live", attempt_id)
