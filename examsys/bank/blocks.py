"""A chapter file as its head and one block of lines a question, so that one question can be read and written without the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LIST = re.compile(r"^questions:\s*(#.*)?$")
_ITEM = re.compile(r"^( *)- ")


@dataclass(frozen=True)
class Blocks:
    """`head` and `blocks` put together are the file, byte for byte; `lines` holds the line (from 1) at which each block begins."""

    head: str
    blocks: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + "".join(self.blocks)


def split(text: str) -> Blocks:
    """The blocks of a file; comments above a question stand at the end of the block before it (or of the head).

    A file without a list of questions in block style has no blocks: all of it is head.
    """
    lines = text.splitlines(keepends=True)
    starts = _starts(lines)
    if not starts:
        return Blocks(text, (), ())
    ends = [*starts[1:], len(lines)]
    blocks = tuple("".join(lines[start:end]) for start, end in zip(starts, ends, strict=True))
    return Blocks("".join(lines[: starts[0]]), blocks, tuple(start + 1 for start in starts))


def _starts(lines: Sequence[str]) -> list[int]:
    """Where items of `questions` begin: lines with a dash at the depth of the first one."""
    begin = next((place for place, line in enumerate(lines) if _LIST.match(line.rstrip("\r\n"))), None)
    if begin is None:
        return []
    margin: str | None = None
    starts = []
    for place in range(begin + 1, len(lines)):
        item = _ITEM.match(lines[place])
        if item and margin is None:
            margin = item[1]
        if item and item[1] == margin:
            starts.append(place)
    return starts
