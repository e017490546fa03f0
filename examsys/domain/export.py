"""An attempt's evidence as one JSON document, to be checked anywhere without this site (see verification).

The document (all hashes in hex, all stored bytes in base64):

    format          "examsys/export/1"
    made            when it was made, RFC 3339
    site            {"id": 1, "origin": "..."}; the origin names the log and signs its checkpoints
    demonstration   true for an attempt that was no exam
    attempt         the attempt's id
    keys            verifier keys (vkey texts) of the log and of witnesses; the reader should have them from elsewhere
    checkpoints     [{"note", "consistency": [hash]}]: signed notes by growing size, each with the proof that it is the
                    beginning of the last one; the last has none
    entries         [{"index", "body", "path": [hash]}]: entries of the log with the proof that the last checkpoint
                    holds them: all that are about the attempt, and the log.heads entries which name it
    steps           [{"number", "body", "hash"}]: the whole journal, number from 1
    paper           the frozen paper's bytes
    results         [{"id", "head", "score", "full_mark", "pass_mark", "passed"}]; head is that of the graded journal

What the entries' bodies must say (see audit): "kind", "object" (the attempt) and "data". The data of log.heads is
{"heads": [[attempt, length, head]]}; of exam.paper_drawn {"paper": SHA-256 of the paper's bytes, "profile"}, which is
"demo" where it was no exam; of exam.scored and exam.regraded {"result": id} and all the fields of that result. A step's
body names its "kind", its "attempt" and its number as "n"; with "boot" and "mono" (microseconds) its clock is checked
too. The data of any entry about the attempt may have {"person": {field: commitment}} (log.commitment).
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .checkpoint import VerifierKey

FORMAT = "examsys/export/1"
RESULT_FIELDS = ("head", "score", "full_mark", "pass_mark", "passed")


@dataclass(frozen=True)
class ProvedEntry:
    """An entry of the log, its place from 0, and the path to the root of the last checkpoint."""

    index: int
    body: bytes
    path: Sequence[bytes]


@dataclass(frozen=True)
class HeldCheckpoint:
    """A checkpoint's note with the proof that its tree is the beginning of the last checkpoint's."""

    note: bytes
    consistency: Sequence[bytes] = ()


def export_document(
    *,
    made: str,
    site: int,
    origin: str,
    demonstration: bool,
    attempt: str,
    keys: Iterable[VerifierKey],
    checkpoints: Iterable[HeldCheckpoint],
    entries: Iterable[ProvedEntry],
    steps: Iterable[tuple[int, bytes, bytes]],
    paper: bytes,
    results: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """The document; `steps` as (number, body, hash), `checkpoints` by growing size, paths to the last of them."""
    return {
        "format": FORMAT,
        "made": made,
        "site": {"id": site, "origin": origin},
        "demonstration": demonstration,
        "attempt": attempt,
        "keys": [key.vkey() for key in keys],
        "checkpoints": [{"note": held.note.decode(), "consistency": _hexes(held.consistency)} for held in checkpoints],
        "entries": [{"index": one.index, "body": _b64(one.body), "path": _hexes(one.path)} for one in entries],
        "steps": [{"number": number, "body": _b64(body), "hash": sealed.hex()} for number, body, sealed in steps],
        "paper": _b64(paper),
        "results": [{"id": each["id"]} | {name: each[name] for name in RESULT_FIELDS} for each in results],
    }


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _hexes(hashes: Iterable[bytes]) -> list[str]:
    return [each.hex() for each in hashes]
