"""The server dies or is told to stop in the middle of everything: what was acknowledged is there, and nobody pays for it with time."""

import os
import signal
import time
from collections.abc import Callable

from tests.anomaly.conftest import Hall
from tests.anomaly.terminal import Kept, Room, Terminal
from tests.factories import House

SEATS = 16
FULL_TIME = 45 * 60


def by_id(house: House, terminal: Terminal, kept: Kept) -> list[str]:
    """What was acknowledged and does not stand in the journal under its own seq, with its own receipt and options."""
    attempt_id, sql = terminal.attempt, "SELECT position, seq, hash FROM step WHERE attempt_id = ? AND seq IS NOT NULL"
    hashes = {(row[0], row[1]): bytes(row[2]).hex()[:32] for row in house.rows(sql, attempt_id)}
    options = {
        (step["position"], step["seq"]): step["options"]
        for step in house.steps(attempt_id)
        if step["kind"] in ("answer", "clear")
    }
    return [
        f"{attempt_id} {place}"
        for place, (receipt, sent) in kept.receipts.items()
        if hashes.get(place) != receipt or options.get(place) != sent
    ]


def test_killed_three_times_under_load(hall: Callable[..., Hall]) -> None:
    made = hall(SEATS)
    room = Room(made.terminals())
    for turn in range(1, 4):
        room.begin()
        while room.receipts < 150 * turn:
            time.sleep(0.01)
        made.site.kill()
        room.end()
        left = {terminal.attempt: seconds_left(made.house, terminal.attempt) for terminal in room.terminals}
        made.site.start()  # and the terminals go on with the cookies that they have
        assert room.lost() == []
        assert [row for pair in zip(room.terminals, room.kept, strict=True) for row in by_id(made.house, *pair)] == []
        for terminal in room.terminals:
            back = made.house.steps(terminal.attempt)[-1]
            assert back["kind"] == "outage"
            now, since = terminal.get().json, time.monotonic() - back["mono"] / 1_000_000
            assert now["state"] == "running"
            assert abs(now["seconds_left"] + since - left[terminal.attempt]) < 2  # the outage itself cost nothing
    assert made.broken() == ""
    for terminal in room.terminals:
        assert terminal.submit().json["state"] == "closed"
    assert made.broken() == ""
    assert len(made.house.entries("outage.recorded")) == 3
    assert "Traceback" not in made.site.said


def seconds_left(house: House, attempt_id: str) -> int:
    """Time left at the last tick before the outage, as the tables have it."""
    ((allowed, used, since),) = house.rows("SELECT allowed, used, since FROM live WHERE attempt_id = ?", attempt_id)
    ((tick,),) = house.rows("SELECT mono FROM tick")
    return int(allowed - used - max(0, tick - since)) // 1_000_000


def test_told_to_stop_while_saves_are_under_way(hall: Callable[..., Hall]) -> None:
    made = hall(SEATS)
    room = Room(made.terminals())
    room.begin()
    while room.receipts < 200:
        time.sleep(0.01)
    made.site.signal(signal.SIGTERM)
    room.end()
    assert {status for kept in room.kept for status in kept.statuses} <= {0, 200, 503}
    assert made.site.members() == []
    made.site.start()
    assert room.lost() == []
    assert made.broken() == ""
    assert "Traceback" not in made.site.said


def test_the_worker_alone_is_killed_and_comes_back_by_itself(hall: Callable[..., Hall]) -> None:
    made = hall(4)
    room = Room(made.terminals())
    room.begin()
    while room.receipts < 50:
        time.sleep(0.01)
    assert made.site.process is not None
    for member in made.site.members():
        if member != made.site.process.pid:
            os.kill(member, signal.SIGKILL)
    room.end()
    made.site.until(200)
    assert room.lost() == []
    assert made.broken() == ""
