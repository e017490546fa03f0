"""For the demonstration only: a copy of the database in which one record is spoiled, and what the verifier says of the copy."""

import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..accounts.service import installation
from ..db import Raw
from ..domain.attempt import Step
from ..domain.errors import RuleBroken
from .report import Report
from .verification import verify


@dataclass(frozen=True, slots=True)
class Spoiled:
    """What was done to the copy: which step, its bytes before and after, and the report of the verifier."""

    attempt_id: str
    number: int
    before: str
    after: str
    report: Report

    @property
    def place(self) -> int:
        """Where the byte stands that was changed."""
        return next(at for at, (one, other) in enumerate(zip(self.before, self.after, strict=True)) if one != other)


def spoil(attempt_id: str, number: int | None) -> Spoiled:
    """Copy the database, change one byte of one answer (the last one if no number is given), verify the copy, delete it.

    RuleBroken('request.not_found') outside a demonstration, 'spoil.only_sqlite' on PostgreSQL, 'attempt.no_answer'.
    """
    place = installation()
    if not place.is_demonstration:
        raise RuleBroken("request.not_found")
    if not place.settings.is_sqlite:
        raise RuleBroken("spoil.only_sqlite")
    copy = place.settings.home / f"spoiled-{secrets.token_hex(4)}.sqlite3"
    try:
        _copy(Path(place.settings.url.removeprefix("sqlite:///")), copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            row = _answer(connection, attempt_id, number)
            before = bytes(row[1])
            after = _changed(before)
            connection.execute("DROP TRIGGER step_no_update")
            connection.execute(
                "UPDATE step SET body = ? WHERE attempt_id = ? AND number = ?", (after, attempt_id, row[0])
            )
            report = verify(place.log, Raw(connection), False, None, None)
        return Spoiled(attempt_id, row[0], before.decode(), after.decode(), report)
    finally:
        copy.unlink(missing_ok=True)


def _copy(live: Path, copy: Path) -> None:
    with closing(sqlite3.connect(f"file:{live}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _answer(connection: sqlite3.Connection, attempt_id: str, number: int | None) -> tuple[int, bytes]:
    sql = "SELECT number, body FROM step WHERE attempt_id = ? AND kind = ?"
    values: list[object] = [attempt_id, Step.ANSWER.value]
    if number is not None:
        sql, values = f"{sql} AND number = ?", [*values, number]
    row: tuple[int, bytes] | None = connection.execute(f"{sql} ORDER BY number DESC LIMIT 1", values).fetchone()
    if row is None:
        raise RuleBroken("attempt.no_answer")
    return row


def _changed(body: bytes) -> bytes:
    """The body with one byte changed: the first sign of the option that was chosen."""
    at = body.index(b'"options":["') + len(b'"options":["')
    return body[:at] + (b"0" if body[at : at + 1] != b"0" else b"1") + body[at + 1 :]
