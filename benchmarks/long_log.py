"""A log of a million events: the demonstration's finished exams, copied under new ids with new chains, and sealed."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from examsys.app import create_app
from examsys.clock import new_id
from examsys.config import Settings
from examsys.db import Raw, append
from examsys.domain.entries import EntryKind
from examsys.domain.log import FIRST, step_hash
from examsys.exam import upkeep

from .servers import ROOT

EVENTS = 1_000_000
COPIES_A_TURN = 100


class Exam:
    """One finished exam of the demonstration, ready to be copied."""

    def __init__(self, attempt_id: str, raw: Raw) -> None:
        def rows(table: str, column: str, value: str, order: str = "1") -> list[Any]:
            return raw.all(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY {order}", value)

        self.attempt_id = attempt_id
        self.attempt = rows("attempt", "attempt_id", attempt_id)[0]
        self.candidate = rows("candidate", "candidate_id", self.attempt[2])[0]
        self.live = rows("live", "attempt_id", attempt_id)[0]
        self.steps = rows("step", "attempt_id", attempt_id, "number")
        self.results = rows("result", "attempt_id", attempt_id, "result_id")
        self.marks = [mark for result in self.results for mark in rows("mark", "result_id", result[1], "position")]
        self.entries = rows("entry", "object", attempt_id, "entry_id")

    def copy(self, raw: Raw) -> int:
        """Write the exam once more under new ids; returns how many events that made."""
        ids = {old: new_id() for old in (self.attempt_id, self.candidate[1], *(result[1] for result in self.results))}
        heads: dict[str, str] = {}
        steps, previous = [], FIRST
        for step in self.steps:
            body = bytes(step[6]).replace(self.attempt_id.encode(), ids[self.attempt_id].encode())
            previous = step_hash(previous, body)
            heads[bytes(step[7]).hex()] = previous.hex()
            steps.append((*_renamed(step[:6], ids), body, previous))
        for table, rows in (("candidate", [self.candidate]), ("attempt", [self.attempt]), ("mark", self.marks)):
            _insert(raw, table, [_renamed(row, ids) for row in rows])
        _insert(raw, "step", steps)
        moved = [
            tuple(bytes.fromhex(heads[bytes(v).hex()]) if isinstance(v, bytes) and len(v) == 32 else v for v in row)
            for row in self.results
        ]
        _insert(raw, "result", [_renamed(row, ids) for row in moved])
        live = list(_renamed(self.live, ids))
        live[4], live[6] = previous, 0  # head, sealed
        _insert(raw, "live", [tuple(live)])
        for entry in self.entries:
            self._entry(entry, ids, heads, raw)
        return len(steps) + len(self.entries)

    def _entry(self, entry: Any, ids: dict[str, str], heads: dict[str, str], raw: Raw) -> None:
        entry_id, body = new_id(), bytes(entry[6]).decode()
        for old, new in {**ids, **heads, entry[1]: entry_id}.items():
            body = body.replace(old, new)
        _insert(raw, "entry", [(*_renamed(entry[:6], {**ids, entry[1]: entry_id}), body.encode())])
        raw.run("INSERT INTO unsealed (site_id, entry_id) VALUES (?, ?)", entry[0], entry_id)


def _renamed(row: Any, ids: dict[str, str]) -> tuple[Any, ...]:
    return tuple(ids.get(value, value) if isinstance(value, str) else value for value in row)


def _insert(raw: Raw, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        raw.many(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def make(home: Path) -> int:
    """Fill a home with a long log; returns the number of events."""
    from examsys.accounts.service import record

    environment = {**os.environ, "EXAMSYS_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "examsys", "demo", "--out", str(home / "demo.json")],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with create_app(Settings(home, "", None)).app_context():
        exams: list[Exam] = append(lambda raw: [Exam(row[0], raw) for row in raw.all("SELECT DISTINCT attempt_id FROM result r WHERE attempt_id NOT IN"
            " (SELECT attempt_id FROM attempt WHERE number > 1 OR candidate_id IN (SELECT candidate_id FROM attempt WHERE number > 1)) AND attempt_id NOT IN (SELECT attempt_id FROM request)")])  # fmt: skip
        made, turn = 0, 0

        def some(raw: Raw) -> int:
            counted, booked = 0, {}
            for number in range(COPIES_A_TURN):
                exam = exams[(turn * COPIES_A_TURN + number) % len(exams)]
                counted += exam.copy(raw)
                booked[exam.candidate[3]] = booked.get(exam.candidate[3], 0) + 1
            for session_id, rows in booked.items():
                record(EntryKind.SESSION_ROSTER_IMPORTED, about=session_id, data={"rows": rows}, raw=raw)
            return counted

        while made < EVENTS:
            made, turn = made + append(some), turn + 1
            upkeep.seal_log()
        while upkeep.seal_log():
            pass
    return made


def measure() -> list[tuple[str, float, float]]:
    """CPU seconds of `log verify`, plain and deep, with their limits."""
    with tempfile.TemporaryDirectory() as home:
        events = make(Path(home))
        return [
            (f"log verify, {events} events", _verify(home), 15.0),
            (f"log verify --deep, {events} events", _verify(home, "--deep"), 60.0),
        ]


def _verify(home: str, *more: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "examsys", "log", "verify", "--json", *more]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "EXAMSYS_HOME": home}, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        findings = [each for each in json.loads(done.stdout)["findings"] if each.get("verdict") == "broken"][:5]
        raise RuntimeError(f"the copied log does not verify: {findings}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
