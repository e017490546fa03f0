"""The file of checkpoints outside the database, kept in step with it: also after a crash or a full disk between the two."""

import fcntl
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..files import append_durably

TAIL_BYTES = 16_384  # a note has some 250
_NOTE = re.compile(rb"[^\n]+\n(\d+)\n[^\n]+\n\n(?:\xe2\x80\x94 [^\n]+\n)+\n")


@contextmanager
def sole_writer(file: Path) -> Iterator[None]:
    """Hold the file against other threads and processes: two that look and then append would write a note twice, or out of order."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def newest_size(file: Path) -> int:
    """The size of the tree in the file's last whole note, 0 without one; what a crash left of a note after it is cut off."""
    if not file.exists():
        return 0
    with file.open("r+b") as opened:
        length = opened.seek(0, 2)
        start = opened.seek(max(0, length - TAIL_BYTES))
        tail = opened.read()
        whole = list(_NOTE.finditer(tail))
        end = start + whole[-1].end() if whole else 0
        if end < length and (whole or start == 0):
            opened.truncate(end)
    return int(whole[-1][1]) if whole else 0


def append_notes(file: Path, notes: Sequence[str]) -> None:
    """Append notes, on disk when this returns."""
    append_durably(file, "".join(f"{note}\n" for note in notes).encode())
