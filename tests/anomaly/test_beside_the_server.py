"""Commands that run beside the server, threads that meet a fault, a press that dies or is not there: the exam goes on."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.anomaly.conftest import Hall
from tests.anomaly.terminal import Room, Terminal

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@SQLITE
def test_commands_beside_the_server_break_no_save(hall: Callable[..., Hall]) -> None:
    made = hall(6)
    terminals = made.terminals()
    closed = terminals.pop()
    result = closed.submit().json
    question = made.house.rows("SELECT question FROM mark WHERE position = 1")[0][0]
    room = Room(terminals)
    room.begin()
    verified = made.site.command("log", "verify", "--deep")
    voided = made.site.command("regrade", question, "--reason", "题目有误")
    again = made.site.command("log", "verify", "--deep", "--json")
    room.end()
    assert (verified.returncode, voided.returncode, again.returncode) == (0, 0, 0), (
        verified.stdout + voided.stderr + again.stdout
    )
    assert {status for kept in room.kept for status in kept.statuses} == {200}
    assert room.lost() == []
    assert closed.submit().json["score"] >= result["score"]
    assert len(made.house.rows("SELECT 1 FROM result WHERE attempt_id = ?", closed.attempt)) == 2


@SQLITE
def test_a_writer_that_holds_the_database_makes_others_wait_not_fail(hall: Callable[..., Hall]) -> None:
    made = hall(1)
    (terminal,) = made.terminals()
    other = sqlite3.connect(made.site.home / "examsys.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    room = Room([terminal])
    room.begin()
    time.sleep(3)
    assert room.receipts == 0
    other.execute("ROLLBACK")
    other.close()
    time.sleep(1)
    room.end()
    assert set(room.kept[0].statuses) == {200}


@SQLITE
def test_ticks_closer_and_sealer_go_on_after_a_fault(hall: Callable[..., Hall]) -> None:
    made = hall(1)
    (terminal,) = made.terminals()
    notes = made.site.home / "checkpoints"
    notes.mkdir(exist_ok=True)
    for file in notes.glob("*"):
        file.rename(file.with_suffix(".aside"))
    (notes / "examsys-site01-audit-1.notes").mkdir()  # where a file should be: the sealer cannot write
    database = made.site.home / "examsys.sqlite3"
    database.rename(database.with_suffix(".away"))  # and nobody else either
    wait_for(lambda: all(name in made.site.said for name in ("ticks", "closer")), 20)
    database.with_suffix(".away").rename(database)
    assert terminal.answer(1, [terminal.option(1)], 1).status in (200, 503)
    wait_for(lambda: "sealer" in made.site.said, 30)
    (notes / "examsys-site01-audit-1.notes").rmdir()
    for file in notes.glob("*.aside"):
        file.rename(file.with_suffix(".notes"))
    assert terminal.answer(2, [terminal.option(2)], 2).status == 200
    sealed, ticked = newest(made, "SELECT MAX(size) FROM checkpoint"), newest(made, "SELECT mono FROM tick")
    wait_for(lambda: newest(made, "SELECT MAX(size) FROM checkpoint") > sealed, 30)
    wait_for(lambda: newest(made, "SELECT mono FROM tick") > ticked, 30)
    assert made.broken() == ""


def newest(made: Hall, sql: str) -> int:
    """One number."""
    return int(made.house.rows(sql)[0][0] or 0)


def wait_for(seen: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen():
            return
        time.sleep(0.1)
    pytest.fail("never seen")


def sheet_of(terminal: Terminal) -> Callable[[], int]:
    """Asks for the sheet of a candidate who hands in."""
    address = terminal.submit().json["score_sheet"]
    return lambda: terminal.call("GET", address).status


@SQLITE
def test_a_press_that_is_killed_is_replaced(hall: Callable[..., Hall]) -> None:
    made = hall(2)
    first, second = made.terminals()
    assert sheet_of(first)() == 200
    for member in made.site.members():
        if "press" in Path(f"/proc/{member}/cmdline").read_text():
            os.kill(member, signal.SIGKILL)
    assert sheet_of(second)() == 200


@SQLITE
def test_without_the_libraries_of_paper_the_exam_goes_on(hall: Callable[..., Hall], tmp_path: Path) -> None:
    (tmp_path / "broken/weasyprint").mkdir(parents=True)
    (tmp_path / "broken/weasyprint/__init__.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    made = hall(2, PYTHONPATH=str(tmp_path / "broken"))
    first, second = made.terminals()
    address = first.submit().json["score_sheet"]
    refused = first.call("GET", address)
    assert refused.problem == (503, "sheet.unavailable")
    assert refused.headers["retry-after"]
    assert second.answer(1, [second.option(1)], 1).status == 200
    assert second.submit().json["state"] == "closed"
    assert made.site.health() == 200
