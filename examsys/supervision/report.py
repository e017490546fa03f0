"""The report of a verification: what holds, what is broken and where, what was not checked; as text and as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from ..audit.findings import Finding, Findings
from ..domain.verification import Verdict
from ..web.language import text
from .words import VERDICTS, sentence

ORDER = (Verdict.BROKEN, Verdict.MISSING, Verdict.HOLDS, Verdict.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as a page or a terminal shows it."""

    verdict: str
    label: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one verification, and the origin of the log that was verified."""

    findings: Findings
    origin: str

    @property
    def is_whole(self) -> bool:
        """Whether everything that was checked holds."""
        return self.findings.is_whole

    @property
    def broken(self) -> list[Finding]:
        """The rows that are not as they were."""
        return self.findings.of(Verdict.BROKEN)

    def lines(self, language: str) -> list[Line]:
        """All findings in words, what is broken first."""
        return [
            Line(
                finding.verdict.value,
                text(language, VERDICTS[finding.verdict]),
                f"{finding.table} {finding.row}".strip(),
                sentence(finding, language),
            )
            for verdict in ORDER
            for finding in self.findings.of(verdict)
        ]

    def unnamed(self) -> int:
        """How many broken rows are counted only."""
        counted = sum(count for (verdict, _), count in self.findings.counts.items() if verdict is Verdict.BROKEN)
        return counted - len(self.broken)

    def to_text(self, language: str = "en") -> str:
        """The report for a terminal: one line a finding."""
        lines = [
            f"{line.label:<12} {f'[{line.where}] ' if line.where else ''}{line.words}" for line in self.lines(language)
        ]
        if self.unnamed():
            lines.append(text(language, "And %(count)s more rows of the same kinds.", count=self.unnamed()))
        return "\n".join([self.origin, *lines])

    def to_json(self) -> str:
        """The report for programs."""
        document: dict[str, Any] = {
            "origin": self.origin,
            "whole": self.is_whole,
            "findings": [finding.as_dict() for finding in self.findings.named],
            "unnamed": self.unnamed(),
        }
        return json.dumps(document, ensure_ascii=False, indent=1, default=str)
