"""Checks units, posts and accounts against the entries by which they were made and changed."""

from collections.abc import Mapping
from typing import Any

from ..audit.findings import Findings
from ..audit.said import TableSaid
from ..db import Raw
from ..domain.entries import EntryKind
from .passwords import password_digest, username_digest

ACCOUNTS_CHANGE: Mapping[str, Mapping[str, Any]] = {  # what the kind alone says, also in logs of before
    EntryKind.ACCOUNT_CREATE: {"disabled": False},
    EntryKind.ACCOUNT_DISABLE: {"disabled": True},
    EntryKind.AUTH_SESSION_KILLED: {},
    EntryKind.AUTH_PASSWORD_CHANGED: {},
    EntryKind.AUTH_PASSWORD_RESET: {},
}


class PeopleSaid:
    """Hears what the log says of units, posts and accounts, then compares their tables: a role, a password or an office changed by SQL is named."""

    def __init__(self) -> None:
        self.units = TableSaid("unit", "unit_id", ("kind", "code", "name_zh", "name_bo", "parent", "supervised_by"))
        self.posts = TableSaid(
            "post", "post_id", ("person_id", "unit_id", "role", "number", "valid_from", "valid_to", "granted_by")
        )
        self.accounts = TableSaid(
            "account", "account_id", ("person_id", "username", "password", "disabled", "version", "must_change")
        )

    def hear(self, _index: int, entry: Mapping[str, Any]) -> None:
        """Take one entry."""
        kind, about = str(entry.get("kind")), entry.get("object")
        if kind == EntryKind.UNIT_CREATE:
            self.units.state(about, entry.get("data") or {}, entry)
        elif kind == EntryKind.ACCOUNT_ROLE_CHANGE:
            data = entry.get("data") or {}
            granted_by = (entry.get("actor") or {}).get("account")
            ids = {"person_id": data.get("person"), "unit_id": data.get("unit"), "granted_by": granted_by}
            self.posts.state(about, data | ids, entry)
        elif kind in ACCOUNTS_CHANGE:
            data = entry.get("data") or {}
            self.accounts.state(about, {**data, **ACCOUNTS_CHANGE[kind]}, entry)
            if kind == EntryKind.ACCOUNT_CREATE:
                self.accounts.state(about, {"person_id": data.get("person")}, entry)

    def check(self, site_id: int, raw: Raw, found: Findings) -> int:
        """All three tables; returns how many rows entries name."""
        tables = self.units.check(site_id, raw, found) + self.posts.check(site_id, raw, found)
        return tables + self.accounts.check(site_id, raw, found, _digested)


def _digested(account_id: str, column: str, stored: Any) -> Any:
    """User names and passwords stand in no entry, only what is made of them."""
    if column == "username":
        return username_digest(account_id, str(stored))
    return password_digest(str(stored)) if column == "password" else stored
