"""What the log says of one table, row by row and column by column, and the comparison with the table as it stands."""

from collections.abc import Callable, Mapping
from typing import Any

from ..db import Raw
from .findings import Findings
from .rows import guarded
from .stream import rows

Seen = Callable[[str, str, Any], Any]  # row id, column, stored value: what an entry says instead of it


Moment = tuple[str, int]  # boot, and the monotonic clock within it (µs)


def moment_of(entry: Mapping[str, Any]) -> Moment:
    """When an entry was written, by the clock that nobody sets."""
    return str(entry.get("boot")), int(entry.get("mono") or 0)


def is_earlier(one: Moment, other: Moment | None) -> bool:
    """Whether `one`, which stands later in the log, was written earlier: after the wall clock was set back ids sort the wrong way round."""
    return other is not None and one[0] == other[0] and one[1] < other[1]


class TableSaid:
    """The rows of a table as entries state them. A column that no entry stated, as in logs of before, is not compared."""

    def __init__(self, table: str, key: str, columns: tuple[str, ...]) -> None:
        self.table, self.key, self.columns = table, key, columns
        self.named: dict[str, dict[str, Any]] = {}
        self.told: dict[tuple[str, str], Moment] = {}  # when a column of a row was last stated

    def state(self, row_id: object, said: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
        """Take what an entry says of a row, unless a later one is known already; what is no column of the table is passed over."""
        if not isinstance(row_id, str):
            return
        row, moment = self.named.setdefault(row_id, {}), moment_of(entry)
        for name in self.columns:
            if name in said and not is_earlier(moment, self.told.get((row_id, name))):
                row[name], self.told[(row_id, name)] = said[name], moment

    def check(
        self, site_id: int, raw: Raw, found: Findings, seen: Seen | None = None, *, all_named: bool = True
    ) -> int:
        """Name every row that differs, that no entry names, or that is missing; returns how many rows entries name.

        `all_named`: whether a row that no entry names is one that was slipped in; else it is counted among what was not compared.
        """
        unstated: dict[str, int] = {}
        with guarded(found, self.table):
            missing = self._rows(site_id, raw, found, seen, unstated, all_named)
            for row_id in sorted(missing):
                found.broken("row.missing", self.table, row_id)
        if unstated:
            columns = [name for name in self.columns if name in unstated]
            found.unseen("columns.unstated", self.table, columns=columns, count=max(unstated.values()))
        return len(self.named)

    def _rows(
        self, site_id: int, raw: Raw, found: Findings, seen: Seen | None, unstated: dict[str, int], all_named: bool
    ) -> set[str]:
        missing = set(self.named)
        # of whatever site: services find these rows by person or account alone
        sql = f"SELECT site_id, {self.key}, {', '.join(self.columns)} FROM {self.table} ORDER BY {self.key}"
        for site, row_id, *stored in rows(raw, sql):
            said = self.named.get(row_id) if site == site_id else None
            if said is None:
                if all_named or site != site_id:
                    found.broken("row.unnamed", self.table, row_id)
                    continue
                said = {}
            missing.discard(row_id)
            for name, value in zip(self.columns, stored, strict=True):
                if name not in said:
                    unstated[name] = unstated.get(name, 0) + 1
                    continue
                shown = value if seen is None else seen(row_id, name, value)
                if shown != said[name]:
                    found.broken("column.differs", self.table, row_id, column=name, stored=shown, said=said[name])
        return missing
