"""What a check of the bank found: faults with their place, and figures."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from examsys.domain.tibetan import Level


@dataclass(frozen=True)
class Fault:
    """A broken rule of the bank: file (below the bank's folder), line from 1, question id ("" if none), rule, message id.

    `passage` is the piece of the file that the message speaks of.
    """

    file: str
    line: int
    question: str
    rule: str
    level: Level
    message_key: str
    passage: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return " ".join(
            part for part in (where, self.question, self.rule, self.level, self.message_key, self.passage) if part
        )


@dataclass(frozen=True)
class Report:
    """All faults in the order of files and lines, and `figures` about the bank as a whole."""

    faults: tuple[Fault, ...]
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that keep the bank from being released."""
        return tuple(fault for fault in self.faults if fault.level is Level.ERROR)

    @property
    def sound(self) -> bool:
        """Whether there is no error; warnings, matters of style and notes may be left."""
        return not self.errors

    def to_text(self) -> str:
        """One line a fault, for editors that jump to `file:line`, then the figures and the number of faults by level."""
        levels = Counter(fault.level for fault in self.faults)
        lines = [str(fault) for fault in self.faults]
        lines += [
            f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in self.figures.items() if name != "cells"
        ]
        lines += _table(self.figures.get("cells", {}))
        lines.append(" ".join(f"{level} {levels[level]}" for level in Level))
        return "\n".join(lines)

    def to_json(self) -> str:
        """The same for programs."""
        faults = [asdict(fault) for fault in self.faults]
        return json.dumps(
            {"sound": self.sound, "faults": faults, "figures": self.figures}, ensure_ascii=False, indent=1
        )


def _table(papers: Any) -> list[str]:
    """What there is of each cell, what a paper draws, and how many times that is; one line a chapter."""
    lines = []
    for paper, chapters in papers.items():
        lines.append(f"\n{paper:<32}{'judge':>18}{'single':>18}{'multiple':>18}")
        for chapter, kinds in chapters.items():
            cells = [kinds.get(kind, (0, 0)) for kind in ("judge", "single", "multiple")]
            said = [f"{have}/{need} = {have / need:.1f}x" if need else "-" for have, need in cells]
            lines.append(f"  {chapter:<30}" + "".join(f"{one:>18}" for one in said))
    return lines


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults by file, line and rule, each once."""
    return tuple(
        sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.question, fault.rule, fault.passage))
    )
