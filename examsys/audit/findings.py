"""What a verification found: each finding names the table, the row and in what way it is wrong; a report gathers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.verification import Verdict

MOST_NAMED = 200  # findings of one kind that are named; beyond that they are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `what` is the key of its sentence, `table` and `row` say where it is, `facts` what it names."""

    verdict: Verdict
    what: str
    table: str = ""
    row: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values."""
        return {
            "verdict": self.verdict.value,
            "what": self.what,
            "table": self.table,
            "row": self.row,
            "facts": dict(self.facts),
        }


@dataclass(slots=True)
class Findings:
    """Findings in the order in which they were made, and how many of each kind there were."""

    named: list[Finding] = field(default_factory=list)
    counts: dict[tuple[Verdict, str], int] = field(default_factory=dict)

    def add(self, verdict: Verdict, what: str, table: str = "", row: object = "", **facts: Any) -> None:
        """Note one finding."""
        key = (verdict, what)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] <= MOST_NAMED:
            self.named.append(Finding(verdict, what, table, str(row), facts))

    def broken(self, what: str, table: str, row: object, **facts: Any) -> None:
        """Note a row that is not as it was."""
        self.add(Verdict.BROKEN, what, table, row, **facts)

    def holds(self, what: str, **facts: Any) -> None:
        """Note what was looked at and holds."""
        self.add(Verdict.HOLDS, what, **facts)

    def unseen(self, what: str, table: str = "", row: object = "", **facts: Any) -> None:
        """Note what this verification can't show."""
        self.add(Verdict.OUTSIDE, what, table, row, **facts)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take over findings made elsewhere."""
        for each in findings:
            self.add(each.verdict, each.what, each.table, each.row, **each.facts)

    def of(self, verdict: Verdict) -> list[Finding]:
        """The named findings of one verdict."""
        return [each for each in self.named if each.verdict is verdict]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken and nothing that should be there is missing."""
        return not any(verdict in (Verdict.BROKEN, Verdict.MISSING) for verdict, _ in self.counts)
