"""What changes of sessions, attempts and persons against the log: where a session stands, a make-up that was left, a person's key.

These rows are no evidence and bear no trigger; people decide by them, so they are compared with the entries they follow from.
"""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..accounts.service import installation, key_of_person
from ..audit.findings import Findings
from ..audit.rows import guarded, stored_bytes
from ..audit.stream import rows
from ..db import Raw
from ..domain.entries import EntryKind
from ..domain.log import blind_index
from ..keys import unseal

AFTER = {
    EntryKind.SESSION_CREATE: "planned",
    EntryKind.SESSION_EXAMINER_DRAWN: "matched",
    EntryKind.SESSION_TAKEN_OVER: "open",
    EntryKind.SESSION_END: "ended",
}
BROUGHT = {EntryKind.SESSION_EXAMINER_DRAWN: "examiner", EntryKind.SESSION_TAKEN_OVER: "release"}


class Standing:
    """Hears every entry, then compares `session_live`, the surplus and make-ups of `live`, and the keys of persons."""

    def __init__(self, site_id: int, raw: Raw) -> None:
        self.site_id, self.raw = site_id, raw
        self.sessions: dict[str, dict[str, Any]] = {}
        self.left: set[str] = set()  # attempts whose make-up was declined
        self.erased: set[str] = set()

    def hear(self, kind: Any, about: object, data: Mapping[str, Any]) -> None:
        """Take one entry."""
        if not isinstance(about, str):
            return
        if kind in AFTER:
            session = self.sessions.setdefault(about, {"examiner": None, "release": None})
            session["state"] = AFTER[EntryKind(kind)]
            if kind in BROUGHT:
                session[BROUGHT[EntryKind(kind)]] = data.get(BROUGHT[EntryKind(kind)])
        elif kind == EntryKind.EXAM_MAKEUP_DECLINED:
            self.left.add(about)
        elif kind == EntryKind.PD_ERASED:
            self.erased.add(about)

    def check(self, found: Findings) -> None:
        """All of them."""
        self._sessions(found)
        self._attempts(found)
        self._keys(found)
        self._persons(found)

    def _sessions(self, found: Findings) -> None:
        named = dict(self.sessions)
        sql = "SELECT session_id, state, examiner, release_id FROM session_live WHERE site_id = ?"
        for session_id, *stored in rows(self.raw, sql, self.site_id):
            said = named.pop(session_id, None)
            if said is None:
                found.broken("row.unnamed", "session_live", session_id)
                continue
            meant = (said["state"], said["examiner"], said["release"])
            for name, value, due in zip(("state", "examiner", "release_id"), stored, meant, strict=True):
                if value != due:
                    found.broken("session.differs", "session_live", session_id, column=name, stored=value, said=due)
        for session_id in named:
            found.broken("row.missing", "session_live", session_id)

    def _attempts(self, found: Findings) -> None:
        sql = (
            "SELECT l.attempt_id, l.makeup, a.attempt_id FROM live l LEFT JOIN attempt a ON a.site_id = l.site_id"
            " AND a.attempt_id = l.attempt_id WHERE l.site_id = ?"
        )
        for attempt_id, makeup, known in rows(self.raw, sql, self.site_id):
            if known is None:
                found.broken("live.surplus", "live", attempt_id)
            elif (makeup == "left") != (attempt_id in self.left):
                meant = "left" if attempt_id in self.left else None
                found.broken("live.differs", "live", attempt_id, column="makeup", stored=makeup, said=meant)

    def _keys(self, found: Findings) -> None:
        """A person whose key is gone was erased, or somebody took the key to make the person's row unverifiable."""
        sql = (
            "SELECT p.person_id FROM (SELECT site_id, person_id FROM person UNION SELECT site_id, person_id FROM candidate) p"
            " LEFT JOIN person_key k ON k.site_id = p.site_id AND k.person_id = p.person_id"
            " WHERE p.site_id = ? AND k.person_id IS NULL"
        )
        for (person_id,) in rows(self.raw, sql, self.site_id):
            if person_id not in self.erased:
                found.broken("person.key_missing", "person_key", person_id)

    def _persons(self, found: Findings) -> None:
        """Every person opens with the own key and is found under the own ID number; what the log committed to is compared with attempts."""
        sql = (
            "SELECT p.person_id, p.name, p.name_bo, p.id_number, p.id_index FROM person p JOIN person_key k"
            " ON k.site_id = p.site_id AND k.person_id = p.person_id WHERE p.site_id = ? ORDER BY p.person_id"
        )
        for person_id, name, name_bo, id_number, index in rows(self.raw, sql, self.site_id):
            with guarded(found, "person", person_id):
                own, label = AESGCM(key_of_person(person_id, self.raw)), person_id.encode()
                unseal(own, stored_bytes(name), label + b"/name")
                if name_bo is not None:
                    unseal(own, stored_bytes(name_bo), label + b"/name_bo")
                clear = unseal(own, stored_bytes(id_number), label + b"/id_number").decode()
                if index != blind_index(installation().keys.index, clear):
                    found.broken("row.altered", "person", person_id)
        found.unseen("person.partly", "person")
