"""Checks every attempt's chain of steps against the heads that the log names and against where `live` says it stands."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from ..audit.findings import Findings
from ..audit.rows import stored_bytes
from ..audit.stream import rows
from ..db import Raw
from ..domain.log import FIRST, ChainBroken, step_hash, verify_chain

Heads = Mapping[str, tuple[int, str, int]]


def verify_chains(site_id: int, raw: Raw, heads: Heads, found: Findings, progress: Callable[[int], None] | None) -> int:
    """Check every attempt's chain against the newest head that the log names and against `live`; returns the steps looked at."""
    known = _attempts(site_id, raw)
    total = 0
    sql = "SELECT attempt_id, number, body, hash FROM step WHERE site_id = ? ORDER BY site_id, attempt_id, number"
    for attempt_id, group in groupby(rows(raw, sql, site_id), key=lambda row: row[0]):
        numbers, steps = [], []
        for _, number, body, sealed in group:
            numbers.append(number)
            steps.append((stored_bytes(body), stored_bytes(sealed)))
        total += len(steps)
        if attempt_id not in known:
            found.broken("attempt.missing", "attempt", attempt_id, steps=len(steps))
        check_chain(attempt_id, numbers, steps, heads.get(attempt_id), known.pop(attempt_id, None), found)
        if progress:
            progress(total)
    for attempt_id, live in known.items():
        check_chain(attempt_id, [], [], heads.get(attempt_id), live, found)
    for attempt_id in heads.keys() - _attempts(site_id, raw).keys():
        found.broken("attempt.missing", "attempt", attempt_id, steps=heads[attempt_id][0])
    found.holds("chains", steps=total)
    return total


def _attempts(site_id: int, raw: Raw) -> dict[str, tuple[int, bytes] | None]:
    """Every attempt with length and head as `live` has them."""
    sql = (
        "SELECT a.attempt_id, l.length, l.head FROM attempt a LEFT JOIN live l ON l.site_id = a.site_id"
        " AND l.attempt_id = a.attempt_id WHERE a.site_id = ?"
    )
    return {row[0]: None if row[1] is None else (row[1], stored_bytes(row[2])) for row in rows(raw, sql, site_id)}


def check_chain(
    attempt_id: str,
    numbers: Sequence[int],
    steps: Sequence[tuple[bytes, bytes]],
    named: tuple[int, str, int] | None,
    live: tuple[int, bytes] | None,
    found: Findings,
) -> bool:
    """Check one chain; whether it is whole. `named` is the newest head in the log, `live` the derived row."""
    gap = next((place for place, number in enumerate(numbers, 1) if number != place), None)
    if gap is not None:
        found.broken("step.missing", "step", f"{attempt_id}/{gap}", found=numbers[gap - 1])
        return False
    try:
        head = verify_chain(steps)
    except ChainBroken as broken:
        _name_break(attempt_id, steps, broken, found)
        return False
    whole = True
    if named is not None:
        length, sealed, index = named
        if length > len(steps):
            found.broken(
                "step.cut", "step", f"{attempt_id}/{len(steps) + 1}", length=length, steps=len(steps), index=index
            )
            whole = False
        elif length and steps[length - 1][1].hex() != sealed:
            found.broken("step.replaced", "step", f"{attempt_id}/{length}", index=index)
            whole = False
    if live is None:
        found.broken("live.missing", "live", attempt_id)
    elif live != (len(steps), head if steps else FIRST):
        if whole and live[0] > len(steps):
            found.broken(
                "step.cut_unsealed", "step", f"{attempt_id}/{len(steps) + 1}", length=live[0], steps=len(steps)
            )
        else:
            found.broken("live.differs", "live", attempt_id, column="head", stored=live[0], said=len(steps))
    return whole


def _name_break(attempt_id: str, steps: Sequence[tuple[bytes, bytes]], broken: ChainBroken, found: Findings) -> None:
    """The first step that does not follow. Where the step after it follows from its hash, the body was changed; else the hash was."""
    at = broken.position
    row = f"{attempt_id}/{at}"
    body, sealed = steps[at - 1]
    previous = steps[at - 2][1] if at > 1 else FIRST
    made = step_hash(previous, body)
    if at < len(steps) and step_hash(made, steps[at][0]) == steps[at][1]:
        found.broken("step.hash_altered", "step", row)
    elif at < len(steps) and step_hash(sealed, steps[at][0]) == steps[at][1]:
        found.broken("step.altered", "step", row)
    else:
        found.broken(f"step.{broken.fault.value}", "step", row)


def live_of(site_id: int, attempt_id: str, raw: Raw) -> tuple[int, bytes] | None:
    """Length and head of an attempt's chain as `live` has them."""
    row = raw.one("SELECT length, head FROM live WHERE site_id = ? AND attempt_id = ?", site_id, attempt_id)
    return (row[0], bytes(row[1])) if row else None
