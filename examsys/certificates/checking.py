"""Checks what people bring back: the text of a QR, or a PDF. Says what was issued, not only whether it holds."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ..accounts.service import installation, is_site
from ..db import here
from ..domain.certificate import Fault, Kind, Reading, Verdict, read_statement
from ..domain.checkpoint import VerifierKey
from ..exam import facts as exam_facts
from . import archive
from .gathering import states_of
from .pades import FileReading
from .signing import authorities, sheet_key
from .worker import PRESS

READ_SECONDS = 20.0


class Standing(StrEnum):
    """What this site's own record says of a paper whose statement holds."""

    CURRENT = "current"
    SUPERSEDED = "superseded"  # a newer paper, or a newer result
    UNKNOWN = "unknown"  # signed by this site, but not in its record: a copy, or a database that was set back
    ELSEWHERE = "elsewhere"  # another site's


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check."""

    reading: Reading
    standing: Standing | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was altered (a demonstration may hold, and is still nothing but one)."""
        return self.reading.verdict is not Verdict.BROKEN

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        stated = self.reading.statement
        return {
            "verdict": self.reading.verdict.value,
            "fault": self.reading.fault.value if self.reading.fault else None,
            "standing": self.standing.value if self.standing else None,
            "statement": asdict(stated) if stated else None,
        }

    def to_text(self) -> str:
        """For a terminal, a line a fact."""
        told = self.as_dict()
        stated = told.pop("statement") or {}
        outcomes = stated.pop("outcomes", ())
        lines = [f"{name}: {value}" for name, value in {**told, **stated}.items() if value is not None]
        lines += [
            f"result: {each['day']} {each['score']}/{each['full_mark']}, needed {each['pass_mark']},"
            f" {'passed' if each['passed'] else 'not passed'}"
            for each in outcomes
        ]
        return "\n".join(lines)


def verify_text(text: str, keys: Iterable[VerifierKey] | None = None) -> Checked:
    """Check the text of a QR by the keys given, else by this site's own. Needs no server, and with keys given no site either."""
    if keys is None:
        keys = [sheet_key()] if is_site() else []
    reading = read_statement(text, keys)
    return _checked(reading, text)


def verify_file(pdf: bytes, keys: Iterable[VerifierKey] | None = None, trusted: Sequence[bytes] = ()) -> Checked:
    """Check a paper as a file: its statement, then its signature. RuleBroken('sheet.unavailable', 'sheet.being_made').

    `trusted`: certificate authorities (PEM) of other sites, beside this site's own.
    """
    order = {"do": "read", "authorities": [pem.decode() for pem in (*authorities(), *trusted)]}
    head, _ = PRESS.wait(PRESS.order(order, pdf), READ_SECONDS)
    found = FileReading(head["statement"], head["signed"], head["intact"], head["trusted"])
    checked = verify_text(found.statement, keys)
    fault = _fault_of(found)
    if checked.reading.verdict is Verdict.BROKEN or fault is None:
        return checked
    return Checked(Reading(Verdict.BROKEN, fault, checked.reading.statement), checked.standing)


def _fault_of(found: FileReading) -> Fault | None:
    if not found.signed:
        return Fault.FILE_UNSIGNED
    if not found.intact:
        return Fault.FILE_CHANGED
    return None if found.trusted else Fault.FILE_SIGNER


def _checked(reading: Reading, text: str) -> Checked:
    stated = reading.statement
    if stated is None:
        return Checked(reading)
    if not is_site() or stated.site_id != installation().site_id:
        return Checked(reading, Standing.ELSEWHERE)
    with here().reading() as raw:
        kept = archive.numbered(stated.number, raw)
        newest = archive.newest(kept.candidate_id, Kind(kept.kind), raw) if kept else None
    if kept is None or newest is None:
        return Checked(reading, Standing.UNKNOWN)
    if kept.statement != hashlib.sha256("".join(text.split()).upper().encode()).hexdigest():
        return Checked(Reading(Verdict.BROKEN, Fault.OTHER_FACTS, stated), Standing.UNKNOWN)
    now_true = states_of(exam_facts.standing_results(kept.candidate_id))
    current = newest.sheet_id == kept.sheet_id and kept.states == now_true
    return Checked(reading, Standing.CURRENT if current else Standing.SUPERSEDED)
