"""The disk is full, the file is gone: a clear problem, nothing lost, and on it goes when it is back."""

import os
import random
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.anomaly.conftest import Hall
from tests.anomaly.terminal import Room, Terminal

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
AWAY = (503, "storage.unavailable")


def refused(terminal: Terminal) -> None:
    """What a terminal can do is refused for now, in the words of the house; what can be read may be read."""
    looks = [{"kind": "shown", "position": 1, "value": None, "ms": 5}]
    for answer in (terminal.call("POST", f"{terminal.path}/view", {"steps": looks}), terminal.submit(), terminal.get()):
        if answer.status != 200:
            assert answer.problem == AWAY
            assert answer.headers["retry-after"] == "5"
            assert b"Traceback" not in answer.body


def calm(made: Hall) -> None:
    """People read a page of the house, in their language, and no fault."""
    for path in ("/", "/exam/"):
        answer = Terminal(made.site.port).call("GET", path, Accept="text/html", Accept_Language="zh")
        assert answer.status in (200, 503)
        assert answer.kind == "text/html"
        assert b"<html" in answer.body
        assert b"Traceback" not in answer.body
        assert b"Internal Server Error" not in answer.body


def works(made: Hall, room: Room) -> None:
    """Everything goes on, by itself, within a few seconds."""
    made.site.until(200, 30)
    for _ in range(60):
        if room.one(room.terminals[0], room.kept[0], random.Random(1)) == 200:
            return
        time.sleep(0.25)
    pytest.fail(f"still no storage: {room.kept[0].statuses}")


def until_refused(room: Room) -> None:
    """Load goes on until every terminal has been told 503 some times."""
    end = time.monotonic() + 40
    while time.monotonic() < end and not all(kept.statuses[-3:] == [503] * 3 for kept in room.kept):
        time.sleep(0.05)
    room.end()
    assert all(kept.statuses[-1] == 503 for kept in room.kept), [kept.statuses[-3:] for kept in room.kept]
    assert {status for kept in room.kept for status in kept.statuses} <= {200, 503}


# -- a full disk ---------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size; skips where it may not be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED on a full file system: mounting one needs root; the limit on file sizes stands for it")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@SQLITE
def test_the_file_system_is_full(hall: Callable[..., Hall], tmp_path: Path) -> None:
    made = hall(6, start=False)
    with small_disk(tmp_path / "disk", 48) as disk:
        shutil.copytree(made.site.home, disk / "home")
        made.site.home = disk / "home"
        try:
            room = Room(made.site.start() and made.terminals())
            room.begin()
            while room.receipts < 30:
                time.sleep(0.01)
            filler = fill(disk)
            until_refused(room)
            refused(room.terminals[0])
            filler.unlink()
            works(made, room)
            room.begin()
            time.sleep(0.5)
            room.end()
            assert all(kept.statuses[-1] == 200 for kept in room.kept)
            made.site.kill()
            made.site.start()
            assert room.lost() == []
            verified = made.site.command("log", "verify", "--deep")
            assert verified.returncode == 0, verified.stdout
        finally:
            made.site.stop()


def fill(disk: Path) -> Path:
    """Take all the space there is."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4_096)
        except OSError:
            pass
    return filler


@SQLITE
def test_files_may_not_grow(hall: Callable[..., Hall]) -> None:
    made = hall(6)
    room = Room(made.terminals())
    room.begin()
    while room.receipts < 30:
        time.sleep(0.01)
    limit_files(made, 1_000)
    until_refused(room)
    refused(room.terminals[0])
    limit_files(made, resource.RLIM_INFINITY)
    works(made, room)
    assert room.lost() == []
    assert made.broken() == ""


def limit_files(made: Hall, size: int) -> None:
    """No process of the server may write a file beyond this size."""
    for member in made.site.members():
        resource.prlimit(member, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


# -- a database that is not there ----------------------------------------------------------------------------


@SQLITE
def test_the_database_file_is_moved_away_and_back(hall: Callable[..., Hall]) -> None:
    made = hall(4)
    room = Room(made.terminals())
    room.begin()
    while room.receipts < 30:
        time.sleep(0.01)
    away = made.site.home.parent / "away"
    away.mkdir()
    files = list(made.site.home.glob("examsys.sqlite3*"))
    for file in files:
        file.rename(away / file.name)
    until_refused(room)
    refused(room.terminals[0])
    assert made.site.health() == 503
    calm(made)
    assert not (made.site.home / "examsys.sqlite3").exists()  # nobody has begun an empty one
    for file in files:
        (away / file.name).rename(file)
    works(made, room)
    made.site.kill()
    made.site.start()
    assert room.lost() == []
    assert made.broken() == ""
